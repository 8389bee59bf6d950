"""Access tokens of platforms, kept until they expire."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from lti_app.models.base import Base


class AccessToken(Base):
    """A token of a platform for a client and a set of scopes. A tool that asks for one at every call is soon refused.

    ``token`` and its times are empty before the first is there. While ``asking_until`` lies ahead, one worker asks for
    a new one and the others do not.
    """

    __tablename__ = "access_tokens"

    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id", ondelete="CASCADE"), primary_key=True)
    client_id: Mapped[str] = mapped_column(primary_key=True)
    # Sorted and joined by blanks.
    scopes: Mapped[str] = mapped_column(primary_key=True)
    token: Mapped[str | None]
    # When a new one is asked for, while this one still serves; and when this one serves no more.
    renew_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    asking_until: Mapped[datetime | None]
