"""What all question types share: the shape of what they return, and the records that more than one has."""

from decimal import Decimal
from typing import NamedTuple

from lxml import etree

from content.prose import to_html
from content.questions import Question
from qti_export.moodle.backup.ids import Numbers
from qti_export.moodle.backup.records import MOODLE_FORMAT, Value, add_record, html
from qti_export.xml_tree import element

PENALTY = "0.3333333"


class Part(NamedTuple):
    """A question within a question: its id, its code in the text, its type and the element of the type's plugin."""

    number: int
    code: str
    name: str
    plugin: etree._Element


class QuestionType(NamedTuple):
    """A question type by Moodle's name, the question's text, and the element with the records of the type's plugin.

    ``penalty`` is that for another try, ``length`` what the question counts in the numbering of the quiz.
    """

    name: str
    text: str
    plugin: etree._Element | None
    penalty: str = PENALTY
    length: int = 1
    parts: tuple[Part, ...] = ()


class Placed(NamedTuple):
    """What a question gets from the file that it is written into: its id, shuffled choices or not, the ids of parts."""

    number: int
    shuffle: bool
    numbers: Numbers


def plugin_of(name: str) -> etree._Element:
    """Return the empty element of a type's plugin."""
    return element(f"plugin_qtype_{name}_question")


def add_answer(
    answers: etree._Element, text: dict[str, Value], fraction: Decimal, feedback: dict[str, Value], numbers: Numbers
) -> int:
    """Append an answer and return its id."""
    number = numbers.new_answer()
    add_record(answers, "answer", number, {**text, "fraction": f"{fraction:.7f}", **feedback})
    return number


def marked_up(markup: str) -> dict[str, Value]:
    """Return the text of an answer in HTML."""
    return html("answertext", markup, "answerformat")


def typed(text: str) -> dict[str, Value]:
    """Return the text of an answer as it is to be typed."""
    return {"answertext": text, "answerformat": MOODLE_FORMAT}


def told(markup: str) -> dict[str, Value]:
    """Return the feedback of an answer."""
    return html("feedback", markup)


def combined_feedback(question: Question) -> dict[str, Value]:
    """Return the feedback for right and for other responses. As elsewhere, what is not all right is incorrect."""
    incorrect = to_html(question.feedback.incorrect)
    return {
        **html("correctfeedback", to_html(question.feedback.correct)),
        **html("partiallycorrectfeedback", incorrect),
        **html("incorrectfeedback", incorrect),
    }
