"""The lines of a file that mean something: numbered, without comments and without forbidden characters."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from content.characters import FORBIDDEN, drop_forbidden
from content.readers.quiz_text.report import Report


class Line(NamedTuple):
    """One line of the file, without its line end; ``number`` counts from 1."""

    number: int
    text: str


def lines_of(text: str, report: Report) -> Iterator[Line]:
    """Return the lines that are no comment. Windows and old Mac line ends are line ends too."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines: Iterator[Line] = (Line(number, line) for number, line in enumerate(text.split("\n"), start=1))
    if FORBIDDEN.search(text):
        lines = _without_forbidden(lines, report)
    return _without_comments(lines, report)


def _without_forbidden(lines: Iterable[Line], report: Report) -> Iterator[Line]:
    for number, text in lines:
        found = FORBIDDEN.search(text)
        if found:
            sentence = (
                f"This line holds a character that no LMS can take (U+{ord(found.group()):04X}); it was left out."
            )
            remedy = "Delete it; it is invisible, so typing the line anew is the easiest way."
            report.warning("control-character", number, sentence, remedy, column=found.start() + 1)
        yield Line(number, drop_forbidden(text) if found else text)


def _without_comments(lines: Iterable[Line], report: Report) -> Iterator[Line]:
    opened = 0
    for line in lines:
        word = line.text.rstrip()
        if opened:
            opened = 0 if word == "END_COMMENT" else opened
        elif word == "COMMENT":
            opened = line.number
        elif word == "END_COMMENT":
            report.error("stray-mark", line.number, "No COMMENT stands above this END_COMMENT.", "Remove it.")
        elif not word.startswith("%"):
            yield line
    if opened:
        sentence = "This COMMENT has no END_COMMENT, so everything below it is left out."
        report.error("open-comment", opened, sentence, "Write END_COMMENT alone on a line where the comment ends.")
