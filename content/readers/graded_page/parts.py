"""Takes one line apart: its number, its points, its choices and the verdicts on them."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import TypedDict

from content.readers.graded_page import points
from content.readers.graded_page.labels import TICKED_LABEL, match_label, trailing_label
from content.readers.graded_page.numbering import match_number
from content.readers.graded_page.pieces import AnyPiece, Blank, Mark, Option, Points, Text
from content.readers.graded_page.signs import BOXES, CIRCLES, EMPHASIS, Alphabet, Sign

TAB_WIDTH = 4

SIGN_INSIDE = re.compile(rf"[{BOXES}{CIRCLES}](?=\ufe0f?{EMPHASIS}?\s)")

WORD = re.compile(r"\w")

NO_WORD_BEFORE = "*_>\"'“‘(`"
"""A sign right behind one of these is quoted or set in bold, and belongs to the words around it."""


class _Place(TypedDict):
    line: int
    source: str
    indent: int
    closed: bool


class LineParts:
    """One line of a page, with the signs that the page uses."""

    def __init__(self, line: int, raw: str, alphabet: Alphabet) -> None:
        self._line = line
        self._body = raw.strip()
        self._alphabet = alphabet
        self._indent = len(raw[: len(raw) - len(raw.lstrip())].expandtabs(TAB_WIDTH))
        self._closed = raw.rstrip(" ").endswith("\t")

    def pieces(self) -> Iterator[AnyPiece]:
        """Return the pieces of the line, from left to right."""
        if not self._body:
            yield Blank(line=self._line)
        elif points.WHOLE_PAGE.match(self._body):
            yield self._text(self._body)
        else:
            yield from self._numbered()

    def _numbered(self) -> Iterator[AnyPiece]:
        number = match_number(self._body)
        if number is None:
            yield from self._scored(self._body)
            return
        sign = self._alphabet.match(number.rest)
        if sign and not number.heading and not sign.letter:
            # A number before a choice with a sign is only the choice's place in a list.
            yield from self._scored(number.rest)
            return
        first, *others = list(self._scored(number.rest, numbered=True)) or [self._text("")]
        words = first.text if isinstance(first, Text) else ""
        place = self._place(f"{number.label} {words}".strip())
        yield Text(**place, text=words, number=number.value, heading=number.heading)
        yield from others if isinstance(first, Text) else (first, *others)

    def _scored(self, rest: str, *, numbered: bool = False) -> Iterator[AnyPiece]:
        """Return the pieces of what stands behind the number; points come at its beginning or at its end."""
        ungraded = points.UNGRADED.fullmatch(rest)
        first = points.FIRST.match(rest)
        if ungraded:
            yield Points(line=self._line, source=rest, earned=None, possible=Decimal(ungraded[1]))
        elif first:
            yield self._points(first, tabular=False)
            yield from self._parts(rest[first.end() :].strip(), numbered=numbered)
        else:
            last = points.LAST.search(rest, max(0, len(rest) - points.LAST_WINDOW))
            before = rest[: last.start()] if last else rest
            yield from self._parts(before.rstrip(), numbered=numbered)
            if last:
                yield self._points(last, tabular=before.endswith(("\t", "  ")))

    def _points(self, found: re.Match[str], *, tabular: bool) -> Points:
        earned, possible = (Decimal(number.replace(",", ".")) for number in found.groups())
        return Points(line=self._line, source=found.group(), earned=earned, possible=possible, tabular=tabular)

    def _parts(self, rest: str, *, numbered: bool) -> Iterator[AnyPiece]:
        first, *others = list(self._cut(rest)) or [""]
        if numbered:
            yield self._text(first)
        elif first:
            yield from self._part(first)
        for part in others:
            yield from self._part(part)

    def _cut(self, rest: str) -> Iterator[str]:
        """Return the parts of a line whose choices have run together.

        A sign inside a line begins a part where it sticks to the word before it, where a wide gap parts them, or, if
        it is a box, where the line began with a sign. A circle between two words may be an operator.
        """
        sign = self._alphabet.match(rest)
        word = WORD.search(rest, sign.length if sign else 0)
        begin = word.end() if word else len(rest)
        cuts = {found.start() for found in TICKED_LABEL.finditer(rest, begin)}
        for found in SIGN_INSIDE.finditer(rest, begin):
            before = rest[max(0, found.start() - 2) : found.start()]
            glued = not before[-1].isspace() and before[-1] not in NO_WORD_BEFORE
            wide = before.isspace() and (len(before) > 1 or before == "\t")
            next_box = sign is not None and found.group() in BOXES and before[-1].isspace()
            if glued or wide or next_box:
                cuts.add(found.start())
        start = 0
        for end in [*sorted(cuts), len(rest)]:
            if part := rest[start:end].strip():
                yield part
            start = end

    def _part(self, part: str) -> Iterator[AnyPiece]:
        label = match_label(part)
        sign = self._alphabet.match(part)
        if label:
            yield Mark(**self._place(part), **label._asdict())
        elif sign:
            text, verdict = trailing_label(sign.text)
            yield self._option(part, sign, text)
            if verdict:
                yield Mark(**self._place(""), verdict=verdict, text="")
        else:
            yield self._text(part)

    def _option(self, part: str, sign: Sign, text: str) -> Option:
        return Option(**self._place(part), state=sign.state, circle=sign.circle, text=text, letter=sign.letter)

    def _text(self, text: str) -> Text:
        return Text(**self._place(text), text=text)

    def _place(self, source: str) -> _Place:
        return {"line": self._line, "source": source, "indent": self._indent, "closed": self._closed}
