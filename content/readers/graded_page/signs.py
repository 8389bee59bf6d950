"""The signs that pages draw before choices: boxes, circles, ticks, and what OCR makes of them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple


class State(Enum):
    """What the sign before a choice says of it."""

    SELECTED = "selected"
    UNSELECTED = "unselected"
    UNCLEAR = "a sign that could mean either"
    ABSENT = "no sign"


BOXES_ON = "☑☒⊠🗹🗷"
BOXES_OFF = "☐□▢◻⬜"
CIRCLES_ON = "●◉⦿⬤⚫🔘"
CIRCLES_OFF = "○◯⚪◌"
TICKS = "✓✔🗸✅"
UNCLEAR = "▼▽▾▿∇∠◄◀►▶▸▷▲△■▪◼◾◆◇❏❑❒✗✘✕✖❌❎©®"
"""A cross may be a ticked box or a wrong answer; the others are what OCR reads where a filled box or circle stood."""

BOXES = BOXES_ON + BOXES_OFF
CIRCLES = CIRCLES_ON + CIRCLES_OFF

EMPHASIS = r"(?:\*\*|__|</?(?:b|strong|i|em)>)"

SIGN = re.compile(
    rf"(?:[-*+•·–]\s+)?(?P<open>{EMPHASIS}?)"
    rf"(?:(?P<glyph>[{BOXES}{CIRCLES}{TICKS}{UNCLEAR}])\ufe0f?"
    r"|\\?\[(?P<box>[ xX*✓✔])\\?\]"
    r"|\((?P<ring>[ xX*•●])\)"
    r"|(?P<letter>[Oo])(?=[ \t]+[A-Z0-9\"'“‘(`$]))"
    rf"(?P<close>{EMPHASIS}?)"
)


class Sign(NamedTuple):
    """A sign at the beginning of a text, and the text behind it.

    ``circle`` tells radio buttons from boxes; ``letter`` that the sign is an "O"; ``length`` counts its characters.
    """

    state: State
    circle: bool
    letter: bool
    text: str
    length: int


@dataclass(frozen=True, slots=True)
class Alphabet:
    """Which of the signs that may also be something else a page uses.

    ``boxes``: ``[ ]`` and ``[x]``, elsewhere code; ``rings``: ``( )`` and ``(*)``; ``letters``: an ``O`` that OCR read
    for a circle; ``ticks``: a tick before what was selected, elsewhere before a verdict.
    """

    boxes: bool = False
    rings: bool = False
    letters: bool = False
    ticks: bool = True

    def match(self, text: str) -> Sign | None:
        """Return the sign that the text begins with, or None."""
        found = SIGN.match(text)
        if found is None:
            return None
        rest = text[found.end() :]
        apart = not rest or rest[0].isspace()
        read = self._read(found, apart)
        if read is None:
            return None
        unclosed = "" if found["close"] else found["open"]
        return Sign(*read, letter=bool(found["letter"]), text=unclosed + rest.strip(), length=found.end())

    def _read(self, found: re.Match[str], apart: bool) -> tuple[State, bool] | None:
        if found["letter"]:
            return (State.UNSELECTED, True) if self.letters else None
        glyph = found["glyph"]
        if glyph:
            return _read_glyph(glyph, apart) if self.ticks or glyph not in TICKS else None
        if not apart or not (self.boxes if found["box"] else self.rings):
            return None
        inner = found["box"] or found["ring"]
        return (State.UNSELECTED if inner == " " else State.SELECTED), found["box"] is None


def _read_glyph(glyph: str, apart: bool) -> tuple[State, bool] | None:
    if glyph in TICKS + UNCLEAR and not apart:
        return None
    if glyph in UNCLEAR:
        return State.UNCLEAR, False
    state = State.UNSELECTED if glyph in BOXES_OFF + CIRCLES_OFF else State.SELECTED
    return state, glyph in CIRCLES


_START = r"\s*(?:[-*+]\s+)?"
ASCII_BOX = re.compile(rf"{_START}\\?\[ \\?\]\s+\S")
ASCII_RING = re.compile(rf"{_START}\( \)\s+\S")
CIRCLE = re.compile(rf"{_START}[{CIRCLES}]")
SELECTED = re.compile(rf"[{BOXES_ON}{CIRCLES_ON}]")
LETTER = re.compile(rf"{_START}[Oo][ \t]+[A-Z0-9\"'“‘(`$]")
LETTER_ALONE = re.compile(rf"{_START}[Oo][ \t]+(?:True|False|Yes|No)\s*$")


def alphabet_of(sections: Iterable[Iterable[str]]) -> Alphabet:
    """Return the alphabet of a page, given its lines in sections, about one for each question.

    ``[x]`` and ``(x)`` are signs on a page that has empty ones too, ticks on one that shows no other sign for what was
    selected. An ``O`` is a circle where the page draws a real
    one before another choice, has ``O True`` or the like, or begins choices of two questions with it: one question
    alone may be about blood groups.
    """
    boxes = rings = circles = selected = False
    with_letter = 0
    for section in sections:
        has_letter = False
        for line in section:
            boxes = boxes or bool(ASCII_BOX.match(line))
            rings = rings or bool(ASCII_RING.match(line))
            circles = circles or bool(CIRCLE.match(line) or LETTER_ALONE.match(line))
            selected = selected or bool(SELECTED.search(line))
            has_letter = has_letter or bool(LETTER.match(line))
        with_letter += has_letter
    return Alphabet(boxes, rings, letters=circles or with_letter > 1, ticks=not (selected or boxes or rings))
