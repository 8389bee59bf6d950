"""What Canvas does not keep of how a quiz is given."""

from collections.abc import Iterator

from content.problem import Problem
from content.quiz import Quiz, Seen, Shown, WhichAttempt
from qti_export.canvas import showing
from qti_export.report import loss, percent

FROM_EARLY_TO_LATE = (Shown.AFTER_SUBMISSION, Shown.AFTER_LAST_ATTEMPT, Shown.AFTER_CLOSE, Shown.NEVER)


def of_settings(quiz: Quiz) -> Iterator[Problem]:
    """Yield what does not arrive, or arrives changed."""
    settings = quiz.settings
    if settings.pass_mark is not None:
        yield loss(
            "pass-mark",
            f"Canvas quizzes have no pass mark; yours, {percent(settings.pass_mark)}, is not kept.",
            "Name it in the quiz's description, or use a grading scheme for the assignment.",
            quiz,
        )
    if settings.shuffle_questions:
        sentence = "No import can make Canvas shuffle the questions: they arrive in the order of the file."
        remedy = "Put them into a group that picks all of them; in New Quizzes tick 'Shuffle Questions'."
        yield loss("shuffle-questions", sentence, remedy, quiz)
    if settings.which_attempt is WhichAttempt.FIRST and showing.attempts(settings) != 1:
        sentence = "Canvas cannot let the first attempt count: the highest score will."
        yield loss("which-attempt", sentence, "Allow one attempt, or let another one count.", quiz)
    if settings.wait_between_attempts is not None and showing.attempts(settings) != 1:
        sentence = "Canvas's Classic Quizzes know no wait between attempts: students may try again at once."
        remedy = "Import it as a New Quiz, and set the waiting period between attempts there."
        yield loss("wait", sentence, remedy, quiz)
    yield from _of_what_is_shown(quiz)


def _of_what_is_shown(quiz: Quiz) -> Iterator[Problem]:
    if quiz.settings.show_feedback is not Shown.NEVER:
        yield from _of_what_students_see(quiz)
    if quiz.settings.checks_answers:
        sentence = "Canvas tells nothing of an answer during a quiz: what is to be shown at once is shown afterwards."
        yield loss("at-once", sentence, "Nothing needs doing, or embed the quiz with Quizferry's tool.", quiz)
    answers, feedback = showing.answers_shown(quiz.settings), showing.feedback_shown(quiz.settings)
    if showing.feedback_waits(quiz.settings):
        sentence = "Canvas cannot show score and feedback from a moment on: they arrive hidden."
        remedy = "When the moment has come, tick 'Let Students See Their Quiz Responses' in Canvas."
        yield loss("show-feedback", sentence, remedy, quiz)
    elif FROM_EARLY_TO_LATE.index(feedback) > FROM_EARLY_TO_LATE.index(answers):
        sentence = "Canvas shows no right answers while it hides score and feedback, so they are seen later, or never."
        yield loss("show-answers", sentence, "Let feedback be seen as early as the right answers.", quiz)


def _of_what_students_see(quiz: Quiz) -> Iterator[Problem]:
    match quiz.settings.students_see:
        case Seen.OWN_ANSWERS:
            sentence = "Canvas shows students no answers without saying which are right: they see their score only."
            yield loss("students-see", sentence, "Nothing needs doing, or let them see right or wrong.", quiz)
        case Seen.RIGHT_OR_WRONG:
            sentence = "Canvas shows students all feedback along with what is right or wrong."
            yield loss("students-see", sentence, "Leave out the feedback that they should not see.", quiz)
