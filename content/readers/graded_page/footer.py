"""What stands below the questions of a page, and belongs to none of them: buttons, due dates, attempts."""

import re
from collections.abc import Sequence

_OPEN = r"[\s#*_\[👍👎]{0,6}"
_CLOSE = r"[\s*_.:]{0,6}(?:\]\([^)\s]{0,80}\))?"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"

SURE = re.compile(
    rf"{_OPEN}(?:submit your assignment|report an issue|receive grade|view feedback|we keep your highest score"
    r"|go to next item|try again(?: once you are ready)?|to pass\W{1,4}[0-9]{1,3}% or higher|your grade"
    rf"|due\W{{1,3}}{_MONTH}\W{{1,3}}[0-9]{{1,2}}\b.{{0,40}}|attempts\W{{1,3}}[0-9].{{0,40}}){_CLOSE}",
    re.IGNORECASE,
)
"""Lines that course sites print below a quiz."""

BUTTON = re.compile(rf"{_OPEN}(?:like|dislike){_CLOSE}", re.IGNORECASE)
"""A button's name, which may also be a choice: it counts beside a line that is sure."""

VALUE = re.compile(r"\s*(?:[-–—]|not available|[0-9]{1,3}(?:\.[0-9]{1,4})?\s?%)?\s*", re.IGNORECASE)
"""An empty line, or what stands below "Your grade"."""

LONGEST = 200


def without_footer(lines: Sequence[str]) -> Sequence[str]:
    """Return the lines without those at the end that only the course site printed; all of them where none is sure."""
    start = len(lines)
    sure = False
    for place in range(len(lines) - 1, -1, -1):
        line = lines[place]
        if len(line) > LONGEST:
            break
        if SURE.fullmatch(line):
            start, sure = place, True
        elif BUTTON.fullmatch(line):
            start = place
        elif not VALUE.fullmatch(line):
            break
    return lines[:start] if sure else lines
