"""Quizzes to export, written shortly. For any quiz that there could be see `tests.content.strategies`."""

from decimal import Decimal
from typing import Any

from content.numbers import Exact
from content.questions import (
    Accepted,
    Blank,
    Choice,
    Dropdown,
    Dropdowns,
    Essay,
    Feedback,
    FileUpload,
    FillInBlanks,
    Matching,
    MultipleChoice,
    MultipleResponse,
    Numerical,
    Ordering,
    Pair,
    ShortAnswer,
    TextBlock,
    TrueFalse,
)
from content.quiz import Part, Quiz


def choices(*texts: str) -> tuple[Choice, ...]:
    """Choices from their texts; a star before the text marks a right one."""
    return tuple(Choice(text=text.removeprefix("*"), correct=text.startswith("*")) for text in texts)


def multiple_choice(**fields: Any) -> MultipleChoice:
    return MultipleChoice(**{"id": "q1", "stem": "Which?", "choices": choices("*yes", "no", "maybe"), **fields})


def multiple_response(**fields: Any) -> MultipleResponse:
    return MultipleResponse(**{"id": "q2", "stem": "Which ones?", "choices": choices("*a", "*b", "c", "d"), **fields})


def true_false(**fields: Any) -> TrueFalse:
    return TrueFalse(**{"id": "q3", "stem": "Is it so?", "choices": choices("*True", "False"), **fields})


def short_answer(*texts: str, **fields: Any) -> ShortAnswer:
    answers = tuple(Accepted(text=text) for text in texts or ("Paris",))
    return ShortAnswer(**{"id": "q4", "stem": "What is the capital of France?", "answers": answers, **fields})


def numerical(*answers: Any, **fields: Any) -> Numerical:
    return Numerical(**{"id": "q5", "stem": "How many?", "answers": answers or (Exact(value=Decimal(7)),), **fields})


def matching(**fields: Any) -> Matching:
    pairs = (Pair(left="dog", right="bark"), Pair(left="cat", right="meow"))
    return Matching(**{"id": "q6", "stem": "Who says what?", "pairs": pairs, **fields})


def ordering(*items: str, **fields: Any) -> Ordering:
    return Ordering(**{"id": "q7", "stem": "What comes first?", "items": items or ("one", "two", "three"), **fields})


def fill_in_blanks(stem: str = "The [pet] sat.", **answers: tuple[str, ...]) -> FillInBlanks:
    given = answers or {"pet": ("cat", "dog")}
    return FillInBlanks(id="q8", stem=stem, blanks=tuple(Blank(name=name, answers=given[name]) for name in given))


def dropdowns(stem: str = "The [pet] sat.", **texts: tuple[str, ...]) -> Dropdowns:
    given = texts or {"pet": ("*cat", "car")}
    return Dropdowns(
        id="q9", stem=stem, dropdowns=tuple(Dropdown(name=name, choices=choices(*given[name])) for name in given)
    )


def essay(**fields: Any) -> Essay:
    return Essay(**{"id": "q10", "stem": "Write.", **fields})


def file_upload(**fields: Any) -> FileUpload:
    return FileUpload(**{"id": "q11", "stem": "Hand in.", **fields})


def text_block(**fields: Any) -> TextBlock:
    return TextBlock(**{"id": "q12", "stem": "Read this first.", **fields})


def quiz(*questions: Part, **fields: Any) -> Quiz:
    return Quiz(**{"id": "week-1", "title": "Week 1", "parts": questions or (multiple_choice(),), **fields})


ALL_FEEDBACK = Feedback(general="Said always.", correct="Said when right.", incorrect="Said when not.")
