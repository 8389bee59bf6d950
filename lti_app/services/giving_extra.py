"""Giving single students extra time, extra attempts and other dates, and taking them back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, select, union
from sqlalchemy.orm import Session

from lti_app.models import Accommodation, Attempt, Launch, ResourceLink, Role, RosterMember, User
from lti_app.services import audit, quizzes
from lti_app.services.attempts import counted_now, list_attempts, tell_gradebook


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """What is given: per cent of the time limit and minutes, added up; attempts; and dates, None for the quiz's own."""

    extra_percent: int = 0
    extra_minutes: int = 0
    extra_attempts: int = 0
    opens: datetime | None = None
    due: datetime | None = None
    closes: datetime | None = None


def give(session: Session, link: ResourceLink, user: User, extra: Extra, actor: User, *, course: bool) -> None:
    """Give a student something at the link, or in the whole ``course``, in place of what was given there before.

    A running attempt has the new time at once; a grade that lateness has lowered is sent anew.
    """
    with _following(session, link, user, actor):
        session.execute(delete(Accommodation).where(_one(link, user, course=course)))
        where = None if course else link.id
        session.add(Accommodation(course_id=link.course_id, resource_link_id=where, user_id=user.id, **asdict(extra)))
    said = {name: str(value) for name, value in asdict(extra).items() if value}
    _record(session, "accommodation.given", link, user, actor, course=course, **said)


def take_back(session: Session, link: ResourceLink, user: User, actor: User, *, course: bool) -> None:
    """Have the student be as the others at the link, or in the whole ``course``."""
    with _following(session, link, user, actor):
        session.execute(delete(Accommodation).where(_one(link, user, course=course)))
    _record(session, "accommodation.taken_back", link, user, actor, course=course)


def students_of(session: Session, link: ResourceLink) -> list[User]:
    """Return those who learn in the course as far as it is known, by launches and rosters; by name, nameless last."""
    launched = select(Launch.user_id).join(Launch.resource_link).where(Launch.role == Role.LEARNER)
    listed = select(RosterMember.user_id).join(ResourceLink, ResourceLink.id == RosterMember.resource_link_id)
    listed = listed.where(RosterMember.learns, RosterMember.active)
    begun = select(Attempt.user_id).join(Attempt.resource_link)
    known = union(*(query.where(ResourceLink.course_id == link.course_id) for query in (launched, listed, begun)))
    users = session.scalars(select(User).where(User.id.in_(known)))
    return sorted(users, key=lambda user: (user.name == "", user.name.casefold(), user.id))


@contextmanager
def _following(session: Session, link: ResourceLink, user: User, actor: User) -> Iterator[None]:
    """Have running attempts and the student's grade follow what the block changes."""
    session.get(User, user.id, with_for_update=True)  # no attempt starts meanwhile
    own = list_attempts(session, link.id, user.id)
    before = counted_now(session, own[0]) if own else {}
    yield
    session.flush()
    _reset_deadlines(session, link, user)
    if own:
        tell_gradebook(session, own[0], before, audit.person(actor))


def _reset_deadlines(session: Session, link: ResourceLink, user: User) -> None:
    """Give the attempts that the student runs in the course the time that is theirs now."""
    running = select(Attempt).join(Attempt.resource_link).where(ResourceLink.course_id == link.course_id)
    running = running.where(Attempt.user_id == user.id)
    quizzes.reset_deadlines(session, running)


def _one(link: ResourceLink, user: User, *, course: bool) -> ColumnElement[bool]:
    own = Accommodation.user_id == user.id
    if course:
        return own & (Accommodation.course_id == link.course_id) & Accommodation.resource_link_id.is_(None)
    return own & (Accommodation.resource_link_id == link.id)


def _record(
    session: Session, action: str, link: ResourceLink, user: User, actor: User, *, course: bool, **details: Any
) -> None:
    where = "course" if course else "quiz"
    audit.record(session, audit.person(actor), action, link_id=link.id, user_id=user.id, where=where, **details)
