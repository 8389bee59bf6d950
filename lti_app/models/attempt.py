"""A student's attempt at a quiz, and its answers."""

import secrets
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lti_app.models.base import Base, utcnow
from lti_app.models.quiz import QuizRevision
from lti_app.models.resource_link import ResourceLink
from lti_app.models.user import User


def new_seed() -> int:
    """Return a seed that nobody can guess: who knew it could undo the shuffling, and see in it what is right."""
    return secrets.randbits(62)


class Attempt(Base):
    """One attempt; it runs until it is submitted. ``points`` and ``possible`` are set with ``submitted_at``.

    Which questions it asks, and in which order all things stand, follows from its ``seed``. ``needs_grading`` says that
    a person has yet to grade some of it; until then ``points`` are those of the rest.
    """

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
        # Attempts whose time is up are looked for often.
        Index(
            "ix_attempts_ending",
            "ends_at",
            sqlite_where=text("submitted_at IS NULL AND ends_at IS NOT NULL"),
            postgresql_where=text("submitted_at IS NULL AND ends_at IS NOT NULL"),
        ),
        CheckConstraint("(submitted_at IS NULL) = (points IS NULL)", name="points_with_submission"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resource_link_id: Mapped[int] = mapped_column(ForeignKey("resource_links.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("quiz_revisions.id"))
    # Counts from 1 for each student at each resource link.
    number: Mapped[int]
    seed: Mapped[int] = mapped_column(BigInteger, default=new_seed, server_default="0")
    started_at: Mapped[datetime] = mapped_column(default=utcnow)
    # When its time is up; see `services.timing.deadline`.
    ends_at: Mapped[datetime | None]
    # Of a quiz that asks one question at a time: the place of the one that the student is at, from 0.
    position: Mapped[int] = mapped_column(default=0, server_default="0")
    submitted_at: Mapped[datetime | None]
    points: Mapped[Fraction | None]
    possible: Mapped[Decimal | None]
    needs_grading: Mapped[bool] = mapped_column(default=False, server_default=false())

    resource_link: Mapped[ResourceLink] = relationship()
    user: Mapped[User] = relationship()
    revision: Mapped[QuizRevision] = relationship()
    answers: Mapped[list["Answer"]] = relationship(back_populates="attempt", cascade="all, delete-orphan")


class Answer(Base):
    """The latest saved response to one question, as `services.responses` writes it.

    ``sequence`` is counted up by each change that is stored, within the integers that JavaScript counts exactly;
    ``page`` names the page in a browser that made the latest one, empty for a form or a file, and ``page_sequence`` is
    that page's own count. Which change is the newer one says `services.changes`. ``given_points`` and ``comment`` are
    what a person gave who graded it.
    """

    __tablename__ = "answers"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True)
    question_id: Mapped[str] = mapped_column(primary_key=True)
    response: Mapped[Any] = mapped_column(JSON)
    sequence: Mapped[int] = mapped_column(BigInteger)
    page: Mapped[str] = mapped_column(default="", server_default="")
    page_sequence: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    # When the student made the change, also where it reached the server later.
    changed_at: Mapped[datetime] = mapped_column(default=utcnow)
    # When the student had it checked; it stands from then on. See `services.checking`.
    checked_at: Mapped[datetime | None]
    given_points: Mapped[Decimal | None]
    comment: Mapped[str] = mapped_column(default="", server_default="")

    attempt: Mapped[Attempt] = relationship(back_populates="answers")
