"""What became of deliveries, stored in the outbox.

What a worker found is stored only while its claim stands: a worker that was taken for dead and was only slow cannot
undo what its successor did. Both may have sent the same score then, with the same timestamp; an LMS refuses or repeats
the second, and the gradebook is the same.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import structlog
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from lti_app.config import Config
from lti_app.models import Database, DeliveryTry, GradePassback, PassbackState, utcnow
from lti_app.services import metrics
from lti_app.services.claims import Claim, claim, claim_within
from lti_app.services.pacing import LONGEST_RETRY_AFTER, note_success, note_trouble
from lti_app.services.refusals import MAYBE_TAKEN, OF_PLATFORM, Fate, Problem, Refusal

log = structlog.get_logger(__name__)

FIRST_WAIT = timedelta(seconds=2)
FIRST_WAIT_FOR_A_PERSON = timedelta(minutes=10)
LONGEST_WAIT = timedelta(hours=24)

ROWS = (
    select(GradePassback)
    .where(GradePassback.id.in_(bindparam("ids", expanding=True)))
    .order_by(GradePassback.id)
    .with_for_update()
)
"""Built once, as those of `services.claims`."""


class Outcome(StrEnum):
    """What became of a delivery."""

    SENT = "sent"
    WAITING = "waiting"
    FAILED = "failed"
    BLOCKED = "blocked"
    NOT_NEEDED = "not needed"
    # Another worker has the row now.
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a worker did with its claim, not yet stored: the LMS took ``revision``, unless there is a ``refusal``.

    With ``wait_until`` nothing was sent, and the row is to be claimed anew then. ``troubled`` says whether the platform
    was in trouble when the delivery began; ``lineitem_url`` is where it went; ``request_id`` names the request that
    wanted the grade in the log.
    """

    claim: Claim
    revision: int
    registration_id: int
    troubled: bool
    lineitem_url: str = ""
    request_id: str = ""
    refusal: Refusal | None = None
    wait_until: datetime | None = None


def store(database: Database, deliveries: Sequence[Delivery]) -> list[Outcome]:
    """Store what became of the deliveries, in one transaction: it takes the disk as long for one as for many."""
    with database.writing() as session:
        outcomes = _store_within(session, deliveries)
    for delivery, outcome in zip(deliveries, outcomes, strict=True):
        _note(database, delivery, outcome)
    _log(deliveries, outcomes)
    return outcomes


def store_and_claim(database: Database, config: Config, deliveries: Sequence[Delivery], limit: int) -> list[Claim]:
    """Store what became of the deliveries and claim up to ``limit`` rows, in one transaction where that may be.

    It may not where a platform's trouble, or its end, has to be noted before more is claimed.
    """
    if not deliveries or any(delivery.troubled or delivery.refusal for delivery in deliveries):
        if deliveries:
            store(database, deliveries)
        return claim(database, config, limit)
    with database.writing() as session:
        outcomes = _store_within(session, deliveries)
        claims = claim_within(session, config, limit)
    _log(deliveries, outcomes)
    return claims


def _store_within(session: Session, deliveries: Sequence[Delivery]) -> list[Outcome]:
    rows = _rows(session, deliveries)
    return [_store(session, rows.get(delivery.claim.passback_id), delivery) for delivery in deliveries]


def _log(deliveries: Sequence[Delivery], outcomes: Sequence[Outcome]) -> None:
    for delivery, outcome in zip(deliveries, outcomes, strict=True):
        held, request_id = delivery.claim, delivery.request_id
        log.info("delivery", passback=held.passback_id, tries=held.tries, outcome=outcome, request_id=request_id)


def _note(database: Database, delivery: Delivery, outcome: Outcome) -> None:
    """Let the platform's trouble, or its end, count for its other grades, too.

    In a transaction of its own: it touches the rows of others, who hold theirs and may wait for the platform.
    """
    if delivery.refusal is not None and delivery.refusal.problem in OF_PLATFORM:
        with database.writing() as session:
            note_trouble(session, delivery.registration_id, delivery.refusal, utcnow())
    elif outcome is Outcome.SENT and delivery.troubled:
        with database.writing() as session:
            note_success(session, delivery.registration_id, utcnow())


def if_held(row: GradePassback | None, claim: Claim) -> GradePassback | None:
    """Return the row if the claim still holds it."""
    return row if row is not None and row.tries == claim.tries and row.state is PassbackState.SENDING else None


def found_no_column_before(row: GradePassback) -> bool:
    """Return whether the try before this one found the column gone; what is found in its place may be gone as well."""
    return row.failures > 0 and row.last_problem == Problem.COLUMN_GONE


def _rows(session: Session, deliveries: Sequence[Delivery]) -> dict[int, GradePassback]:
    """Return the rows of the deliveries by id, locked."""
    ids = [delivery.claim.passback_id for delivery in deliveries]
    return {row.id: row for row in session.scalars(ROWS, {"ids": ids})}


def _store(session: Session, row: GradePassback | None, delivery: Delivery) -> Outcome:
    row = if_held(row, delivery.claim)
    if row is None:
        return Outcome.LOST
    refusal = delivery.refusal
    if delivery.wait_until is not None:
        row.unheard -= 1
        _wait_until(row, delivery.wait_until)
        return Outcome.WAITING
    # An earlier try had arrived after all where the LMS says so and nobody knew.
    echo = refusal is not None and refusal.fate is Fate.NEWER_THERE and row.unheard > 1
    status = refusal.status if refusal else None
    problem = refusal.problem if refusal and not echo else ""
    session.add(DeliveryTry(passback_id=row.id, number=row.tries, problem=problem, status=status))
    if refusal is None or echo:
        _take_success(row, delivery.revision, status)
    else:
        _take_refusal(row, delivery, refusal)
    metrics.DELIVERIES.labels(row.registration_id, row.state).inc()
    return Outcome(row.state)


def _take_success(row: GradePassback, revision: int, status: int | None) -> None:
    row.sent_revision, row.sent_at = revision, utcnow()
    metrics.DELIVERY_SECONDS.labels(row.registration_id).observe((row.sent_at - row.wanted_at).total_seconds())
    row.last_problem, row.last_status, row.last_error = "", status, ""
    row.failures = row.unheard = 0
    if row.wanted_revision == revision:
        row.state, row.due_at = PassbackState.SENT, None
    else:
        _wait_until(row, row.wanted_at)  # the grade has changed meanwhile


def _take_refusal(row: GradePassback, delivery: Delivery, refusal: Refusal) -> None:
    gone = refusal.problem is Problem.COLUMN_GONE
    elsewhere = gone and row.lineitem_url != delivery.lineitem_url and not found_no_column_before(row)
    row.last_problem, row.last_status, row.last_error = refusal.problem, refusal.status, refusal.sentence
    if refusal.problem not in MAYBE_TAKEN:
        row.unheard = 0
    if row.wanted_revision != delivery.revision:  # the refusal is of a grade that is no longer wanted
        row.unheard = 0
        _wait_until(row, row.wanted_at)
    elif elsewhere:
        _wait_until(row, utcnow())
        row.failures += 1
    elif refusal.fate in FINAL_STATES:
        row.state, row.due_at = FINAL_STATES[refusal.fate], None
    else:
        blocked = refusal.fate is Fate.BLOCKED
        _wait_until(row, utcnow() + _wait(row.failures, refusal))
        row.state = PassbackState.BLOCKED if blocked else PassbackState.WAITING
        row.failures += 1


FINAL_STATES = {
    Fate.FAILED: PassbackState.FAILED,
    Fate.NOT_NEEDED: PassbackState.NOT_NEEDED,
    # Not ours: no try of ours can have brought it there. It is not replaced without a person's word.
    Fate.NEWER_THERE: PassbackState.NOT_NEEDED,
}


def _wait_until(row: GradePassback, moment: datetime) -> None:
    row.state, row.due_at = PassbackState.WAITING, moment


def _wait(failures: int, refusal: Refusal) -> timedelta:
    """Return how long to wait after so many failures: twice as long each time, spread so that not all come at once."""
    # What is the platform's ends with the pause that all its grades have (`services.pacing`).
    for_a_person = refusal.fate is Fate.BLOCKED and refusal.problem not in OF_PLATFORM
    first = FIRST_WAIT_FOR_A_PERSON if for_a_person else FIRST_WAIT
    wait = min(first * 2.0 ** min(failures, 20), LONGEST_WAIT) * random.uniform(0.5, 1)  # noqa: S311 - no secret
    if refusal.retry_after is None:
        return wait
    return max(wait, min(timedelta(seconds=refusal.retry_after), LONGEST_RETRY_AFTER))
