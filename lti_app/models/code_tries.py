"""Wrong access codes: somebody who tries them out has to wait."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from lti_app.models.base import Base


class CodeTries(Base):
    """How many wrong access codes a student has sent at a resource link since the last right one, and when the last."""

    __tablename__ = "code_tries"

    resource_link_id: Mapped[int] = mapped_column(ForeignKey("resource_links.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    wrong: Mapped[int] = mapped_column(default=0)
    last_at: Mapped[datetime]
