"""Where the blanks and dropdowns of a question stand in its text, once that is HTML."""

import re
from typing import NamedTuple

from content.problem import Problem
from content.prose import Math, to_html
from content.questions import BLANK, Dropdowns, FillInBlanks
from qti_export.report import NotExportable, refusal

PLACE = re.compile("\ue000([0-9]+)\ue001")
"""A place by its number, between characters of the private use area, which mean nothing to Markdown."""


class Fragments(NamedTuple):
    """The HTML around the places, one more than there are, and the position of the blank or dropdown at each."""

    html: tuple[str, ...]
    places: tuple[int, ...]


def fragments(question: FillInBlanks | Dropdowns, *, math: Math = "tex") -> Fragments:
    """Return the stem, cut at its blanks or dropdowns.

    Raise NotExportable where one of them stands where nobody would see it, as in a comment or in the alt text of a
    picture.
    """
    numbers = {name: place for place, name in enumerate(place_names(question))}

    def marked(found: re.Match[str]) -> str:
        return f"\ue000{numbers[found[1]]}\ue001" if found[1] in numbers else found[0]

    html = to_html(BLANK.sub(marked, re.sub("[\ue000\ue001]", "", question.stem)), math=math)
    shown = [int(found[1]) for found in PLACE.finditer(html) if not _is_in_tag(html, found.start())]
    cut = PLACE.split(html)
    places = tuple(map(int, cut[1::2]))
    for name, number in numbers.items():
        if places.count(number) != 1 or number not in shown:
            raise NotExportable([hidden_blank(name, question)])
    return Fragments(tuple(cut[::2]), places)


def _is_in_tag(html: str, place: int) -> bool:
    """Return whether the place is in a tag, as in an attribute; in text and in attributes ``<`` is ``&lt;``."""
    return html.rfind("<", 0, place) > html.rfind(">", 0, place)


def hidden_blank(name: str, question: FillInBlanks | Dropdowns) -> Problem:
    """Return the refusal of a question with a blank that nobody would see."""
    sentence = f"The place '[{name}]' is in a part of the text that is not shown."
    return refusal("hidden-blank", sentence, "Move it into the text itself.", question)


def place_names(question: FillInBlanks | Dropdowns) -> list[str]:
    """Return the names of the blanks or dropdowns, in file order."""
    if isinstance(question, FillInBlanks):
        return [blank.name for blank in question.blanks]
    return [dropdown.name for dropdown in question.dropdowns]
