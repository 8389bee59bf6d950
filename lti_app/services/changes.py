"""Which of two changes of one answer is the newer one: they may come late, twice, in any order and from two devices."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from lti_app.models import Attempt, utcnow
from lti_app.services.responses import InvalidResponse

LARGEST_SEQUENCE = 2**53 - 1
"""The largest integer that JavaScript counts exactly."""

LONGEST_NAME = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change of an answer: the page in a browser that made it (empty for a form), its number there, and when."""

    sequence: int
    page: str
    made_at: datetime


class Stored(Protocol):
    """The change that is stored: `models.Answer`, or a row of these columns."""

    @property
    def sequence(self) -> int: ...  # noqa: D102
    @property
    def page(self) -> str: ...  # noqa: D102
    @property
    def page_sequence(self) -> int: ...  # noqa: D102
    @property
    def changed_at(self) -> datetime: ...  # noqa: D102


def sent_change(attempt: Attempt, sequence: Any, page: Any, age: Any) -> Change:
    """Return the change that a page of the attempt has sent; raise InvalidResponse for one that it could not have.

    A page says how many milliseconds old the change is: clocks of devices differ, spans of time do not.
    """
    if not _is_counted(sequence):
        raise InvalidResponse(f"The sequence number must be a whole number from 0 to {LARGEST_SEQUENCE}.")
    if not isinstance(page, str) or len(page) > LONGEST_NAME or not page.isprintable():
        raise InvalidResponse(f"The name of a page is a printable text of at most {LONGEST_NAME} characters.")
    if not _is_counted(age):
        raise InvalidResponse("The age of a change is a whole number of milliseconds.")
    now = utcnow()
    made_at = now - min(timedelta(milliseconds=min(age, 2**40)), max(now - attempt.started_at, timedelta(0)))
    return Change(sequence=sequence, page=page, made_at=made_at)


def is_newer(change: Change, stored: Stored) -> bool:
    """Return whether the change is newer than the stored answer, or the same.

    One page counts its changes. Two do not know each other's numbers: of theirs, the one that was made last is newer.
    """
    if change.page == stored.page:
        return change.sequence >= stored.page_sequence
    return change.made_at >= stored.changed_at


def number_of(change: Change, stored: Stored | None) -> int:
    """Return the number that the change is stored with: its own, but higher than that of the change before it."""
    if stored is None:
        return change.sequence
    if (change.page, change.sequence) == (stored.page, stored.page_sequence):
        return stored.sequence  # it was stored before, and is sent again
    return min(max(change.sequence, stored.sequence + 1), LARGEST_SEQUENCE)


def _is_counted(value: Any) -> bool:
    return type(value) is int and 0 <= value <= LARGEST_SEQUENCE
