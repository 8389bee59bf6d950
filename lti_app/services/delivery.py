"""The back of the outbox: claims due grades and delivers them, at least once each and never two workers at a time.

A claim is a lease: it holds until ``LEASE`` has passed, then the grade is free for another worker, so a worker may die
at any moment. Each claim counts up the row's ``tries``, and what a worker found is stored only while its number still
stands: a worker that was taken for dead and was only slow cannot undo what its successor did. Both may have sent the
same score then, with the same timestamp; an LMS refuses or repeats the second, and the gradebook is the same.
"""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

import structlog
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from content.scoring import to_decimal
from lti_app.config import Config
from lti_app.lti.ags import OutgoingScore, ServiceError, send_score
from lti_app.models import (
    Course,
    Database,
    Deployment,
    GradePassback,
    PassbackState,
    Registration,
    ResourceLink,
    utcnow,
)
from lti_app.platforms import Platform
from lti_app.services.grading import CountedScore, counted_score
from lti_app.services.line_items import TO_BE_FOUND, forget_column, seek_column
from lti_app.services.platforms import kind_of
from lti_app.services.refusals import COLUMN_GONE, Fate, Refusal, judge, judge_column

log = structlog.get_logger(__name__)

LEASE = timedelta(minutes=2)
"""Longer than the timeouts of one delivery together: two requests for tokens and two scores, half a minute each."""

FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(hours=1)
LONGEST_RETRY_AFTER = timedelta(hours=24)

DECIMAL_PLACES = 10
"""Of a score as it leaves the house; the gradebooks of the LMSs keep fewer."""


class Claim(NamedTuple):
    """A worker's hold on a row of the outbox; ``tries`` tells it from every other claim of that row."""

    passback_id: int
    tries: int


class Outcome(StrEnum):
    """What became of a delivery."""

    SENT = "sent"
    WAITING = "waiting"
    FAILED = "failed"
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


def claim(database: Database, limit: int) -> list[Claim]:
    """Claim up to ``limit`` rows that are due, the longest due first."""
    now = utcnow()
    due = (
        select(GradePassback.id)
        .where(GradePassback.state.in_((PassbackState.WAITING, PassbackState.SENDING)), GradePassback.due_at <= now)
        .order_by(GradePassback.due_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    with database.writing() as session:
        taken = session.execute(
            update(GradePassback)
            .where(GradePassback.id.in_(session.scalars(due).all()))
            .values(state=PassbackState.SENDING, due_at=now + LEASE, tries=GradePassback.tries + 1)
            .returning(GradePassback.id, GradePassback.tries)
        )
        return [Claim(*row) for row in taken]


def deliver(database: Database, config: Config, claim: Claim) -> Outcome:
    """Send the score that counts now to the LMS, and store what became of it."""
    with database.reading() as session:
        row = _held(session, claim)
        errand = _errand(session, row) if row is not None else None
    if errand is None:
        return Outcome.LOST
    if errand.score.timestamp > utcnow():
        return _put_off(database, claim, errand.score.timestamp)
    if errand.lineitem_url == TO_BE_FOUND:
        return _seek(database, config, claim, errand)
    try:
        send_score(database, config, errand.registration, errand.lineitem_url, errand.score)
    except ServiceError as error:
        log.warning("grade not taken", passback=claim.passback_id, tries=claim.tries, error=str(error))
        return _store_refusal(database, claim, errand.revision, judge(error, errand.platform))
    return _store_success(database, claim, errand.revision)


def _seek(database: Database, config: Config, claim: Claim, errand: _Errand) -> Outcome:
    """Find the link's column or make it, and hand the row back: it is sent by the next claim, with a lease of its own.

    Where another worker is at it, the row waits a moment.
    """
    try:
        found = seek_column(database, config, errand.link_id)
    except ServiceError as error:
        log.warning("no gradebook column", passback=claim.passback_id, link=errand.link_id, error=str(error))
        return _store_refusal(database, claim, errand.revision, judge_column(error))
    return _put_off(database, claim, utcnow() if found else utcnow() + FIRST_WAIT)


def _held(session: Session, claim: Claim, *, lock: bool = False) -> GradePassback | None:
    """Return the row while the claim still holds it."""
    row = session.get(GradePassback, claim.passback_id, with_for_update=lock or None)
    return row if row is not None and row.tries == claim.tries and row.state is PassbackState.SENDING else None


def _errand(session: Session, row: GradePassback) -> _Errand:
    score = counted_score(session, row.resource_link_id, row.user_id)
    if score is None:
        raise LookupError(f"grade passback {row.id} has no submitted attempt")
    registration = session.scalars(
        select(Registration)
        .join(Deployment)
        .join(Course)
        .join(ResourceLink)
        .where(ResourceLink.id == row.resource_link_id)
    ).one()
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
        row = _held(session, claim, lock=True)
        if row is None:
            return Outcome.LOST
        _wait_until(row, moment)
    return Outcome.WAITING


def _store_success(database: Database, claim: Claim, revision: int, status: int | None = None) -> Outcome:
    with database.writing() as session:
        row = _held(session, claim, lock=True)
        if row is None:
            return Outcome.LOST
        row.sent_revision, row.sent_at = revision, utcnow()
        row.last_status, row.last_error, row.failures = status, "", 0
        if row.wanted_revision == revision:
            row.state = PassbackState.SENT
            return Outcome.SENT
        _wait_until(row, row.wanted_at)  # the grade has changed meanwhile
    return Outcome.WAITING


def _store_refusal(database: Database, claim: Claim, revision: int, refusal: Refusal) -> Outcome:
    if refusal.fate is Fate.NEWER_THERE:
        return _store_success(database, claim, revision, refusal.status)
    with database.writing() as session:
        row = _held(session, claim, lock=True)
        if row is None:
            return Outcome.LOST
        row.last_status, row.last_error = refusal.status, refusal.sentence
        if row.wanted_revision != revision:  # the refusal is of a grade that is no longer wanted
            _wait_until(row, row.wanted_at)
        elif _is_forgotten(session, row, refusal):
            _wait_until(row, utcnow())
            row.failures += 1
        elif refusal.fate is Fate.FAILED:
            row.state = PassbackState.FAILED
            return Outcome.FAILED
        else:
            _wait_until(row, utcnow() + _wait(row.failures, refusal.retry_after))
            row.failures += 1
    return Outcome.WAITING


def _is_forgotten(session: Session, row: GradePassback, refusal: Refusal) -> bool:
    """Return whether the score was for a column of the tool's own that is gone from the LMS; forget that column.

    Once for each revision: what is found in its place may be gone as well.
    """
    own = row.resource_link.own_line_item
    if refusal.sentence != COLUMN_GONE or own is None or own.url != row.lineitem_url or row.failures:
        return False
    forget_column(session, row.resource_link)
    return True


def _wait_until(row: GradePassback, moment: datetime) -> None:
    row.state, row.due_at = PassbackState.WAITING, moment


def _wait(failures: int, retry_after: float | None) -> timedelta:
    """Return how long to wait after so many failures: twice as long each time, spread so that not all come at once."""
    wait = min(FIRST_WAIT * 2.0 ** min(failures, 20), LONGEST_WAIT) * random.uniform(0.5, 1)  # noqa: S311 - no secret
    if retry_after is None:
        return wait
    return max(wait, min(timedelta(seconds=retry_after), LONGEST_RETRY_AFTER) * random.uniform(1, 1.1))  # noqa: S311
