"""What a page says of a quiz as a whole."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from content.questions import Question, TextBlock
from content.quiz import Settings
from lti_app.services import QuizRevision
from lti_app.services.quizzes import load
from lti_app.web.prose import block, prose_of


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizFacts:
    """Title, size and settings of a quiz, and nothing of what it asks.

    ``kinds`` counts the kinds of its questions, the most first; of a pool only so many as each student gets are counted
    in ``question_count``. ``pass_mark`` is a fraction 0..1 or None.
    """

    id: str
    title: str
    description: Markup
    question_count: int
    points: Decimal
    kinds: tuple[tuple[str, int], ...]
    settings: Settings

    @property
    def pass_mark(self) -> Decimal | None:
        """The share of the points that is needed to pass."""
        return self.settings.pass_mark

    @property
    def shuffles(self) -> bool:
        """Whether choices stand in another order for each student."""
        return self.settings.shuffle_answers


def facts(revision: QuizRevision) -> QuizFacts:
    """Return the facts of the revision's quiz."""
    quiz = load(revision)
    asked = [question for question in quiz.questions if not isinstance(question, TextBlock)]
    return QuizFacts(
        id=quiz.id,
        title=quiz.title,
        description=block(prose_of(revision), quiz.description),
        question_count=len(asked) - sum(len(pool.questions) - pool.pick for pool in quiz.pools),
        points=quiz.points,
        kinds=tuple(Counter(map(_kind, asked)).most_common()),
        settings=quiz.settings,
    )


def _kind(question: Question) -> str:
    return "true or false" if question.kind == "true_false" else question.kind.replace("_", " ")
