"""The secret of this installation."""

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lti_app.models.base import Base


class ToolSecret(Base):
    """What the tool signs with for itself; there is one. Unlike its keys it never changes, so receipts stay good."""

    __tablename__ = "tool_secret"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    secret: Mapped[str]
