"""The pieces of a page: what its lines hold, before it is known which question they belong to."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from content.readers.graded_page.labels import Verdict
from content.readers.graded_page.signs import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of one line, or all of it. ``source`` is the part as it stands on the page.

    ``indent`` counts columns; ``closed`` tells that the line ends in a tab, as the rows of a copied table do.
    """

    line: int
    source: str = ""
    indent: int = 0
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank(Piece):
    """An empty line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Piece):
    """Words: a stem, a choice without a sign, feedback or anything else.

    ``number`` is the number before them, if any; ``heading`` tells that it was written as in "Question 1".
    ``verbatim`` text is a line of a fenced code block, white space and all.
    """

    text: str
    number: int | None = None
    heading: bool = False
    verbatim: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Points(Piece):
    """The points of a question. ``earned`` is None on a page that was not graded.

    ``tabular`` tells that a wide gap stands before them on their line.
    """

    earned: Decimal | None
    possible: Decimal
    tabular: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Option(Piece):
    """A choice with its sign; ``letter`` tells that the sign is an "O"."""

    state: State
    circle: bool
    text: str
    letter: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark(Piece):
    """The page's verdict on a choice, or on the question as a whole, and the feedback behind it on the same line.

    ``boxed`` and ``sentence`` are told at `labels.Label`.
    """

    verdict: Verdict
    text: str
    boxed: bool = False
    sentence: bool = False


AnyPiece: TypeAlias = Blank | Text | Points | Option | Mark
