"""Questions that a person grades: ``___`` for an essay, ``^^^`` for a file."""

from collections.abc import Sequence

from content.questions import Essay, FileUpload, Question
from content.readers.quiz_text.answers import Answer, Built
from content.readers.quiz_text.report import Report


def essay(answers: Sequence[Answer], report: Report) -> Built:
    """Return an essay question."""
    return _built(Essay, answers, report)


def upload(answers: Sequence[Answer], report: Report) -> Built:
    """Return a file upload question."""
    return _built(FileUpload, answers, report)


def _built(cls: type[Question], answers: Sequence[Answer], report: Report) -> Built:
    for answer in answers[1:]:
        sentence = f"There is a '{answers[0].block.written}' already, on line {answers[0].block.line}."
        report.error("second-answer", answer.block.line, sentence, "Remove one of the two.")
    return Built(cls, {}, [answer.block for answer in answers])
