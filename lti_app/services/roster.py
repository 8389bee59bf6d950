"""Who is in the course of a link: read from the LMS now and then, kept, and compared with who has begun the quiz."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from content.sentences import Sentence
from lti_app.config import Config
from lti_app.lti.memberships import Member, read_members
from lti_app.lti.service_errors import ServiceError
from lti_app.models import Attempt, Database, Launch, ResourceLink, Role, Roster, RosterMember, User, utcnow
from lti_app.services.platforms import kind_of
from lti_app.services.rows import find_or_add

log = structlog.get_logger(__name__)

OLD = timedelta(hours=12)
"""After which a roster is read again when a teacher looks."""

PROBLEM = Sentence(
    "Your course site did not tell who is in the course; try again later, or ask whoever looks after the site."
)


@dataclass(frozen=True, slots=True)
class RosterView:
    """What a teacher sees of a roster: who has not begun the quiz, by name, and who begun it and has left the course.

    ``read_at`` is None while the LMS has never told.
    """

    not_started: tuple[User, ...]
    left: frozenset[int]
    read_at: datetime | None
    problem: str


def take_roster_url(session: Session, link: ResourceLink, url: str | None) -> None:
    """Remember where the platform tells who is in the course; a launch without it changes nothing."""
    if url is None:
        return
    roster = session.get(Roster, link.id)
    if roster is None:
        session.add(Roster(resource_link_id=link.id, url=url))
    else:
        roster.url = url


def is_old(session: Session, link: ResourceLink) -> bool:
    """Return whether it is time to ask the LMS again; False where it does not tell at all."""
    roster = session.get(Roster, link.id)
    return roster is not None and (roster.asked_at is None or roster.asked_at < utcnow() - OLD)


def refresh(database: Database, config: Config, link: ResourceLink) -> None:
    """Read the roster from the LMS and keep it; where that fails keep the one from before, and why.

    Takes as long as the LMS, so it is for a teacher's request only.
    """
    with database.writing() as session:
        roster = session.get_one(Roster, link.id)
        roster.asked_at = utcnow()
        url = roster.url
    registration = link.course.deployment.registration
    platform = kind_of(registration)
    link_id = link.resource_link_id if platform.roster_by_link else None
    try:
        members = read_members(database, config, registration, url, resource_link_id=link_id, page=platform.roster_page)
    except ServiceError as error:
        log.warning("roster not read", link=link.id, error=str(error))
        with database.writing() as session:
            session.get_one(Roster, link.id).problem = PROBLEM
        return
    with database.writing() as session:
        _keep(session, link, registration.id, members)


def view(session: Session, link: ResourceLink) -> RosterView | None:
    """Return what a teacher sees of the roster, None where the LMS tells nothing of it."""
    roster = session.get(Roster, link.id)
    if roster is None:
        return None
    begun = set(session.scalars(select(Attempt.user_id).where(Attempt.resource_link_id == link.id)))
    # Whoever launches as an instructor is one, whatever the roster says.
    teaching = set(
        session.scalars(
            select(Launch.user_id)
            .join(Launch.resource_link)
            .where(ResourceLink.course_id == link.course_id, Launch.role == Role.INSTRUCTOR)
        )
    )
    members = session.scalars(
        select(RosterMember).where(RosterMember.resource_link_id == link.id).options(joinedload(RosterMember.user))
    ).all()
    waiting = [
        member.user
        for member in members
        if member.learns and member.active and member.user_id not in begun and member.user_id not in teaching
    ]
    there = {member.user_id for member in members if member.active}
    return RosterView(
        not_started=tuple(sorted(waiting, key=lambda user: (user.name == "", user.name.casefold(), user.id))),
        left=frozenset(begun - there) if roster.read_at else frozenset(),
        read_at=roster.read_at,
        problem=roster.problem,
    )


def _keep(session: Session, link: ResourceLink, registration_id: int, members: list[Member]) -> None:
    roster = session.get_one(Roster, link.id, with_for_update=True)
    roster.read_at, roster.problem = utcnow(), ""
    session.execute(delete(RosterMember).where(RosterMember.resource_link_id == link.id))
    known = {user.sub: user for user in session.scalars(select(User).where(User.registration_id == registration_id))}
    for member in members:
        # Somebody new may be launching at this moment.
        user = known.get(member.sub) or find_or_add(session, User, registration_id=registration_id, sub=member.sub)
        # What a launch said of a person stands.
        user.name, user.email = user.name or member.name, user.email or member.email
        session.add(RosterMember(resource_link_id=link.id, user_id=user.id, learns=member.learns, active=member.active))
