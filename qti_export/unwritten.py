"""A kind of question that a target does not write: refused by name."""

from content.questions import Question
from qti_export.report import NotExportable, refusal


def unwritten_kind(question: Question, lms: str) -> NotExportable:
    """Return the refusal of a question of a kind that is not written for the LMS."""
    kind = question.kind.replace("_", " ")
    sentence = f"Questions of the kind '{kind}' cannot go to {lms}."
    return NotExportable([refusal("unwritten", sentence, "Take the question out, or choose another target.", question)])
