"""What a page says of a quiz as a whole."""

from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from content.quiz import Quiz
from lti_app.web.questions import block


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizFacts:
    """Title, size and pass mark of a quiz, and nothing of what it asks. ``pass_mark`` is a fraction 0..1 or None."""

    id: str
    title: str
    description: Markup
    question_count: int
    points: Decimal
    pass_mark: Decimal | None


def facts(quiz: Quiz) -> QuizFacts:
    """Return the facts of the quiz."""
    return QuizFacts(
        id=quiz.id,
        title=quiz.title,
        description=block(quiz.description),
        question_count=len(quiz.questions),
        points=quiz.points,
        pass_mark=quiz.settings.pass_mark,
    )
