"""The right answers of a question in words, for those who teach."""

from functools import singledispatch

from content.forms.html import Html, text
from content.forms.prose import Prose
from content.numbers import Exact, Margin, NumericAnswer, PercentMargin, Range, SignificantDigits, write_number
from content.questions import (
    ChoiceQuestion,
    Dropdowns,
    FillInBlanks,
    Matching,
    Numerical,
    Ordering,
    Question,
    ShortAnswer,
)


@singledispatch
def key_of(question: Question, prose: Prose) -> list[Html]:  # noqa: ARG001 - the signature of all kinds
    """Return what is right, in as many lines as there are answers or parts; nothing where a person grades."""
    return []


@key_of.register
def _choices(question: ChoiceQuestion, prose: Prose) -> list[Html]:
    return [prose.inline(choice.text) for choice in question.choices if choice.correct]


@key_of.register
def _short_answer(question: ShortAnswer, prose: Prose) -> list[Html]:  # noqa: ARG001 - as above
    return [text(answer.text) for answer in question.answers]


@key_of.register
def _numerical(question: Numerical, prose: Prose) -> list[Html]:  # noqa: ARG001 - as above
    return [text(_in_words(answer)) for answer in question.answers]


def _in_words(answer: NumericAnswer) -> str:
    match answer:
        case Exact(value=value):
            return write_number(value)
        case Margin(value=value, margin=margin):
            return f"{write_number(value)} ± {write_number(margin)}"
        case PercentMargin(value=value, percent=percent):
            return f"{write_number(value)} ± {write_number(percent)}%"
        case Range(low=low, high=high):
            return f"{write_number(low)} to {write_number(high)}"
        case SignificantDigits(value=value, digits=digits):
            return f"{write_number(value)}, to {digits} significant digits"


@key_of.register
def _matching(question: Matching, prose: Prose) -> list[Html]:
    return [f"{prose.inline(pair.left)} → {text(pair.right)}" for pair in question.pairs]


@key_of.register
def _ordering(question: Ordering, prose: Prose) -> list[Html]:
    return [f"{number}. {prose.inline(item)}" for number, item in enumerate(question.items, start=1)]


@key_of.register
def _fill_in_blanks(question: FillInBlanks, prose: Prose) -> list[Html]:  # noqa: ARG001 - as above
    return [text(f"[{blank.name}] {' / '.join(blank.answers)}") for blank in question.blanks]


@key_of.register
def _dropdowns(question: Dropdowns, prose: Prose) -> list[Html]:  # noqa: ARG001 - as above
    return [
        text(f"[{dropdown.name}] {' / '.join(choice.text for choice in dropdown.choices if choice.correct)}")
        for dropdown in question.dropdowns
    ]
