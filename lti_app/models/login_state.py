"""The state of a login that is under way, from the LMS's login initiation to the launch."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lti_app.models.base import Base
from lti_app.models.registration import Registration


class LoginState(Base):
    """State and nonce of one OIDC third-party-initiated login: good for one launch, from one browser, until it expires.

    In the database, so that all workers share it and a launch that was seen once is refused everywhere.
    """

    __tablename__ = "login_states"

    state: Mapped[str] = mapped_column(primary_key=True)
    nonce: Mapped[str]
    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id", ondelete="CASCADE"))
    # What the platform sent, so that the login can begin again in a tab of its own.
    parameters: Mapped[dict[str, str]] = mapped_column(JSON)
    # SHA-256 of the secret in the browser's cookie: only the browser that began the login may end it.
    browser_secret_hash: Mapped[str]
    # Where the browser goes to be told who it is.
    auth_url: Mapped[str]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]

    registration: Mapped[Registration] = relationship()
