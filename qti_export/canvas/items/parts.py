"""Questions of several parts that are worth the same each: matching, ordering, blanks and dropdowns.

Each part is a ``response_lid`` of its own with a condition that adds its share.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from content.prose import to_html, to_plain
from content.questions import Choice, Dropdowns, FillInBlanks, Matching, Ordering, Question
from content.scoring import to_decimal
from qti_export import qti12
from qti_export.canvas.items.common import feedback, inline_html, new_item, plain
from qti_export.typed_answers import typed_as
from qti_export.xml_text import Xml, element


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


def matching(question: Matching, ident: str, title: str) -> Xml:
    """Return the item. Every pair offers the same right sides; Canvas reads them from the first one only.

    A pair's own feedback is left out: Canvas tells it to those who miss the pair.
    """
    parts = _pairs([inline_html(pair.left) for pair in question.pairs], question.rights, question.key)
    return new_item(question, ident, title, "matching_question", *_content(question, parts))


def ordering(question: Ordering, ident: str, title: str) -> Xml:
    """Return the item: places 1, 2, ... are matched with the items, as Canvas does with an ordering that it imports.

    Canvas offers right sides by the alphabet, so that their order tells nothing. Items of the same text are one.
    """
    items = list(dict.fromkeys(question.items))
    places = [str(number) for number in range(1, len(question.items) + 1)]
    key = [items.index(item) for item in question.items]
    parts = _pairs(places, [as_right_side(item) for item in items], key)
    return new_item(question, ident, title, "matching_question", *_content(question, parts))


def as_right_side(markdown: str) -> str:
    """Return an item as one line of plain text, which is all that a right side can be."""
    return " ".join((to_plain(markdown, inline=True) or markdown).split())


def _pairs(lefts: Sequence[str], rights: Sequence[str], key: Sequence[int]) -> Iterable[Part]:
    for number, (left, right) in enumerate(zip(lefts, key, strict=True), start=1):
        options = [Option(str(place + 1), text, place == right) for place, text in enumerate(rights)]
        yield Part(str(number), options, left)


def fill_in_blanks(question: FillInBlanks, ident: str, title: str) -> Xml:
    """Return the item. Canvas accepts every text that a blank lists, and wants one of them named as right."""
    blanks = {
        blank.name: [Choice(text=typed_as(text), correct=not place) for place, text in enumerate(blank.answers)]
        for blank in question.blanks
    }
    return new_item(question, ident, title, "fill_in_multiple_blanks_question", *_content(question, _named(blanks)))


def dropdowns(question: Dropdowns, ident: str, title: str) -> Xml:
    """Return the item: a list of choices for each name in the text."""
    lists = {dropdown.name: dropdown.choices for dropdown in question.dropdowns}
    return new_item(question, ident, title, "multiple_dropdowns_question", *_content(question, _named(lists)))


def _named(lists: Mapping[str, Sequence[Choice]]) -> Iterable[Part]:
    """Yield the parts. No two options of the question share an ident: Canvas would mix up their keys."""
    number = 0
    for name, choices in lists.items():
        options = []
        for choice in choices:
            number += 1
            options.append(Option(str(number), choice.text, choice.correct, choice.feedback))
        yield Part(name, options)


def _content(question: Question, made: Iterable[Part]) -> list[Xml]:
    """Return what stands in the item: every part as a response, and the condition that adds its share."""
    parts = list(made)
    told = [(part, option) for part in parts for option in part.options if option.feedback]
    shows = [
        qti12.condition(_picked(part, option), shows=[f"{option.ident}_fb"], goes_on=True) for part, option in told
    ]
    share = f"{to_decimal(Fraction(100, len(parts)))}"
    return [
        qti12.presentation(to_html(question.stem), *map(_response, parts)),
        qti12.processing(*shows, *(_adds(share, part) for part in parts)),
        *feedback(question, {f"{option.ident}_fb": option.feedback for _, option in told}),
    ]


def _response(part: Part) -> Xml:
    shown = qti12.material(part.html) if part.html else plain(part.name)
    labels = [element("response_label", plain(option.text), ident=option.ident) for option in part.options]
    choices = element("render_choice", *labels)
    return element("response_lid", shown, choices, ident=_respident(part), rcardinality="Single")


def _adds(share: str, part: Part) -> Xml:
    """Return the condition that adds the share where the part is right."""
    [right] = [option for option in part.options if option.right]
    test = element("conditionvar", _picked(part, right))
    effect = element("setvar", share, action="Add", varname="SCORE")
    return element("respcondition", test, effect, **{"continue": "Yes"})


def _picked(part: Part, option: Option) -> Xml:
    return element("varequal", option.ident, respident=_respident(part))


def _respident(part: Part) -> str:
    """Return the ident of a part's response; what follows the underscore is Canvas's name of the blank."""
    return f"response_{part.name}"
