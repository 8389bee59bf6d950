"""From the text of an option to its value."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from content.quiz import UNLIMITED, Shown


class BadValueError(ValueError):
    """A value that the option cannot take; carries a sentence and a remedy for its author."""

    def __init__(self, sentence: str, remedy: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.remedy = remedy


def one_line(text: str) -> str:
    """Return a text of several lines as one."""
    return re.sub(r"[ \t]*\n[ \t\n]*", " ", text)


def truth(text: str) -> bool:
    """Return what ``true`` and ``false`` mean, or ``yes`` and ``no``."""
    words = {"true": True, "yes": True, "false": False, "no": False}
    try:
        return words[text.lower()]
    except KeyError:
        raise BadValueError(f"'{text[:40]}' is neither true nor false.", "Write true or false.") from None


def shown_or_never(text: str) -> Shown:
    """Return what text2qti's true and false say of the right answers."""
    return Shown.AFTER_SUBMISSION if truth(text) else Shown.NEVER


def listed(text: str) -> tuple[str, ...]:
    """Return what stands between the commas, each thing once."""
    things = (thing.strip() for thing in one_line(text).split(","))
    return tuple(dict.fromkeys(thing for thing in things if thing))


NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,9})?|\.\d{1,9}", re.ASCII)
"""Nine digits on either side: more would mean nothing in a gradebook, and the points of a quiz add up exactly."""


def _number(text: str, example: str) -> Decimal:
    if not NUMBER.fullmatch(text):
        raise BadValueError(f"'{text[:40]}' is not a number that can stand here.", f"Write it as in '{example}'.")
    return Decimal(text)


def points(text: str) -> Decimal:
    """Return a number of points."""
    return _number(text, "Points: 2.5")


def share(text: str) -> Decimal:
    """Return a part of the points, 0..1, written so or in per cent."""
    if text.endswith("%"):
        return _number(text[:-1].rstrip(), "pass mark: 80%") / 100
    return _number(text, "pass mark: 80%")


def count(text: str) -> int:
    """Return a whole number above 0."""
    if not re.fullmatch(r"0*[1-9]\d{0,5}", text, re.ASCII):
        raise BadValueError(f"'{text[:40]}' is not a whole number above 0.", "Write it in digits, as in '3'.")
    return int(text)


def attempts(text: str) -> int:
    """Return how often students may try."""
    return UNLIMITED if text.lower() == "unlimited" else count(text)


DURATION = re.compile(
    r"(?:(?P<hours>\d{1,3}) *h(?:ours?)?)? *(?:(?P<minutes>\d{1,5}) *(?:m(?:in(?:utes?)?)?\.?)?)?", re.ASCII
)


def minutes(text: str) -> int:
    """Return a duration in minutes."""
    found = DURATION.fullmatch(" ".join(text.lower().split()))
    if not found or not any(found.groups()):
        raise BadValueError(f"'{text[:40]}' is no duration.", "Write it as in '30 min' or '1 h 30 min'.")
    return 60 * int(found["hours"] or 0) + int(found["minutes"] or 0)


MOMENT = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})(?: |T)(?P<hour>\d{2}:\d{2}(?::\d{2})?) ?(?P<zone>UTC|GMT|Z|[+-]\d{2}:?\d{2})?",
    re.ASCII | re.IGNORECASE,
)


def moment(text: str) -> datetime:
    """Return a day and time of day with its zone, in UTC."""
    found = MOMENT.fullmatch(" ".join(text.split()))
    remedy = "Write it as in '2026-11-30 18:00 UTC', or with another zone as in '2026-11-30 18:00 +01:00'."
    if not found:
        raise BadValueError(f"'{text[:40]}' is no day with a time.", remedy)
    if not found["zone"]:
        raise BadValueError("The time zone is missing, so each LMS would take it for another moment.", remedy)
    zone = found["zone"] if found["zone"][0] in "+-" else "+00:00"
    try:
        return datetime.fromisoformat(f"{found['day']}T{found['hour']}{zone}").astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadValueError(f"There is no such moment as '{text[:40]}'.", remedy) from None


Word = TypeVar("Word", bound=StrEnum)


def one_of(words: type[Word], what: str) -> Callable[[str], Word]:
    """Return the function that reads one of these words."""

    def word(text: str) -> Word:
        try:
            return words(" ".join(text.lower().split()))
        except ValueError:
            known = ", ".join(f"'{one}'" for one in words)
            raise BadValueError(f"'{text[:40]}' is no {what}.", f"Write one of {known}.") from None

    return word
