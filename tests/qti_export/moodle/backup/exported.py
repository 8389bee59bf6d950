"""What the exporter makes of a quiz, opened."""

from typing import Any

from content.questions import Question
from qti_export import export
from tests.qti_export.moodle.backup.package import Package
from tests.qti_export.moodle.backup.records import Record
from tests.qti_export.quizzes import quiz


def backup(*asked: Question, **fields: Any) -> Package:
    return Package.of(export(quiz(*asked, **fields), "moodle-backup").data)


def question_of(question: Question) -> Record:
    """The record of the question in the question bank."""
    return backup(question).bank.one("question")


def losses(*asked: Question, **fields: Any) -> list[str]:
    return [loss.code for loss in export(quiz(*asked, **fields), "moodle-backup").report.losses]
