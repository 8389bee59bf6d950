"""Questions as items of the Common Cartridge profile, by the book: for LMSs of which each reads a part of it."""

from functools import singledispatch

from lxml import etree

from content.prose import to_html
from content.questions import Essay, MultipleChoice, MultipleResponse, Question, ShortAnswer, TrueFalse
from qti_export import qti12
from qti_export.cartridge import items
from qti_export.typed_answers import typed_as
from qti_export.unwritten import unwritten_kind

CORRECT = "correct_fb"
INCORRECT = "general_incorrect_fb"


def new_item(question: Question, ident: str, title: str, *, shuffles: bool) -> etree._Element:
    """Return the question's item. ``shuffles`` says whether the quiz shuffles the choices of its questions."""
    item = _item(question, ident, title)
    if shuffles and isinstance(question, MultipleChoice | MultipleResponse):
        for rendering in item.iter("render_choice"):
            rendering.set("shuffle", "Yes")
    return item


@singledispatch
def _item(question: Question, ident: str, title: str) -> etree._Element:  # noqa: ARG001 - the signature of all kinds
    raise unwritten_kind(question, "a Common Cartridge")


_item.register(MultipleChoice, items.single_choice)
_item.register(TrueFalse, items.single_choice)
_item.register(Essay, items.essay)


@_item.register
def _multiple_response(question: MultipleResponse, ident: str, title: str) -> etree._Element:
    """Right is who picks all of the right choices and none of the others: the profile cannot say more."""
    item = items.new_item("cc.multiple_response.v0p1", question, ident, title)
    choices = items.numbered(question)
    processing = items.add_body(item, question, choices, "Multiple")
    told = {items.feedback_ident(name): to_html(choice.feedback) for name, choice in choices.items()}
    for name in choices:
        if told[items.feedback_ident(name)]:
            shows = [items.feedback_ident(name)]
            qti12.add_condition(processing, [qti12.picked(name)], shows=shows, goes_on=True)
    right = [name for name, choice in choices.items() if choice.correct]
    wrong = [name for name, choice in choices.items() if not choice.correct]
    _settle(processing, question, [qti12.picked_exactly(right, wrong)])
    return items.finish(item, question, told | _verdicts(question))


@_item.register
def _short_answer(question: ShortAnswer, ident: str, title: str) -> etree._Element:
    """Accept any of the answers, in the case of the letters where the question says so."""
    item = items.new_item("cc.fib.v0p1", question, ident, title)
    processing = items.add_field(item, question, "Dashline")
    told = {}
    for number, answer in enumerate(question.answers, start=1):
        if answer.feedback:
            name = items.feedback_ident(f"answer_{number}")
            told[name] = to_html(answer.feedback)
            qti12.add_condition(processing, [qti12.picked(typed_as(answer.text))], shows=[name], goes_on=True)
    _settle(processing, question, [qti12.picked(typed_as(answer.text)) for answer in question.answers])
    return items.finish(item, question, told | _verdicts(question), case_sensitive=question.case_sensitive)


def _settle(processing: etree._Element, question: Question, is_right: list[etree._Element]) -> None:
    """Append the condition that scores, and ends the processing, and one for all who do not meet it."""
    verdicts = _verdicts(question)
    qti12.add_condition(processing, is_right, scores=True, shows=[CORRECT] if verdicts[CORRECT] else [])
    if verdicts[INCORRECT]:
        qti12.add_condition(processing, [qti12.always()], shows=[INCORRECT])


def _verdicts(question: Question) -> dict[str, str]:
    return {CORRECT: to_html(question.feedback.correct), INCORRECT: to_html(question.feedback.incorrect)}
