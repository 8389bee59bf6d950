"""What a restored backup does not keep, which is little, and what it cannot hold at all."""

from collections.abc import Iterator

from content.problem import Problem
from content.questions import Matching, MultipleResponse, Question, TextBlock
from content.quiz import Quiz, Seen, Settings, Shown
from content.scoring import format_points
from qti_export.moodle.answers import PICK_MAX_LENGTH, picked
from qti_export.moodle.backup.marks import HIGHEST, mark, total
from qti_export.moodle.backup.names import TAG_MAX_LENGTH, tag_name
from qti_export.moodle.backup.settings import allowed_attempts
from qti_export.moodle.fractions import LISTED_PERCENTS
from qti_export.moodle.losses import of_question
from qti_export.report import loss, refusal

ATTEMPTS_IN_FORM = 10
"""Moodle's form of a quiz's settings has no greater number (``QUIZ_MAX_ATTEMPT_OPTION``)."""

PASSWORD_MAX_LENGTH = 255


def of(quiz: Quiz) -> Iterator[Problem]:
    """Yield what of the quiz does not arrive, or arrives changed."""
    yield from _of_settings(quiz)
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
        yield from of_question(question)
        if isinstance(question, MultipleResponse):
            yield from _of_share(question)


def _of_settings(quiz: Quiz) -> Iterator[Problem]:
    settings = quiz.settings
    if settings.due:
        sentence = "Moodle has no time at which a quiz is due before it closes."
        yield loss("due", sentence, "Tell your students, or let it close then.", quiz)
    if settings.show_after:
        sentence = "Moodle cannot hold back answers and feedback until a certain time."
        remedy = "Let them be shown after the quiz has closed, or change the quiz's 'Review options' in time."
        yield loss("show-after", sentence, remedy, quiz)
    if _waits_for_last_attempt(settings):
        sentence = "Moodle knows no last attempt: what is to be shown after it is shown after the quiz has closed."
        yield loss("last-attempt", sentence, "Say when it closes, or change its 'Review options' in Moodle.", quiz)
    if settings.students_see is Seen.OWN_ANSWERS and settings.show_feedback is not Shown.NEVER:
        sentence = "Moodle shows students the marks of each answer along with their score: they see their answers only."
        remedy = "Nothing needs doing, or tick 'Marks' in the quiz's 'Review options'."
        yield loss("students-see", sentence, remedy, quiz)
    if allowed_attempts(settings) > ATTEMPTS_IN_FORM:
        sentence = (
            f"Students have {settings.attempts} attempts, but Moodle's form offers at most {ATTEMPTS_IN_FORM}: saving"
            " the quiz's settings there changes it."
        )
        yield loss("attempts", sentence, f"Allow at most {ATTEMPTS_IN_FORM}, or any number of them.", quiz)
    if settings.shuffle_questions and any(isinstance(question, TextBlock) for question in quiz.questions):
        sentence = "Moodle shuffles the texts between the questions, too."
        yield loss("shuffled-text", sentence, "Do not shuffle the questions, or take the texts out.", quiz)


def _waits_for_last_attempt(settings: Settings) -> bool:
    waits = Shown.AFTER_LAST_ATTEMPT in {settings.key_shown, settings.show_feedback}
    return waits and allowed_attempts(settings) != 1


def _of_tags(question: Question) -> Iterator[Problem]:
    if question.outcomes:
        yield loss("outcomes", "Learning outcomes arrive as tags.", "Nothing needs doing.", question)
    changed = [tag for tag in (*question.tags, *question.outcomes) if tag_name(tag) != tag]
    if changed:
        yield loss(
            "tags",
            f"Moodle shortens tags to {TAG_MAX_LENGTH} characters and takes out <, > and `: '{changed[0]}' arrives as"
            f" '{tag_name(changed[0])}'.",
            "Shorten the tag, if that matters.",
            question,
        )


def _of_share(question: MultipleResponse) -> Iterator[Problem]:
    count = len(question.key)
    if count not in LISTED_PERCENTS:
        yield loss(
            "share-of-points",
            f"A right pick earns 1/{count}, which is not on Moodle's list of grades: it counts as it should, but the"
            " form to edit the question cannot show it, and saving that form changes it.",
            "Do not edit this question in Moodle, or split it into questions with at most 10 right choices each.",
            question,
        )


def refused(quiz: Quiz) -> Iterator[Problem]:
    """Yield an error for everything that Moodle's columns cannot hold: a restore would die of it, half done."""
    for question in quiz.questions:
        yield from _refused_of(question)
    if len(quiz.settings.access_code) > PASSWORD_MAX_LENGTH:
        sentence = f"The access code has more than {PASSWORD_MAX_LENGTH} characters."
        yield refusal("access-code-too-long", sentence, "Shorten it.", quiz)
    if total(quiz) > HIGHEST:
        yield refusal(
            "points-too-many",
            f"The quiz is worth {format_points(quiz.points)} points; Moodle holds at most {HIGHEST:f}.",
            "Give its questions fewer points.",
            quiz,
        )


def _refused_of(question: Question) -> Iterator[Problem]:
    if not mark(question) and not isinstance(question, TextBlock):
        yield refusal(
            "points-too-small",
            f"The question is worth {question.points:f} points, which Moodle rounds to 0.",
            "Give it at least 0.00001.",
            question,
        )
    if isinstance(question, Matching):
        for text in question.rights:
            if len(picked(text)) > PICK_MAX_LENGTH:
                sentence = f"'{text[:40]}...' is longer than the {PICK_MAX_LENGTH} characters that Moodle holds."
                yield refusal("too-long", sentence, "Shorten this right side.", question)
