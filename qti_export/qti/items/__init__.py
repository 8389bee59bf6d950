"""Questions as QTI items, with response processing that scores as `content.scoring` does."""

from collections.abc import Callable
from typing import Any

from lxml import etree

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
from qti_export.qti.dialect import Dialect
from qti_export.qti.items import arranged, choices, embedded, typed
from qti_export.qti.items.item import Item
from qti_export.qti.xhtml import Writer
from qti_export.unwritten import unwritten_kind


def _text_block(item: Item, question: TextBlock) -> None:  # noqa: ARG001 - the signature of all kinds
    """Show a text: an item without an interaction keeps its place among the questions, as no rubric would."""
    item.add_stem()


WRITERS: dict[type[Question], Callable[[Item, Any], None]] = {
    MultipleChoice: choices.single_choice,
    TrueFalse: choices.single_choice,
    MultipleResponse: choices.multiple_response,
    ShortAnswer: typed.short_answer,
    Numerical: typed.numerical,
    Essay: typed.essay,
    FileUpload: typed.file_upload,
    Matching: arranged.matching,
    Ordering: arranged.ordering,
    FillInBlanks: embedded.fill_in_blanks,
    Dropdowns: embedded.dropdowns,
    TextBlock: _text_block,
}
"""What fills the item of each kind."""


def new_item(
    question: Question, identifier: str, title: str, dialect: Dialect, writer: Writer, *, shuffles: bool
) -> etree._Element:
    """Return the question's item. ``shuffles`` says whether the quiz shuffles the choices of its questions.

    Raise NotExportable for a kind that is not written, and for a blank that would not be seen.
    """
    fill = WRITERS.get(type(question))
    if fill is None:
        raise unwritten_kind(question, dialect.label)
    item = Item(question, dialect, writer, shuffles=shuffles)
    is_graded = not isinstance(question, TextBlock)
    if is_graded:
        item.processing.show_general()
    fill(item, question)
    return item.finished(identifier, title, is_graded=is_graded)
