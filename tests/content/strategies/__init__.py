"""Quizzes, questions and responses for hypothesis, in all the variety that quiz text can say.

`questions` and `quizzes` are of every kind and with every part; `choice_questions` and `choice_quizzes` for what takes
only choices yet. Each strategy is made once (`functools.cache`): Hypothesis looks every new one over, which takes far
longer than to draw from it.
"""

from tests.content.strategies.questions import choice_questions, questions, questions_to_review
from tests.content.strategies.quizzes import choice_quizzes, quizzes
from tests.content.strategies.responses import picks, responses
from tests.content.strategies.texts import CHARACTERS, TRICKY_LINES, ids, lines, points, texts

__all__ = [
    "CHARACTERS",
    "TRICKY_LINES",
    "choice_questions",
    "choice_quizzes",
    "ids",
    "lines",
    "picks",
    "points",
    "questions",
    "questions_to_review",
    "quizzes",
    "responses",
    "texts",
]
