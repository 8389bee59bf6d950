"""Blanks and dropdowns within a text."""

from collections.abc import Sequence

from lxml import etree

from content.questions import Dropdown, Dropdowns, FillInBlanks
from qti_export.blanks import fragments, hidden_blank, place_names
from qti_export.qti.items.item import Item
from qti_export.qti.items.processing import Told
from qti_export.qti.xhtml import PLACE
from qti_export.report import NotExportable
from qti_export.typed_answers import typed_as


def fill_in_blanks(item: Item, question: FillInBlanks) -> None:
    """Type what is missing. Raise NotExportable where a blank would not be seen."""
    interactions = []
    for number, blank in enumerate(question.blanks, start=1):
        texts = [typed_as(text) for text in blank.answers]
        mapped = dict.fromkeys(texts, 1)
        case = question.case_sensitive
        item.declare("string", identifier=_name(number), correct=texts[:1], mapped=mapped, case_sensitive=case)
        interactions.append(item.dialect.element("textEntryInteraction", responseIdentifier=_name(number)))
    _add_text(item, question, interactions)
    item.processing.settle_parts(item.make.is_mapped(_name(number)) for number in _numbers(interactions))


def dropdowns(item: Item, question: Dropdowns) -> None:
    """Pick what is missing. Raise NotExportable where a dropdown would not be seen."""
    interactions = []
    for number, dropdown in enumerate(question.dropdowns, start=1):
        [right] = [_option(place) for place, choice in enumerate(dropdown.choices) if choice.correct]
        item.declare("identifier", identifier=_name(number), correct=[right])
        interactions.append(_list(item, number, dropdown))
        for place, choice in enumerate(dropdown.choices):
            told = item.make.is_choice(_option(place), _name(number))
            feedback = f"{_option(place)}_of_{number}"
            item.processing.show_each([Told(feedback, told, choice.feedback)])
    _add_text(item, question, interactions)
    item.processing.settle_parts(item.make.is_correct(_name(number)) for number in _numbers(interactions))


def _list(item: Item, number: int, dropdown: Dropdown) -> etree._Element:
    attributes = {"responseIdentifier": _name(number), "shuffle": "false"}
    made = item.dialect.element("inlineChoiceInteraction", **attributes)
    for place, choice in enumerate(dropdown.choices):
        item.dialect.add(made, "inlineChoice", choice.text, identifier=_option(place))
    return made


def _add_text(item: Item, question: FillInBlanks | Dropdowns, interactions: Sequence[etree._Element]) -> None:
    found = fragments(question, math="mathml")
    html = found.html[0]
    for place, after in zip(found.places, found.html[1:], strict=True):
        html += f'<{PLACE} n="{place}"></{PLACE}>{after}'
    item.add_blocks(html, interactions)
    for name, interaction in zip(place_names(question), interactions, strict=True):
        if interaction.getparent() is None:
            raise NotExportable([hidden_blank(name, question)])


def _numbers(interactions: Sequence[etree._Element]) -> range:
    return range(1, len(interactions) + 1)


def _name(number: int) -> str:
    return f"RESPONSE_{number}"


def _option(place: int) -> str:
    return f"choice_{place + 1}"
