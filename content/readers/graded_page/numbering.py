"""The numbers of questions: "1. What is ..." and "Question 1"."""

import re
from typing import NamedTuple

from content.readers.graded_page.signs import EMPHASIS

_HASHES = r"(?:#{1,6}\s+)?"
NUMBERED = re.compile(rf"{_HASHES}(?P<open>{EMPHASIS}?)(?P<n>[0-9]{{1,3}})\\?[.)](?P<close>{EMPHASIS}?)(?=\s|$)")
HEADING = re.compile(
    rf"{_HASHES}(?P<open>{EMPHASIS}?)(?:Question|Q)\.?\s{{0,3}}#?(?P<n>[0-9]{{1,3}})"
    r"(?:\s{1,3}(?:of|/)\s{1,3}[0-9]{1,3})?"
    rf"(?P<stop>[.:)]?)(?P<close>{EMPHASIS}?)(?P<late_stop>[.:)]?)(?=[\s(\[]|$)"
)
POINTS_BEHIND = re.compile(r"[(\[]|[0-9]{1,5}(?:[.,][0-9]{1,4})?\s{0,4}(?:/|of|out of|[Pp]oint)")


class Number(NamedTuple):
    """The number that a line begins with, as written, and the words behind it. ``heading``: as in "Question 1"."""

    value: int
    label: str
    rest: str
    heading: bool


def match_number(body: str) -> Number | None:
    """Return the number of a question, or of an item of a list, that the line begins with; None where it has none.

    "Question 1" must stand as a heading: alone, before a colon or before its points. "Question 1 asks" is a sentence.
    """
    found = HEADING.match(body)
    heading = found is not None and _stands_alone(found, body)
    found = found if heading else NUMBERED.match(body)
    if found is None:
        return None
    unclosed = "" if found["close"] else found["open"]
    rest = body[found.end() :].strip()
    return Number(int(found["n"]), body[: found.end()], unclosed + rest, heading)


def without_number(body: str) -> str:
    """Return the words behind the number that the line begins with, or all of it."""
    number = match_number(body)
    return number.rest if number else body


def _stands_alone(found: re.Match[str], body: str) -> bool:
    rest = body[found.end() :].strip()
    stop = found["stop"] or found["late_stop"]
    return not rest or bool(stop) or body.startswith("#") or POINTS_BEHIND.match(rest) is not None
