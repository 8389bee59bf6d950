"""Checking answers one by one while an attempt runs, where the quiz shows feedback at once: a checked answer stands."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from content.numbers import read_number
from content.questions import Essay, FileUpload, Numerical, Question, TextBlock
from content.quiz import Quiz
from content.scoring import Response, Score, score
from content.sentences import Sentence
from lti_app.models import Answer, Attempt, utcnow
from lti_app.services import policy, quizzes, saving, scores
from lti_app.services.responses import InvalidResponse, is_answered


def sight_of_checked(session: Session, quiz: Quiz, attempt: Attempt) -> policy.Sight:
    """Return what the student sees of a checked answer in the attempt's quiz; without its mark, none can be checked.

    It is what the quiz was when the attempt began, and still is: an edit that hides feedback holds at once.
    """
    sight = policy.sight_of_checked(quiz.settings)
    if not sight.marks:
        return sight  # without another look into the database
    return policy.sight_of_checked(quizzes.settings_at(session, attempt.resource_link))


def can_be_checked(question: Question) -> bool:
    """Return whether an answer to the question has something to be told at once.

    Not where a person grades it: Moodle's "Immediate feedback" has no Check button there either.
    """
    return not isinstance(question, Essay | FileUpload | TextBlock)


def obstacle(question: Question, response: Response) -> str:
    """Return the sentence that says why the response cannot be checked yet; empty where nothing is in the way."""
    if not is_answered(response):
        return Sentence("Answer this question first, then check it.")
    if isinstance(question, Numerical) and isinstance(response, str) and read_number(response) is None:
        return Sentence("This cannot be read as a number. Write it like 1500, 2.5 or 1.2e-5.")
    return ""


def check_answer(session: Session, attempt: Attempt, question_id: str, responses: Mapping[str, Any]) -> None:
    """Save the responses of a page as `save_answers` does, and have the answer to one question stand as it is then.

    An answer that stands already is left alone, and so is one with an `obstacle`.

    Raise AttemptOver as `save_answers` does, and InvalidResponse for what the quiz has no place for, a question that
    cannot be checked among it.
    """
    quiz = quizzes.quiz_of(attempt)
    question = quiz.find_question(question_id)
    if question is None or not can_be_checked(question):
        raise InvalidResponse("This attempt has no such question to check.")
    saving.save_answers(session, attempt, responses)
    saving.check_reachable(quiz, attempt.position, question_id)
    answer = session.get(Answer, (attempt.id, question_id))
    if answer is None or answer.checked_at is not None or not sight_of_checked(session, quiz, attempt).marks:
        return
    if not obstacle(question, scores.responses_of(attempt)[question_id]):
        answer.checked_at = utcnow()
        session.flush()


def checked_scores(quiz: Quiz, attempt: Attempt, responses: Mapping[str, Response]) -> dict[str, Score]:
    """Return what each checked answer of the ``responses`` to the attempt's quiz earns, by question id.

    Nothing else is scored: nobody may know of it yet.
    """
    checked = {answer.question_id for answer in attempt.answers if answer.checked_at is not None}
    asked = (question for question in quiz.questions if question.id in checked)
    return {question.id: score(question, responses[question.id]) for question in asked}


def refused(quiz: Quiz, attempt: Attempt, responses: Mapping[str, Any]) -> list[str]:
    """Return the questions of the attempt's quiz whose responses do not count, since another one was checked."""
    if not quiz.settings.checks_answers:
        return []  # without a look into the database
    return [
        answer.question_id
        for answer in attempt.answers
        if answer.checked_at is not None
        and answer.question_id in responses
        and responses[answer.question_id] != answer.response
    ]
