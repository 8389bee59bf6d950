"""What scoring takes and returns: responses, and what they earn."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from content.questions import Feedback

Picks: TypeAlias = frozenset[int]
"""Of a question with choices: the positions of those picked, counted from 0 in file order."""

Response: TypeAlias = Picks | str | tuple[int | None, ...] | Mapping[str, str] | Mapping[str, int] | None
"""What a student answered; None where nothing.

- Choices: `Picks`. Short answer, numerical, essay: the text as it was typed. File upload: the name of the file.
- Matching: for each pair a position in ``rights``, or None. Ordering: the positions of the items, in the order given.
- Blanks: by name the text typed. Dropdowns: by name the position of the choice. A name may be left out.
"""

NO_RESPONSE: Response = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceMark:
    """What became of one choice: whether it was picked, whether it is right, and the feedback that is told for it.

    ``feedback`` is Markdown; it is empty for a choice that was not picked, as in Canvas and Moodle.
    """

    picked: bool
    right: bool
    feedback: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartMark:
    """What became of one part of a response: whether it is right, and the feedback that is told for it (Markdown)."""

    right: bool
    feedback: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What one response earns, and what its student is to be told.

    ``fraction`` is the exact share 0..1 of the ``possible`` points. ``feedback`` holds only the parts that apply: the
    correct one where the response is wholly right, else the incorrect one. ``choices`` says what became of each choice
    of a question with choices; ``parts`` of each pair, place in the order, blank or dropdown, or of the one typed
    answer. ``needs_grading`` says that a person decides; until then the fraction is 0.
    """

    fraction: Fraction
    possible: Decimal
    feedback: Feedback
    choices: tuple[ChoiceMark, ...] = ()
    parts: tuple[PartMark, ...] = ()
    needs_grading: bool = False

    @property
    def points(self) -> Fraction:
        """The points earned, exact."""
        return self.fraction * Fraction(self.possible)

    @property
    def is_right(self) -> bool:
        """Whether the response earns all there is."""
        return self.fraction == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizScore:
    """What one attempt earns: a score for each question, in the quiz's order."""

    scores: tuple[Score, ...]
    pass_mark: Decimal | None = None

    @property
    def points(self) -> Fraction:
        """The points earned, exact."""
        return sum((score.points for score in self.scores), Fraction(0))

    @property
    def possible(self) -> Decimal:
        """The points that could be earned."""
        return sum((score.possible for score in self.scores), Decimal(0))

    @property
    def fraction(self) -> Fraction:
        """The exact share 0..1 of the possible points; 0 where nothing can be earned."""
        return self.points / Fraction(self.possible) if self.possible else Fraction(0)

    @property
    def needs_grading(self) -> bool:
        """Whether a person has to decide on a response before the points are final."""
        return any(score.needs_grading for score in self.scores)

    @property
    def passed(self) -> bool | None:
        """Whether the pass mark is reached; None where the quiz has none."""
        return None if self.pass_mark is None else self.fraction >= Fraction(self.pass_mark)
