"""Where on a page the questions begin."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from content.readers.graded_page import stems
from content.readers.graded_page.doubt import Doubt
from content.readers.graded_page.header import is_header
from content.readers.graded_page.pieces import AnyPiece, Blank, Mark, Option, Piece, Points, Text


@dataclass(slots=True)
class Block:
    """The pieces of one question, and what is doubtful about where it begins or ends."""

    start: int
    number: int | None
    doubts: list[Doubt]
    pieces: Sequence[AnyPiece] = ()
    loose: bool = False  # whether its first paragraph was told from the page's header by its place alone


class Outline(NamedTuple):
    """``header`` is the number of the line where the first question begins, 0 where there is none."""

    header: int
    blocks: list[Block]


def divide(pieces: Sequence[AnyPiece]) -> Outline:
    """Return the questions of a page.

    Two things tell of a question: its number, and its points. A number alone may also be an item of a list, so it
    counts where numbers go on by one, where the question before has its choices, and, on a page that shows points,
    where they come before any choice. Points without a number begin a question too: with the text before them on their
    line, else with the paragraph above.
    """
    walk = _Walk(pieces)
    for place, piece in enumerate(pieces):
        if isinstance(piece, Text) and piece.number is not None:
            walk.take_number(place, piece, piece.number)
        elif isinstance(piece, Points):
            walk.take_points(place, piece)
        elif isinstance(piece, Option | Mark):
            walk.has_answer = True
    blocks = walk.blocks
    ends = [*(block.start for block in blocks), len(pieces)][1:]
    for block, end in zip(blocks, ends, strict=True):
        block.pieces = pieces[block.start : end]
    _compare_numbers(blocks, pieces)
    return Outline(pieces[blocks[0].start].line if blocks else 0, blocks)


def _compare_numbers(blocks: list[Block], pieces: Sequence[AnyPiece]) -> None:
    """Doubt the questions on both sides of a missing number: one may have run into the other, or be none."""
    numbered = any(block.number is not None for block in blocks)
    for block in blocks:
        if numbered and block.number is None:
            sentence = "This question has no number, as the others have; its beginning may be lost."
            block.doubts.append(Doubt("unclear-start", sentence, pieces[block.start].line))
    for block, after in itertools.pairwise(blocks):
        if block.number is not None and after.number is not None and after.number != block.number + 1:
            sentence = f"After question {block.number} comes question {after.number}; what stood between may be lost."
            doubt = Doubt("question-missing", sentence, pieces[after.start].line)
            block.doubts.append(doubt)
            after.doubts.append(doubt)


@dataclass(slots=True)
class _Walk:
    """Goes over the pieces once, in order."""

    pieces: Sequence[AnyPiece]
    blocks: list[Block] = field(default_factory=list)
    headings: bool = False
    pointed: bool = False  # whether the page shows points at all
    has_points: bool = False  # whether the current question has its points
    has_answer: bool = False
    candidate: int | None = None  # a number that may have begun a question
    leads: Sequence[bool] = ()  # for each piece: whether points come next, before any choice or verdict

    def __post_init__(self) -> None:
        self.headings = any(isinstance(piece, Text) and piece.heading for piece in self.pieces)
        self.pointed = any(isinstance(piece, Points) for piece in self.pieces)
        leads: list[bool] = []
        lead = False
        for piece in reversed(self.pieces):
            lead = isinstance(piece, Points) or (lead and not isinstance(piece, Option | Mark))
            leads.append(lead)
        self.leads = leads[::-1]

    def take_number(self, place: int, piece: Text, number: int) -> None:
        if piece.heading:
            self._begin(self._with_bare_number(place, number))
        elif self.headings:
            return
        elif not self.blocks:
            self._begin(place)
        else:
            self._continue(place, number, self.blocks[-1])

    def _continue(self, place: int, number: int, current: Block) -> None:
        after = current.number is None or number > current.number
        expected = current.number is None or number == current.number + 1
        if self.pointed and not self.has_points and not self.has_answer:
            if expected or number == current.number or (number == 1 and self._begins_page(current)):
                self._doubt_start(place, current, *self.blocks[-2:-1])
        elif self.has_answer and (expected or (after and self.leads[place])):
            self._begin(place)
        elif self.leads[place]:
            self.candidate = place

    def _begins_page(self, block: Block) -> bool:
        """Return whether the block may begin with a numbered title, and no stem."""
        first = self.pieces[block.start]
        return len(self.blocks) == 1 and isinstance(first, Text) and not stems.is_finished(first.text)

    def take_points(self, place: int, points: Points) -> None:
        first = place
        while first and self.pieces[first - 1].line == points.line:
            first -= 1
        inline = first < place and isinstance(self.pieces[first], Text)
        begun_here = bool(self.blocks) and self.blocks[-1].start == first
        if not self.blocks or self.has_points or (self.has_answer and inline and not begun_here):
            self._begin_unnumbered(first if inline else place, inline=inline)
        self.has_points = True

    def _begin_unnumbered(self, place: int, *, inline: bool) -> None:
        if inline or (self.candidate is None and self.blocks and self.blocks[-1].number is not None):
            self._begin(place)
            return
        start = self._paragraph_before(place) if self.candidate is None else self.candidate
        first = not self.blocks
        doubtful = self.candidate is not None or (not first and self._leaves_text(start))
        self._begin(start)
        self.blocks[-1].loose = first
        if doubtful:
            self._doubt_start(start, *self.blocks[-2:])

    def _begin(self, place: int) -> None:
        piece = self.pieces[place]
        self.blocks.append(Block(place, piece.number if isinstance(piece, Text) else None, []))
        self.has_points = self.has_answer = False
        self.candidate = None

    def _doubt_start(self, place: int, *blocks: Block) -> None:
        sentence = "It is not clear on which line the question ends and the next one begins."
        for block in blocks:
            block.doubts.append(Doubt("unclear-start", sentence, self.pieces[place].line))

    def _with_bare_number(self, place: int, number: int) -> int:
        """Return where the question begins if a bare "1." stands before its "Question 1", as in copies of a page."""
        above = self._skip(Blank, place)
        piece = self.pieces[above] if above >= 0 else None
        bare = isinstance(piece, Text) and piece.number == number and not (piece.text or piece.heading)
        return above if bare else place

    def _paragraph_before(self, place: int) -> int:
        """Return where the paragraph above begins; the place itself where there is none, or only the page's header."""
        last = self._skip(Blank, place)
        if last < 0 or not isinstance(self.pieces[last], Text) or is_header(self.pieces[last].source):
            return place
        return self._skip(Text, last + 1) + 1

    def _leaves_text(self, start: int) -> bool:
        """Return whether another paragraph stands between this one and the choice or the verdict before it.

        Words on the line below a verdict belong to it.
        """
        above = self._skip(Blank, start)
        if above < 0 or not isinstance(self.pieces[above], Text):
            return False
        before = self._skip(Text, above + 1)
        return before < 0 or not isinstance(self.pieces[before], Mark)

    def _skip(self, kind: type[Piece], place: int) -> int:
        """Return the nearest place above that holds another kind of piece, -1 where there is none."""
        above = place - 1
        while above >= 0 and isinstance(self.pieces[above], kind):
            above -= 1
        return above
