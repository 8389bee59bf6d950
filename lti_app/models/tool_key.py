"""The tool's signing keys."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from lti_app.models.base import Base, utcnow


class ToolKey(Base):
    """An RSA key that signs the tool's messages; its public half is published under ``kid``."""

    __tablename__ = "tool_keys"

    kid: Mapped[str] = mapped_column(primary_key=True)
    private_pem: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    # Until then it is published only, so that platforms know it before its first signature.
    signs_from: Mapped[datetime] = mapped_column(default=utcnow)
