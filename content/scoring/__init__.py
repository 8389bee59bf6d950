"""The one place where points are decided.

Shares and points are `fractions.Fraction` inside the house: a third of a point is no decimal number, and three thirds
must add up to exactly one. `to_decimal` is the one way out, for a gradebook or a page.
"""

from content.scoring.kinds import score
from content.scoring.quizzes import score_quiz
from content.scoring.results import NO_RESPONSE, ChoiceMark, PartMark, Picks, QuizScore, Response, Score
from content.scoring.rounding import format_points, to_decimal

__all__ = [
    "NO_RESPONSE",
    "ChoiceMark",
    "PartMark",
    "Picks",
    "QuizScore",
    "Response",
    "Score",
    "format_points",
    "score",
    "score_quiz",
    "to_decimal",
]
