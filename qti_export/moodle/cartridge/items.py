"""Questions as QTI 1.2 items of the Common Cartridge profile, such that Moodle's restore loses the least."""

from functools import singledispatch

from lxml import etree

from content.prose import to_html
from content.questions import Essay, MultipleChoice, MultipleResponse, Question, ShortAnswer, TrueFalse
from qti_export import qti12
from qti_export.cartridge import items
from qti_export.moodle.answers import literally
from qti_export.unwritten import unwritten_kind


@singledispatch
def new_item(question: Question, ident: str, title: str) -> etree._Element:  # noqa: ARG001 - the signature of all kinds
    """Return the question's item; each kind has its own function. ``title`` becomes the question's name."""
    raise unwritten_kind(question, "a Moodle cartridge")


new_item.register(MultipleChoice, items.single_choice)
new_item.register(TrueFalse, items.single_choice)
new_item.register(Essay, items.essay)


@new_item.register
def _multiple_response(question: MultipleResponse, ident: str, title: str) -> etree._Element:
    """Score first: in QTI a condition that holds and does not go on is the last one looked at."""
    item = items.new_item("cc.multiple_response.v0p1", question, ident, title)
    choices = items.numbered(question)
    feedbacks = {items.feedback_ident(ident): to_html(choice.feedback) for ident, choice in choices.items()}
    processing = items.add_body(item, question, choices, "Multiple")
    right = [ident for ident, choice in choices.items() if choice.correct]
    wrong = [ident for ident, choice in choices.items() if not choice.correct]
    qti12.add_condition(processing, [qti12.picked_exactly(right, wrong)], scores=True)
    for ident in choices:
        if feedbacks[items.feedback_ident(ident)]:
            qti12.add_condition(processing, [qti12.picked(ident)], shows=[items.feedback_ident(ident)])
    return items.finish(item, question, feedbacks)


@new_item.register
def _short_answer(question: ShortAnswer, ident: str, title: str) -> etree._Element:
    """Give all answers one condition: Moodle reads the first with a score of 100, and no other that is right."""
    item = items.new_item("cc.fib.v0p1", question, ident, title)
    processing = items.add_field(item, question, "Dashline")
    qti12.add_condition(processing, [qti12.picked(literally(answer.text)) for answer in question.answers], scores=True)
    return items.finish(item, question, {})
