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
from lti_app.services.policy import Sight
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
    """A question with its key and feedback.

    ``verdict`` and ``points`` are None where nobody answered (a preview), and where they may not be seen.
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
    """An attempt to be shown with what became of it: the quiz as it was drawn, by which seed, and answered.

    ``sight`` is how much of it its reader sees. Without the key a choice that was not picked is not marked, as Canvas
    does where a quiz does not "let students see the correct answers": they learn whether their own answers were right,
    not what else would have been. ``whose`` says who reads it: who has answered, or somebody who teaches.
    """

    quiz: Quiz
    seed: int
    responses: Mapping[str, Response]
    prose: Prose
    sight: Sight
    whose: Whose = "yours"


def review(attempt: Review, score: QuizScore) -> tuple[TextPart | MarkedQuestion, ...]:
    """Return what the attempt asked, in its order, with what became of each answer; nothing where none may be seen."""
    if not attempt.sight.answers:
        return ()
    scores = dict(zip((question.id for question in attempt.quiz.questions), score.scores, strict=True))
    made: list[TextPart | MarkedQuestion] = []
    number = 0
    for one in (one for step in steps_of(attempt.quiz) for one in step):
        if isinstance(one, Section | TextBlock):
            made.append(_text(one, attempt.prose))
        else:
            number += 1
            made.append(review_one(number, one, scores[one.id], attempt))
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


def review_one(number: int, question: Question, score: Score, attempt: Review) -> MarkedQuestion:
    """Return one question of the attempt with what became of its answer."""
    response, prose, sight = attempt.responses.get(question.id), attempt.prose, attempt.sight
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
        parts=given_parts(question, response, score, prose, sight),
        written=response if by_hand and isinstance(response, str) else "",
        key=_key(question, prose) if sight.key and not score.is_right else (),
        feedback=_told(score.feedback, prose) if sight.feedback else (),
        verdict=_verdict(score, sight, answered=is_answered(response)),
        points=score.points if sight.marks and not score.needs_grading else None,
    )


def _choices(question: ChoiceQuestion, score: Score, order: Sequence[int], attempt: Review) -> tuple[MarkedChoice, ...]:
    return tuple(
        MarkedChoice(
            text=inline(attempt.prose, question.choices[place].text),
            picked=score.choices[place].picked,
            mark=_mark(score.choices[place], attempt),
            feedback=block(attempt.prose, score.choices[place].feedback) if attempt.sight.feedback else Markup(),
        )
        for place in order
    )


def _key(question: Question, prose: Prose) -> tuple[Markup, ...]:
    """Return the right answers in words; of a question with choices nothing, since its choices are marked."""
    if isinstance(question, ChoiceQuestion):
        return ()
    return tuple(Markup(line) for line in key_of(question, prose, say))  # noqa: S704 - escaped by content.forms


def _mark(mark: ChoiceMark, attempt: Review) -> Mark:
    if mark.picked and not attempt.sight.marks:
        return Mark(icon="answered", word=gettext("Your answer"))
    if mark.picked:
        right, wrong = PICKED[attempt.whose]
        return Mark(icon="right", word=translated(right)) if mark.right else Mark(icon="wrong", word=translated(wrong))
    if mark.right and attempt.sight.key:
        return Mark(icon="missed", word=ngettext("Right answer", "Right answers", 1))
    return Mark(icon="none", word="")


def _verdict(score: Score, sight: Sight, *, answered: bool) -> Mark | None:
    if not answered:
        return Mark(icon="none", word=gettext("No answer"))
    if not sight.marks:
        return None
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
