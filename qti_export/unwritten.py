"""What a target does not write yet: refused, or named as lost. Each target calls these for as long as that is so."""

from collections.abc import Iterator

from content.problem import Problem
from content.questions import Question
from content.quiz import Pool, Quiz, Section
from qti_export.report import NotExportable, loss, refusal

WRITTEN_SETTINGS = {"shuffle_answers", "show_answers", "one_question_at_a_time", "cant_go_back", "pass_mark"}
"""The settings of which every target writes or says something itself."""


def unwritten_kind(question: Question, lms: str) -> NotExportable:
    """Return the refusal of a question of a kind that is not written for the LMS yet."""
    kind = question.kind.replace("_", " ")
    sentence = f"Questions of the kind '{kind}' cannot go to {lms} yet."
    return NotExportable([refusal("unwritten", sentence, "Take the question out, or choose another target.", question)])


def refuse_parts(quiz: Quiz, lms: str) -> None:
    """Raise NotExportable where the quiz has pools or sections."""
    refused = []
    for part in quiz.all_parts:
        if isinstance(part, Pool | Section):
            what = "Groups of questions" if isinstance(part, Pool) else "Sections"
            sentence = f"{what} cannot go to {lms} yet."
            refused.append(refusal("unwritten", sentence, "Take them apart, or choose another target.", part))
    if refused:
        raise NotExportable(refused)


def unwritten_words(quiz: Quiz) -> Iterator[Problem]:
    """Yield a loss for the settings that do not arrive, and for hints and learning outcomes."""
    unwritten = [name for name in quiz.settings.changed if name not in WRITTEN_SETTINGS]
    if unwritten:
        sentence = f"These settings do not arrive: {', '.join(unwritten).replace('_', ' ')}."
        yield loss("settings", sentence, "Set them in the LMS.", quiz)
    for name, what in (("hints", "Hints"), ("outcomes", "Learning outcomes")):
        if any(getattr(question, name) for question in quiz.questions):
            yield loss(name, f"{what} do not arrive.", "Nothing needs doing.", quiz)
