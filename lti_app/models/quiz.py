"""The quizzes that can be embedded, and every revision that somebody may have taken."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lti_app.models.base import Base, utcnow
from lti_app.models.picture import RevisionPicture


class Quiz(Base):
    """A quiz by the id that survives its edits. ``title`` is that of the newest revision.

    ``offered`` says whether an instructor can pick it. A quiz whose file is gone is offered no more, but where it is
    embedded already it can be taken as before.
    """

    __tablename__ = "quizzes"

    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    offered: Mapped[bool] = mapped_column(default=True)


class QuizRevision(Base):
    """The text of a quiz at one time, never changed: an attempt is scored by the revision that it was started with.

    The newest has the highest ``number``. A quiz that is changed and changed back gets a third revision, not its first.
    """

    __tablename__ = "quiz_revisions"
    __table_args__ = (UniqueConstraint("quiz_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    quiz_id: Mapped[str] = mapped_column(ForeignKey("quizzes.id", ondelete="CASCADE"))
    # Counts from 1 for each quiz.
    number: Mapped[int]
    # SHA-256 of `text`, and of its pictures' names and digests, where it has some.
    digest: Mapped[str]
    # Quiz text (content.writers.quiz_text) with all ids written out.
    text: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=utcnow)

    pictures: Mapped[list[RevisionPicture]] = relationship(cascade="all, delete-orphan", lazy="selectin")
