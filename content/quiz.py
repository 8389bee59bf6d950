"""The model of a quiz: frozen data, with no behaviour beyond its own invariants.

All prose (stems, choices, feedback, descriptions) is Markdown source, as its author wrote it; `content.prose` turns it
into HTML. Points are exact decimals. Nothing here knows a file format or an LMS.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from content.problem import Source

ID_PATTERN = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[_-][A-Za-z0-9]+)*")
"""What an id looks like: ASCII words joined by single ``_`` or ``-``, a letter first.

Canvas rewrites every other character in an ident (``:`` becomes ``-``, a leading digit gets ``ID_``), which would
cut a question off from its feedback and from its earlier import. A doubled ``_`` is left free to join two ids into one.
"""

ID_MAX_LENGTH = 64
"""Canvas turns idents into file names and the whole import dies at 252 characters; two joined ids stay far below."""


def is_valid_id(text: str) -> bool:
    """Return whether ``text`` may stand as the id of a quiz or a question."""
    return len(text) <= ID_MAX_LENGTH and ID_PATTERN.fullmatch(text) is not None


class PartialCredit(StrEnum):
    """How a multiple response question earns points when some picks are right and some are not."""

    RIGHT_MINUS_WRONG = "right minus wrong"
    ALL_OR_NOTHING = "all or nothing"
    RIGHT_ONLY = "right only"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """What a student is told about a question as a whole: always, when it was right, when it was not (Markdown)."""

    general: str = ""
    correct: str = ""
    incorrect: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One choice of a question: its text, whether it belongs to the key, and what who picks it is told (Markdown)."""

    text: str
    correct: bool = False
    feedback: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What all kinds of question share. ``kind`` names the kind in files, reports and pages.

    ``id`` is empty until its author gives one or `content.identity.with_ids` derives it. ``needs_review`` says what
    the source did not show (a key, a choice); while it stands, the question may not be exported or taken.
    ``source`` is where the question stood; it takes no part in comparison.
    """

    kind: ClassVar[str]

    stem: str
    id: str = ""
    title: str = ""
    points: Decimal = Decimal(1)
    feedback: Feedback = Feedback()
    tags: tuple[str, ...] = ()
    needs_review: str = ""
    source: Source | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceQuestion(Question):
    """A question that is answered by picking from its choices. Positions of choices count from 0, in file order."""

    choices: tuple[Choice, ...]

    @property
    def key(self) -> frozenset[int]:
        """The positions of the right choices."""
        return frozenset(place for place, choice in enumerate(self.choices) if choice.correct)


@dataclass(frozen=True, slots=True, kw_only=True)
class MultipleChoice(ChoiceQuestion):
    """Pick one of several; exactly one is right."""

    kind: ClassVar[str] = "multiple_choice"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueFalse(ChoiceQuestion):
    """Two choices whose texts are ``True`` and ``False``, in either order; exactly one is right."""

    kind: ClassVar[str] = "true_false"


@dataclass(frozen=True, slots=True, kw_only=True)
class MultipleResponse(ChoiceQuestion):
    """Pick any number of several; at least one is right."""

    kind: ClassVar[str] = "multiple_response"

    partial_credit: PartialCredit = PartialCredit.RIGHT_MINUS_WRONG


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a quiz is given. ``pass_mark`` is a fraction 0..1 of the points, or None where the quiz has none."""

    shuffle_answers: bool = False
    show_correct_answers: bool = True
    one_question_at_a_time: bool = False
    cant_go_back: bool = False
    pass_mark: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiz:
    """A quiz: its questions in order, and how it is given. ``description`` is Markdown, ``title`` plain text."""

    title: str
    questions: tuple[Question, ...]
    id: str = ""
    description: str = ""
    settings: Settings = Settings()
    source: Source | None = field(default=None, compare=False, repr=False)

    @property
    def points(self) -> Decimal:
        """The points that a perfect attempt earns."""
        return sum((question.points for question in self.questions), Decimal(0))
