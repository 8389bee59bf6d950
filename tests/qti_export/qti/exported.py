"""Exports of questions and quizzes to the versions of QTI."""

import pytest
from hypothesis import assume
from lxml import etree

from content.questions import Question
from content.quiz import Quiz
from qti_export import Exported, NotExportable, export
from tests.qti_export.packages import members
from tests.qti_export.qti.interpreter import normal
from tests.qti_export.quizzes import multiple_choice, quiz

TARGETS = ["qti21", "qti22", "qti30"]

each_version = pytest.mark.parametrize("target", TARGETS)


def of(question: Question) -> Quiz:
    """A quiz with the question; the other one is there because a quiz needs one that asks something."""
    return quiz(question, multiple_choice(id="z"))


def document(target: str, path: str, a_quiz: Quiz) -> etree._Element:
    return normal(etree.fromstring(members(export_if_shown(a_quiz, target).data)[path]))


def item_of(question: Question, target: str) -> etree._Element:
    return document(target, "items/1.xml", of(question))


def test_of(target: str, *parts: object, **fields: object) -> etree._Element:
    return document(target, "test.xml", quiz(*parts, **fields))  # type: ignore[arg-type]


test_of.__test__ = False  # type: ignore[attr-defined]


def codes(question: Question, target: str = "qti21") -> list[str]:
    return [loss.code for loss in export(of(question), target).report.losses]


def export_if_shown(a_quiz: Quiz, target: str) -> Exported:
    """The export; leaves out examples in which Markdown hides a blank (in a comment, a link), which are refused."""
    try:
        return export(a_quiz, target)
    except NotExportable as refused:
        assume({problem.code for problem in refused.problems} != {"hidden-blank"})
        raise
