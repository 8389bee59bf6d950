"""What Moodle's question import does not keep."""

from collections.abc import Iterable, Iterator

from content.problem import Problem
from content.prose import images, to_html
from content.questions import Dropdowns, FillInBlanks, MultipleResponse
from content.quiz import Pool, Quiz, Section
from content.scoring import format_points
from qti_export.moodle.backup.marks import HIGHEST, mark
from qti_export.moodle.fractions import LISTED_PERCENTS, listed_percents
from qti_export.moodle.losses import of_question
from qti_export.moodle.xml.questions import weight_of_part
from qti_export.named_settings import named_settings
from qti_export.report import loss, refusal


def of(quiz: Quiz) -> Iterator[Problem]:
    """Yield what of the quiz does not arrive, or arrives changed."""
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
    if _shows_images(quiz, [quiz.description]):
        sentence = "In Moodle the description of a category has no images: those of the quiz's description are lost."
        yield loss("image", sentence, "Add them to the description of the Quiz activity.", quiz)
    yield from _of_parts(quiz)
    for question in quiz.questions:
        if question.outcomes:
            yield loss("outcomes", "Learning outcomes arrive as tags.", "Nothing needs doing.", question)
        yield from of_question(question)
        if isinstance(question, MultipleResponse):
            yield from _of_multiple_response(question)
        if isinstance(question, FillInBlanks | Dropdowns):
            yield from _of_weights(question)
        if isinstance(question, Dropdowns) and _shows_images(quiz, _told(question)):
            sentence = "Moodle XML has no place for an image in the feedback of a dropdown's choice: it is not shown."
            yield loss(
                "image", sentence, "Put it into the general feedback, or use the target moodle-backup.", question
            )


def refused(quiz: Quiz) -> Iterator[Problem]:
    """Yield an error for each question whose mark Moodle's column cannot hold: the import would end there."""
    for question in quiz.questions:
        if mark(question) > HIGHEST:
            points = format_points(question.points)
            sentence = f"The question is worth {points} points; Moodle holds at most {HIGHEST:f}."
            yield refusal("points-too-many", sentence, "Give it fewer points.", question)


def _of_parts(quiz: Quiz) -> Iterator[Problem]:
    for part in quiz.all_parts:
        if isinstance(part, Pool):
            yield loss(
                "pool",
                f"The group arrives as a category of its own, from which nothing is drawn: '{part.title or part.id}'.",
                f"Add {part.pick} random questions of that category to the quiz, {part.points:f} points each.",
                part,
            )
        elif isinstance(part, Section):
            yield loss(
                "section",
                f"The section's title does not arrive: '{part.title or part.id}'. Its text is a description.",
                "Add the heading on the quiz's Questions page.",
                part,
            )


def _of_weights(question: FillInBlanks | Dropdowns) -> Iterator[Problem]:
    count = len(question.blanks if isinstance(question, FillInBlanks) else question.dropdowns)
    if weight_of_part(question) * count != question.points:
        yield loss(
            "points",
            f"In Moodle each place in the text counts a whole number of points: the question counts {count} instead of"
            f" {question.points:f}.",
            "Set its mark on the quiz's Questions page.",
            question,
        )


def _shows_images(quiz: Quiz, texts: Iterable[str]) -> bool:
    """Return whether any of the texts shows an image that goes with the quiz."""
    names = {one.name for one in quiz.media}
    return bool(names) and any(image.name in names for text in texts for image in images(to_html(text)))


def _told(question: Dropdowns) -> Iterator[str]:
    yield from (choice.feedback for dropdown in question.dropdowns for choice in dropdown.choices)


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
