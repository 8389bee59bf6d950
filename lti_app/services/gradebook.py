"""The instructor's table: who has done what at a resource link."""

from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from lti_app.models import Attempt, ResourceLink, User
from lti_app.services.grading import CountedScore, counted, rule_of
from lti_app.services.passback import GradeStatus, statuses


@dataclass(frozen=True, slots=True)
class GradebookRow:
    """One student: the attempts first to last, the score that counts (None before an attempt is graded), its way.

    ``grades`` has one for each of the link's columns.
    """

    user: User
    attempts: tuple[Attempt, ...]
    score: CountedScore | None
    grades: tuple[GradeStatus, ...]

    @property
    def has_submitted(self) -> bool:
        """Whether any attempt was submitted; it may wait to be graded."""
        return any(attempt.submitted_at for attempt in self.attempts)


def gradebook(session: Session, link: ResourceLink) -> list[GradebookRow]:
    """Return a row for every student who has begun the quiz, by name; the nameless come last, first come first."""
    rows = _rows(session, link)
    return sorted(rows, key=lambda row: (row.user.name == "", row.user.name.casefold(), row.user.id))


def student_row(session: Session, link: ResourceLink, user_id: int) -> GradebookRow | None:
    """Return the row of one student, or None for who has not begun the quiz here."""
    return next(iter(_rows(session, link, user_id)), None)


def _rows(session: Session, link: ResourceLink, user_id: int | None = None) -> list[GradebookRow]:
    query = select(Attempt).where(Attempt.resource_link_id == link.id)
    if user_id is not None:
        query = query.where(Attempt.user_id == user_id)
    attempts = session.scalars(query.order_by(Attempt.user_id, Attempt.number).options(joinedload(Attempt.user)))
    grades = statuses(session, link, None if user_id is None else [user_id])
    rows, rule = [], rule_of(session, link)
    for user, of_one in groupby(attempts, key=lambda attempt: attempt.user):
        theirs = list(of_one)
        rows.append(GradebookRow(user, tuple(theirs), counted(theirs, rule), grades.of(user.id)))
    return rows
