"""Visits in which teachers pick quizzes for their course: what a deep linking request opens, and its answer."""

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, joinedload

from lti_app.config import Config
from lti_app.lti.claims import LinkingClaims
from lti_app.lti.deep_linking import LinkedQuiz, content_item, require_own_host, signed_answer
from lti_app.lti.login_states import hash_secret
from lti_app.models import Course, Database, Deployment, LinkingVisit, Placement, Registration, utcnow
from lti_app.services.columns import is_apart
from lti_app.services.launches import course_of, user_of
from lti_app.services.line_items import TAG, follow_placement, resource_id
from lti_app.services.placements import PlacedQuiz, find_placement, place
from lti_app.services.platforms import kind_of
from lti_app.services.quizzes import load, newest_revision


class AnsweredAlready(Exception):  # noqa: N818
    """The visit has had its answer; a request of the LMS is answered once."""


@dataclass(frozen=True, slots=True)
class OpenedVisit:
    """A new visit and the secret by which its browser proves itself."""

    visit: LinkingVisit
    secret: str


def open_visit(session: Session, claims: LinkingClaims, config: Config) -> OpenedVisit:
    """Return a new visit for a deep linking request; raise LinkingAnswerForeign where it would answer somebody else."""
    now = utcnow()
    session.execute(delete(LinkingVisit).where(LinkingVisit.expires_at < now))
    user, course = user_of(session, claims), course_of(session, claims)
    registration = session.get_one(Registration, claims.registration_id)
    require_own_host(claims, registration, shares_issuer=kind_of(registration).shares_issuer)
    secret = secrets.token_urlsafe(32)
    visit = LinkingVisit(
        id=secrets.token_hex(8),
        secret_hash=hash_secret(secret),
        user=user,
        course=course,
        placement=find_placement(session, course, claims.placement_id) if claims.placement_id else None,
        return_url=claims.return_url,
        locale=claims.locale,
        answer_url=claims.answer_url,
        data=claims.data,
        accepts_links=claims.accepts_links,
        accepts_several=claims.accepts_several,
        accepts_line_items=claims.accepts_line_items,
        shown_in=next((way for way in ("iframe", "window") if way in claims.targets), ""),
        created_at=now,
        expires_at=now + config.launch_lifetime,
    )
    session.add(visit)
    session.flush()
    return OpenedVisit(visit, secret)


def find_visit(session: Session, visit_id: str, secret: str) -> LinkingVisit | None:
    """Return the visit if it has this secret and has not expired, with all that its pages show."""
    visit = session.scalar(
        select(LinkingVisit)
        .where(LinkingVisit.id == visit_id, LinkingVisit.expires_at > utcnow())
        .options(
            joinedload(LinkingVisit.user),
            joinedload(LinkingVisit.placement),
            joinedload(LinkingVisit.course).joinedload(Course.deployment).joinedload(Deployment.registration),
        )
    )
    if visit is None or not hmac.compare_digest(visit.secret_hash, hash_secret(secret)):
        return None
    return visit


def answer(database: Database, config: Config, visit: LinkingVisit, quizzes: Sequence[PlacedQuiz]) -> str:
    """Place the quizzes and return the answer for the LMS as a JWT; with no quizzes it says that none was picked.

    Raise AnsweredAlready if the visit has had its answer.
    """
    with database.writing() as session:
        open_still = LinkingVisit.id == visit.id, LinkingVisit.answered_at.is_(None)
        answered = update(LinkingVisit).where(*open_still).values(answered_at=utcnow()).returning(LinkingVisit.id)
        if session.scalar(answered) is None:
            raise AnsweredAlready(visit.id)
        here = session.get_one(LinkingVisit, visit.id)
        registration, deployment_id = here.course.deployment.registration, here.course.deployment.deployment_id
        with_url = kind_of(registration).item_has_url
        placements = [place(session, here.course, quiz, here.placement) for quiz in quizzes]
        items = [
            content_item(
                _linked(session, placement),
                config,
                shown_in=here.shown_in,
                with_url=with_url,
                with_line_item=here.accepts_line_items and not is_apart(session, placement),
            )
            for placement in placements
        ]
    for placement in placements:
        if placement.id == visit.placement_id:
            follow_placement(database, config, placement)
    return signed_answer(database, registration, deployment_id, items, visit.data)


def _linked(session: Session, placement: Placement) -> LinkedQuiz:
    revision = newest_revision(session, placement.quiz_id)
    if revision is None:
        raise LookupError(f"quiz {placement.quiz_id} has no revision")
    count = len(load(revision).questions)
    return LinkedQuiz(
        quiz_id=placement.quiz_id,
        placement_id=placement.id,
        title=placement.title,
        text=f"{count} {'question' if count == 1 else 'questions'}",
        points=placement.points,
        resource_id=resource_id(placement.quiz_id),
        tag=TAG,
        opens=placement.opens,
        due=placement.due,
    )
