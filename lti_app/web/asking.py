"""What a student sees of a quiz while answering: ready HTML, and nothing of the key or the feedback.

The controls are those of `content.forms`, made without a score, so that no template can show either by mistake.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from content.forms import Prose, Shown, controls
from content.numbers import read_number
from content.questions import ChoiceQuestion, Ordering, Question, TextBlock
from content.quiz import Quiz, Section
from content.scoring import NO_RESPONSE, Response
from lti_app.services.responses import is_answered
from lti_app.services.steps import steps_of
from lti_app.web.languages import say
from lti_app.web.prose import TextPart, block, direction_of
from lti_app.web.typed_numbers import as_typed


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedAnswer:
    """What the tool holds of a student's answer: the response, and the number of the change that made it."""

    response: Response = NO_RESPONSE
    sequence: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedQuestion:
    """A question to answer. ``number`` counts from 1 through the attempt, ``step`` is the one that asks it, from 0.

    ``direction`` is that of its text, ``ltr`` or ``rtl``, which may be another one than the page's.
    """

    number: int
    step: int
    id: str
    kind: str
    points: Decimal
    direction: str
    controls: Markup
    has_hint: bool
    sequence: int
    answered: bool
    understood: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedStep:
    """What one page shows, in order."""

    parts: tuple[TextPart | AskedQuestion, ...]

    @property
    def questions(self) -> tuple[AskedQuestion, ...]:
        """The questions on the page."""
        return tuple(part for part in self.parts if isinstance(part, AskedQuestion))


def ask(quiz: Quiz, answers: Mapping[str, SavedAnswer], seed: int, prose: Prose) -> tuple[AskedStep, ...]:
    """Return the steps of an attempt's quiz, with what is saved already; ``seed`` is the attempt's own."""
    made: list[AskedStep] = []
    number = 0
    for at, step in enumerate(steps_of(quiz)):
        parts: list[TextPart | AskedQuestion] = []
        for one in _with_section(quiz, step):
            if isinstance(one, Section):
                parts.append(TextPart(title=one.title, text=block(prose, one.text)))
            elif isinstance(one, TextBlock):
                parts.append(TextPart(title=one.title, text=block(prose, one.stem)))
            else:
                number += 1
                answer = answers.get(one.id, SavedAnswer())
                typed = as_typed(one, answer.response)
                shown = Shown(quiz=quiz, prose=prose, seed=seed, response=typed, say=say, has_hints=True)
                parts.append(_asked(one, answer, shown, number=number, step=at))
        made.append(AskedStep(parts=tuple(parts)))
    return tuple(made)


def understood(question_kind: str, response: Response) -> str:
    """Return how a typed number is read, in words; empty where nothing was typed, and for other kinds."""
    if question_kind != "numerical" or not isinstance(response, str) or not response.strip():
        return ""
    number = read_number(response)
    if number is None:
        return say("This cannot be read as a number. Write it like 1500, 2.5 or 1.2e-5.")
    return say("Read as %(number)s", number=number)


def _with_section(quiz: Quiz, step: Sequence[Section | Question]) -> tuple[Section | Question, ...]:
    """Return what the step shows; in the middle of a section, the section's text stands above the question again."""
    first = step[0] if step else None
    for section in quiz.parts:
        if isinstance(section, Section) and first in section.parts:
            return (section, *step)
    return tuple(step)


def _asked(question: Question, answer: SavedAnswer, shown: Shown, *, number: int, step: int) -> AskedQuestion:
    return AskedQuestion(
        number=number,
        step=step,
        id=question.id,
        kind=question.kind,
        points=question.points,
        direction=direction_of(question.stem),
        controls=Markup(controls(question, shown)),  # noqa: S704 - escaped and sanitised by content.forms
        has_hint=isinstance(question, ChoiceQuestion | Ordering),
        sequence=answer.sequence,
        answered=is_answered(answer.response),
        understood=understood(question.kind, answer.response),
    )
