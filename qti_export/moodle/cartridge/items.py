"""Questions as QTI 1.2 items of the Common Cartridge profile, such that Moodle's restore loses the least."""

from functools import singledispatch

from content.prose import to_html
from content.questions import Essay, MultipleChoice, MultipleResponse, Question, ShortAnswer, TrueFalse
from qti_export import qti12
from qti_export.cartridge import items
from qti_export.moodle.answers import literally
from qti_export.unwritten import unwritten_kind
from qti_export.xml_text import Xml


@singledispatch
def new_item(question: Question, ident: str, title: str) -> Xml:  # noqa: ARG001 - the signature of all kinds
    """Return the question's item; each kind has its own function. ``title`` becomes the question's name."""
    raise unwritten_kind(question, "a Moodle cartridge")


new_item.register(MultipleChoice, items.single_choice)
new_item.register(TrueFalse, items.single_choice)
new_item.register(Essay, items.essay)


@new_item.register
def _multiple_response(question: MultipleResponse, ident: str, title: str) -> Xml:
    """Score first: in QTI a condition that holds and does not go on is the last one looked at."""
    choices = items.numbered(question)
    asked = items.with_choices(question, choices, "Multiple")
    feedbacks = {items.feedback_ident(name): to_html(choice.feedback) for name, choice in choices.items()}
    scores = qti12.condition(items.exactly(choices), scores=True)
    shows = [
        qti12.condition(items.picked(name), shows=[items.feedback_ident(name)])
        for name in choices
        if feedbacks[items.feedback_ident(name)]
    ]
    judged = items.judged(question, [scores, *shows], feedbacks)
    return items.new_item("cc.multiple_response.v0p1", question, ident, title, asked, *judged)


@new_item.register
def _short_answer(question: ShortAnswer, ident: str, title: str) -> Xml:
    """Give all answers one condition: Moodle reads the first with a score of 100, and no other that is right."""
    asked = items.with_field(question, "Dashline")
    scores = qti12.condition(*[items.picked(literally(answer.text)) for answer in question.answers], scores=True)
    judged = items.judged(question, [scores], {})
    return items.new_item("cc.fib.v0p1", question, ident, title, asked, *judged)
