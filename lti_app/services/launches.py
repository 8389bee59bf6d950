"""Sessions: what a launch opens, and who comes back to it."""

import hmac
import secrets
from dataclasses import dataclass

import structlog
from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session, joinedload

from lti_app.config import Config
from lti_app.lti.claims import LaunchClaims, Message
from lti_app.lti.login_states import hash_secret
from lti_app.models import Course, Deployment, Launch, Registration, ResourceLink, Role, User, utcnow
from lti_app.services import metrics
from lti_app.services.course_copies import inherit_quiz
from lti_app.services.line_items import column_urls, remember_column
from lti_app.services.passback import try_again, want_missing
from lti_app.services.placements import take_settings
from lti_app.services.quizzes import LinkTaken, bind_quiz
from lti_app.services.roster import take_roster_url
from lti_app.services.rows import find_or_add

log = structlog.get_logger(__name__)


# What each request asks for is built once: that takes longer than to run it.
_LINK = joinedload(Launch.resource_link)
LIVING = (
    select(Launch)
    .where(Launch.id == bindparam("id"), Launch.expires_at > bindparam("now"))
    .options(
        joinedload(Launch.user),
        _LINK.joinedload(ResourceLink.quiz),
        _LINK.joinedload(ResourceLink.settings),
        _LINK.joinedload(ResourceLink.course).joinedload(Course.deployment).joinedload(Deployment.registration),
    )
)
EXPIRED = delete(Launch).where(Launch.expires_at < bindparam("now"))


@dataclass(frozen=True, slots=True)
class OpenedLaunch:
    """A new launch and the secret by which its browser proves itself; only the secret's hash is stored."""

    launch: Launch
    secret: str


def open_launch(session: Session, claims: LaunchClaims, config: Config) -> OpenedLaunch:
    """Return a new launch for what the claims say, with its user, course and resource link brought up to date.

    A quiz that the link asks for by its custom parameter is bound to it, unless students have begun another one there;
    a link that asks for none, in a copied course, gets that of its original.
    A line item that the link did not have before gets the grades of the students who were here already.
    """
    now = utcnow()
    session.execute(EXPIRED, {"now": now})
    secret = secrets.token_urlsafe(32)
    launch = Launch(
        id=secrets.token_hex(8),
        secret_hash=hash_secret(secret),
        user=user_of(session, claims),
        resource_link=_resource_link(session, claims),
        role=claims.role,
        return_url=claims.return_url,
        locale=claims.locale,
        created_at=now,
        expires_at=now + config.launch_lifetime,
    )
    session.add(launch)
    session.flush()
    metrics.LAUNCHES.labels(claims.registration_id).inc()
    try_again(session, launch.resource_link, None if launch.role is Role.INSTRUCTOR else launch.user)
    return OpenedLaunch(launch, secret)


def find_launch(session: Session, launch_id: str, secret: str) -> Launch | None:
    """Return the launch if it has this secret and has not expired, with its user, link, course and registration."""
    launch = session.scalar(LIVING, {"id": launch_id, "now": utcnow()})
    if launch is None or not hmac.compare_digest(launch.secret_hash, hash_secret(secret)):
        return None
    return launch


def user_of(session: Session, claims: Message) -> User:
    """Return who has come, brought up to date; the registration, too, learns what kind of platform it is with."""
    new = {"name": claims.name, "email": claims.email}
    user = find_or_add(session, User, new, registration_id=claims.registration_id, sub=claims.sub)
    user.name, user.email = claims.name, claims.email
    registration = session.get_one(Registration, claims.registration_id)
    if claims.product_family not in ("", registration.product_family):
        registration.product_family = claims.product_family
    return user


def course_of(session: Session, claims: Message) -> Course:
    """Return the course that the message comes from, brought up to date."""
    course = find_or_add(session, Course, deployment_id=claims.deployment_id, context_id=claims.context_id)
    course.title = claims.context_title
    return course


def _resource_link(session: Session, claims: LaunchClaims) -> ResourceLink:
    course = course_of(session, claims)
    link = find_or_add(session, ResourceLink, course_id=course.id, resource_link_id=claims.resource_link_id)
    link.title = claims.resource_link_title
    placement = take_settings(session, link, claims.placement_id, claims.due)
    quiz_id = placement.quiz_id if placement else claims.quiz_id
    if quiz_id is not None:
        _bind(session, link, quiz_id)
    if link.quiz_id is None:
        inherit_quiz(session, link, claims)
    _take_gradebook(session, link, claims)
    take_roster_url(session, link, claims.memberships_url)
    return link


def _take_gradebook(session: Session, link: ResourceLink, claims: LaunchClaims) -> None:
    """Take over where the LMS keeps grades now; a column that the link did not have before gets those from before."""
    now = claims.lineitem_url, claims.lineitems_url, list(claims.ags_scopes)
    if now == (link.lineitem_url, link.lineitems_url, link.ags_scopes):
        return
    before = column_urls(session, link)
    if claims.lineitem_url is None and link.lineitem_url:
        # Moodle names none any more once another column is tied to the link; this one is there all the same.
        remember_column(session, link, link.lineitem_url)
    link.lineitem_url, link.lineitems_url, link.ags_scopes = now
    if column_urls(session, link).items() - before.items():
        want_missing(session, link)


def _bind(session: Session, link: ResourceLink, quiz_id: str) -> None:
    """Bind the quiz. Where that cannot be, only the log says why: the launch goes on with the quiz there, or none."""
    try:
        bind_quiz(session, link, quiz_id)
    except (LookupError, LinkTaken) as error:
        log.warning("the custom parameter 'quiz' is not followed", link=link.id, quiz=quiz_id[:100], reason=str(error))
