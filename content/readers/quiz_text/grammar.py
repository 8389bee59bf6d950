"""Sorts the blocks of a file: which belong to the quiz, which to which question, and which are left out."""

from content.problem import Source
from content.questions import Question
from content.readers.quiz_text import left_out
from content.readers.quiz_text.blocks import UNMARKED, Block
from content.readers.quiz_text.kinds import ANSWER_PATTERNS
from content.readers.quiz_text.marks import FEEDBACK_PATTERNS
from content.readers.quiz_text.options import GROUP_OPTIONS, QUESTION_OPTIONS, QUIZ_OPTIONS, name_of
from content.readers.quiz_text.questions import Draft
from content.readers.quiz_text.report import Report


class Grammar:
    """Takes the blocks one by one; afterwards ``quiz_options`` and ``questions`` hold what a quiz is made of.

    A question is built when the next one begins, so that the blocks of a long file need not be kept.
    """

    def __init__(self, report: Report) -> None:
        self.quiz_options: list[Block] = []
        self.questions: list[Question] = []
        self._draft: Draft | None = None
        self._ids: dict[str, Source] = {}  # where each id was given
        self._report = report
        self._waiting: list[Block] = []  # options, until the question below them comes
        self._in_group = False
        self._lost = False  # below something unreadable, where it is unknown what the next answers belong to

    def take(self, block: Block) -> None:
        """Take the next block."""
        if block.mark == "option":
            self._take_option(block)
        elif block.mark == "question":
            self._begin_question(block)
        elif block.mark in ANSWER_PATTERNS or block.mark in FEEDBACK_PATTERNS:
            self._take_part(block)
        elif block.mark == "group_end" and self._in_group:
            self._in_group = False
        else:
            self._in_group = self._in_group or block.mark == "group"
            self._lost = self._lost or (block.mark == UNMARKED and block.after_blank)
            left_out.report_mark(block, self._report)

    @property
    def found_nothing(self) -> bool:
        """Whether nothing in the file is a quiz."""
        return self._draft is None and not self.quiz_options

    def end(self) -> None:
        """Finish the last question, and report what still waits for one."""
        if not self._draft:
            self.quiz_options = [block for block in self._waiting if name_of(block) in QUIZ_OPTIONS]
            self._waiting = [block for block in self._waiting if name_of(block) not in QUIZ_OPTIONS]
        self._report_waiting()
        self._finish_question()

    def _take_option(self, block: Block) -> None:
        name = name_of(block)
        if name in QUESTION_OPTIONS or (name in QUIZ_OPTIONS and not self._draft):
            self._waiting.append(block)
        elif name in QUIZ_OPTIONS:
            sentence = f"'{block.written}' speaks of the whole quiz, but stands below its first question."
            self._report.error("late-option", block.line, sentence, "Move the line to the top of the file.")
        elif not (name in GROUP_OPTIONS and self._in_group):
            left_out.report_option(block, name, self._report)

    def _begin_question(self, block: Block) -> None:
        self._lost = False
        if not self._draft:
            self.quiz_options, self._waiting = divide(self._waiting, block)
        self._finish_question()
        self._draft = Draft(block, self._waiting)
        self._waiting = []

    def _finish_question(self) -> None:
        question = self._draft.question(self._ids, self._report) if self._draft else None
        if question:
            self.questions.append(question)

    def _take_part(self, block: Block) -> None:
        if self._lost:
            return
        if not self._draft:
            sentence = f"No question stands above this '{block.written}'."
            self._report.error("stray-mark", block.line, sentence, "Begin a question with a number, as in '1. text'.")
            return
        self._report_waiting()
        if block.mark in ANSWER_PATTERNS:
            self._draft.add_answer(block, self._report)
        else:
            self._draft.add_feedback(block, self._report)

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
