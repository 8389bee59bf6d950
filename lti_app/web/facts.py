"""What a page says of a quiz as a whole."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from content.questions import Question
from content.quiz import Quiz
from lti_app.web.questions import block


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizFacts:
    """Title, size and settings of a quiz, and nothing of what it asks.

    ``kinds`` counts its questions by kind, the most first. ``pass_mark`` is a fraction 0..1 or None.
    """

    id: str
    title: str
    description: Markup
    question_count: int
    points: Decimal
    kinds: tuple[tuple[str, int], ...]
    pass_mark: Decimal | None
    shuffles: bool


def facts(quiz: Quiz) -> QuizFacts:
    """Return the facts of the quiz."""
    return QuizFacts(
        id=quiz.id,
        title=quiz.title,
        description=block(quiz.description),
        question_count=len(quiz.questions),
        points=quiz.points,
        kinds=tuple(Counter(map(_kind, quiz.questions)).most_common()),
        shuffles=quiz.settings.shuffle_answers,
        pass_mark=quiz.settings.pass_mark,
    )


def _kind(question: Question) -> str:
    return "true or false" if question.kind == "true_false" else question.kind.replace("_", " ")
