"""The back of the outbox: delivers claimed grades, at least once each and never two workers at a time."""

from dataclasses import dataclass, replace
from fractions import Fraction

import structlog
from sqlalchemy.orm import Session, joinedload

from content.scoring import to_decimal
from lti_app.config import Config
from lti_app.lti.ags import OutgoingScore, ServiceError, send_score
from lti_app.models import Database, GradePassback, Registration, ResourceLink, utcnow
from lti_app.platforms import Platform
from lti_app.services.claims import Claim
from lti_app.services.grading import CountedScore, counted_score
from lti_app.services.line_items import TO_BE_FOUND, seek_column
from lti_app.services.outcomes import FIRST_WAIT, Delivery, Outcome, if_held, store
from lti_app.services.platforms import kind_of
from lti_app.services.refusals import Problem, Refusal, judge, judge_column

log = structlog.get_logger(__name__)

DECIMAL_PLACES = 10
"""Of a score as it leaves the house; the gradebooks of the LMSs keep fewer."""


@dataclass(frozen=True, slots=True)
class _Errand:
    """What one delivery sends, and where."""

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
    delivery = send(database, config, claim)
    return store(database, [delivery])[0] if delivery is not None else Outcome.LOST


def send(database: Database, config: Config, claim: Claim) -> Delivery | None:
    """Send the score that counts now, and return what is to be stored of it; None if the claim stands no more."""
    with database.reading() as session:
        row = _read(session, claim)
        if row is None:
            return None
        registration = row.registration
        delivery = Delivery(claim, row.wanted_revision, registration.id, registration.grade_troubles > 0)
        try:
            errand = _errand(session, row, registration)
        except LookupError:
            log.exception("grade cannot be read", passback=claim.passback_id)
            return replace(delivery, refusal=Refusal(Problem.OWN_ERROR))
    if errand.score.timestamp > utcnow():
        # A score whose timestamp lies ahead would block the next ones (Moodle).
        return replace(delivery, wait_until=errand.score.timestamp)
    if errand.lineitem_url == TO_BE_FOUND:
        return _seek(database, config, delivery, errand)
    try:
        send_score(database, config, registration, errand.lineitem_url, errand.score)
    except ServiceError as error:
        log.warning("grade not taken", passback=claim.passback_id, tries=claim.tries, error=str(error))
        return replace(delivery, refusal=judge(error, errand.platform))
    return delivery


def _seek(database: Database, config: Config, delivery: Delivery, errand: _Errand) -> Delivery:
    """Find the link's column or make it, and have the row claimed anew, with a lease of its own.

    Where another worker is at it, the row waits a moment.
    """
    try:
        found = seek_column(database, config, errand.link_id)
    except ServiceError as error:
        log.warning("no gradebook column", passback=delivery.claim.passback_id, link=errand.link_id, error=str(error))
        return replace(delivery, refusal=judge_column(error))
    return replace(delivery, wait_until=utcnow() if found else utcnow() + FIRST_WAIT)


def _read(session: Session, claim: Claim) -> GradePassback | None:
    """Return the row, with all that a delivery needs of it in one query, while the claim holds it."""
    link = joinedload(GradePassback.resource_link).joinedload(ResourceLink.settings)
    needed = link, joinedload(GradePassback.user), joinedload(GradePassback.registration)
    return if_held(session.get(GradePassback, claim.passback_id, options=needed), claim)


def _errand(session: Session, row: GradePassback, registration: Registration) -> _Errand:
    score = counted_score(session, row.resource_link, row.user_id)
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
        comment=score.comment,
        extensions=_extensions(kind_of(registration), row, score),
    )
    return _Errand(row.resource_link_id, registration, row.lineitem_url, outgoing)


def _extensions(platform: Platform, row: GradePassback, score: CountedScore) -> dict[str, object]:
    """Return what tells the platform that it has had this submission: then the score is only corrected."""
    had = row.sent_at is not None and row.sent_at >= score.submitted_at
    return {platform.submission_key: {"new_submission": False}} if platform.submission_key and had else {}
