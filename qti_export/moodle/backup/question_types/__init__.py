"""What a kind of question is in Moodle: its question type, and the records that the type's plugin restores."""

from collections.abc import Callable, Mapping
from typing import Any

from content.questions import (
    Dropdowns,
    Essay,
    FileUpload,
    FillInBlanks,
    Matching,
    MultipleChoice,
    MultipleResponse,
    Numerical,
    Ordering,
    Question,
    ShortAnswer,
    TextBlock,
    TrueFalse,
)
from qti_export.moodle.backup.question_types import arranged, choices, embedded, typed_in, written
from qti_export.moodle.backup.question_types.base import Placed, QuestionType
from qti_export.unwritten import unwritten_kind

__all__ = ["Placed", "QuestionType", "question_type"]

TYPES: Mapping[type[Question], Callable[[Any, Placed], QuestionType]] = {
    MultipleChoice: choices.multiple_choice,
    MultipleResponse: choices.multiple_response,
    TrueFalse: choices.true_false,
    ShortAnswer: typed_in.short_answer,
    Numerical: typed_in.numerical,
    Matching: arranged.matching,
    Ordering: arranged.ordering,
    FillInBlanks: embedded.multianswer,
    Dropdowns: embedded.multianswer,
    Essay: written.essay,
    FileUpload: written.essay,
    TextBlock: written.description,
}


def question_type(question: Question, placed: Placed) -> QuestionType:
    """Return the question's type."""
    make = TYPES.get(type(question))
    if make is None:
        raise unwritten_kind(question, "a Moodle backup")
    return make(question, placed)
