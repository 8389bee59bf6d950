"""The back of the outbox: delivers claimed grades, at least once each and never two workers at a time."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from fractions import Fraction

import structlog
from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session, joinedload, selectinload

from content.scoring import to_decimal
from lti_app.config import Config
from lti_app.lti.ags import OutgoingScore, ServiceError, send_score
from lti_app.models import Attempt, Database, GradePassback, Registration, ResourceLink, utcnow
from lti_app.platforms import Platform
from lti_app.services.claims import Claim
from lti_app.services.column_scores import column_scores
from lti_app.services.columns import DECIMAL_PLACES, Column, columns
from lti_app.services.grading import CountedScore, rule_of
from lti_app.services.line_items import TO_BE_FOUND, forget_column, seek_column
from lti_app.services.outcomes import FIRST_WAIT, Delivery, Outcome, found_no_column_before, if_held, store
from lti_app.services.passback import want_missing
from lti_app.services.platforms import kind_of
from lti_app.services.refusals import Problem, Refusal, judge, judge_column

log = structlog.get_logger(__name__)

THESE = GradePassback.id.in_(bindparam("ids", expanding=True))

# Built once, as those of `services.claims`.
ROWS = (
    select(GradePassback)
    .where(THESE)
    .options(
        joinedload(GradePassback.resource_link).joinedload(ResourceLink.settings),
        joinedload(GradePassback.user),
        joinedload(GradePassback.registration),
    )
)
"""Rows with all that a delivery needs of them but the attempts."""

ATTEMPTS = (
    select(GradePassback.id, Attempt)
    .join(
        Attempt,
        and_(Attempt.resource_link_id == GradePassback.resource_link_id, Attempt.user_id == GradePassback.user_id),
    )
    .where(THESE)
)

WITH_ANSWERS = (
    select(Attempt)
    .where(Attempt.id.in_(bindparam("ids", expanding=True)))
    .options(joinedload(Attempt.revision), selectinload(Attempt.answers))
)
"""What sections earn is no column of the attempts; it comes from the answers."""


@dataclass(frozen=True, slots=True)
class Errand:
    """What one delivery sends, and where: as it counts at the moment. Without a score ``missing`` says why."""

    claim: Claim
    revision: int
    link_id: int
    section_id: str
    registration: Registration
    lineitem_url: str
    score: OutgoingScore | None
    # The request that wanted the grade, as the log names it.
    request_id: str
    column_gone_before: bool
    missing: Problem = Problem.OWN_ERROR


def deliver(database: Database, config: Config, claim: Claim) -> Outcome:
    """Send the score that counts now to the LMS, and store what became of it.

    Raises only what keeps that from being stored; then the row is free again when the claim's lease has run out.
    """
    deliveries = [send(database, config, errand) for errand in read(database, [claim])]
    return store(database, deliveries)[0] if deliveries else Outcome.LOST


def read(database: Database, claims: Collection[Claim]) -> list[Errand]:
    """Return what is to be sent for the claims that still stand; for many it takes as many queries as for one."""
    ids = [claim.passback_id for claim in claims]
    with database.reading() as session:
        rows = {row.id: row for row in session.scalars(ROWS, {"ids": ids})}
        attempts = _attempts(session, ids)
        if any(row.section_id for row in rows.values()):
            session.scalars(WITH_ANSWERS, {"ids": [one.id for some in attempts.values() for one in some]}).all()
        held = [(claim, row) for claim in claims if (row := if_held(rows.get(claim.passback_id), claim)) is not None]
        links = {row.resource_link for _, row in held}
        of_links = {link.id: columns(session, link) for link in links}
        return [_errand(session, claim, row, attempts[row.id], of_links[row.resource_link_id]) for claim, row in held]


def send(database: Database, config: Config, errand: Errand) -> Delivery:
    """Send a score, and return what is to be stored of it."""
    claim, registration, score = errand.claim, errand.registration, errand.score
    troubled = registration.grade_troubles > 0
    delivery = Delivery(claim, errand.revision, registration.id, troubled, errand.lineitem_url, errand.request_id)
    if score is None:
        return replace(delivery, refusal=Refusal(errand.missing))
    if score.timestamp > utcnow():
        # A score whose timestamp lies ahead would block the next ones (Moodle).
        return replace(delivery, wait_until=score.timestamp)
    if errand.lineitem_url == TO_BE_FOUND:
        return _seek(database, config, delivery, errand)
    try:
        send_score(database, config, registration, errand.lineitem_url, score)
    except ServiceError as error:
        row = {"passback": claim.passback_id, "tries": claim.tries, "request_id": errand.request_id}
        log.warning("grade not taken", **row, error=str(error))
        refusal = judge(error, kind_of(registration))
        if refusal.problem is Problem.COLUMN_GONE and not errand.column_gone_before:
            forget_column(database, errand.link_id, errand.lineitem_url)
        return replace(delivery, refusal=refusal)
    return delivery


def _seek(database: Database, config: Config, delivery: Delivery, errand: Errand) -> Delivery:
    """Find the column or make it, and have the row claimed anew, with a lease of its own.

    Where another worker is at it, the row waits a moment. Grades that an earlier column had are sent to this one, too.
    """
    try:
        found = seek_column(database, config, errand.link_id, errand.section_id)
    except ServiceError as error:
        log.warning("no gradebook column", passback=delivery.claim.passback_id, link=errand.link_id, error=str(error))
        return replace(delivery, refusal=judge_column(error))
    if found:
        with database.writing() as session:
            want_missing(session, session.get_one(ResourceLink, errand.link_id))
    return replace(delivery, wait_until=utcnow() if found else utcnow() + FIRST_WAIT)


def _attempts(session: Session, ids: Collection[int]) -> dict[int, list[Attempt]]:
    """Return the attempts from which the grade of each row comes."""
    attempts: dict[int, list[Attempt]] = {row_id: [] for row_id in ids}
    for row_id, attempt in session.execute(ATTEMPTS, {"ids": ids}):
        attempts[row_id].append(attempt)
    return attempts


def _errand(
    session: Session, claim: Claim, row: GradePassback, attempts: list[Attempt], of_link: tuple[Column, ...]
) -> Errand:
    column = next((column for column in of_link if column.section_id == row.section_id), None)
    score = column_scores(attempts, rule_of(session, row.resource_link), of_link).get(row.section_id)
    if score is None and column is not None:
        log.error("grade without a submitted attempt", passback=row.id)
    outgoing = _outgoing(row, column, score) if column is not None and score is not None else None
    to = row.resource_link_id, row.section_id, row.registration, row.lineitem_url
    missing = Problem.OWN_ERROR if column is not None else Problem.SECTION_GONE
    return Errand(claim, row.wanted_revision, *to, outgoing, row.request_id, found_no_column_before(row), missing)


def _outgoing(row: GradePassback, column: Column, score: CountedScore) -> OutgoingScore:
    settings = row.resource_link.settings
    possible = column.of(settings.points) if settings and settings.points else score.possible
    return OutgoingScore(
        user_sub=row.user.sub,
        points=to_decimal(score.share * Fraction(possible), DECIMAL_PLACES),
        possible=possible,
        timestamp=row.wanted_at,
        started_at=score.started_at,
        submitted_at=score.submitted_at,
        comment=score.comment,
        extensions=_extensions(kind_of(row.registration), row, score),
    )


def _extensions(platform: Platform, row: GradePassback, score: CountedScore) -> dict[str, object]:
    """Return what tells the platform that it has had this submission: then the score is only corrected."""
    had = row.sent_at is not None and row.sent_at >= score.submitted_at
    return {platform.submission_key: {"new_submission": False}} if platform.submission_key and had else {}
