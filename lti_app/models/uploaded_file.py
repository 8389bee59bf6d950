"""Files that students hand in."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from lti_app.models.base import Base, utcnow


class UploadedFile(Base):
    """The file that was handed in for a question of an attempt; the answer to that question holds its name.

    In the database, so that it is saved and deleted with the answer, and so that a backup of one is one of all.
    """

    __tablename__ = "uploaded_files"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True)
    question_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    # MIME type, by the content.
    type: Mapped[str]
    data: Mapped[bytes] = mapped_column(deferred=True)
    saved_at: Mapped[datetime] = mapped_column(default=utcnow, onupdate=utcnow)
