"""Questions as Moodle XML. Moodle's importer looks elements up by name, so their order is free."""

from functools import singledispatch

from lxml import etree

from content.prose import to_html
from content.questions import ChoiceQuestion, MultipleChoice, MultipleResponse, Question, TrueFalse
from qti_export.choices import true_then_false
from qti_export.moodle.fractions import listed_percents
from qti_export.moodle.wording import told_for
from qti_export.unwritten import unwritten_kind
from qti_export.xml_tree import add, element


@singledispatch
def new_question(question: Question) -> etree._Element:
    """Return the question, but for what its quiz gives it (name, idnumber, shuffling). Each kind has its function."""
    raise unwritten_kind(question, "Moodle XML")


@new_question.register
def _multiple_choice(question: MultipleChoice) -> etree._Element:
    made = _multichoice(question, single=True)
    for choice in question.choices:
        fraction = "100" if choice.correct else "0"
        _add_answer(made, to_html(choice.text, inline=True), fraction, to_html(choice.feedback))
    return made


@new_question.register
def _multiple_response(question: MultipleResponse) -> etree._Element:
    made = _multichoice(question, single=False)
    right, wrong = listed_percents(question)
    for choice in question.choices:
        fraction = f"{right if choice.correct else wrong:f}"
        _add_answer(made, to_html(choice.text, inline=True), fraction, to_html(choice.feedback))
    return made


@new_question.register
def _true_false(question: TrueFalse) -> etree._Element:
    """Moodle wants exactly the words ``true`` and ``false``, and has no combined feedback for this type."""
    made = _question("truefalse", question)
    add(made, "penalty", "1")
    for word, choice in zip(("true", "false"), true_then_false(question), strict=True):
        _add_answer(made, word, "100" if choice.correct else "0", told_for(choice, question.feedback))
    return made


def add_text(parent: etree._Element, tag: str, text: str) -> etree._Element:
    """Append an element that holds a ``text`` and return it."""
    child = add(parent, tag)
    add(child, "text", text)
    return child


def add_html(parent: etree._Element, tag: str, html: str) -> None:
    """Append an element that holds HTML, with its tags escaped."""
    add_text(parent, tag, html).set("format", "html")


def _multichoice(question: ChoiceQuestion, *, single: bool) -> etree._Element:
    made = _question("multichoice", question)
    add(made, "single", "true" if single else "false")
    add(made, "answernumbering", "abc")
    add_html(made, "correctfeedback", to_html(question.feedback.correct))
    for tag in ("partiallycorrectfeedback", "incorrectfeedback"):  # as elsewhere, what is not all right is incorrect
        add_html(made, tag, to_html(question.feedback.incorrect))
    return made


def _question(moodle_type: str, question: Question) -> etree._Element:
    made = element("question", type=moodle_type)
    add_html(made, "questiontext", to_html(question.stem))
    add_html(made, "generalfeedback", to_html(question.feedback.general))
    add(made, "defaultgrade", f"{question.points:f}")
    if question.tags:
        tags = add(made, "tags")
        for tag in question.tags:
            add_text(tags, "tag", tag)
    return made


def _add_answer(parent: etree._Element, text: str, fraction: str, feedback: str) -> None:
    answer = add(parent, "answer", fraction=fraction, format="html")
    add(answer, "text", text)
    add_html(answer, "feedback", feedback)
