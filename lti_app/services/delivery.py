"""The back of the outbox: delivers claimed grades, at least once each and never two workers at a time.

What a worker found is stored only while its claim stands: a worker that was taken for dead and was only slow cannot
undo what its successor did. Both may have sent the same score then, with the same timestamp; an LMS refuses or repeats
the second, and the gradebook is the same.
"""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from fractions import Fraction

import structlog
from sqlalchemy.orm import Session, joinedload

from content.scoring import to_decimal
from lti_app.config import Config
from lti_app.lti.ags import OutgoingScore, ServiceError, send_score
from lti_app.models import Database, GradePassback, PassbackState, Registration, ResourceLink, utcnow
from lti_app.platforms import Platform
from lti_app.services.claims import Claim
from lti_app.services.grading import CountedScore, counted_score
from lti_app.services.line_items import TO_BE_FOUND, forget_column, seek_column
from lti_app.services.pacing import LONGEST_RETRY_AFTER, note_success, note_trouble
from lti_app.services.platforms import kind_of
from lti_app.services.refusals import MAYBE_TAKEN, OF_PLATFORM, Fate, Problem, Refusal, judge, judge_column

log = structlog.get_logger(__name__)

FIRST_WAIT = timedelta(seconds=2)
FIRST_WAIT_FOR_A_PERSON = timedelta(minutes=10)
LONGEST_WAIT = timedelta(hours=24)

DECIMAL_PLACES = 10
"""Of a score as it leaves the house; the gradebooks of the LMSs keep fewer."""


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
class _Errand:
    """What one delivery sends, and where."""

    revision: int
    link_id: int
    registration: Registration
    lineitem_url: str
    score: OutgoingScore

    @property
    def platform(self) -> Platform:
        """What kind of platform it goes to."""
        return kind_of(self.registration)


def deliver(database: Database, config: Config, claim: Claim) -> Outcome:
    """Send the score that counts now to the LMS, and store what became of it.

    Raises only what keeps that from being stored; then the row is free again when the claim's lease has run out.
    """
    with database.reading() as session:
        row = _read(session, claim)
        if row is None:
            return Outcome.LOST
        revision, registration = row.wanted_revision, row.registration
        try:
            errand = _errand(session, row, registration)
        except LookupError:
            log.exception("grade cannot be read", passback=claim.passback_id)
            return _store_refusal(database, claim, revision, Refusal(Problem.OWN_ERROR))
    outcome, refusal = _carry_out(database, config, claim, errand)
    _note(database, registration, outcome, refusal)
    return outcome


def _carry_out(database: Database, config: Config, claim: Claim, errand: _Errand) -> tuple[Outcome, Refusal | None]:
    if errand.score.timestamp > utcnow():
        return _put_off(database, claim, errand.score.timestamp), None
    if errand.lineitem_url == TO_BE_FOUND:
        return _seek(database, config, claim, errand)
    try:
        send_score(database, config, errand.registration, errand.lineitem_url, errand.score)
    except ServiceError as error:
        log.warning("grade not taken", passback=claim.passback_id, tries=claim.tries, error=str(error))
        refusal = judge(error, errand.platform)
        return _store_refusal(database, claim, errand.revision, refusal), refusal
    return _store_success(database, claim, errand.revision), None


def _note(database: Database, registration: Registration, outcome: Outcome, refusal: Refusal | None) -> None:
    """Let the platform's trouble, or its end, count for its other grades, too.

    In a transaction of its own: it touches the rows of others, who hold theirs and may wait for the platform.
    """
    if refusal is not None and refusal.problem in OF_PLATFORM:
        with database.writing() as session:
            note_trouble(session, registration.id, refusal, utcnow())
    elif outcome is Outcome.SENT and registration.grade_troubles:
        with database.writing() as session:
            note_success(session, registration.id, utcnow())


def _seek(database: Database, config: Config, claim: Claim, errand: _Errand) -> tuple[Outcome, Refusal | None]:
    """Find the link's column or make it, and hand the row back: it is sent by the next claim, with a lease of its own.

    Where another worker is at it, the row waits a moment.
    """
    try:
        found = seek_column(database, config, errand.link_id)
    except ServiceError as error:
        log.warning("no gradebook column", passback=claim.passback_id, link=errand.link_id, error=str(error))
        refusal = judge_column(error)
        return _store_refusal(database, claim, errand.revision, refusal), refusal
    return _put_off(database, claim, utcnow() if found else utcnow() + FIRST_WAIT), None


def _read(session: Session, claim: Claim) -> GradePassback | None:
    """Return the row, with all that a delivery needs of it in one query, while the claim holds it."""
    link = joinedload(GradePassback.resource_link).joinedload(ResourceLink.settings)
    needed = link, joinedload(GradePassback.user), joinedload(GradePassback.registration)
    return _if_held(session.get(GradePassback, claim.passback_id, options=needed), claim)


def _held(session: Session, claim: Claim) -> GradePassback | None:
    """Return the row, locked, while the claim still holds it."""
    return _if_held(session.get(GradePassback, claim.passback_id, with_for_update=True), claim)


def _if_held(row: GradePassback | None, claim: Claim) -> GradePassback | None:
    return row if row is not None and row.tries == claim.tries and row.state is PassbackState.SENDING else None


def _errand(session: Session, row: GradePassback, registration: Registration) -> _Errand:
    score = counted_score(session, row.resource_link_id, row.user_id)
    if score is None:
        raise LookupError(f"grade passback {row.id} has no submitted attempt")
    settings = row.resource_link.settings
    possible = (settings.points if settings else None) or score.possible
    outgoing = OutgoingScore(
        user_sub=row.user.sub,
        points=to_decimal(score.share * Fraction(possible), DECIMAL_PLACES),
        possible=possible,
        timestamp=row.wanted_at,
        started_at=score.started_at,
        submitted_at=score.submitted_at,
        comment=f"Attempt {score.attempt_number} of {score.attempts} counts." if score.attempts > 1 else "",
        extensions=_extensions(kind_of(registration), row, score),
    )
    return _Errand(row.wanted_revision, row.resource_link_id, registration, row.lineitem_url, outgoing)


def _extensions(platform: Platform, row: GradePassback, score: CountedScore) -> dict[str, object]:
    """Return what tells the platform that it has had this submission: then the score is only corrected."""
    had = row.sent_at is not None and row.sent_at >= score.submitted_at
    return {platform.submission_key: {"new_submission": False}} if platform.submission_key and had else {}


def _put_off(database: Database, claim: Claim, moment: datetime) -> Outcome:
    """Hand the row back until then. A score whose timestamp lies ahead would block the next ones (Moodle)."""
    with database.writing() as session:
        row = _held(session, claim)
        if row is None:
            return Outcome.LOST
        row.unheard -= 1  # nothing was sent
        _wait_until(row, moment)
    return Outcome.WAITING


def _store_success(database: Database, claim: Claim, revision: int, status: int | None = None) -> Outcome:
    with database.writing() as session:
        row = _held(session, claim)
        if row is None:
            return Outcome.LOST
        row.sent_revision, row.sent_at = revision, utcnow()
        row.last_problem, row.last_status, row.last_error = "", status, ""
        row.failures = row.unheard = 0
        if row.wanted_revision == revision:
            row.state, row.due_at = PassbackState.SENT, None
            return Outcome.SENT
        _wait_until(row, row.wanted_at)  # the grade has changed meanwhile
    return Outcome.WAITING


def _store_refusal(database: Database, claim: Claim, revision: int, refusal: Refusal) -> Outcome:
    with database.writing() as session:
        row = _held(session, claim)
        if row is None:
            return Outcome.LOST
        echo = refusal.fate is Fate.NEWER_THERE and row.unheard > 1
        if not echo:
            return _take_refusal(session, row, revision, refusal)
    # An earlier try had arrived after all.
    return _store_success(database, claim, revision, refusal.status)


def _take_refusal(session: Session, row: GradePassback, revision: int, refusal: Refusal) -> Outcome:
    row.last_problem, row.last_status, row.last_error = refusal.problem, refusal.status, refusal.sentence
    if refusal.problem not in MAYBE_TAKEN:
        row.unheard = 0
    if row.wanted_revision != revision:  # the refusal is of a grade that is no longer wanted
        row.unheard = 0
        _wait_until(row, row.wanted_at)
    elif _is_forgotten(session, row, refusal):
        _wait_until(row, utcnow())
        row.failures += 1
    elif refusal.fate in FINAL_STATES:
        row.state, row.due_at = FINAL_STATES[refusal.fate], None
    else:
        blocked = refusal.fate is Fate.BLOCKED
        _wait_until(row, utcnow() + _wait(row.failures, refusal))
        row.state = PassbackState.BLOCKED if blocked else PassbackState.WAITING
        row.failures += 1
    return Outcome(row.state)


FINAL_STATES = {
    Fate.FAILED: PassbackState.FAILED,
    Fate.NOT_NEEDED: PassbackState.NOT_NEEDED,
    # Not ours: no try of ours can have brought it there. It is not replaced without a person's word.
    Fate.NEWER_THERE: PassbackState.NOT_NEEDED,
}


def _is_forgotten(session: Session, row: GradePassback, refusal: Refusal) -> bool:
    """Return whether the score was for a column of the tool's own that is gone from the LMS; forget that column.

    Once for each revision: what is found in its place may be gone as well.
    """
    own = row.resource_link.own_line_item
    if refusal.problem is not Problem.COLUMN_GONE or own is None or own.url != row.lineitem_url or row.failures:
        return False
    forget_column(session, row.resource_link)
    return True


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
