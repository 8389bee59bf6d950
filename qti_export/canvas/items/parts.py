"""Questions of several parts that are worth the same each: matching, ordering, blanks and dropdowns.

Each part is a ``response_lid`` of its own with a condition that adds its share.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from lxml import etree

from content.prose import to_html, to_plain
from content.questions import Choice, Dropdowns, FillInBlanks, Matching, Ordering, Question
from content.scoring import to_decimal
from qti_export import qti12
from qti_export.canvas.items.common import add_feedback, add_plain, add_stem, inline_html, new_item
from qti_export.typed_answers import typed_as
from qti_export.xml_tree import add, element


@dataclass(frozen=True, slots=True)
class Option:
    """What can be picked in a part, or is accepted there. ``ident`` is a number.

    Canvas takes the first digits of a right side's ident for its identity, and gives feedback of blanks and dropdowns
    to numbers only.
    """

    ident: str
    text: str
    right: bool = False
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A pair or a blank; ``name`` is what its response is called after, ``html`` what is shown for it, if HTML is."""

    name: str
    options: Sequence[Option]
    html: str = ""


def matching(question: Matching, ident: str, title: str) -> etree._Element:
    """Return the item. Every pair offers the same right sides; Canvas reads them from the first one only.

    A pair's own feedback is left out: Canvas tells it to those who miss the pair.
    """
    parts = _pairs([inline_html(pair.left) for pair in question.pairs], question.rights, question.key)
    return _item(new_item(question, ident, title, "matching_question"), question, parts)


def ordering(question: Ordering, ident: str, title: str) -> etree._Element:
    """Return the item: places 1, 2, ... are matched with the items, as Canvas does with an ordering that it imports.

    Canvas offers right sides by the alphabet, so that their order tells nothing. Items of the same text are one.
    """
    items = list(dict.fromkeys(question.items))
    places = [str(number) for number in range(1, len(question.items) + 1)]
    key = [items.index(item) for item in question.items]
    parts = _pairs(places, [as_right_side(item) for item in items], key)
    return _item(new_item(question, ident, title, "matching_question"), question, parts)


def as_right_side(markdown: str) -> str:
    """Return an item as one line of plain text, which is all that a right side can be."""
    return " ".join((to_plain(markdown, inline=True) or markdown).split())


def _pairs(lefts: Sequence[str], rights: Sequence[str], key: Sequence[int]) -> Iterable[Part]:
    for number, (left, right) in enumerate(zip(lefts, key, strict=True), start=1):
        options = [Option(str(place + 1), text, place == right) for place, text in enumerate(rights)]
        yield Part(str(number), options, left)


def fill_in_blanks(question: FillInBlanks, ident: str, title: str) -> etree._Element:
    """Return the item. Canvas accepts every text that a blank lists, and wants one of them named as right."""
    blanks = {
        blank.name: [Choice(text=typed_as(text), correct=not place) for place, text in enumerate(blank.answers)]
        for blank in question.blanks
    }
    return _item(new_item(question, ident, title, "fill_in_multiple_blanks_question"), question, _named(blanks))


def dropdowns(question: Dropdowns, ident: str, title: str) -> etree._Element:
    """Return the item: a list of choices for each name in the text."""
    lists = {dropdown.name: dropdown.choices for dropdown in question.dropdowns}
    return _item(new_item(question, ident, title, "multiple_dropdowns_question"), question, _named(lists))


def _named(lists: Mapping[str, Sequence[Choice]]) -> Iterable[Part]:
    """Yield the parts. No two options of the question share an ident: Canvas would mix up their keys."""
    number = 0
    for name, choices in lists.items():
        options = []
        for choice in choices:
            number += 1
            options.append(Option(str(number), choice.text, choice.correct, choice.feedback))
        yield Part(name, options)


def _item(item: etree._Element, question: Question, made: Iterable[Part]) -> etree._Element:
    parts = list(made)
    presentation = add_stem(item, to_html(question.stem))
    for part in parts:
        _add_part(presentation, part)
    processing = qti12.add_processing(item)
    told = [(part, option) for part in parts for option in part.options if option.feedback]
    for part, option in told:
        qti12.add_condition(processing, [_picked(part, option)], shows=[f"{option.ident}_fb"], goes_on=True)
    share = f"{to_decimal(Fraction(100, len(parts)))}"
    for part in parts:
        [right] = [option for option in part.options if option.right]
        condition = add(processing, "respcondition", **{"continue": "Yes"})
        add(condition, "conditionvar").append(_picked(part, right))
        add(condition, "setvar", share, action="Add", varname="SCORE")
    add_feedback(item, question, {f"{option.ident}_fb": option.feedback for _, option in told})
    return item


def _add_part(presentation: etree._Element, part: Part) -> None:
    response = add(presentation, "response_lid", ident=_respident(part), rcardinality="Single")
    if part.html:
        qti12.add_material(response, part.html)
    else:
        add_plain(response, part.name)
    rendering = add(response, "render_choice")
    for option in part.options:
        add_plain(add(rendering, "response_label", ident=option.ident), option.text)


def _picked(part: Part, option: Option) -> etree._Element:
    return element("varequal", option.ident, respident=_respident(part))


def _respident(part: Part) -> str:
    """Return the ident of a part's response; what follows the underscore is Canvas's name of the blank."""
    return f"response_{part.name}"
