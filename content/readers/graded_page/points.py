"""The points that a page shows: "1 / 1 point"."""

import re

from content.readers.graded_page.numbering import without_number
from content.readers.graded_page.signs import EMPHASIS

_NUMBER = r"([0-9]{1,5}(?:[.,][0-9]{1,4})?)"
_POINTS = rf"{_NUMBER}\s{{0,4}}(?:/|of|out of)\s{{0,4}}{_NUMBER}\s{{0,4}}(?:[Pp]oints?|[Pp]ts?\b\.?)(?![a-z])"
_WRAP = rf"(?:[(\[]|{EMPHASIS}){{0,3}}"
_UNWRAP = rf"(?:[)\]]|{EMPHASIS}){{0,3}}"

FIRST = re.compile(rf"{_WRAP}{_POINTS}{_UNWRAP}[.:]?(?!\s*[a-z])")
"""Points that a line begins with, whatever stands behind them but words in small letters."""

LAST = re.compile(rf"(?:^|(?<=\s)|(?<=[?.:)])){_WRAP}{_POINTS}{_UNWRAP}$")
LAST_WINDOW = 60

UNGRADED = re.compile(rf"{_WRAP}([0-9]{{1,5}}) [Pp]oints?{_UNWRAP}")
"""What a question is worth, on a page that was not graded."""

WHOLE_PAGE = re.compile(
    r"\W{0,8}(?:(?:your|total|overall|final|quiz)\s+){0,2}(?:score|grade|total|points|result)"
    r"(?:\s+(?:is|was|received))?\W{0,8}[0-9]",
    re.IGNORECASE,
)
"""The beginning of a line that speaks of the points of the whole page."""


def has_points(line: str) -> bool:
    """Return whether the line says how many points an answer earned."""
    body = line.strip()
    return FIRST.match(without_number(body)) is not None or LAST.search(body[-LAST_WINDOW:]) is not None
