"""The right answers of a question in words, for those who teach."""

from functools import singledispatch

from content.forms.html import Html, text
from content.forms.prose import Prose
from content.numbers import Exact, Margin, NumericAnswer, PercentMargin, Range, SignificantDigits
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
from content.sentences import Say, in_english

NUMBER = "%(number)s"
"""Says just a number, with the decimal mark of the reader's language."""


@singledispatch
def key_of(question: Question, prose: Prose, say: Say = in_english) -> list[Html]:  # noqa: ARG001 - that of all kinds
    """Return what is right, in as many lines as there are answers or parts; nothing where a person grades.

    ``say`` puts what is said besides into the reader's language.
    """
    return []


@key_of.register
def _choices(question: ChoiceQuestion, prose: Prose, say: Say = in_english) -> list[Html]:  # noqa: ARG001 - as above
    return [prose.inline(choice.text) for choice in question.choices if choice.correct]


@key_of.register
def _short_answer(question: ShortAnswer, prose: Prose, say: Say = in_english) -> list[Html]:  # noqa: ARG001 - as above
    return [text(answer.text) for answer in question.answers]


@key_of.register
def _numerical(question: Numerical, prose: Prose, say: Say = in_english) -> list[Html]:  # noqa: ARG001 - as above
    return [text(_in_words(answer, say)) for answer in question.answers]


def _in_words(answer: NumericAnswer, say: Say) -> str:
    match answer:
        case Exact(value=value):
            return say(NUMBER, number=value)
        case Margin(value=value, margin=margin):
            return say(f"{NUMBER} ± %(margin)s", number=value, margin=margin)
        case PercentMargin(value=value, percent=percent):
            return say(f"{NUMBER} ± %(percent)s%%", number=value, percent=percent)
        case Range(low=low, high=high):
            return say("%(low)s to %(high)s", low=low, high=high)
        case SignificantDigits(value=value, digits=digits):
            return say("%(number)s, to %(digits)s significant digits", number=value, digits=digits)


@key_of.register
def _matching(question: Matching, prose: Prose, say: Say = in_english) -> list[Html]:  # noqa: ARG001 - as above
    return [f"{prose.inline(pair.left)} → {text(pair.right)}" for pair in question.pairs]


@key_of.register
def _ordering(question: Ordering, prose: Prose, say: Say = in_english) -> list[Html]:  # noqa: ARG001 - as above
    return [f"{number}. {prose.inline(item)}" for number, item in enumerate(question.items, start=1)]


@key_of.register
def _fill_in_blanks(question: FillInBlanks, prose: Prose, say: Say = in_english) -> list[Html]:  # noqa: ARG001 - as above
    return [text(f"[{blank.name}] {' / '.join(blank.answers)}") for blank in question.blanks]


@key_of.register
def _dropdowns(question: Dropdowns, prose: Prose, say: Say = in_english) -> list[Html]:  # noqa: ARG001 - as above
    return [
        text(f"[{dropdown.name}] {' / '.join(choice.text for choice in dropdown.choices if choice.correct)}")
        for dropdown in question.dropdowns
    ]
