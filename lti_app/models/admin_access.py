"""The operator's way into the admin pages, which have no accounts."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from lti_app.models.base import Base


class AdminAccess(Base):
    """A link made by the operator's command and, once a browser has opened it, that browser's session."""

    __tablename__ = "admin_accesses"

    # SHA-256 of the link's token; from its one use on, of the secret in the browser's cookie.
    secret_hash: Mapped[str] = mapped_column(primary_key=True)
    opened: Mapped[bool]
    expires_at: Mapped[datetime]
