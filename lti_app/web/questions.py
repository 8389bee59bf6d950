"""Questions with what became of their answers, and with the key: ready HTML, and no more than its reader may see.

What a student sees while answering is made by `lti_app.web.asking`, which knows neither key nor feedback.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal, TypeAlias

from flask_babel import gettext, ngettext
from markupsafe import Markup, escape

from content.drawing import choice_order
from content.forms import Prose, key_of
from content.questions import ChoiceQuestion, Feedback, Question, TextBlock
from content.quiz import Part, Pool, Quiz, Section
from content.scoring import ChoiceMark, QuizScore, Response, Score
from content.sentences import Sentence
from lti_app.services.responses import is_answered
from lti_app.services.steps import steps_of
from lti_app.web.given import GivenPart, Mark, given_parts
from lti_app.web.languages import say, translated
from lti_app.web.prose import TextPart, block, direction_of, inline

Whose: TypeAlias = Literal["yours", "a student's"]

PICKED: dict[Whose, tuple[str, str]] = {
    "yours": (Sentence("Your answer, right"), Sentence("Your answer, wrong")),
    "a student's": (Sentence("Picked, right"), Sentence("Picked, wrong")),
}
"""What is said of a picked choice that is right, and of one that is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedChoice:
    """A choice with what became of it. ``feedback`` is empty where there is nothing to tell."""

    text: Markup
    picked: bool
    mark: Mark
    feedback: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A feedback about the question as a whole; ``label`` says when it is told, where the page does not show that."""

    text: Markup
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedQuestion:
    """A question with its key and feedback. ``verdict`` and ``points`` are None where nobody answered (a preview).

    ``direction`` is that of its text, ``ltr`` or ``rtl``, which may be another one than the page's.

    ``choices`` or ``parts`` say what was given, or ``written``: an essay, or the name of a file. ``key`` are the right
    answers, line by line, where they are shown and not to be seen in the choices.
    """

    number: int
    id: str
    kind: str
    stem: Markup
    direction: str
    possible: Decimal
    feedback: tuple[Told, ...]
    choices: tuple[MarkedChoice, ...] = ()
    parts: tuple[GivenPart, ...] = ()
    written: str = ""
    key: tuple[Markup, ...] = ()
    verdict: Mark | None = None
    points: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """An attempt to be shown with what became of it: the quiz as it was drawn, by which seed, answered and scored.

    Without ``show_key`` a choice that was not picked is not marked, as Canvas does where a quiz does not "let students
    see the correct answers": they learn whether their own answers were right, not what else would have been. ``whose``
    says who reads it: who has answered, or somebody who teaches.
    """

    quiz: Quiz
    seed: int
    responses: Mapping[str, Response]
    score: QuizScore
    prose: Prose
    show_key: bool
    whose: Whose = "yours"


def review(attempt: Review) -> tuple[TextPart | MarkedQuestion, ...]:
    """Return what the attempt asked, in the order in which it did, with what became of each answer."""
    scores = dict(zip((question.id for question in attempt.quiz.questions), attempt.score.scores, strict=True))
    made: list[TextPart | MarkedQuestion] = []
    number = 0
    for one in (one for step in steps_of(attempt.quiz) for one in step):
        if isinstance(one, Section | TextBlock):
            made.append(_text(one, attempt.prose))
        else:
            number += 1
            made.append(_reviewed(number, one, scores[one.id], attempt))
    return tuple(made)


def preview(quiz: Quiz, prose: Prose) -> tuple[TextPart | MarkedQuestion, ...]:
    """Return all questions, of pools too, with the key and every feedback, for those who teach."""
    made: list[TextPart | MarkedQuestion] = []
    number = 0
    for part in quiz.all_parts:
        if isinstance(part, Question) and not isinstance(part, TextBlock):
            number += 1
            made.append(_previewed(number, part, prose))
        else:
            made.append(_text(part, prose))
    return tuple(made)


def _text(part: Part, prose: Prose) -> TextPart:
    match part:
        case Section():
            return TextPart(title=part.title, text=block(prose, part.text))
        case Pool():
            of = ngettext(
                "Each student gets %(num)s of these %(total)s questions.",
                "Each student gets %(num)s of these %(total)s questions.",
                part.pick,
                total=len(part.questions),
            )
            return TextPart(title=part.title or gettext("A group of questions"), text=escape(of))
        case _:
            return TextPart(title=part.title, text=block(prose, part.stem))


def _previewed(number: int, question: Question, prose: Prose) -> MarkedQuestion:
    choices = question.choices if isinstance(question, ChoiceQuestion) else ()
    return MarkedQuestion(
        number=number,
        id=question.id,
        kind=question.kind,
        stem=block(prose, question.stem),
        direction=direction_of(question.stem),
        possible=question.points,
        choices=tuple(
            MarkedChoice(
                text=inline(prose, choice.text),
                picked=False,
                mark=Mark(icon="right", word=gettext("Right")) if choice.correct else Mark(icon="none", word=""),
                feedback=block(prose, choice.feedback),
            )
            for choice in choices
        ),
        key=_key(question, prose),
        feedback=_told(question.feedback, prose, labelled=True),
    )


def _reviewed(number: int, question: Question, score: Score, attempt: Review) -> MarkedQuestion:
    response, prose = attempt.responses.get(question.id), attempt.prose
    order = choice_order(attempt.quiz, question, attempt.seed) if isinstance(question, ChoiceQuestion) else ()
    by_hand = question.kind in {"essay", "file_upload"}
    return MarkedQuestion(
        number=number,
        id=question.id,
        kind=question.kind,
        stem=block(prose, question.stem),
        direction=direction_of(question.stem),
        possible=score.possible,
        choices=_choices(question, score, order, attempt) if isinstance(question, ChoiceQuestion) else (),
        parts=given_parts(question, response, score, prose),
        written=response if by_hand and isinstance(response, str) else "",
        key=_key(question, prose) if attempt.show_key and not score.is_right else (),
        feedback=_told(score.feedback, prose),
        verdict=_verdict(score, answered=is_answered(response)),
        points=None if score.needs_grading else score.points,
    )


def _choices(question: ChoiceQuestion, score: Score, order: Sequence[int], attempt: Review) -> tuple[MarkedChoice, ...]:
    return tuple(
        MarkedChoice(
            text=inline(attempt.prose, question.choices[place].text),
            picked=score.choices[place].picked,
            mark=_mark(score.choices[place], show_key=attempt.show_key, whose=attempt.whose),
            feedback=block(attempt.prose, score.choices[place].feedback),
        )
        for place in order
    )


def _key(question: Question, prose: Prose) -> tuple[Markup, ...]:
    """Return the right answers in words; of a question with choices nothing, since its choices are marked."""
    if isinstance(question, ChoiceQuestion):
        return ()
    return tuple(Markup(line) for line in key_of(question, prose, say))  # noqa: S704 - escaped by content.forms


def _mark(mark: ChoiceMark, *, show_key: bool, whose: Whose) -> Mark:
    if mark.picked:
        right, wrong = PICKED[whose]
        return Mark(icon="right", word=translated(right)) if mark.right else Mark(icon="wrong", word=translated(wrong))
    if mark.right and show_key:
        return Mark(icon="missed", word=ngettext("Right answer", "Right answers", 1))
    return Mark(icon="none", word="")


def _verdict(score: Score, *, answered: bool) -> Mark:
    if not answered:
        return Mark(icon="none", word=gettext("No answer"))
    if score.needs_grading:
        return Mark(icon="clock", word=gettext("Waits to be graded"))
    if score.is_right:
        return Mark(icon="right", word=gettext("Right"))
    if score.fraction:
        return Mark(icon="partly", word=gettext("Partly right"))
    return Mark(icon="wrong", word=gettext("Wrong"))


def _told(feedback: Feedback, prose: Prose, *, labelled: bool = False) -> tuple[Told, ...]:
    parts = (
        (gettext("Told when right"), feedback.correct),
        (gettext("Told when not right"), feedback.incorrect),
        (gettext("Told always"), feedback.general),
    )
    return tuple(Told(text=block(prose, text), label=label if labelled else "") for label, text in parts if text)
