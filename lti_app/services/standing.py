"""How an attempt stands: what a page in a browser has to know of what happens elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_app.models import Answer, Attempt
from lti_app.services.signing import sign
from lti_app.services.timing import is_over


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Whether the attempt is over, when it ends (None for never), and the number of each answer's latest change.

    ``checked`` are the questions whose answers were checked, and stand.
    """

    over: bool
    ends_at: datetime | None
    sequences: Mapping[str, int]
    checked: tuple[str, ...]


def standing(session: Session, attempt: Attempt) -> Standing:
    """Return how the attempt stands."""
    columns = select(Answer.question_id, Answer.sequence, Answer.checked_at).where(Answer.attempt_id == attempt.id)
    rows = session.execute(columns).all()
    return Standing(
        over=attempt.submitted_at is not None or is_over(attempt),
        ends_at=attempt.ends_at,
        sequences={row.question_id: row.sequence for row in rows},
        checked=tuple(sorted(row.question_id for row in rows if row.checked_at is not None)),
    )


def browser_key(session: Session, attempt: Attempt) -> str:
    """Return what a browser keeps the attempt's answers under: the same in each launch, and not to be guessed."""
    return sign(session, "answers in a browser", attempt.id).hex()[:32]
