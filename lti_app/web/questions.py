"""What a page shows of a question: ready HTML, and no more than its reader may see.

`ask` makes what a student sees while answering. It copies stems and choice texts out of the quiz and nothing else, so
that no template can show a key or a feedback by mistake. `review` and `preview` make what is seen with the key.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from markupsafe import Markup

from content.drawing import choice_order
from content.prose import to_html
from content.questions import ChoiceQuestion, Feedback, MultipleResponse
from content.quiz import Quiz
from content.scoring import ChoiceMark, QuizScore, Score


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedAnswer:
    """What the tool holds of a student's answer: the picked positions, and the number of the change that made it."""

    picked: frozenset[int] = frozenset()
    sequence: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedChoice:
    """A choice to pick: its position in the quiz (which is what is sent), its text, whether it is picked."""

    place: int
    text: Markup
    picked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedQuestion:
    """A question to answer. ``several`` says whether more than one choice may be picked."""

    number: int
    id: str
    stem: Markup
    points: Decimal
    several: bool
    sequence: int
    choices: tuple[AskedChoice, ...]

    @property
    def answered(self) -> bool:
        """Whether anything is picked."""
        return any(choice.picked for choice in self.choices)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A mark with its word: right and wrong are never told by colour alone. ``icon`` is a name in _icons.html."""

    icon: str
    word: str


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
    """A question with its key and feedback. ``verdict`` and ``points`` are None where nobody answered (a preview)."""

    number: int
    stem: Markup
    possible: Decimal
    choices: tuple[MarkedChoice, ...]
    feedback: tuple[Told, ...]
    verdict: Mark | None = None
    points: Fraction | None = None


def ask(quiz: Quiz, answers: Mapping[str, SavedAnswer], seed: int) -> tuple[AskedQuestion, ...]:
    """Return the questions to be answered, with what is saved already; ``seed`` is the attempt's own (see `review`)."""
    return tuple(
        _ask(number, question, answers.get(question.id, SavedAnswer()), choice_order(quiz, question, seed))
        for number, question in enumerate(_choice_questions(quiz), start=1)
    )


def review(
    quiz: Quiz, score: QuizScore, seed: int, *, show_key: bool, pick: str = "Your answer"
) -> tuple[MarkedQuestion, ...]:
    """Return the questions of an attempt with what became of each; ``pick`` is what the reader calls a picked choice.

    ``seed`` is the one that the attempt was asked by, so that its choices stand in the order that the student saw.
    Without ``show_key`` a choice that was not picked is not marked, as Canvas does where a quiz does not "let students
    see the correct answers": they learn whether their own picks were right, not what else would have been.
    """
    return tuple(
        _review(number, question, question_score, choice_order(quiz, question, seed), show_key=show_key, pick=pick)
        for number, (question, question_score) in enumerate(
            zip(_choice_questions(quiz), score.scores, strict=True), start=1
        )
    )


def preview(quiz: Quiz) -> tuple[MarkedQuestion, ...]:
    """Return the questions with the key and every feedback, for those who teach."""
    return tuple(
        MarkedQuestion(
            number=number,
            stem=block(question.stem),
            possible=question.points,
            choices=tuple(
                MarkedChoice(
                    text=inline(choice.text),
                    picked=False,
                    mark=Mark(icon="right", word="Right") if choice.correct else Mark(icon="none", word=""),
                    feedback=block(choice.feedback),
                )
                for choice in question.choices
            ),
            feedback=_told(question.feedback, labelled=True),
        )
        for number, question in enumerate(_choice_questions(quiz), start=1)
    )


def _choice_questions(quiz: Quiz) -> list[ChoiceQuestion]:
    """Return the quiz's questions; raise TypeError for a kind that has no page yet, rather than leave one out."""
    questions: list[ChoiceQuestion] = []
    for question in quiz.questions:
        if not isinstance(question, ChoiceQuestion):
            raise TypeError(f"There is no page for questions of the kind {question.kind} yet.")
        questions.append(question)
    return questions


def _ask(number: int, question: ChoiceQuestion, answer: SavedAnswer, order: Sequence[int]) -> AskedQuestion:
    return AskedQuestion(
        number=number,
        id=question.id,
        stem=block(question.stem),
        points=question.points,
        several=isinstance(question, MultipleResponse),
        sequence=answer.sequence,
        choices=tuple(
            AskedChoice(place=place, text=inline(question.choices[place].text), picked=place in answer.picked)
            for place in order
        ),
    )


def _review(
    number: int, question: ChoiceQuestion, score: Score, order: Sequence[int], *, show_key: bool, pick: str
) -> MarkedQuestion:
    return MarkedQuestion(
        number=number,
        stem=block(question.stem),
        possible=score.possible,
        choices=tuple(
            MarkedChoice(
                text=inline(question.choices[place].text),
                picked=score.choices[place].picked,
                mark=_mark(score.choices[place], show_key=show_key, pick=pick),
                feedback=block(score.choices[place].feedback),
            )
            for place in order
        ),
        feedback=_told(score.feedback),
        verdict=_verdict(score),
        points=score.points,
    )


def _mark(mark: ChoiceMark, *, show_key: bool, pick: str) -> Mark:
    if mark.picked:
        return Mark(icon="right", word=f"{pick}, right") if mark.right else Mark(icon="wrong", word=f"{pick}, wrong")
    if mark.right and show_key:
        return Mark(icon="missed", word="Right answer")
    return Mark(icon="none", word="")


def _verdict(score: Score) -> Mark:
    if not any(mark.picked for mark in score.choices):
        return Mark(icon="none", word="No answer")
    if score.is_right:
        return Mark(icon="right", word="Right")
    return Mark(icon="partly", word="Partly right") if score.fraction else Mark(icon="wrong", word="Wrong")


def _told(feedback: Feedback, *, labelled: bool = False) -> tuple[Told, ...]:
    parts = (
        ("Told when right", feedback.correct),
        ("Told when not right", feedback.incorrect),
        ("Told always", feedback.general),
    )
    return tuple(Told(text=block(text), label=label if labelled else "") for label, text in parts if text)


def block(source: str) -> Markup:
    """Return an author's Markdown as HTML of whole paragraphs; formulas become MathML."""
    return Markup(to_html(source, math="mathml"))  # noqa: S704 - sanitised by content.prose


def inline(source: str) -> Markup:
    """Return an author's Markdown as HTML for within a line."""
    return Markup(to_html(source, inline=True, math="mathml"))  # noqa: S704 - sanitised by content.prose
