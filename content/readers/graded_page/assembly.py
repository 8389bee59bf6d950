"""From the pieces of one question to its stem, its choices and the page's verdicts on them."""

import re
from collections.abc import Sequence

from content.readers.graded_page import stems
from content.readers.graded_page.doubt import Doubt
from content.readers.graded_page.draft import Draft, DraftChoice, DraftMark, Words, words_of
from content.readers.graded_page.labels import may_hold_label, trailing_label
from content.readers.graded_page.outline import Block
from content.readers.graded_page.pieces import AnyPiece, Blank, Mark, Option, Points, Text
from content.readers.graded_page.signs import BOXES, CIRCLES, State


def assemble_all(blocks: Sequence[Block], *, footer: bool) -> list[Draft]:
    """Return the questions that the blocks hold. ``footer``: the page goes on below the last of them."""
    words = [piece for block in blocks for piece in block.pieces if not isinstance(piece, Blank | Points)]
    rows_close = len(words) <= 2 * sum(piece.closed for piece in words)
    drafts = [_assemble(block, rows_close=rows_close, last=block is blocks[-1]) for block in blocks]
    drafts[-1].ends_page = not footer
    return drafts


def _assemble(block: Block, *, rows_close: bool, last: bool) -> Draft:
    assembly = _Assembly(block, rows_close=rows_close)
    assembly.read_stem()
    assembly.read_answers()
    if rows_close:
        assembly.check_rows(last=last)
    elif last:
        assembly.check_end()
    return assembly.draft


BULLET = re.compile(r"^[-*+•·–]\s+")
SIGN_LEFT = re.compile(rf"[{BOXES}{CIRCLES}]|^\\?[(\[][xX*•●]\\?[)\]]\s")
"""A sign that is left in a choice's text: the page may show it there, or two choices have run together."""

SENTENCE_END = re.compile(r"[.!?:…)\]\"'”’`$][*_]{0,3}$")


CHOICE_OR_FEEDBACK = "It is not clear whether these words are a choice or feedback."
MARK_WITHOUT_CHOICE = "The page marks an answer here, but shows no choice above it."


class _Assembly:
    """Reads one block.

    ``signed``: at least one choice has a sign; ``tabular``: each line is a row of a table; ``rows_close``: a tab ends
    the rows of the page, as most of its lines end so.
    """

    def __init__(self, block: Block, *, rows_close: bool) -> None:
        self.pieces = _without_letters([piece for piece in block.pieces if not _is_bare_number(piece, block)])
        first = block.pieces[0]
        self.draft = Draft(first.line, block.number, doubts=list(block.doubts))
        self.signed = any(isinstance(piece, Option) for piece in self.pieces)
        inner = _inner(self.pieces)
        self.spaced = any(isinstance(piece, Blank) for piece in inner)
        self.rows_close = rows_close
        wide = any(isinstance(piece, Points) and piece.tabular for piece in self.pieces)
        self.tabular = self.rows_close or (wide and not self.spaced)
        self.stem_end = 0
        self.current: DraftChoice | DraftMark | None = None
        self.gap = False
        self.late = False
        self.plain_choices = 0

    # The stem

    def read_stem(self) -> None:
        """Read the stem: up to the points, else up to the first choice with a sign, else the first paragraph."""
        self.stem_end, sure = self._find_stem_end()
        stem = Words()
        gap = False
        for piece in self.pieces[: self.stem_end]:
            if isinstance(piece, Blank):
                gap = True
            elif isinstance(piece, Points):
                self.draft.points = piece
            else:
                if isinstance(piece, Mark) and self.draft.points:
                    self._doubt("unclear-text", MARK_WITHOUT_CHOICE, piece)
                stem.add(_source(piece, first=not stem.lines), gap=gap)
                gap = False
        self.draft.stem = stem.text
        if not sure:
            self._doubt("unclear-stem", "It is not clear where the question ends and its choices begin.")
        self._split_stem()

    def _find_stem_end(self) -> tuple[int, bool]:
        places: dict[type[AnyPiece], int] = {}
        for place, piece in enumerate(self.pieces):
            if not isinstance(piece, Text) or piece.text:
                places.setdefault(type(piece), place)
        end = len(self.pieces)
        option, text, points = (places.get(kind, end) for kind in (Option, Text, Points))
        if text < points < option:
            return points + 1, True
        if self.signed:
            return option, True
        line = next((place for place in range(text + 1, end) if self._ends_stem(place)), end)
        return line, line == end or stems.is_finished(_source(self.pieces[text], first=True))

    def _ends_stem(self, place: int) -> bool:
        piece = self.pieces[place]
        return isinstance(piece, Blank | Mark) or (isinstance(piece, Text) and not self.spaced)

    def _split_stem(self) -> None:
        """Part the stem from a first choice on its line, which only pages do that put the points there too."""
        if not any(isinstance(piece, Points) and piece.line == self.pieces[0].line for piece in self.pieces):
            return
        found = stems.split(self.draft.stem)
        self.draft.stem = found.stem
        if found.choice:
            self._add_choice(self.pieces[0], found.choice, State.ABSENT)
        others = [piece for piece in self.pieces[self.stem_end :] if isinstance(piece, Option | Text)]
        signed = all(isinstance(piece, Option) and piece.state is not State.UNCLEAR for piece in others)
        if found.doubtful or (found.choice and signed):
            self._doubt("unclear-stem", "It is not clear whether the question's line ends in its first choice.")

    # Choices and feedback

    def read_answers(self) -> None:
        """Read the choices, the verdicts and the feedback."""
        for place in range(self.stem_end, len(self.pieces)):
            piece = self.pieces[place]
            if isinstance(piece, Blank):
                self.gap = True
                continue
            if isinstance(piece, Points):
                self.draft.points = piece
                self.late = bool(self.draft.choices)
            elif isinstance(piece, Option):
                self._add_choice(piece, piece.text, piece.state, circle=piece.circle)
            elif isinstance(piece, Mark):
                self._take_mark(piece)
            elif isinstance(piece, Text) and piece.verbatim and self.current:
                self.current.words.add(piece.text, gap=self.gap)
            elif isinstance(piece, Text):
                self._take_text(piece, place)
            self.gap = False

    def _add_choice(self, piece: AnyPiece, text: str, state: State, *, circle: bool = False) -> None:
        if self.late:
            self._doubt("unclear-start", "Choices stand below the marks too; they may be another question's.", piece)
            self.late = False
        self.current = DraftChoice(piece.line, state, circle, words_of(text), piece.indent)
        self.draft.choices.append(self.current)
        self.plain_choices += state is State.ABSENT
        if SIGN_LEFT.search(text) or may_hold_label(text, behind_sign=state is not State.ABSENT):
            self._doubt("unclear-text", "It is not clear where this choice ends.", piece)

    def _take_mark(self, mark: Mark) -> None:
        if mark.sentence and isinstance(self.current, DraftMark) and not self.tabular:
            self.current.words.add(mark.text, gap=self.gap)
            return
        if mark.boxed and not self.draft.choices:
            self._add_choice(mark, mark.verdict.value.capitalize(), State.SELECTED)
            return
        if not self.draft.choices:
            self._doubt("unclear-text", MARK_WITHOUT_CHOICE, mark)
        self.current = DraftMark(mark.line, mark.verdict, len(self.draft.choices) - 1, words_of(mark.text))
        self.draft.marks.append(self.current)

    def _take_text(self, piece: Text, place: int) -> None:
        if self.tabular:
            self._take_row(piece, place)
        elif not self.signed:
            self._take_unsigned(piece, place)
        elif isinstance(self.current, DraftMark) or (self.current and piece.indent > self.current.indent):
            self._continue(piece)
        else:
            self._doubt("unclear-text", CHOICE_OR_FEEDBACK, piece)
            if self.current and not self.gap:
                self._continue(piece)
            else:
                self._add_plain_choice(piece)

    def _take_row(self, piece: Text, place: int) -> None:
        """Take a row of a table as a choice. Where tabs do not close the rows, it may be more feedback."""
        mark = self.current if isinstance(self.current, DraftMark) else None
        others_lack_signs = self.plain_choices > 0
        self._add_plain_choice(piece)
        if mark is None or self.rows_close or self._is_marked(place):
            return
        if not (others_lack_signs and mark.words.lines and SENTENCE_END.search(mark.words.lines[-1])):
            self._doubt("unclear-text", CHOICE_OR_FEEDBACK, piece)

    def _take_unsigned(self, piece: Text, place: int) -> None:
        """Take a text where no choice has a sign: each paragraph is a choice, or each line if there are no empty ones.

        Words on the line below a verdict are its feedback; whether others below a verdict are cannot be told.
        """
        mark = self.current if isinstance(self.current, DraftMark) else None
        marked = self._is_marked(place)
        follows = self.spaced and not self.gap and self.current is not None
        if follows or (mark and not mark.words.lines and not marked):
            self._continue(piece)
            doubtful = not (follows and mark)
        else:
            self._add_plain_choice(piece)
            doubtful = mark is not None and not marked
        if doubtful:
            self._doubt("unclear-text", CHOICE_OR_FEEDBACK, piece)

    def _add_plain_choice(self, piece: Text) -> None:
        text, verdict = trailing_label(BULLET.sub("", piece.source, count=1))
        self._add_choice(piece, text, State.ABSENT)
        if verdict:
            self._take_mark(Mark(line=piece.line, verdict=verdict, text=""))

    def _continue(self, piece: Text) -> None:
        if self.current:
            self.current.words.add(_source(piece, first=False), gap=self.gap)

    def _is_marked(self, place: int) -> bool:
        """Return whether a verdict stands directly below."""
        below = (piece for piece in self.pieces[place + 1 : place + 4] if not isinstance(piece, Blank))
        return isinstance(next(below, None), Mark)

    def check_rows(self, *, last: bool) -> None:
        """Doubt rows that no tab closes, where tabs close others: they may go on in the next row, or be cut off."""
        rows = [piece for piece in self.pieces[self.stem_end :] if not isinstance(piece, Blank | Points)]
        for row in rows:
            ends_page = last and row is rows[-1] and isinstance(row, Mark)
            if not row.closed and not (ends_page and SENTENCE_END.search(row.source)):
                self._doubt("unclear-text", "This row of the table does not end like the others.", row)

    def check_end(self) -> None:
        """Doubt paragraphs at the end of the page behind the first one of feedback: they may be the course site's.

        Code, and what is indented, belongs to the feedback.
        """
        pieces = self.pieces[self.stem_end :]
        marks = [place for place, piece in enumerate(pieces) if isinstance(piece, Mark)]
        below = pieces[marks[-1] :] if marks else []
        if any(isinstance(piece, Option) for piece in below):
            return
        told = gap = False
        for piece in below:
            if isinstance(piece, Text) and told and gap and not (piece.verbatim or piece.indent):
                self._doubt("unclear-text", "It is not clear whether these words still belong to the question.", piece)
                return
            told = told or bool(piece.source if isinstance(piece, Text) else isinstance(piece, Mark) and piece.text)
            gap = isinstance(piece, Blank)

    def _doubt(self, code: str, sentence: str, piece: AnyPiece | None = None) -> None:
        line = piece.line if piece else self.draft.line
        self.draft.doubts.append(Doubt(code, sentence, line))


def _is_bare_number(piece: AnyPiece, block: Block) -> bool:
    return isinstance(piece, Text) and piece.number is not None and piece.number == block.number and not piece.text


def _without_letters(pieces: list[AnyPiece]) -> list[AnyPiece]:
    """Return the pieces with every "O" taken for a word, if the page draws a real sign for what was selected."""
    if not any(isinstance(piece, Option) and piece.state is State.SELECTED for piece in pieces):
        return pieces
    return [_as_text(piece) if isinstance(piece, Option) and piece.letter else piece for piece in pieces]


def _as_text(piece: Option) -> Text:
    return Text(line=piece.line, source=piece.source, indent=piece.indent, closed=piece.closed, text=piece.source)


def _inner(pieces: Sequence[AnyPiece]) -> Sequence[AnyPiece]:
    """Return the pieces without the blank ones at the end."""
    end = len(pieces)
    while end and isinstance(pieces[end - 1], Blank):
        end -= 1
    return pieces[:end]


def _source(piece: AnyPiece, *, first: bool) -> str:
    """Return the piece's words. The number in front of a question is not part of it; code keeps its indentation."""
    if isinstance(piece, Text):
        if piece.verbatim:
            return piece.text
        if first and piece.number is not None:
            return piece.text
    indent = " " * piece.indent if piece.indent >= 4 and not first else ""
    return indent + piece.source
