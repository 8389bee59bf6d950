"""What a kind of question is in Moodle: its question type, and the records that the type's plugin restores."""

from decimal import Decimal
from functools import singledispatch
from typing import NamedTuple

from lxml import etree

from content.prose import to_html
from content.questions import (
    Choice,
    ChoiceQuestion,
    MultipleChoice,
    MultipleResponse,
    Question,
    TrueFalse,
)
from qti_export.choices import true_then_false
from qti_export.moodle.backup.ids import Numbers
from qti_export.moodle.backup.records import MOODLE_FORMAT, Value, add_record, container, html
from qti_export.moodle.fractions import exact_fractions
from qti_export.moodle.wording import told_for
from qti_export.unwritten import unwritten_kind
from qti_export.xml_tree import element


class QuestionType(NamedTuple):
    """A question type by Moodle's name, the penalty for another try, and the element with the plugin's records."""

    name: str
    penalty: str
    plugin: etree._Element


class Placed(NamedTuple):
    """What a question gets from the file that it is written into: its id, shuffled choices or not, the ids of parts."""

    number: int
    shuffle: bool
    numbers: Numbers


@singledispatch
def question_type(question: Question, placed: Placed) -> QuestionType:  # noqa: ARG001 - the signature of all kinds
    """Return the question's type; each kind has its own function."""
    raise unwritten_kind(question, "a Moodle backup")


@question_type.register
def _multiple_choice(question: MultipleChoice, placed: Placed) -> QuestionType:
    plugin = _plugin("multichoice")
    _add_choices(plugin, question, Decimal(1), Decimal(0), placed.numbers)
    _add_multichoice(plugin, question, placed, single=True)
    return QuestionType("multichoice", "0.3333333", plugin)


@question_type.register
def _multiple_response(question: MultipleResponse, placed: Placed) -> QuestionType:
    plugin = _plugin("multichoice")
    right, wrong = exact_fractions(question)
    _add_choices(plugin, question, right, wrong, placed.numbers)
    _add_multichoice(plugin, question, placed, single=False)
    return QuestionType("multichoice", "0.3333333", plugin)


@question_type.register
def _true_false(question: TrueFalse, placed: Placed) -> QuestionType:
    """Moodle never shuffles the two, and has no combined feedback for them: it is told with each."""
    plugin = _plugin("truefalse")
    answers = container(plugin, "answers")
    ids = []
    for word, choice in zip(("True", "False"), true_then_false(question), strict=True):
        text: dict[str, Value] = {"answertext": word, "answerformat": MOODLE_FORMAT}
        told = told_for(choice, question.feedback)
        ids.append(_add_answer(answers, text, Decimal(choice.correct), told, placed.numbers))
    values: dict[str, Value] = {"trueanswer": ids[0], "falseanswer": ids[1], "showstandardinstruction": True}
    add_record(plugin, "truefalse", placed.number, values)
    return QuestionType("truefalse", "1.0000000", plugin)


def _plugin(name: str) -> etree._Element:
    return element(f"plugin_qtype_{name}_question")


def _add_choices(
    plugin: etree._Element, question: ChoiceQuestion, right: Decimal, wrong: Decimal, numbers: Numbers
) -> None:
    answers = container(plugin, "answers")
    for choice in question.choices:
        fraction = right if choice.correct else wrong
        _add_answer(answers, _text(choice), fraction, to_html(choice.feedback), numbers)


def _text(choice: Choice) -> dict[str, Value]:
    return html("answertext", to_html(choice.text, inline=True), "answerformat")


def _add_answer(
    answers: etree._Element, text: dict[str, Value], fraction: Decimal, feedback: str, numbers: Numbers
) -> int:
    number = numbers.new_answer()
    add_record(answers, "answer", number, {**text, "fraction": f"{fraction:.7f}", **html("feedback", feedback)})
    return number


def _add_multichoice(plugin: etree._Element, question: ChoiceQuestion, placed: Placed, *, single: bool) -> None:
    """Append the type's own record. As elsewhere, what is not all right is incorrect."""
    incorrect = to_html(question.feedback.incorrect)
    values: dict[str, Value] = {
        "layout": 0,
        "single": single,
        "shuffleanswers": placed.shuffle,
        **html("correctfeedback", to_html(question.feedback.correct)),
        **html("partiallycorrectfeedback", incorrect),
        **html("incorrectfeedback", incorrect),
        "shownumcorrect": False,
        "answernumbering": "abc",
        "showstandardinstruction": True,
    }
    add_record(plugin, "multichoice", placed.number, values)
