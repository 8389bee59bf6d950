"""What a page says of a quiz as a whole."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from flask_babel import gettext
from markupsafe import Markup

from content.questions import TextBlock
from content.quiz import Seen, Settings, Shown
from content.sentences import Sentence
from lti_app.services import QuizRevision
from lti_app.services.quizzes import load
from lti_app.web.languages import translated
from lti_app.web.prose import block, prose_of

KINDS = {
    "multiple_choice": Sentence("multiple choice"),
    "multiple_response": Sentence("multiple response"),
    "true_false": Sentence("true or false"),
    "short_answer": Sentence("short answer"),
    "numerical": Sentence("numerical"),
    "matching": Sentence("matching"),
    "ordering": Sentence("ordering"),
    "fill_in_blanks": Sentence("fill in blanks"),
    "dropdowns": Sentence("dropdowns"),
    "essay": Sentence("essay"),
    "file_upload": Sentence("file upload"),
}


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
    def kinds_in_words(self) -> str:
        """How many questions there are of each kind, as a line of a page: ``2 multiple choice, 1 essay``."""
        lines = [gettext("%(count)s %(kind)s", count=count, kind=translated(KINDS[kind])) for kind, count in self.kinds]
        return str(gettext(", ")).join(lines)

    @property
    def seen_while_answering(self) -> str:
        """What students see before they submit, as a sentence for those who teach."""
        if not self.settings.checks_answers:
            return str(gettext("Students see neither key nor feedback before they submit."))
        if self.settings.students_see is not Seen.EVERYTHING:
            return str(gettext("Students can check each answer once as they go, and then see whether it is right."))
        if self.settings.show_answers is Shown.AT_ONCE:
            return str(gettext("Students can check each answer once as they go, and then see feedback and key."))
        return str(gettext("Students can check each answer once as they go, and then see feedback, but no key yet."))

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
        kinds=tuple(Counter(question.kind for question in asked).most_common()),
        settings=quiz.settings,
    )
