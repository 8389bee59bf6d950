"""What Moodle's question import does not keep."""

from collections.abc import Iterator

from content.problem import Problem
from content.questions import MultipleResponse
from content.quiz import Quiz
from qti_export.moodle.fractions import LISTED_PERCENTS, listed_percents
from qti_export.moodle.losses import of_question
from qti_export.moodle.settings import named_settings
from qti_export.report import loss
from qti_export.unwritten import unwritten_words


def of(quiz: Quiz) -> Iterator[Problem]:
    """Yield what of the quiz does not arrive, or arrives changed."""
    yield from unwritten_words(quiz)
    yield loss(
        "no-quiz",
        "Moodle's import brings the questions into the question bank, but no quiz.",
        "Make a Quiz activity there and add the questions to it.",
        quiz,
    )
    settings = named_settings(quiz)
    if settings:
        yield loss(
            "settings",
            f"How the quiz is given does not arrive: {', '.join(settings)}.",
            "Set it in the settings of the Quiz activity.",
            quiz,
        )
    for question in quiz.questions:
        yield from of_question(question)
        if isinstance(question, MultipleResponse):
            yield from _of_multiple_response(question)


def _of_multiple_response(question: MultipleResponse) -> Iterator[Problem]:
    count = len(question.key)
    if count not in LISTED_PERCENTS:
        share, _ = listed_percents(question)
        yield loss(
            "share-of-points",
            f"Moodle has no grade of 1/{count}: a right pick earns {share}%, so fewer than {count} earn all points.",
            "Split the question into questions with at most 10 right choices each.",
            question,
        )
