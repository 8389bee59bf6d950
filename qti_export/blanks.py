"""Where the blanks and dropdowns of a question stand in its text, once that is HTML."""

import re
from typing import NamedTuple

from content.prose import to_html
from content.questions import BLANK, Dropdowns, FillInBlanks
from qti_export.report import NotExportable, refusal

PLACE = re.compile("\ue000([0-9]+)\ue001")
"""A place by its number, between characters of the private use area, which mean nothing to Markdown."""


class Fragments(NamedTuple):
    """The HTML around the places, one more than there are, and the position of the blank or dropdown at each."""

    html: tuple[str, ...]
    places: tuple[int, ...]


def fragments(question: FillInBlanks | Dropdowns) -> Fragments:
    """Return the stem, cut at its blanks or dropdowns.

    Raise NotExportable where one of them stands where nobody would see it, as in a comment.
    """
    numbers = {name: place for place, name in enumerate(_names(question))}

    def marked(found: re.Match[str]) -> str:
        return f"\ue000{numbers[found[1]]}\ue001" if found[1] in numbers else found[0]

    html = to_html(BLANK.sub(marked, re.sub("[\ue000\ue001]", "", question.stem)))
    cut = PLACE.split(html)
    places = tuple(map(int, cut[1::2]))
    for name, number in numbers.items():
        if places.count(number) != 1:
            sentence = f"The place '[{name}]' is in a part of the text that is not shown."
            raise NotExportable([refusal("hidden-blank", sentence, "Move it into the text itself.", question)])
    return Fragments(tuple(cut[::2]), places)


def _names(question: FillInBlanks | Dropdowns) -> list[str]:
    if isinstance(question, FillInBlanks):
        return [blank.name for blank in question.blanks]
    return [dropdown.name for dropdown in question.dropdowns]
