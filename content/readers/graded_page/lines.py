"""From the text of a page to the pieces of its lines."""

import re
from collections.abc import Iterator, Sequence

from content.characters import drop_forbidden
from content.readers.graded_page.parts import LineParts
from content.readers.graded_page.pieces import AnyPiece, Text
from content.readers.graded_page.points import has_points
from content.readers.graded_page.signs import alphabet_of

INVISIBLE = dict.fromkeys("\u200b\u2060\ufeff")
ODD_SPACES = dict.fromkeys("\xa0\u2007\u202f", " ")
_CHARACTERS = str.maketrans(INVISIBLE | ODD_SPACES)

FENCE = re.compile(r"\s{0,12}(?:`{3,}|~{3,})")


def lines_of(text: str) -> list[str]:
    """Return the page's lines, with plain spaces and without invisible characters. Old line ends are line ends too."""
    text = drop_forbidden(text.replace("\r\n", "\n").replace("\r", "\n"))
    return text.translate(_CHARACTERS).split("\n")


def pieces_of(lines: Sequence[str]) -> list[AnyPiece]:
    """Return the pieces of all lines, in order."""
    scored = [has_points(line) for line in lines]
    alphabet = alphabet_of(_sections(lines, scored))
    verbatim = _fenced(lines, scored)
    pieces: list[AnyPiece] = []
    for number, line in enumerate(lines, start=1):
        if number in verbatim:
            pieces.append(Text(line=number, source=line.rstrip(), text=line.rstrip(), verbatim=True))
        else:
            pieces.extend(LineParts(number, line, alphabet).pieces())
    return pieces


def _sections(lines: Sequence[str], scored: Sequence[bool]) -> Iterator[list[str]]:
    """Return the lines, parted where points are shown: about one section for each question."""
    section: list[str] = []
    for line, has_score in zip(lines, scored, strict=True):
        if has_score:
            yield section
            section = []
        section.append(line)
    yield section


def _fenced(lines: Sequence[str], scored: Sequence[bool]) -> set[int]:
    """Return the numbers of the lines in fenced code blocks. What no fence closes within its question is no block."""
    fenced: set[int] = set()
    opened = 0
    for number, line in enumerate(lines, start=1):
        if scored[number - 1]:
            opened = 0
        elif FENCE.match(line):
            if opened:
                fenced.update(range(opened, number + 1))
            opened = 0 if opened else number
    return fenced
