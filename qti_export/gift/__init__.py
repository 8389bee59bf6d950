"""GIFT: a text file of questions for Moodle's question bank, and for the tools that read it."""

from collections.abc import Iterator
from dataclasses import replace

from content.problem import Problem
from content.questions import Matching, MultipleResponse, Question, ShortAnswer
from content.quiz import Quiz
from content.writers.gift import can_write, write_category, write_gift
from qti_export.left_out import left_out, refuse_empty
from qti_export.moodle.fractions import LISTED_PERCENTS, listed_percents
from qti_export.moodle.losses import of_question
from qti_export.moodle.wording import question_name
from qti_export.moodle.xml import path_of
from qti_export.report import Exported, loss, report

STEPS = (
    "In the Moodle course open More > Question bank > Import, choose 'GIFT format' and this file, and import it.",
    "Add a Quiz activity; on its Questions page add from the question bank all questions of the category of that name.",
    "Set the marks there, and in the Quiz activity's settings how it is given: the file brings the questions only.",
)


def export(quiz: Quiz) -> Exported:
    """Return the text of a checked quiz that has all its ids.

    Raise NotExportable where GIFT has no words for any of its questions.
    """
    flat = replace(quiz, parts=tuple(one for one in quiz.questions if can_write(one)))
    refuse_empty(quiz, flat, "GIFT")
    lost = [*left_out(quiz, flat, "GIFT"), *(one for question in flat.questions for one in _lost(question))]
    return Exported("\n".join(_written(flat)).encode(), report("gift", flat, lost, STEPS))


def _written(quiz: Quiz) -> Iterator[str]:
    yield write_category(path_of(quiz))
    for place, question in enumerate(quiz.questions, start=1):
        name = question_name(question, place, len(quiz.questions))
        if isinstance(question, MultipleResponse):
            yield write_gift(question, name, listed_percents(question))
        else:
            yield write_gift(question, name)


def _lost(question: Question) -> Iterator[Problem]:
    yield from of_question(replace(question, hints=()))
    if question.points not in (0, 1):
        yield loss("points", "GIFT has no points: each question counts 1.", "Set the marks in the quiz.", question)
    if question.hints:
        yield loss("hints", "GIFT has no hints.", "Use the target moodle-xml.", question)
    if question.outcomes:
        yield loss("outcomes", "Learning outcomes arrive as tags.", "Nothing needs doing.", question)
    if isinstance(question, ShortAnswer) and question.case_sensitive:
        yield loss("case", "Capital and small letters count alike in GIFT.", "Use the target moodle-xml.", question)
    combined = question.feedback.correct or question.feedback.incorrect
    if combined and isinstance(question, MultipleResponse | Matching):
        sentence = "GIFT has no feedback for right and for wrong responses to a question of this kind."
        yield loss("combined-feedback", sentence, "Use the target moodle-xml.", question)
    if isinstance(question, MultipleResponse) and len(question.key) not in LISTED_PERCENTS:
        share, _ = listed_percents(question)
        sentence = f"Moodle has no grade of 1/{len(question.key)}: a right pick earns {share}%."
        yield loss("share-of-points", sentence, "Split the question.", question)
