"""What a restored backup does not keep, which is little, and what it cannot hold at all."""

from collections.abc import Iterator

from content.problem import Problem
from content.questions import MultipleResponse, Question
from content.quiz import Quiz
from content.scoring import format_points
from qti_export.moodle.backup.marks import HIGHEST, mark, total
from qti_export.moodle.backup.names import TAG_MAX_LENGTH, tag_name
from qti_export.moodle.fractions import LISTED_PERCENTS
from qti_export.moodle.losses import of_partial_credit
from qti_export.report import loss, refusal
from qti_export.unwritten import unwritten_words


def of(quiz: Quiz) -> Iterator[Problem]:
    """Yield what of the quiz does not arrive, or arrives changed."""
    yield from unwritten_words(quiz)
    for question in quiz.questions:
        if question.points != mark(question):
            yield loss(
                "points",
                f"Moodle keeps 5 decimal places: the question is worth {mark(question):f} instead of"
                f" {question.points:f}.",
                "Give it points with at most 5 decimal places.",
                question,
            )
        yield from _of_tags(question)
        if isinstance(question, MultipleResponse):
            yield from _of_multiple_response(question)


def _of_tags(question: Question) -> Iterator[Problem]:
    changed = [tag for tag in question.tags if tag_name(tag) != tag]
    if changed:
        yield loss(
            "tags",
            f"Moodle shortens tags to {TAG_MAX_LENGTH} characters and takes out <, > and `: '{changed[0]}' arrives as"
            f" '{tag_name(changed[0])}'.",
            "Shorten the tag, if that matters.",
            question,
        )


def _of_multiple_response(question: MultipleResponse) -> Iterator[Problem]:
    count = len(question.key)
    if count not in LISTED_PERCENTS:
        yield loss(
            "share-of-points",
            f"A right pick earns 1/{count}, which is not on Moodle's list of grades: it counts as it should, but the"
            " form to edit the question cannot show it, and saving that form changes it.",
            "Do not edit this question in Moodle, or split it into questions with at most 10 right choices each.",
            question,
        )
    yield from of_partial_credit(question)


def refused(quiz: Quiz) -> Iterator[Problem]:
    """Yield an error for each number that Moodle's columns cannot hold."""
    for question in quiz.questions:
        if not mark(question):
            yield refusal(
                "points-too-small",
                f"The question is worth {question.points:f} points, which Moodle rounds to 0.",
                "Give it at least 0.00001.",
                question,
            )
    if total(quiz) > HIGHEST:
        yield refusal(
            "points-too-many",
            f"The quiz is worth {format_points(quiz.points)} points; Moodle holds at most {HIGHEST:f}.",
            "Give its questions fewer points.",
            quiz,
        )
