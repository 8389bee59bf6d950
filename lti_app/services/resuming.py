"""Where a student goes on who comes back to a running attempt."""

from lti_app.models import Attempt
from lti_app.services import scores
from lti_app.services.quizzes import quiz_of
from lti_app.services.responses import is_answered
from lti_app.services.steps import number_of


def resumes_at(attempt: Attempt) -> int | None:
    """Return the number of the question that was answered last; None where none is answered."""
    responses = scores.responses_of(attempt)
    answered = [answer for answer in attempt.answers if is_answered(responses[answer.question_id])]
    if not answered:
        return None
    latest = max(answered, key=lambda answer: answer.changed_at)
    return number_of(quiz_of(attempt), latest.question_id)
