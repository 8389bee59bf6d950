"""The one place where points are decided.

Shares and points are `fractions.Fraction` inside the house: a third of a point is no decimal number, and three thirds
must add up to exactly one. `to_decimal` is the one way out, for a gradebook or a page.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from content.quiz import ChoiceQuestion, Feedback, MultipleResponse, PartialCredit, Question, Quiz

Response: TypeAlias = frozenset[int]
"""What a student answered: the positions of the choices picked, counted from 0 in file order. Empty: no answer."""

NO_RESPONSE: Response = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceMark:
    """What became of one choice: whether it was picked, whether it is right, and the feedback that is told for it.

    ``feedback`` is Markdown; it is empty for a choice that was not picked, as in Canvas and Moodle.
    """

    picked: bool
    right: bool
    feedback: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What one response earns, and what its student is to be told.

    ``fraction`` is the exact share 0..1 of the ``possible`` points. ``feedback`` holds only the parts that apply: the
    correct one where the response is wholly right, else the incorrect one.
    """

    fraction: Fraction
    possible: Decimal
    feedback: Feedback
    choices: tuple[ChoiceMark, ...] = ()

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
        """The points that a perfect attempt earns."""
        return sum((score.possible for score in self.scores), Decimal(0))

    @property
    def fraction(self) -> Fraction:
        """The exact share 0..1 of the possible points; 0 where nothing can be earned."""
        return self.points / Fraction(self.possible) if self.possible else Fraction(0)

    @property
    def passed(self) -> bool | None:
        """Whether the pass mark is reached; None where the quiz has none."""
        return None if self.pass_mark is None else self.fraction >= Fraction(self.pass_mark)


def score(question: Question, response: Response) -> Score:
    """Return what the response earns.

    Raise ValueError for a response that the question's page could not have sent (a choice that is not there, two
    picks where one is allowed) and for a question that has no key yet, TypeError for a kind that nothing can score.
    """
    if not isinstance(question, ChoiceQuestion):
        raise TypeError(f"Questions of the kind {question.kind} have no scoring rule.")
    _refuse_impossible(question, response)
    fraction = _share(question, response)
    told = replace(question.feedback, **{"incorrect" if fraction == 1 else "correct": ""})
    marks = tuple(
        ChoiceMark(
            picked=place in response, right=choice.correct, feedback=choice.feedback if place in response else ""
        )
        for place, choice in enumerate(question.choices)
    )
    return Score(fraction=fraction, possible=question.points, feedback=told, choices=marks)


def score_quiz(quiz: Quiz, responses: Mapping[str, Response]) -> QuizScore:
    """Return what the responses, by question id, earn together; a question without a response earns nothing.

    Raise ValueError where a question has no id of its own, where a response names a question that the quiz does not
    have, and where `score` does.
    """
    ids = [question.id for question in quiz.questions]
    if "" in ids or len(set(ids)) < len(ids):
        raise ValueError("Every question needs an id of its own before it is scored; see content.identity.with_ids.")
    strangers = sorted(set(responses).difference(ids))
    if strangers:
        raise ValueError(f"The quiz has no question with the id {strangers[0]!r}.")
    scores = tuple(score(question, responses.get(question.id, NO_RESPONSE)) for question in quiz.questions)
    return QuizScore(scores=scores, pass_mark=quiz.settings.pass_mark)


def _refuse_impossible(question: ChoiceQuestion, response: Response) -> None:
    count = len(question.choices)
    strangers = sorted(place for place in response if not 0 <= place < count)
    if strangers:
        raise ValueError(f"There is no choice at position {strangers[0]}; the question has {count}, counted from 0.")
    if len(response) > 1 and not isinstance(question, MultipleResponse):
        raise ValueError(f"Only one choice may be picked here, and the response picks {len(response)}.")
    if not question.key:
        raise ValueError("The question has no right choice, so no response to it can be scored.")


def _share(question: ChoiceQuestion, response: Response) -> Fraction:
    right = len(response & question.key)
    if not isinstance(question, MultipleResponse):
        return Fraction(right)
    match question.partial_credit:
        case PartialCredit.ALL_OR_NOTHING:
            return Fraction(response == question.key)
        case PartialCredit.RIGHT_ONLY:
            return Fraction(right, len(question.key))
        case PartialCredit.RIGHT_MINUS_WRONG:
            wrong = len(response - question.key)
            return Fraction(max(0, right - wrong), len(question.key))


def to_decimal(points: Fraction | Decimal, places: int = 5) -> Decimal:
    """Return the points rounded half up to so many places: the one step between exact points and the world.

    Rounded once, from the exact value: 1/3 becomes 0.33333, and 0.000005 becomes 0.00001.
    """
    exact = Fraction(points)
    units = int(abs(exact) * 10**places + Fraction(1, 2))
    return Decimal(f"{units if exact >= 0 else -units}E-{places}")


def format_points(points: Fraction | Decimal, places: int = 2) -> str:
    """Return the points as people write them: ``2.67``, ``1``, ``0.5``."""
    text = f"{to_decimal(points, places):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
