"""What was given as the answer to a question without choices, part by part, with what became of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import singledispatch

from flask_babel import gettext
from markupsafe import Markup, escape

from content.forms import Prose
from content.questions import Dropdowns, FillInBlanks, Matching, Numerical, Ordering, Question, ShortAnswer
from content.scoring import PartMark, Response, Score
from lti_app.services.policy import Sight
from lti_app.web.prose import inline


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A mark with its word: right and wrong are never told by colour alone. ``icon`` is a name in _icons.html."""

    icon: str
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenPart:
    """One part of an answer: what it belongs to (may be empty), what was given, its mark, and what is told of it."""

    label: Markup
    given: Markup
    mark: Mark
    feedback: Markup


def given_parts(
    question: Question, response: Response, score: Score, prose: Prose, sight: Sight
) -> tuple[GivenPart, ...]:
    """Return the parts, as far as the reader sees them; none for kinds with choices or for a person to grade."""
    rows = list(_rows(question, response, prose))
    return tuple(
        GivenPart(
            label=label,
            given=given or escape(gettext("No answer")),
            mark=_mark(mark, given, sight),
            feedback=inline(prose, mark.feedback) if sight.feedback else Markup(),
        )
        for (label, given), mark in zip(rows, score.parts if rows else (), strict=True)
    )


def _mark(mark: PartMark, given: Markup, sight: Sight) -> Mark:
    if not given:
        return Mark(icon="none", word="")
    if not sight.marks:
        return Mark(icon="answered", word="")
    return Mark(icon="right", word=gettext("Right")) if mark.right else Mark(icon="wrong", word=gettext("Not right"))


@singledispatch
def _rows(question: Question, response: Response, prose: Prose) -> Iterator[tuple[Markup, Markup]]:  # noqa: ARG001
    """Yield label and given text of each part, in the order of ``Score.parts``."""
    yield from ()


@_rows.register(ShortAnswer)
@_rows.register(Numerical)
def _typed(question: Question, response: Response, prose: Prose) -> Iterator[tuple[Markup, Markup]]:  # noqa: ARG001
    yield Markup(), escape(response or "")


@_rows.register
def _matching(question: Matching, response: Response, prose: Prose) -> Iterator[tuple[Markup, Markup]]:
    places = response if isinstance(response, tuple) else (None,) * len(question.pairs)
    for pair, place in zip(question.pairs, places, strict=True):
        yield inline(prose, pair.left), escape("" if place is None else question.rights[place])


@_rows.register
def _ordering(question: Ordering, response: Response, prose: Prose) -> Iterator[tuple[Markup, Markup]]:
    places = response if isinstance(response, tuple) else (None,) * len(question.items)
    for number, place in enumerate(places, start=1):
        yield escape(f"{number}."), Markup() if place is None else inline(prose, question.items[place])


@_rows.register
def _blanks(question: FillInBlanks, response: Response, prose: Prose) -> Iterator[tuple[Markup, Markup]]:  # noqa: ARG001
    typed = response if isinstance(response, Mapping) else {}
    for blank in question.blanks:
        yield escape(f"[{blank.name}]"), escape(typed.get(blank.name, ""))


@_rows.register
def _dropdowns(question: Dropdowns, response: Response, prose: Prose) -> Iterator[tuple[Markup, Markup]]:  # noqa: ARG001
    picked = response if isinstance(response, Mapping) else {}
    for dropdown in question.dropdowns:
        place = picked.get(dropdown.name)
        yield escape(f"[{dropdown.name}]"), escape(dropdown.choices[place].text if isinstance(place, int) else "")
