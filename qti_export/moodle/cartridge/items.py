"""Questions as QTI 1.2 items of the Common Cartridge profile, such that Moodle's restore loses the least."""

from collections.abc import Mapping
from functools import singledispatch

from lxml import etree

from content.prose import to_html
from content.questions import Choice, Essay, MultipleChoice, MultipleResponse, Question, ShortAnswer, TrueFalse
from qti_export import qti12
from qti_export.choices import true_then_false
from qti_export.moodle.answers import literally
from qti_export.moodle.wording import told_for
from qti_export.unwritten import unwritten_kind
from qti_export.xml_tree import add

GENERAL = "general_fb"

HIGHEST_WEIGHT = 99


@singledispatch
def new_item(question: Question, ident: str, title: str) -> etree._Element:  # noqa: ARG001 - the signature of all kinds
    """Return the question's item; each kind has its own function. ``title`` becomes the question's name."""
    raise unwritten_kind(question, "a Moodle cartridge")


@new_item.register
def _multiple_choice(question: MultipleChoice, ident: str, title: str) -> etree._Element:
    item = _item("cc.multiple_choice.v0p1", question, ident, title)
    choices = {f"choice_{number}": choice for number, choice in enumerate(question.choices, start=1)}
    return _fill_single(item, question, choices)


@new_item.register
def _true_false(question: TrueFalse, ident: str, title: str) -> etree._Element:
    """Moodle gives up the whole restore unless the two idents are ``true`` and ``false``."""
    item = _item("cc.true_false.v0p1", question, ident, title)
    return _fill_single(item, question, dict(zip(("true", "false"), true_then_false(question), strict=True)))


@new_item.register
def _multiple_response(question: MultipleResponse, ident: str, title: str) -> etree._Element:
    """Score first: in QTI a condition that holds and does not go on is the last one looked at."""
    item = _item("cc.multiple_response.v0p1", question, ident, title)
    choices = {f"choice_{number}": choice for number, choice in enumerate(question.choices, start=1)}
    feedbacks = {_feedback_ident(ident): to_html(choice.feedback) for ident, choice in choices.items()}
    processing = _add_body(item, question, choices, "Multiple")
    right = [ident for ident, choice in choices.items() if choice.correct]
    wrong = [ident for ident, choice in choices.items() if not choice.correct]
    qti12.add_condition(processing, [qti12.picked_exactly(right, wrong)], scores=True)
    for ident in choices:
        if feedbacks[_feedback_ident(ident)]:
            qti12.add_condition(processing, [qti12.picked(ident)], shows=[_feedback_ident(ident)])
    return _finish(item, question, feedbacks)


@new_item.register
def _short_answer(question: ShortAnswer, ident: str, title: str) -> etree._Element:
    """Give all answers one condition: Moodle reads the first with a score of 100, and no other that is right."""
    item = _item("cc.fib.v0p1", question, ident, title)
    presentation = add(item, "presentation")
    qti12.add_material(presentation, to_html(question.stem))
    response = add(presentation, "response_str", ident=qti12.RESPONSE, rcardinality="Single")
    add(response, "render_fib", fibtype="String", prompt="Dashline")
    processing = _add_processing(item, question)
    qti12.add_condition(processing, [qti12.picked(literally(answer.text)) for answer in question.answers], scores=True)
    return _finish(item, question, {})


@new_item.register
def _essay(question: Essay, ident: str, title: str) -> etree._Element:
    item = _item("cc.essay.v0p1", question, ident, title)
    presentation = add(item, "presentation")
    qti12.add_material(presentation, to_html(question.stem))
    response = add(presentation, "response_str", ident=qti12.RESPONSE, rcardinality="Single")
    add(response, "render_fib", fibtype="String", prompt="Box")
    if _add_processing(item, question).find("respcondition") is None:
        item.remove(item[-1])  # one without a condition is not valid
    return _finish(item, question, {})


def _fill_single(
    item: etree._Element, question: MultipleChoice | TrueFalse, choices: Mapping[str, Choice]
) -> etree._Element:
    """Give each choice one condition: Moodle takes the last one that names a choice for its score."""
    feedbacks = {_feedback_ident(ident): told_for(choice, question.feedback) for ident, choice in choices.items()}
    processing = _add_body(item, question, choices, "Single")
    for ident, choice in choices.items():
        shows = [_feedback_ident(ident)] if feedbacks[_feedback_ident(ident)] else []
        if choice.correct or shows:
            qti12.add_condition(processing, [qti12.picked(ident)], scores=choice.correct, shows=shows)
    return _finish(item, question, feedbacks)


def _item(profile: str, question: Question, ident: str, title: str) -> etree._Element:
    """Return an item with its profile, without which Moodle skips it, and its default mark where that is whole."""
    fields = {"cc_profile": profile}
    if question.points == question.points.to_integral_value() and question.points <= HIGHEST_WEIGHT:
        fields["cc_weighting"] = f"{question.points:.0f}"
    return qti12.new_item(ident, title, fields)


def _add_body(
    item: etree._Element, question: Question, choices: Mapping[str, Choice], cardinality: str
) -> etree._Element:
    texts = [(ident, _kept(to_html(choice.text, inline=True))) for ident, choice in choices.items()]
    qti12.add_presentation(item, to_html(question.stem), texts, cardinality)
    return _add_processing(item, question)


def _add_processing(item: etree._Element, question: Question) -> etree._Element:
    processing = qti12.add_processing(item)
    if question.feedback.general:
        qti12.add_condition(processing, [qti12.always()], shows=[GENERAL], goes_on=True)
    return processing


def _finish(item: etree._Element, question: Question, feedbacks: Mapping[str, str]) -> etree._Element:
    """Append the feedback, and mark every test as case-sensitive: Moodle sees a multiple response's key only then."""
    for ident, html in {GENERAL: to_html(question.feedback.general), **feedbacks}.items():
        if html:
            qti12.add_feedback(item, ident, html)
    for test in item.iter("varequal"):
        test.set("case", "Yes")
    return item


def _feedback_ident(choice_ident: str) -> str:
    return f"{choice_ident}_fb"


def _kept(html: str) -> str:
    """Return the HTML such that Moodle keeps it: a text that is ``0`` and nothing else counts as empty in PHP."""
    return "<p>0</p>" if html == "0" else html
