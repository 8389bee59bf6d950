"""Questions that are answered by typing a word or a number: ``shortanswer`` and ``numerical``.

Neither has combined feedback. What is told when right stands with each right answer; what is told when not, with a
last answer that everything else matches.
"""

from decimal import Decimal

from lxml import etree

from content.prose import to_html
from content.questions import Numerical, ShortAnswer
from qti_export.moodle.answers import ANYTHING, literally, number, tolerated
from qti_export.moodle.backup.question_types.base import Placed, QuestionType, add_answer, plugin_of, told, typed
from qti_export.moodle.backup.records import Value, add_record, container

NO_UNITS: dict[str, Value] = {"showunits": 3, "unitsleft": 0, "unitgradingtype": 0, "unitpenalty": "0.1000000"}


def short_answer(question: ShortAnswer, placed: Placed) -> QuestionType:
    """Return a short answer question. Its answers are patterns."""
    plugin = plugin_of("shortanswer")
    answers = container(plugin, "answers")
    correct = to_html(question.feedback.correct)
    for answer in question.answers:
        feedback = told(to_html(answer.feedback) + correct)
        add_answer(answers, typed(literally(answer.text)), Decimal(1), feedback, placed.numbers)
    if question.feedback.incorrect:
        add_answer(answers, typed(ANYTHING), Decimal(0), told(to_html(question.feedback.incorrect)), placed.numbers)
    add_record(plugin, "shortanswer", placed.number, {"usecase": question.case_sensitive})
    return QuestionType("shortanswer", to_html(question.stem), plugin)


def numerical(question: Numerical, placed: Placed) -> QuestionType:
    """Return a numerical question without units. A tolerance is a record of its own that names its answer."""
    plugin = plugin_of("numerical")
    answers = container(plugin, "answers")
    container(plugin, "numerical_units")
    options = container(plugin, "numerical_options")
    add_record(options, "numerical_option", placed.number, NO_UNITS)
    tolerances = container(plugin, "numerical_records")
    correct = to_html(question.feedback.correct)
    for answer in question.answers:
        value, tolerance = tolerated(answer)
        feedback = to_html(answer.feedback) + correct
        _add_number(answers, tolerances, (number(value), number(tolerance)), Decimal(1), feedback, placed)
    if question.feedback.incorrect:
        _add_number(answers, tolerances, (ANYTHING, "0"), Decimal(0), to_html(question.feedback.incorrect), placed)
    return QuestionType("numerical", to_html(question.stem), plugin)


def _add_number(
    answers: etree._Element,
    tolerances: etree._Element,
    accepted: tuple[str, str],
    fraction: Decimal,
    feedback: str,
    placed: Placed,
) -> None:
    text, tolerance = accepted
    id_ = add_answer(answers, typed(text), fraction, told(feedback), placed.numbers)
    add_record(tolerances, "numerical_record", id_, {"answer": id_, "tolerance": tolerance})
