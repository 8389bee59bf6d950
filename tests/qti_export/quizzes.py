"""Quizzes to export: short ways to write one, and any quiz that hypothesis can think of."""

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from content.quiz import (
    Choice,
    Feedback,
    MultipleChoice,
    MultipleResponse,
    PartialCredit,
    Question,
    Quiz,
    Settings,
    TrueFalse,
)


def choices(*texts: str) -> tuple[Choice, ...]:
    """Choices from their texts; a star before the text marks a right one."""
    return tuple(Choice(text=text.removeprefix("*"), correct=text.startswith("*")) for text in texts)


def multiple_choice(**fields: Any) -> MultipleChoice:
    return MultipleChoice(**{"id": "q1", "stem": "Which?", "choices": choices("*yes", "no", "maybe"), **fields})


def multiple_response(**fields: Any) -> MultipleResponse:
    return MultipleResponse(**{"id": "q2", "stem": "Which ones?", "choices": choices("*a", "*b", "c", "d"), **fields})


def true_false(**fields: Any) -> TrueFalse:
    return TrueFalse(**{"id": "q3", "stem": "Is it so?", "choices": choices("*True", "False"), **fields})


def quiz(*questions: Question, **fields: Any) -> Quiz:
    return Quiz(**{"id": "week-1", "title": "Week 1", "questions": questions or (multiple_choice(),), **fields})


ALL_FEEDBACK = Feedback(general="Said always.", correct="Said when right.", incorrect="Said when not.")

# Markdown with everything that XML, HTML and the importers trip over, besides letters of all kinds.
FRAGMENTS = [
    "<b>",
    "&amp;",
    "&",
    "a < b",
    "`<i>x</i>`",
    "**bold**",
    "$x_1$",
    "0",
    "]]>",
    "wrong_b",
    "correct",
    "é",
    "中",
    "🎓",
]
words = st.one_of(
    st.sampled_from(FRAGMENTS), st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=8)
)
texts = st.lists(words, max_size=4).map(" ".join)
some_text = texts.map(lambda text: f"x {text}")
feedbacks = st.builds(Feedback, general=texts, correct=texts, incorrect=texts)
points = st.decimals(min_value=Decimal("0.25"), max_value=Decimal(120), places=2)
common = {
    "stem": some_text,
    "points": points,
    "feedback": feedbacks,
    "tags": st.lists(some_text, max_size=2).map(tuple),
}


@st.composite
def numbered_choices(draw: st.DrawFn, *, right: st.SearchStrategy[set[int]], count: int) -> tuple[Choice, ...]:
    key = draw(right)
    return tuple(
        Choice(text=f"{draw(some_text)} {number}", correct=number in key, feedback=draw(texts))
        for number in range(count)
    )


counts = st.integers(min_value=2, max_value=6)
one_right = counts.flatmap(
    lambda count: numbered_choices(right=st.integers(0, count - 1).map(lambda number: {number}), count=count)
)
some_right = counts.flatmap(
    lambda count: numbered_choices(right=st.sets(st.integers(0, count - 1), min_size=1), count=count)
)
true_or_false = st.builds(
    lambda true_first, true_is_right, told: (
        Choice(text="True", correct=true_is_right, feedback=told),
        Choice(text="False", correct=not true_is_right),
    )[:: 1 if true_first else -1],
    st.booleans(),
    st.booleans(),
    texts,
)
multiple_responses = st.builds(
    MultipleResponse, choices=some_right, partial_credit=st.sampled_from(PartialCredit), **common
)
questions = st.one_of(
    st.builds(MultipleChoice, choices=one_right, **common),
    st.builds(TrueFalse, choices=true_or_false, **common),
    multiple_responses,
)
settings = st.builds(
    Settings,
    shuffle_answers=st.booleans(),
    show_correct_answers=st.booleans(),
    one_question_at_a_time=st.booleans(),
    pass_mark=st.none() | st.decimals(0, 1, places=2),
)
quizzes = st.builds(
    Quiz,
    title=some_text,
    description=texts,
    id=st.just("any-quiz"),
    settings=settings,
    questions=st.lists(questions, min_size=1, max_size=5).map(tuple),
)
