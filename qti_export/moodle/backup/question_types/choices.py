"""Questions with choices: ``multichoice`` and ``truefalse``."""

from decimal import Decimal

from content.prose import to_html
from content.questions import ChoiceQuestion, MultipleChoice, MultipleResponse, TrueFalse
from qti_export.choices import told_for, true_then_false
from qti_export.moodle.backup.question_types.base import (
    Placed,
    QuestionType,
    add_answer,
    combined_feedback,
    marked_up,
    plugin_of,
    told,
    typed,
)
from qti_export.moodle.backup.records import Value, add_record, container
from qti_export.moodle.fractions import exact_fractions


def multiple_choice(question: MultipleChoice, placed: Placed) -> QuestionType:
    """Return a choice of one."""
    return _multichoice(question, placed, Decimal(1), Decimal(0), single=True)


def multiple_response(question: MultipleResponse, placed: Placed) -> QuestionType:
    """Return a choice of several."""
    right, wrong = exact_fractions(question)
    return _multichoice(question, placed, right, wrong, single=False)


def true_false(question: TrueFalse, placed: Placed) -> QuestionType:
    """Return the two choices. Moodle never shuffles them, and has no combined feedback for them: each tells it."""
    plugin = plugin_of("truefalse")
    answers = container(plugin, "answers")
    ids = []
    for word, choice in zip(("True", "False"), true_then_false(question), strict=True):
        feedback = told(told_for(choice, question.feedback))
        ids.append(add_answer(answers, typed(word), Decimal(choice.correct), feedback, placed.numbers))
    values: dict[str, Value] = {"trueanswer": ids[0], "falseanswer": ids[1], "showstandardinstruction": True}
    add_record(plugin, "truefalse", placed.number, values)
    return QuestionType("truefalse", to_html(question.stem), plugin, penalty="1.0000000")


def _multichoice(
    question: ChoiceQuestion, placed: Placed, right: Decimal, wrong: Decimal, *, single: bool
) -> QuestionType:
    plugin = plugin_of("multichoice")
    answers = container(plugin, "answers")
    for choice in question.choices:
        text = marked_up(to_html(choice.text, inline=True))
        fraction = right if choice.correct else wrong
        add_answer(answers, text, fraction, told(to_html(choice.feedback)), placed.numbers)
    values: dict[str, Value] = {
        "layout": 0,
        "single": single,
        "shuffleanswers": placed.shuffle,
        **combined_feedback(question),
        "shownumcorrect": False,
        "answernumbering": "abc",
        "showstandardinstruction": True,
    }
    add_record(plugin, "multichoice", placed.number, values)
    return QuestionType("multichoice", to_html(question.stem), plugin)
