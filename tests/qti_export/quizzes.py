"""Quizzes to export, written shortly. For any quiz that there could be see `tests.content.strategies`."""

from typing import Any

from content.questions import (
    Choice,
    Feedback,
    MultipleChoice,
    MultipleResponse,
    Question,
    TrueFalse,
)
from content.quiz import Quiz


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
    return Quiz(**{"id": "week-1", "title": "Week 1", "parts": questions or (multiple_choice(),), **fields})


ALL_FEEDBACK = Feedback(general="Said always.", correct="Said when right.", incorrect="Said when not.")
