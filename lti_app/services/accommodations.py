"""What single students have beyond the others: extra time, extra attempts, other dates. Given by `giving_extra`."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import and_, bindparam, or_, select
from sqlalchemy.orm import Session, joinedload

from lti_app.models import Accommodation, ResourceLink

# Students' pages ask for these, and to build a statement takes longer than to run it.
_AT_LINK = Accommodation.resource_link_id == bindparam("link")
_IN_COURSE = and_(Accommodation.course_id == bindparam("course"), Accommodation.resource_link_id.is_(None))
GIVEN = select(Accommodation).where(or_(_AT_LINK, _IN_COURSE))
OWN = GIVEN.where(Accommodation.user_id == bindparam("user"))
CLOSES = select(Accommodation.closes).where(_AT_LINK, Accommodation.closes.is_not(None))


def accommodation_of(session: Session, link: ResourceLink, user_id: int) -> Accommodation | None:
    """Return what holds for the student at the link: what is given there, else what is given in the whole course."""
    found = session.scalars(OWN, {"link": link.id, "course": link.course_id, "user": user_id}).all()
    return max(found, key=lambda one: one.resource_link_id is not None, default=None)


def accommodations_at(session: Session, link: ResourceLink) -> list[Accommodation]:
    """Return all that is given at the link and in its course, by the students' names."""
    query = GIVEN.options(joinedload(Accommodation.user))
    found = session.scalars(query, {"link": link.id, "course": link.course_id})
    return sorted(found, key=lambda one: (one.user.name.casefold(), one.user_id, one.resource_link_id is None))


def other_dues(session: Session, link: ResourceLink) -> Mapping[int, datetime]:
    """Return when the quiz is due at the link for students who have a date of their own, by user id."""
    query = select(Accommodation).where(Accommodation.resource_link_id == link.id, Accommodation.due.is_not(None))
    return {one.user_id: one.due for one in session.scalars(query) if one.due is not None}


def last_close(session: Session, link: ResourceLink) -> datetime | None:
    """Return when the link closes for the last of the students who have a date of their own, None where nobody has."""
    found = session.scalars(CLOSES, {"link": link.id})
    return max((moment for moment in found if moment is not None), default=None)
