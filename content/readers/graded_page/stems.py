"""What the words of a stem tell: where it ends, and whether several choices may be right."""

import re
from typing import NamedTuple

SEVERAL = re.compile(
    r"\ball\s+(?:that|which)\s+(?:apply|applies|are|is|hold)\b|\ball\s+(?:correct|right|true)\b", re.IGNORECASE
)
"""As in "Select all that apply" and "Check all that are true"."""

_VERB = r"(?:select|check|choose|mark|tick|pick)"
FINISHED = re.compile(rf"(?:[?:]|\b(?i:{_VERB})\b[^.?!]{{1,60}}[.)])[)\]*_\"'”’]{{0,4}}$")
WINDOW = 120

GAP = re.compile(r"(?<=\S)[^\S\n]{2,}(?=\S)")
"""What parts a stem from a first choice on its line: at least two spaces."""


class Split(NamedTuple):
    """A stem, and the choice that stood behind it; ``doubtful`` where it cannot be told whether one did."""

    stem: str
    choice: str = ""
    doubtful: bool = False


def asks_for_several(stem: str) -> bool:
    """Return whether the stem says that several choices may be right."""
    return SEVERAL.search(stem) is not None


def is_question(text: str) -> bool:
    """Return whether the text can hardly be anything but a stem."""
    return text.endswith("?") or asks_for_several(text)


def is_finished(text: str, end: int | None = None) -> bool:
    """Return whether the text, up to ``end``, ends as stems do: with a question, a colon or an instruction."""
    stop = len(text) if end is None else end
    return FINISHED.search(text, max(0, stop - WINDOW), stop) is not None


def split(line: str) -> Split:
    """Part a stem from the choice behind it on the same line.

    They part at a wide gap that has a finished stem before it and no further one behind it: two spaces between two
    sentences are a habit of typists.
    """
    gaps = list(GAP.finditer(line))
    finished = [gap for gap in gaps if is_finished(line, gap.start())]
    whole = is_finished(line)
    if finished and not whole:
        *others, gap = finished
        clear = not others or asks_for_several(line[others[-1].end() : gap.start()])
        return Split(line[: gap.start()], line[gap.end() :], doubtful=not clear)
    if finished:
        return Split(line, doubtful=not asks_for_several(line[finished[-1].end() :]))
    return Split(line, doubtful=bool(gaps) and not whole)
