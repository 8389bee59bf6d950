"""What stands below a question, kind by kind."""

import re
from collections.abc import Iterator
from functools import singledispatch

from content.numbers import Exact, Margin, NumericAnswer, PercentMargin, Range, SignificantDigits, write_number
from content.questions import (
    Choice,
    ChoiceQuestion,
    Dropdowns,
    Essay,
    FileUpload,
    FillInBlanks,
    Matching,
    MultipleResponse,
    Numerical,
    Ordering,
    Question,
    ShortAnswer,
)
from content.writers.quiz_text.pieces import piece, settled

ARROW = re.compile(r"(\\*->)")


@singledispatch
def answers(question: Question) -> Iterator[str]:
    """Yield the lines of the answers; each kind has its own function. Raise TypeError for a kind without one."""
    raise TypeError(f"Quiz text has no words for questions of the kind {question.kind}.")


@answers.register
def _choices(question: ChoiceQuestion) -> Iterator[str]:
    several = isinstance(question, MultipleResponse)
    for place, choice in enumerate(question.choices):
        yield from _answer(_box(choice) if several else _letter(place, choice), choice.text, choice.feedback)


@answers.register
def _short_answer(question: ShortAnswer) -> Iterator[str]:
    for answer in question.answers:
        yield from _answer("*", answer.text, answer.feedback)


@answers.register
def _numerical(question: Numerical) -> Iterator[str]:
    for answer in question.answers:
        yield from _answer("=", _numeric(answer), answer.feedback)


@answers.register
def _matching(question: Matching) -> Iterator[str]:
    for pair in question.pairs:
        yield from _answer(">", f"{settled(pair.left)} {_right_side(pair.right)}", pair.feedback)
    for distractor in question.distractors:
        yield piece(">", _right_side(distractor))


@answers.register
def _ordering(question: Ordering) -> Iterator[str]:
    for item in question.items:
        yield piece("~", item)


@answers.register
def _fill_in_blanks(question: FillInBlanks) -> Iterator[str]:
    for blank in question.blanks:
        for answer in blank.answers:
            yield piece(f"<> [{blank.name}]", answer)


@answers.register
def _dropdowns(question: Dropdowns) -> Iterator[str]:
    for dropdown in question.dropdowns:
        for choice in dropdown.choices:
            mark = f"{{{'*' if choice.correct else ' '}}} [{dropdown.name}]"
            yield from _answer(mark, choice.text, choice.feedback)


@answers.register
def _essay(_question: Essay) -> Iterator[str]:
    yield "___"


@answers.register
def _file_upload(_question: FileUpload) -> Iterator[str]:
    yield "^^^"


def _answer(mark: str, text: str, feedback: str) -> Iterator[str]:
    yield piece(mark, text)
    if feedback:
        yield piece("...", feedback)


def _letter(place: int, choice: Choice) -> str:
    """Letters are free in quiz text: after z comes a again."""
    return f"{'*' if choice.correct else ''}{chr(ord('a') + place % 26)})"


def _box(choice: Choice) -> str:
    return "[*]" if choice.correct else "[ ]"


def _right_side(text: str) -> str:
    """Return the right side behind its arrow; an arrow within it gets a backslash, as the last one parts the sides."""
    return "-> " + ARROW.sub(r"\\\1", text)


def _numeric(answer: NumericAnswer) -> str:
    match answer:
        case Exact(value=value):
            return write_number(value)
        case Margin(value=value, margin=margin):
            return f"{write_number(value)} +- {write_number(margin)}"
        case PercentMargin(value=value, percent=percent):
            return f"{write_number(value)} +- {write_number(percent)}%"
        case Range(low=low, high=high):
            return f"[{write_number(low)}, {write_number(high)}]"
        case SignificantDigits(value=value, digits=digits):
            return f"{write_number(value)}, {digits} significant digits"
