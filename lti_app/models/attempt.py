"""A student's attempt at a quiz, and its answers."""

from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lti_app.models.base import Base, utcnow
from lti_app.models.quiz import QuizRevision
from lti_app.models.resource_link import ResourceLink
from lti_app.models.user import User


class Attempt(Base):
    """One attempt; it runs until it is submitted. ``points`` and ``possible`` are set with ``submitted_at``."""

    __tablename__ = "attempts"
    __table_args__ = (
        UniqueConstraint("resource_link_id", "user_id", "number"),
        # Of two tabs that start at once, one wins and both show the same attempt.
        Index(
            "uq_attempts_one_running",
            "resource_link_id",
            "user_id",
            unique=True,
            sqlite_where=text("submitted_at IS NULL"),
            postgresql_where=text("submitted_at IS NULL"),
        ),
        CheckConstraint("(submitted_at IS NULL) = (points IS NULL)", name="points_with_submission"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resource_link_id: Mapped[int] = mapped_column(ForeignKey("resource_links.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("quiz_revisions.id"))
    # Counts from 1 for each student at each resource link.
    number: Mapped[int]
    started_at: Mapped[datetime] = mapped_column(default=utcnow)
    submitted_at: Mapped[datetime | None]
    points: Mapped[Fraction | None]
    possible: Mapped[Decimal | None]

    resource_link: Mapped[ResourceLink] = relationship()
    user: Mapped[User] = relationship()
    revision: Mapped[QuizRevision] = relationship()
    answers: Mapped[list["Answer"]] = relationship(back_populates="attempt", cascade="all, delete-orphan")


class Answer(Base):
    """The latest saved response to one question. ``response`` holds the positions of the picked choices, sorted.

    ``sequence`` is counted up by the browser for each change, within the integers that JavaScript counts exactly; a
    save that arrives late, with a lower one, changes nothing.
    """

    __tablename__ = "answers"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True)
    question_id: Mapped[str] = mapped_column(primary_key=True)
    response: Mapped[list[int]]
    sequence: Mapped[int] = mapped_column(BigInteger)
    saved_at: Mapped[datetime] = mapped_column(default=utcnow, onupdate=utcnow)

    attempt: Mapped[Attempt] = relationship(back_populates="answers")
