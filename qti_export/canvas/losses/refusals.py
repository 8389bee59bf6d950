"""What Canvas cannot take at all."""

import re
from collections.abc import Iterator

from content.problem import Problem
from content.prose import to_html
from content.questions import Dropdowns, FillInBlanks, Question
from content.quiz import Quiz, Section
from qti_export import qti12
from qti_export.canvas.manifest import RESERVED_ID
from qti_export.report import refusal
from qti_export.xml_text import Xml

STEM_MAX_LENGTH = 16_384
"""Characters of HTML. Canvas's importer puts a notice in place of a longer question text."""

DESCRIPTION_MAX_BYTES = 500 * 1024
"""Bytes of HTML. A quiz with a longer description does not pass Canvas's own validation."""

TAG = re.compile("<[^>]*>")


def refused(item: Xml, part: Question | Section) -> Iterator[Problem]:
    """Yield an error for each thing about the part's item that would keep it from being answered in Canvas."""
    html = next(qti12.html_of(item))
    if len(html) > STEM_MAX_LENGTH:
        yield refusal(
            "long-stem",
            f"The question text has {len(html):,} characters as HTML; Canvas replaces one above {STEM_MAX_LENGTH:,}.",
            "Shorten it, or move a part of it to a page of the course.",
            part,
        )
    for name in _blanks(part):
        if html.count(f"[{name}]") != 1 or f"[{name}]" not in TAG.sub("", html):
            sentence = f"Canvas would not find the place '[{name}]' in the text once that is HTML."
            yield refusal("lost-blank", sentence, "Write it as plain text, not as a part of a link or comment.", part)


def _blanks(part: Question | Section) -> list[str]:
    match part:
        case FillInBlanks():
            return [blank.name for blank in part.blanks]
        case Dropdowns():
            return [dropdown.name for dropdown in part.dropdowns]
        case _:
            return []


def refused_quiz(quiz: Quiz) -> Iterator[Problem]:
    """Yield an error for each thing about the quiz itself that Canvas would not import."""
    if quiz.id == RESERVED_ID:
        yield refusal(
            "reserved-id", f"Canvas keeps the name '{quiz.id}' for itself.", "Give the quiz another id.", quiz
        )
    if len(to_html(quiz.description).encode()) > DESCRIPTION_MAX_BYTES:
        sentence = "The description has more than 500 kB as HTML, which Canvas does not import."
        yield refusal("long-description", sentence, "Shorten it, or move a part of it to a page of the course.", quiz)
