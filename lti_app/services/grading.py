"""Which attempt counts."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_app.models import Attempt


@dataclass(frozen=True, slots=True)
class CountedScore:
    """The score that counts for a student at a resource link, exact, and the attempt that earned it.

    ``attempts`` is how many were submitted.
    """

    attempt_number: int
    attempts: int
    points: Fraction
    possible: Decimal
    started_at: datetime
    submitted_at: datetime

    @property
    def share(self) -> Fraction:
        """The part of the possible points that was earned, 0..1. A quiz may have changed from attempt to attempt."""
        return self.points / Fraction(self.possible)


def counted_score(session: Session, link_id: int, user_id: int) -> CountedScore | None:
    """Return the score that counts for the student, or None while no attempt is submitted."""
    attempts = select(Attempt).where(Attempt.resource_link_id == link_id, Attempt.user_id == user_id)
    return highest(list(session.scalars(attempts)))


def highest(attempts: list[Attempt]) -> CountedScore | None:
    """Return the highest score of one student's submitted attempts; of equal ones the earliest, which is never late."""
    count = sum(attempt.submitted_at is not None for attempt in attempts)
    scores = [
        CountedScore(attempt.number, count, attempt.points, attempt.possible, attempt.started_at, attempt.submitted_at)
        for attempt in sorted(attempts, key=lambda attempt: attempt.number)
        if attempt.points is not None and attempt.possible is not None and attempt.submitted_at is not None
    ]
    return max(scores, key=lambda score: score.share, default=None)
