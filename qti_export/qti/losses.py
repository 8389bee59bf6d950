"""What a QTI package has no words for."""

from collections.abc import Iterator
from dataclasses import replace

from content.problem import Problem
from content.questions import Essay, FileUpload, FillInBlanks, Numerical, Question, ShortAnswer
from content.quiz import Quiz, Section, Seen, Shown
from qti_export.floats import has_rounded, is_rounded
from qti_export.named_settings import named_settings
from qti_export.qti.assessment import submits_each
from qti_export.report import loss
from qti_export.typed_answers import left_to_the_lms, of_letters


def of(quiz: Quiz) -> Iterator[Problem]:
    """Yield what of the quiz does not arrive, or is left to the LMS."""
    yield from _of_settings(quiz)
    if any(isinstance(question, ShortAnswer | FillInBlanks | Numerical) for question in quiz.questions):
        yield left_to_the_lms(quiz, "QTI")
    for question in quiz.questions:
        yield from _of_question(question)


def _of_settings(quiz: Quiz) -> Iterator[Problem]:
    """Name the settings of a quiz that a test has no place for: all but those which `assessment` writes."""
    given = quiz.settings
    written = replace(given, time_limit=None, shuffle_questions=False, cant_go_back=False, pass_mark=None)
    if given.attempts == 1:
        written = replace(written, attempts=None)
    if given.cant_go_back:
        written = replace(written, one_question_at_a_time=False)
    if given.key_shown is Shown.NEVER or (given.key_shown is Shown.AT_ONCE and submits_each(given)):
        written = replace(written, show_answers=Shown.AFTER_SUBMISSION)
    if given.show_feedback is Shown.NEVER or submits_each(given):
        written = replace(written, show_feedback=Shown.AFTER_SUBMISSION)
    if given.students_see is not Seen.RIGHT_OR_WRONG:
        written = replace(written, students_see=Seen.EVERYTHING)
    settings = [*named_settings(replace(quiz, settings=written))]
    if submits_each(given) and given.key_shown is Shown.AFTER_SUBMISSION:
        settings.append("right answers are shown after submission")
    if settings:
        sentence = f"QTI has no place for some of how the quiz is given: {', '.join(settings)}."
        yield loss("settings", sentence, "Set it in your LMS.", quiz)
    if quiz.description or any(isinstance(part, Section) and part.text for part in quiz.parts):
        yield loss(
            "rubric",
            "The description of the quiz and the texts of its sections arrive as instructions, which are shown with"
            " each of their questions.",
            "Nothing needs doing.",
            quiz,
        )


def _of_question(question: Question) -> Iterator[Problem]:
    match question:
        case Numerical() if any(map(has_rounded, question.answers)):
            sentence = "QTI reckons with about 15 digits; a number of this question has more, so it is rounded."
            yield loss("digits", sentence, "Write fewer digits.", question)
        case ShortAnswer() | FillInBlanks():
            yield from of_letters(question)
        case Essay() | FileUpload() if question.feedback.correct or question.feedback.incorrect:
            sentence = "A person grades this question, so its feedback for right and wrong responses is never shown."
            yield loss("combined-feedback", sentence, "Put it into the general feedback.", question)
    if is_rounded(question.points):
        sentence = "QTI reckons with about 15 digits; the points of this question have more, so they are rounded."
        yield loss("digits", sentence, "Write fewer digits.", question)


def of_formatting(lost: list[str], of: Quiz | Question) -> Iterator[Problem]:
    """Yield a loss where the texts have formatting that QTI's XHTML has no place for."""
    if lost:
        sentence = f"The text arrives without some of its formatting: {', '.join(lost)}."
        yield loss("formatting", sentence, "Say it in words where it matters.", of)
