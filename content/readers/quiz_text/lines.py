"""The lines of a file that mean something: numbered, without comments and without forbidden characters."""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from content.characters import FORBIDDEN, drop_forbidden
from content.readers.quiz_text.report import Report

Line: TypeAlias = tuple[int, str]
"""The number of a line, from 1, and the line without its line end."""


def lines_of(text: str, report: Report) -> Iterable[Line]:
    """Return the lines that are no comment. Windows and old Mac line ends are line ends too."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines: Iterable[Line] = enumerate(text.split("\n"), start=1)
    if FORBIDDEN.search(text):
        lines = _without_forbidden(lines, report)
    if "%" in text or "COMMENT" in text:
        lines = _without_comments(lines, report)
    return lines


def _without_forbidden(lines: Iterable[Line], report: Report) -> Iterator[Line]:
    for number, text in lines:
        found = FORBIDDEN.search(text)
        if found:
            sentence = (
                f"This line holds a character that no page can show (U+{ord(found.group()):04X}); it is left out."
            )
            remedy = "Delete it; it is invisible, so typing the line anew is the easiest way."
            report.warning("control-character", number, sentence, remedy, column=found.start() + 1)
        yield number, drop_forbidden(text)


def _without_comments(lines: Iterable[Line], report: Report) -> Iterator[Line]:
    opened = 0
    for number, text in lines:
        word = text.rstrip()
        if opened:
            opened = 0 if word == "END_COMMENT" else opened
        elif word == "COMMENT":
            opened = number
        elif word == "END_COMMENT":
            report.error("stray-mark", number, "No COMMENT stands above this END_COMMENT.", "Remove it.")
        elif not text.startswith("%"):
            yield number, text
    if opened:
        sentence = "This COMMENT has no END_COMMENT, so everything below it is left out."
        report.error("open-comment", opened, sentence, "Write END_COMMENT alone on a line where the comment ends.")
