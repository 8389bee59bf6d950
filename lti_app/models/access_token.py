"""Access tokens of platforms, kept until they expire."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from lti_app.models.base import Base


class AccessToken(Base):
    """A token of a platform for a set of scopes. A tool that asks for one at every call is soon rate-limited."""

    __tablename__ = "access_tokens"

    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id", ondelete="CASCADE"), primary_key=True)
    # Sorted and joined by blanks.
    scopes: Mapped[str] = mapped_column(primary_key=True)
    token: Mapped[str]
    expires_at: Mapped[datetime]
