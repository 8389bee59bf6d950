"""Sorts the blocks of a file: which belong to the quiz, which to which of its parts, and which are left out."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TypeAlias

from content.quiz import Part
from content.readers.quiz_text import left_out
from content.readers.quiz_text.blocks import UNMARKED, Block
from content.readers.quiz_text.brackets import Bracket, OpenGroup, OpenSection
from content.readers.quiz_text.ids import Ids
from content.readers.quiz_text.kinds import KINDS
from content.readers.quiz_text.marks import FEEDBACK_PATTERNS
from content.readers.quiz_text.options import QUESTION_OPTIONS, QUIZ_OPTIONS, SOLUTION_OPTIONS, TEXT_OPTIONS, name_of
from content.readers.quiz_text.questions import Draft, TextDraft
from content.readers.quiz_text.report import Report

Kind: TypeAlias = type[OpenGroup] | type[OpenSection]

OPENINGS: Mapping[str, Kind] = {"group": OpenGroup, "section": OpenSection}
ENDS: Mapping[str, Kind] = {"group_end": OpenGroup, "section_end": OpenSection}


class Grammar:
    """Takes the blocks one by one; afterwards ``quiz_options`` and ``parts`` hold what a quiz is made of.

    A question is built when the next one begins, so that the blocks of a long file need not be kept.
    """

    def __init__(self, report: Report) -> None:
        self.quiz_options: list[Block] = []
        self.parts: list[Part] = []
        self.begun = False  # whether the top of the file, where the options of the quiz stand, is over
        self._draft: Draft | TextDraft | None = None
        self._open: list[Bracket] = []
        self._ids = Ids()
        self._report = report
        self._waiting: list[Block] = []  # options, until the question below them comes
        self._lost = False  # below something unreadable, where it is unknown what the next answers belong to

    def take(self, block: Block) -> None:
        """Take the next block."""
        mark = block.mark
        if mark == "option":
            self._take_option(block)
        elif mark == "question":
            self._begin(block)
            self._draft, self._waiting = Draft(block, self._waiting), []
        elif mark in KINDS or mark in FEEDBACK_PATTERNS or mark == "hint":
            self._take_piece(block)
        elif mark in OPENINGS:
            self._open_bracket(OPENINGS[mark](block))
        elif mark in ENDS:
            self._close_bracket(ENDS[mark], block)
        else:
            self._lost = self._lost or (mark == UNMARKED and block.after_blank)
            left_out.report_mark(block, self._report)

    @property
    def found_nothing(self) -> bool:
        """Whether nothing in the file is a quiz."""
        return not self.begun and not self.quiz_options

    def end(self) -> None:
        """Finish what is not finished, and report what still waits for a question."""
        self._end_above()
        while self._open:
            self._report_open(self._open[-1])
            self._close_last()

    def _take_option(self, block: Block) -> None:
        name = name_of(block)
        if name not in SOLUTION_OPTIONS and self._open and self._draft is None and self._open[-1].takes(block):
            return
        if name in TEXT_OPTIONS:
            self._take_text(block, name)
        elif name in QUESTION_OPTIONS or (name in QUIZ_OPTIONS and not self.begun):
            self._waiting.append(block)
        elif name in QUIZ_OPTIONS:
            sentence = f"'{block.written}' speaks of the whole quiz, but stands below its first question."
            self._report.error("late-option", block.line, sentence, "Move the line to the top of the file.")
        else:
            left_out.report_option(block, name, self._report)

    def _take_text(self, block: Block, name: str) -> None:
        draft = self._draft
        if isinstance(draft, TextDraft) and not self._waiting and name == "text" and draft.has_only_title:
            draft.blocks.append(block)
            return
        self._begin(block)
        self._draft, self._waiting = TextDraft(self._waiting, [block]), []

    def _begin(self, first: Block) -> None:
        """Begin a question or a text, of which this is the first block."""
        self._lost = False
        if not self.begun:
            self.quiz_options, self._waiting = divide(self._waiting, first)
            self.begun = True
        self._finish()

    def _finish(self) -> None:
        """Finish what was begun, as something else begins."""
        default = self._open[-1].points(Decimal(1), self._report) if self._open else Decimal(1)
        if self._draft:
            self._add(self._draft.question(default, self._ids, self._report))
            self._draft = None

    def _add(self, part: Part) -> None:
        (self._open[-1].parts if self._open else self.parts).append(part)

    def _open_bracket(self, bracket: Bracket) -> None:
        self._end_above()
        self.begun = True
        while self._open and not (isinstance(bracket, OpenGroup) and isinstance(self._open[-1], OpenSection)):
            self._report_open(self._open[-1])
            self._close_last()
        self._open.append(bracket)

    def _close_bracket(self, kind: Kind, block: Block) -> None:
        if not any(isinstance(bracket, kind) for bracket in self._open):
            sentence = f"No {kind.name.upper()} stands above this {block.written.rstrip()}."
            self._report.error("stray-mark", block.line, sentence, "Remove the line.")
            return
        self._end_above()
        while not isinstance(self._open[-1], kind):
            self._report_open(self._open[-1])
            self._close_last()
        self._close_last()

    def _end_above(self) -> None:
        """Finish the question above; what waits for one below is the quiz's, or misplaced."""
        if not self.begun:
            self.quiz_options = [block for block in self._waiting if name_of(block) in QUIZ_OPTIONS]
            self._waiting = [block for block in self._waiting if name_of(block) not in QUIZ_OPTIONS]
        self._report_waiting()
        self._finish()

    def _close_last(self) -> None:
        bracket = self._open.pop()
        self._add(bracket.closed(self._ids, self._report))

    def _report_open(self, bracket: Bracket) -> None:
        word = bracket.name.upper()
        sentence = f"This {word} has no END_{word}."
        self._report.error("open-group", bracket.block.line, sentence, f"Write END_{word} below its last question.")

    def _take_piece(self, block: Block) -> None:
        """Take an answer, a feedback or a hint."""
        if self._lost:
            return
        draft = self._draft
        if not isinstance(draft, Draft):
            sentence = f"No question stands above this '{block.written}'."
            self._report.error("stray-mark", block.line, sentence, "Begin a question with a number, as in '1. text'.")
            return
        self._report_waiting()
        if block.mark in KINDS:
            draft.add_answer(block, self._report)
        elif block.mark == "hint":
            draft.hints.append(block)
        else:
            draft.add_feedback(block, self._report)

    def _report_waiting(self) -> None:
        for block in self._waiting:
            sentence = f"'{block.written}' stands above no question."
            remedy = "Move the line directly above the number of its question."
            self._report.error("misplaced-option", block.line, sentence, remedy)
        self._waiting = []


def divide(options: list[Block], question: Block) -> tuple[list[Block], list[Block]]:
    """Return the options above the first question as those of the quiz and those of the question.

    Only ``id`` can be either: it is the question's where the quiz has one already, and where it stands in the
    paragraph directly above the question and that paragraph has no option that only a quiz can have.
    """
    start = _start_of_last_paragraph(options, question)
    if any(block.line >= start and name_of(block) not in QUESTION_OPTIONS for block in options):
        start = question.line
    quiz: list[Block] = []
    own: list[Block] = []
    quiz_has_id = False
    for block in options:
        name = name_of(block)
        if name == "id" and block.line < start and not quiz_has_id:
            quiz_has_id = True
            quiz.append(block)
        else:
            (own if name in QUESTION_OPTIONS else quiz).append(block)
    return quiz, own


def _start_of_last_paragraph(options: list[Block], question: Block) -> int:
    """Return the line of the first option that no blank line parts from the question."""
    start = question.line
    for below, block in zip([question, *reversed(options)], reversed(options), strict=False):
        if below.after_blank:
            break
        start = block.line
    return start
