"""Questions as QTI 1.2 items of the Common Cartridge profile, as far as every LMS is told the same in it."""

from collections.abc import Mapping

from lxml import etree

from content.prose import to_html
from content.questions import Choice, ChoiceQuestion, Essay, Question, ShortAnswer, TrueFalse
from qti_export import qti12
from qti_export.choices import told_for, true_then_false
from qti_export.xml_tree import add

GENERAL = "general_fb"

HIGHEST_WEIGHT = 99
"""The profile knows weights of 1 to 99, whole ones."""


def has_weight(question: Question) -> bool:
    """Return whether the question's points can be said as a weight."""
    points = question.points
    return points == points.to_integral_value() and 1 <= points <= HIGHEST_WEIGHT


def single_choice(question: ChoiceQuestion, ident: str, title: str) -> etree._Element:
    """Return a multiple choice or true/false item. Each choice has one condition, with its score and its feedback.

    The idents of a true/false question are ``true`` and ``false``: with others Moodle gives up the whole restore. Of
    conditions that name the same choice it takes the last one for its score.
    """
    if isinstance(question, TrueFalse):
        item = new_item("cc.true_false.v0p1", question, ident, title)
        choices = dict(zip(("true", "false"), true_then_false(question), strict=True))
    else:
        item = new_item("cc.multiple_choice.v0p1", question, ident, title)
        choices = numbered(question)
    feedbacks = {feedback_ident(ident): told_for(choice, question.feedback) for ident, choice in choices.items()}
    processing = add_body(item, question, choices, "Single")
    for ident, choice in choices.items():
        shows = [feedback_ident(ident)] if feedbacks[feedback_ident(ident)] else []
        if choice.correct or shows:
            qti12.add_condition(processing, [qti12.picked(ident)], scores=choice.correct, shows=shows)
    return finish(item, question, feedbacks)


def essay(question: Essay, ident: str, title: str) -> etree._Element:
    """Return an essay item, which nothing scores."""
    item = new_item("cc.essay.v0p1", question, ident, title)
    processing = add_field(item, question, "Box")
    if processing.find("respcondition") is None:
        item.remove(processing)  # one without a condition is not valid
    return finish(item, question, {})


def new_item(profile: str, question: Question, ident: str, title: str) -> etree._Element:
    """Return an item with its profile, without which Moodle skips it, and its weight where it can have one."""
    fields = {"cc_profile": profile}
    if has_weight(question):
        fields["cc_weighting"] = f"{question.points:.0f}"
    return qti12.new_item(ident, title, fields)


def numbered(question: ChoiceQuestion) -> dict[str, Choice]:
    """Return the choices by their idents."""
    return {f"choice_{number}": choice for number, choice in enumerate(question.choices, start=1)}


def add_body(
    item: etree._Element, question: Question, choices: Mapping[str, Choice], cardinality: str
) -> etree._Element:
    """Append the question's text and choices, and return its response processing, with the general feedback."""
    texts = [(ident, _kept(to_html(choice.text, inline=True))) for ident, choice in choices.items()]
    qti12.add_presentation(item, to_html(question.stem), texts, cardinality)
    return _add_processing(item, question)


def add_field(item: etree._Element, question: ShortAnswer | Essay, prompt: str) -> etree._Element:
    """Append the question's text and a field (``Dashline`` or ``Box``), and return its response processing."""
    presentation = add(item, "presentation")
    qti12.add_material(presentation, to_html(question.stem))
    response = add(presentation, "response_str", ident=qti12.RESPONSE, rcardinality="Single")
    add(response, "render_fib", fibtype="String", prompt=prompt)
    return _add_processing(item, question)


def _add_processing(item: etree._Element, question: Question) -> etree._Element:
    processing = qti12.add_processing(item)
    if to_html(question.feedback.general):  # of a comment nothing is left
        qti12.add_condition(processing, [qti12.always()], shows=[GENERAL], goes_on=True)
    return processing


def finish(
    item: etree._Element, question: Question, feedbacks: Mapping[str, str], *, case_sensitive: bool = True
) -> etree._Element:
    """Append the feedback (HTML by ident), and say of every test whether case counts.

    Moodle sees the key of a multiple response only where it does.
    """
    for ident, html in {GENERAL: to_html(question.feedback.general), **feedbacks}.items():
        if html:
            qti12.add_feedback(item, ident, html)
    for test in item.iter("varequal"):
        test.set("case", "Yes" if case_sensitive else "No")
    return item


def feedback_ident(choice_ident: str) -> str:
    """Return the ident of the feedback of a choice or an answer."""
    return f"{choice_ident}_fb"


def _kept(html: str) -> str:
    """Return the HTML such that Moodle keeps it: a text that is ``0`` and nothing else counts as empty in PHP."""
    return "<p>0</p>" if html == "0" else html
