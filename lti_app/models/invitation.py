"""Invitations to register this tool in an LMS."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lti_app.models.base import Base, utcnow
from lti_app.models.registration import Registration


class Invitation(Base):
    """A link that lets an LMS's admin register the tool once, until it expires (LTI dynamic registration 1.0)."""

    __tablename__ = "invitations"

    # SHA-256 of the token in the link: who reads the database cannot use it.
    token_hash: Mapped[str] = mapped_column(primary_key=True)
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    # Whether the operator has to approve what comes of it.
    needs_approval: Mapped[bool]
    # The registration that is registered anew, None for a new one.
    renews_id: Mapped[int | None] = mapped_column(ForeignKey("registrations.id", ondelete="CASCADE"))

    renews: Mapped[Registration | None] = relationship()
