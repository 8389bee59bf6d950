"""Questions as items of the Common Cartridge profile, by the book: for LMSs of which each reads a part of it."""

from collections.abc import Iterable
from functools import singledispatch

from content.prose import to_html
from content.questions import Essay, MultipleChoice, MultipleResponse, Question, ShortAnswer, TrueFalse
from qti_export import qti12
from qti_export.cartridge import items
from qti_export.typed_answers import typed_as
from qti_export.unwritten import unwritten_kind
from qti_export.xml_text import Xml

CORRECT = "correct_fb"
INCORRECT = "general_incorrect_fb"


@singledispatch
def new_item(question: Question, ident: str, title: str, *, shuffles: bool) -> Xml:  # noqa: ARG001 - as of all kinds
    """Return the question's item. ``shuffles`` says whether the quiz shuffles the choices of its questions."""
    raise unwritten_kind(question, "a Common Cartridge")


@new_item.register
def _single_choice(question: MultipleChoice | TrueFalse, ident: str, title: str, *, shuffles: bool) -> Xml:
    shuffles = shuffles and isinstance(question, MultipleChoice)
    return items.single_choice(question, ident, title, shuffles=shuffles)


@new_item.register
def _essay(question: Essay, ident: str, title: str, *, shuffles: bool) -> Xml:  # noqa: ARG001 - as of all kinds
    return items.essay(question, ident, title)


@new_item.register
def _multiple_response(question: MultipleResponse, ident: str, title: str, *, shuffles: bool) -> Xml:
    """Right is who picks all of the right choices and none of the others: the profile cannot say more."""
    choices = items.numbered(question)
    asked = items.with_choices(question, choices, "Multiple", shuffles=shuffles)
    told = {items.feedback_ident(name): to_html(choice.feedback) for name, choice in choices.items()}
    conditions = [
        qti12.condition(items.picked(name), shows=[items.feedback_ident(name)], goes_on=True)
        for name in choices
        if told[items.feedback_ident(name)]
    ]
    conditions += _verdict(question, [items.exactly(choices)])
    judged = items.judged(question, conditions, told | _told_with_verdict(question))
    return items.new_item("cc.multiple_response.v0p1", question, ident, title, asked, *judged)


@new_item.register
def _short_answer(question: ShortAnswer, ident: str, title: str, *, shuffles: bool) -> Xml:  # noqa: ARG001 - as of all kinds
    """Accept any of the answers, in the case of the letters where the question says so."""
    accepted = {items.feedback_ident(f"answer_{number}"): one for number, one in enumerate(question.answers, start=1)}
    tests = {
        name: items.picked(typed_as(answer.text), case_sensitive=question.case_sensitive)
        for name, answer in accepted.items()
    }
    conditions = [
        qti12.condition(tests[name], shows=[name], goes_on=True) for name, answer in accepted.items() if answer.feedback
    ]
    conditions += _verdict(question, tests.values())
    told = {name: to_html(answer.feedback) for name, answer in accepted.items()}
    judged = items.judged(question, conditions, told | _told_with_verdict(question))
    return items.new_item("cc.fib.v0p1", question, ident, title, items.with_field(question, "Dashline"), *judged)


def _verdict(question: Question, is_right: Iterable[Xml]) -> list[Xml]:
    """Return the condition that scores, and ends the processing, and one for all who do not meet it."""
    told = _told_with_verdict(question)
    right = qti12.condition(*is_right, scores=True, shows=[CORRECT] if told[CORRECT] else [])
    wrong = [qti12.condition(qti12.always(), shows=[INCORRECT])] if told[INCORRECT] else []
    return [right, *wrong]


def _told_with_verdict(question: Question) -> dict[str, str]:
    return {CORRECT: to_html(question.feedback.correct), INCORRECT: to_html(question.feedback.incorrect)}
