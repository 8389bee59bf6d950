"""A question of each kind other than choices, written shortly; `tests.qti_export.quizzes` has those."""

from decimal import Decimal
from typing import Any

from content.numbers import Exact
from content.questions import (
    Accepted,
    Blank,
    Dropdown,
    Dropdowns,
    Essay,
    FileUpload,
    FillInBlanks,
    Matching,
    Numerical,
    Ordering,
    Pair,
    ShortAnswer,
    TextBlock,
)
from tests.qti_export.quizzes import choices


def short_answer(*answers: str, **fields: Any) -> ShortAnswer:
    given = tuple(Accepted(text=text) for text in answers or ("Paris", "City of Light"))
    return ShortAnswer(**{"id": "sa", "stem": "Which city?", "answers": given, **fields})


def numerical(*answers: Any, **fields: Any) -> Numerical:
    given = answers or (Exact(value=Decimal("1.50")),)
    return Numerical(**{"id": "num", "stem": "How many?", "answers": given, **fields})


def pairs(*texts: str) -> tuple[Pair, ...]:
    """Pairs from texts such as ``left -> right``."""
    return tuple(Pair(left=left, right=right) for left, _, right in (text.partition(" -> ") for text in texts))


def matching(*texts: str, **fields: Any) -> Matching:
    given = pairs(*texts or ("France -> Paris", "Italy -> Rome"))
    return Matching(**{"id": "match", "stem": "Which is whose?", "pairs": given, **fields})


def ordering(*items: str, **fields: Any) -> Ordering:
    return Ordering(**{"id": "order", "stem": "In which order?", "items": items or ("one", "two", "three"), **fields})


def fill_in_blanks(**fields: Any) -> FillInBlanks:
    blanks = (Blank(name="who", answers=("cat", "kitten")), Blank(name="where", answers=("mat",)))
    return FillInBlanks(**{"id": "fill", "stem": "The [who] sat on the [where].", "blanks": blanks, **fields})


def dropdowns(**fields: Any) -> Dropdowns:
    lists = (
        Dropdown(name="who", choices=choices("*cat", "dog")),
        Dropdown(name="where", choices=choices("sea", "*mat", "cat")),
    )
    return Dropdowns(**{"id": "drop", "stem": "The [who] sat on the [where].", "dropdowns": lists, **fields})


def essay(**fields: Any) -> Essay:
    return Essay(**{"id": "essay", "stem": "Tell us.", **fields})


def file_upload(**fields: Any) -> FileUpload:
    return FileUpload(**{"id": "file", "stem": "Hand it in.", **fields})


def text_block(**fields: Any) -> TextBlock:
    return TextBlock(**{"id": "text", "stem": "Read this.", **fields})
