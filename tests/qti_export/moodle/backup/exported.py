"""What the exporter makes of a quiz, opened."""

from fractions import Fraction
from typing import Any

from content.questions import Question
from qti_export import export
from tests.qti_export.moodle.answering import shown
from tests.qti_export.moodle.backup.package import Package
from tests.qti_export.moodle.backup.records import Record
from tests.qti_export.moodle.grading import Part
from tests.qti_export.quizzes import quiz


def backup(*asked: Question, **fields: Any) -> Package:
    return Package.of(export(quiz(*asked, **fields), "moodle-backup").data)


def question_of(question: Question) -> Record:
    """The record of the question in the question bank."""
    return backup(question).bank.all("question")[0]


def restored(question: Question) -> Part:
    """The question as it is graded after the restore."""
    every = backup(question).bank.all("question")
    whole, *within = map(_graded, every)
    if whole.type == "multianswer":
        record = every[0].one("multianswer")
        assert (record["question"], record["sequence"].split(",")) == (every[0]["id"], [one["id"] for one in every[1:]])
        assert all(one["parent"] == every[0]["id"] for one in every[1:])
        whole.parts = within
    return whole


def _graded(record: Record) -> Part:
    tolerances = {one["answer"]: one["tolerance"] for one in record.all("numerical_record")}
    answers = record.all("answer")
    return Part(
        record["qtype"],
        answers=[(one["answertext"], Fraction(one["fraction"])) for one in answers],
        tolerances=[tolerances[one["id"]] for one in answers if tolerances],
        case_sensitive=any(one["usecase"] == "1" for one in record.all("shortanswer")),
        pairs=[(one["questiontext"], shown(one["answertext"])) for one in record.all("match")],
        weight=Fraction(record["defaultmark"]) if record["parent"] != "0" else Fraction(1),
    )


def losses(*asked: Question, **fields: Any) -> list[str]:
    return [loss.code for loss in export(quiz(*asked, **fields), "moodle-backup").report.losses]
