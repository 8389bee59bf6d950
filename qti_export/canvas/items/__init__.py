"""Questions as QTI 1.2 items in the shape of Canvas's own export, which Classic and New Quizzes both read whole."""

from collections.abc import Callable
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
from qti_export.canvas.items import choices, parts, texts, typed
from qti_export.canvas.items.texts import section_head
from qti_export.unwritten import unwritten_kind
from qti_export.xml_text import Xml

__all__ = ["new_item", "section_head"]

WRITERS: dict[type[Question], Callable[[Any, str, str], Xml]] = {
    MultipleChoice: choices.multiple_choice,
    TrueFalse: choices.true_false,
    MultipleResponse: choices.multiple_response,
    ShortAnswer: typed.short_answer,
    Numerical: typed.numerical,
    Essay: typed.essay,
    FileUpload: typed.file_upload,
    Matching: parts.matching,
    Ordering: parts.ordering,
    FillInBlanks: parts.fill_in_blanks,
    Dropdowns: parts.dropdowns,
    TextBlock: texts.text_block,
}
"""What writes the item of each kind, from the question, its ident and its title."""


def new_item(question: Question, ident: str, title: str) -> Xml:
    """Return the question's item. Raise NotExportable for a kind that is not written."""
    write = WRITERS.get(type(question))
    if write is None:
        raise unwritten_kind(question, "Canvas")
    return write(question, ident, title)
