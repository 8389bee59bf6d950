"""What Canvas does not keep of a quiz, and what it cannot take at all (`refusals`)."""

from collections.abc import Iterator

from content.problem import Problem
from content.questions import TextBlock
from content.quiz import Pool, Quiz, Section, Settings
from qti_export.canvas.losses.questions import of_question
from qti_export.canvas.losses.settings import of_settings
from qti_export.report import loss


def of_quiz(quiz: Quiz) -> Iterator[Problem]:
    """Yield what of a quiz does not arrive as a quiz, or arrives changed."""
    yield from of_settings(quiz)
    yield from _of_labels(quiz)
    for part in quiz.all_parts:
        if isinstance(part, Section) and (part.title or part.text):
            sentence = "Canvas quizzes have no sections: the title and text arrive as a text before the questions."
            yield loss("section", sentence, "Nothing needs doing.", part)
    for question in quiz.questions:
        yield from of_question(question)


def of_bank(quiz: Quiz) -> Iterator[Problem]:
    """Yield what of a quiz does not arrive where only its questions go into a bank, or arrives changed."""
    if quiz.settings != Settings() or quiz.description:
        sentence = "A question bank has neither a description nor settings: those of the quiz do not arrive."
        yield loss("settings", sentence, "Set them in the quiz that uses the bank, or export to 'canvas'.", quiz)
    yield from _of_labels(quiz)
    for part in quiz.all_parts:
        match part:
            case Section() if part.title or part.text:
                sentence = "A question bank has no sections: the questions arrive without the title and text."
                yield loss("section", sentence, "Export to 'canvas' to keep them.", part)
            case Pool():
                sentence = f"A bank has no groups: all questions arrive, but not how many to pick ({part.pick})."
                yield loss("pool", sentence, "Make a question group in Canvas, or export to 'canvas'.", part)
    for question in quiz.questions:
        yield from of_question(question)


def _of_labels(quiz: Quiz) -> Iterator[Problem]:
    """Yield a loss for each thing that Canvas has no place for with any question."""
    asked = [question for question in quiz.questions if not isinstance(question, TextBlock)]
    if any(question.hints for question in asked):
        remedy = "Put them into the question's text, or its general feedback."
        yield loss("hints", "Canvas has no hints: the questions arrive without theirs.", remedy, quiz)
    if any(question.outcomes for question in quiz.questions):
        sentence = "Canvas does not import learning outcomes with questions: they arrive without theirs."
        yield loss("outcomes", sentence, "Align the question bank with outcomes in Canvas.", quiz)
    if any(question.tags for question in quiz.questions):
        yield loss("tags", "Canvas has no tags: the questions arrive without theirs.", "Nothing needs doing.", quiz)
