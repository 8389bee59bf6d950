"""On which terms a quiz is given at a resource link: its own settings, and what the link decides instead."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from content.quiz import Settings
from lti_app.models import ResourceLink


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """When and how often a quiz can be taken; None is: no limit, open from the beginning, never due, never closed."""

    attempts: int | None = None
    opens: datetime | None = None
    due: datetime | None = None
    closes: datetime | None = None
    time_limit: timedelta | None = None
    access_code: str = ""


class Entry(StrEnum):
    """Whether a student may start an attempt now, and if not, why."""

    OPEN = "open"
    NOT_YET = "not yet"
    CLOSED = "closed"
    NO_ATTEMPTS_LEFT = "no attempts left"


def terms_of(settings: Settings, link: ResourceLink) -> Terms:
    """Return the terms at the link. What its teacher decided when it was placed replaces what the quiz says of it."""
    placed = link.settings
    return Terms(
        attempts=placed.attempts if placed else settings.attempts or None,
        opens=placed.opens if placed else settings.opens,
        due=placed.due if placed else settings.due,
        closes=settings.closes,
        time_limit=timedelta(minutes=settings.time_limit) if settings.time_limit else None,
        access_code=settings.access_code,
    )


def entry(terms: Terms, past: int, now: datetime) -> Entry:
    """Return whether a student with so many attempts may start another one."""
    if terms.closes is not None and now >= terms.closes:
        return Entry.CLOSED
    if terms.attempts is not None and past >= terms.attempts:
        return Entry.NO_ATTEMPTS_LEFT
    if terms.opens is not None and now < terms.opens:
        return Entry.NOT_YET
    return Entry.OPEN
