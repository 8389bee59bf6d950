"""Questions with places in their text: ``multianswer``, whose parts are questions of their own, each worth 1."""

from decimal import Decimal

from lxml import etree

from content.questions import Dropdowns, FillInBlanks
from qti_export.moodle import cloze
from qti_export.moodle.backup.question_types.base import (
    Part,
    Placed,
    QuestionType,
    add_answer,
    marked_up,
    plugin_of,
    told,
    typed,
)
from qti_export.moodle.backup.records import Value, add_record, container, html

AS_DROPDOWN: dict[str, Value] = {"layout": 0, "single": True}

NOTHING_MORE: dict[str, Value] = {
    **html("correctfeedback", ""),
    **html("partiallycorrectfeedback", ""),
    **html("incorrectfeedback", ""),
    "answernumbering": "none",
    "shownumcorrect": False,
    "showstandardinstruction": False,
}


def multianswer(question: FillInBlanks | Dropdowns, placed: Placed) -> QuestionType:
    """Return the text, in which ``{#1}`` is the place of the first part, and the parts."""
    (texts, _), embedded = cloze.embedded(question, shuffle=placed.shuffle)
    make = _blank if isinstance(question, FillInBlanks) else _dropdown
    parts = tuple(make(one, placed) for one in embedded)
    marks = [f"{{#{number}}}" for number in range(1, len(parts) + 1)]
    text = "".join(piece for pair in zip(texts, [*marks, ""], strict=True) for piece in pair)
    plugin = plugin_of("multianswer")
    container(plugin, "answers")
    sequence = ",".join(str(part.number) for part in parts)
    add_record(plugin, "multianswer", placed.number, {"question": placed.number, "sequence": sequence})
    return QuestionType("multianswer", text, plugin, parts=parts)


def _blank(embedded: cloze.Embedded, placed: Placed) -> Part:
    plugin = plugin_of("shortanswer")
    answers = container(plugin, "answers")
    for answer in embedded.answers:
        add_answer(answers, typed(answer.text), Decimal(1), told(answer.feedback), placed.numbers)
    number = placed.numbers.new_part()
    add_record(plugin, "shortanswer", number, {"usecase": embedded.word == "SHORTANSWER_C"})
    return Part(number, embedded.code(), "shortanswer", plugin)


def _dropdown(embedded: cloze.Embedded, placed: Placed) -> Part:
    plugin = plugin_of("multichoice")
    _add_choices(plugin, embedded, placed)
    number = placed.numbers.new_part()
    values = {**AS_DROPDOWN, "shuffleanswers": placed.shuffle, **NOTHING_MORE}
    add_record(plugin, "multichoice", number, values)
    return Part(number, embedded.code(), "multichoice", plugin)


def _add_choices(plugin: etree._Element, embedded: cloze.Embedded, placed: Placed) -> None:
    answers = container(plugin, "answers")
    for answer in embedded.answers:
        add_answer(answers, marked_up(answer.text), Decimal(answer.right), told(answer.feedback), placed.numbers)
