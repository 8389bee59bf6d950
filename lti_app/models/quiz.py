"""The quizzes that can be embedded, and every revision that somebody may have taken."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lti_app.models.base import Base, utcnow


class Quiz(Base):
    """A quiz by the id that survives its edits. ``title`` is that of the newest revision."""

    __tablename__ = "quizzes"

    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]


class QuizRevision(Base):
    """The text of a quiz at one time, never changed: an attempt is scored by the revision that it was started with."""

    __tablename__ = "quiz_revisions"
    __table_args__ = (UniqueConstraint("quiz_id", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    quiz_id: Mapped[str] = mapped_column(ForeignKey("quizzes.id", ondelete="CASCADE"))
    # SHA-256 of `text`.
    digest: Mapped[str]
    # Quiz text (content.writers.quiz_text) with all ids written out.
    text: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
