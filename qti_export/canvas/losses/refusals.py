"""What Canvas cannot take at all."""

from collections.abc import Iterator

from lxml import etree

from content.problem import Problem
from content.questions import Dropdowns, FillInBlanks, Question
from content.quiz import Quiz, Section
from qti_export.report import refusal

STEM_MAX_LENGTH = 16_384
"""Characters of HTML. Canvas's importer puts a notice in place of a longer question text."""


def refused(item: etree._Element, part: Question | Section) -> Iterator[Problem]:
    """Yield an error for each thing about the part's item that would keep it from being answered in Canvas."""
    html = item.findtext("presentation/material/mattext", "")
    if len(html) > STEM_MAX_LENGTH:
        yield refusal(
            "long-stem",
            f"The question text has {len(html):,} characters as HTML; Canvas replaces one above {STEM_MAX_LENGTH:,}.",
            "Shorten it, or move a part of it to a page of the course.",
            part,
        )
    for name in _blanks(part):
        if html.count(f"[{name}]") != 1:
            sentence = f"Canvas would not find the place '[{name}]': as HTML the text has it {_times(html, name)}."
            yield refusal("lost-blank", sentence, "Write it as plain text, not as a part of a link or formula.", part)


def _blanks(part: Question | Section) -> list[str]:
    match part:
        case FillInBlanks():
            return [blank.name for blank in part.blanks]
        case Dropdowns():
            return [dropdown.name for dropdown in part.dropdowns]
        case _:
            return []


def _times(html: str, name: str) -> str:
    count = html.count(f"[{name}]")
    return f"{count} times" if count else "no more"


def reserved_id(quiz: Quiz) -> Problem:
    """Return the error for a quiz whose file would take the name of Canvas's settings file."""
    return refusal("reserved-id", f"Canvas keeps the name '{quiz.id}' for itself.", "Give the quiz another id.", quiz)
