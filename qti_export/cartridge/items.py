"""Questions as QTI 1.2 items of the Common Cartridge profile, as far as every LMS is told the same in it."""

from collections.abc import Mapping, Sequence

from content.prose import to_html
from content.questions import Choice, ChoiceQuestion, Essay, Question, ShortAnswer, TrueFalse
from qti_export import qti12
from qti_export.choices import told_for, true_then_false
from qti_export.xml_text import Xml, element

GENERAL = "general_fb"

HIGHEST_WEIGHT = 99
"""The profile knows weights of 1 to 99, whole ones."""


def has_weight(question: Question) -> bool:
    """Return whether the question's points can be said as a weight."""
    points = question.points
    return points == points.to_integral_value() and 1 <= points <= HIGHEST_WEIGHT


def single_choice(question: ChoiceQuestion, ident: str, title: str, *, shuffles: bool = False) -> Xml:
    """Return a multiple choice or true/false item. Each choice has one condition, with its score and its feedback.

    The idents of a true/false question are ``true`` and ``false``: with others Moodle gives up the whole restore. Of
    conditions that name the same choice it takes the last one for its score.
    """
    if isinstance(question, TrueFalse):
        profile = "cc.true_false.v0p1"
        choices = dict(zip(("true", "false"), true_then_false(question), strict=True))
    else:
        profile = "cc.multiple_choice.v0p1"
        choices = numbered(question)
    feedbacks = {feedback_ident(name): told_for(choice, question.feedback) for name, choice in choices.items()}
    conditions = []
    for name, choice in choices.items():
        shows = [feedback_ident(name)] if feedbacks[feedback_ident(name)] else []
        if choice.correct or shows:
            conditions.append(qti12.condition(picked(name), scores=choice.correct, shows=shows))
    asked = with_choices(question, choices, "Single", shuffles=shuffles)
    return new_item(profile, question, ident, title, asked, *judged(question, conditions, feedbacks))


def essay(question: Essay, ident: str, title: str) -> Xml:
    """Return an essay item, which nothing scores."""
    return new_item("cc.essay.v0p1", question, ident, title, with_field(question, "Box"), *judged(question, [], {}))


def new_item(profile: str, question: Question, ident: str, title: str, *content: Xml) -> Xml:
    """Return an item with its profile, without which Moodle skips it, and its weight where it can have one."""
    fields = {"cc_profile": profile}
    if has_weight(question):
        fields["cc_weighting"] = f"{question.points:.0f}"
    return qti12.item(ident, title, fields, *content)


def judged(question: Question, conditions: Sequence[Xml], feedbacks: Mapping[str, str]) -> list[Xml]:
    """Return the response processing, and the feedback (HTML by ident); that in general comes first in both."""
    told = {GENERAL: to_html(question.feedback.general), **feedbacks}
    if told[GENERAL]:  # of a comment nothing is left
        conditions = [qti12.condition(qti12.always(), shows=[GENERAL], goes_on=True), *conditions]
    processing = [qti12.processing(*conditions)] if conditions else []  # one without a condition is not valid
    return [*processing, *(qti12.feedback(ident, html) for ident, html in told.items() if html)]


def numbered(question: ChoiceQuestion) -> dict[str, Choice]:
    """Return the choices by their idents."""
    return {f"choice_{number}": choice for number, choice in enumerate(question.choices, start=1)}


def with_choices(question: Question, choices: Mapping[str, Choice], cardinality: str, *, shuffles: bool = False) -> Xml:
    """Return the question's text and choices."""
    texts = [(ident, _kept(to_html(choice.text, inline=True))) for ident, choice in choices.items()]
    return qti12.presentation(to_html(question.stem), qti12.choices(texts, cardinality, shuffles=shuffles))


def with_field(question: ShortAnswer | Essay, prompt: str) -> Xml:
    """Return the question's text and a field (``Dashline`` or ``Box``)."""
    field = element("render_fib", fibtype="String", prompt=prompt)
    response = element("response_str", field, ident=qti12.RESPONSE, rcardinality="Single")
    return qti12.presentation(to_html(question.stem), response)


def picked(text: str, *, case_sensitive: bool = True) -> Xml:
    """Return the test that a choice was picked, or a text typed, which says whether case counts.

    Moodle sees the key of a multiple response only where it does.
    """
    return qti12.picked(text, case="Yes" if case_sensitive else "No")


def exactly(choices: Mapping[str, Choice]) -> Xml:
    """Return the test that the right choices were picked and no others."""
    right = [picked(ident) for ident, choice in choices.items() if choice.correct]
    return qti12.exactly(right, [picked(ident) for ident, choice in choices.items() if not choice.correct])


def feedback_ident(choice_ident: str) -> str:
    """Return the ident of the feedback of a choice or an answer."""
    return f"{choice_ident}_fb"


def _kept(html: str) -> str:
    """Return the HTML such that Moodle keeps it: a text that is ``0`` and nothing else counts as empty in PHP."""
    return "<p>0</p>" if html == "0" else html
