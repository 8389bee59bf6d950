"""Exports of questions and quizzes to Canvas."""

from hypothesis import assume
from lxml import etree

from content.questions import Question
from content.quiz import Quiz
from qti_export import Exported, NotExportable, export
from tests.qti_export.packages import qti_items
from tests.qti_export.quizzes import multiple_choice, quiz


def of(question: Question) -> Quiz:
    """A quiz with the question; the other one is there because a quiz needs one that asks something."""
    return quiz(question, multiple_choice(id="z"))


def item_of(question: Question) -> etree._Element:
    return qti_items(export(of(question), "canvas").data)[0]


def codes(question: Question) -> list[str]:
    return [loss.code for loss in export(of(question), "canvas").report.losses]


def exported_if_shown(quiz: Quiz, target: str = "canvas") -> Exported:
    """The export; leaves out examples in which Markdown hides a blank (in a comment, a link), which are refused."""
    try:
        return export(quiz, target)
    except NotExportable as refused:
        assume({problem.code for problem in refused.problems} != {"lost-blank"})
        raise
