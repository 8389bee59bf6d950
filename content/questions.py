"""The kinds of question: frozen data, with no behaviour beyond its own invariants.

All prose (stems, choices, feedback, hints) is Markdown source, as its author wrote it; `content.prose` turns it into
HTML. What is called plain text is shown as it is. Points are exact decimals.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from content.numbers import NumericAnswer
from content.problem import Source

BLANK = re.compile(r"\[([A-Za-z][A-Za-z0-9]*(?:[_-][A-Za-z0-9]+)*)\]")
"""The place of a blank or dropdown in a stem: its name in brackets. New Quizzes know blanks by ASCII names only."""


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
class Question:
    """What all kinds of question share. ``kind`` names the kind in files, reports and pages.

    ``id`` is empty until its author gives one or `content.identity.with_ids` derives it. ``hints`` are Markdown, in
    the order in which a student gets them; ``tags`` and ``outcomes`` (learning outcomes) are plain text.
    ``needs_review`` says what the source did not show (a key, a choice); while it stands, the question may not be
    exported or taken. ``source`` is where the question stood; it takes no part in comparison.
    """

    kind: ClassVar[str]

    stem: str
    id: str = ""
    title: str = ""
    points: Decimal = Decimal(1)
    feedback: Feedback = Feedback()
    hints: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    needs_review: str = ""
    source: Source | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One choice of a question: its text, whether it belongs to the key, and what who picks it is told (Markdown)."""

    text: str
    correct: bool = False
    feedback: str = ""


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
class Accepted:
    """One right answer to a short answer question (plain text), and what who gives it is told (Markdown)."""

    text: str
    feedback: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortAnswer(Question):
    """Type a few words; any of the accepted answers is right. See `content.typed_text` for what makes two the same."""

    kind: ClassVar[str] = "short_answer"

    answers: tuple[Accepted, ...]
    case_sensitive: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Numerical(Question):
    """Type a number; it is right where any of the answers accepts it."""

    kind: ClassVar[str] = "numerical"

    answers: tuple[NumericAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """What belongs together: the left side is shown (Markdown), the right one is picked (plain text).

    ``feedback`` is told to those who match the pair (Markdown).
    """

    left: str
    right: str
    feedback: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching(Question):
    """Find the right side of each pair. Two pairs may share one; ``distractors`` belong to none (plain text)."""

    kind: ClassVar[str] = "matching"

    pairs: tuple[Pair, ...]
    distractors: tuple[str, ...] = ()

    @property
    def rights(self) -> tuple[str, ...]:
        """What can be picked: each right side once, in file order, then the distractors."""
        return (*dict.fromkeys(pair.right for pair in self.pairs), *self.distractors)

    @property
    def key(self) -> tuple[int, ...]:
        """For each pair the position of its right side in ``rights``."""
        places = {right: place for place, right in reversed(list(enumerate(self.rights)))}
        return tuple(places[pair.right] for pair in self.pairs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordering(Question):
    """Bring the items (Markdown) into order; they are given in the right one."""

    kind: ClassVar[str] = "ordering"

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """One blank of a text: its name, which stands in brackets in the stem, and the answers accepted (plain text)."""

    name: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FillInBlanks(Question):
    """Type what is missing at each blank of the stem; answers are compared as in a short answer question."""

    kind: ClassVar[str] = "fill_in_blanks"

    blanks: tuple[Blank, ...]
    case_sensitive: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropdown:
    """One dropdown of a text: its name, which stands in brackets in the stem, and its choices.

    The texts of the choices are plain; exactly one is right.
    """

    name: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropdowns(Question):
    """Pick what is missing at each dropdown of the stem."""

    kind: ClassVar[str] = "dropdowns"

    dropdowns: tuple[Dropdown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Essay(Question):
    """Write a text, which a person grades."""

    kind: ClassVar[str] = "essay"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileUpload(Question):
    """Hand in a file, which a person grades."""

    kind: ClassVar[str] = "file_upload"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBlock(Question):
    """A text among the questions, which asks nothing and is worth nothing: feedback and hints have no meaning here."""

    kind: ClassVar[str] = "text_block"

    points: Decimal = Decimal(0)
