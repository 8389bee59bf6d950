"""On which terms a quiz is given at a resource link: its own settings, and what the link decides instead."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from content.quiz import Settings
from lti_app.models import Accommodation, ResourceLink
from lti_app.services.accommodations import accommodation_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """When and how often a quiz can be taken; None is: no limit, open from the beginning, never due, never closed.

    ``time_limit`` holds the ``extra_time`` of a student who has some. ``wait`` is between two attempts.
    """

    attempts: int | None = None
    opens: datetime | None = None
    due: datetime | None = None
    closes: datetime | None = None
    time_limit: timedelta | None = None
    extra_time: timedelta = timedelta(0)
    wait: timedelta = timedelta(0)
    access_code: str = ""


class Entry(StrEnum):
    """Whether a student may start an attempt now, and if not, why."""

    OPEN = "open"
    NOT_YET = "not yet"
    CLOSED = "closed"
    NO_ATTEMPTS_LEFT = "no attempts left"
    WAIT = "wait"
    CLOSES_BEFORE = "closes before"
    """It closes before the wait is over."""


def terms_of(settings: Settings, link: ResourceLink) -> Terms:
    """Return the terms at the link. What its teacher decided when it was placed replaces what the quiz says of it."""
    placed = link.settings
    return Terms(
        attempts=placed.attempts if placed else settings.attempts or None,
        opens=placed.opens if placed else settings.opens,
        due=placed.due if placed else settings.due,
        closes=settings.closes,
        time_limit=timedelta(minutes=settings.time_limit) if settings.time_limit else None,
        wait=timedelta(minutes=settings.wait_between_attempts or 0),
        access_code=settings.access_code,
    )


def terms_for(session: Session, settings: Settings, link: ResourceLink, user_id: int) -> Terms:
    """Return the terms at the link for one student, with all that they are given beyond the others."""
    terms, given = terms_of(settings, link), accommodation_of(session, link, user_id)
    return _with_extra(terms, given) if given else terms


def _with_extra(terms: Terms, given: Accommodation) -> Terms:
    extra_time = timedelta(0)
    if terms.time_limit is not None:
        extra_time = terms.time_limit * given.extra_percent / 100 + timedelta(minutes=given.extra_minutes)
    return replace(
        terms,
        attempts=terms.attempts + given.extra_attempts if terms.attempts else None,
        opens=given.opens or terms.opens,
        due=given.due or terms.due,
        closes=given.closes or terms.closes,
        time_limit=terms.time_limit + extra_time if terms.time_limit else None,
        extra_time=extra_time,
    )


def waits_until(terms: Terms, last: datetime | None) -> datetime | None:
    """Return until when the student waits whose last attempt was submitted then; None where nobody waits."""
    return last + terms.wait if last is not None and terms.wait else None


def entry(terms: Terms, past: int, last: datetime | None, now: datetime) -> Entry:
    """Return whether a student may start another attempt who has submitted so many, and the last of them then."""
    waits = waits_until(terms, last)
    if terms.closes is not None and now >= terms.closes:
        return Entry.CLOSED
    if terms.attempts is not None and past >= terms.attempts:
        return Entry.NO_ATTEMPTS_LEFT
    if waits is not None and terms.closes is not None and waits >= terms.closes:
        return Entry.CLOSES_BEFORE
    if terms.opens is not None and now < terms.opens:
        return Entry.NOT_YET
    if waits is not None and now < waits:
        return Entry.WAIT
    return Entry.OPEN
