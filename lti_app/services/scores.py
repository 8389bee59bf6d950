"""What the answers of an attempt are, and what they earn."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from content.quiz import Quiz
from content.scoring import QuizScore, Response, Score, score_quiz
from lti_app.models import Answer, Attempt
from lti_app.services.quizzes import quiz_of
from lti_app.services.responses import read_response


def responses_of(attempt: Attempt) -> dict[str, Response]:
    """Return the saved responses by question id."""
    questions = {question.id: question for question in quiz_of(attempt).questions}
    return {
        answer.question_id: read_response(questions[answer.question_id], answer.response) for answer in attempt.answers
    }


def score_of(attempt: Attempt) -> QuizScore:
    """Return what the saved responses earn, with the points that a person gave where one has to."""
    return score_by(quiz_of(attempt), attempt)


def score_by(quiz: Quiz, attempt: Attempt) -> QuizScore:
    """Return what the saved responses earn by a drawn quiz; raise ValueError for one that they do not fit."""
    score = score_quiz(quiz, responses_of(attempt))
    answers = {answer.question_id: answer for answer in attempt.answers}
    pairs = zip(quiz.questions, score.scores, strict=True)
    return replace(score, scores=tuple(_with_given(one, answers, question.id) for question, one in pairs))


def _with_given(score: Score, answers: Mapping[str, Answer], question_id: str) -> Score:
    answer = answers.get(question_id)
    if not score.needs_grading or answer is None or answer.given_points is None:
        return score
    share = Fraction(answer.given_points) / Fraction(score.possible) if score.possible else Fraction(0)
    return replace(score, fraction=min(share, Fraction(1)), needs_grading=False)
