"""A form as a browser has it: read from its HTML, filled in, and sent."""

from collections import defaultdict

from lxml import html

from content.drawing import choice_order
from content.forms import Fields
from content.forms.controls import field_name
from content.forms.orders import shown_order
from content.questions import (
    ChoiceQuestion,
    Dropdowns,
    FillInBlanks,
    Matching,
    Ordering,
    Question,
)
from content.quiz import Quiz
from content.scoring import Response


def fields_of(page: str) -> Fields:
    """What the form's fields would send now."""
    sent: defaultdict[str, list[str]] = defaultdict(list)
    for field in html.fromstring(page).iter("input", "select", "textarea"):
        name = field.get("name")
        if field.tag == "select":
            chosen = field.xpath("option[@selected]")
            sent[name].append((chosen or field.xpath("option"))[0].get("value"))
        elif field.tag == "textarea":
            sent[name].append((field.text or "").replace("\r\n", "\n"))
        elif field.get("type") not in ("radio", "checkbox") or field.get("checked") is not None:
            sent[name].append(field.get("value", ""))
    return sent


def fill(question: Question, response: Response, quiz: Quiz, seed: int) -> Fields:
    """What a person sends who answers like this; `response_of` must find it again."""
    match question:
        case ChoiceQuestion():
            order = choice_order(quiz, question, seed)
            return {field_name(question): [str(order.index(place)) for place in response or ()]}
        case Matching():
            order = shown_order(question, seed)
            given = response or (None,) * len(question.pairs)
            shown = ["" if place is None else str(order.index(place)) for place in given]
            return {field_name(question, at): [value] for at, value in enumerate(shown)}
        case Ordering():
            order = shown_order(question, seed)
            places = [str(response.index(place) + 1) if response else "" for place in order]
            return {field_name(question, at): [place] for at, place in enumerate(places)}
        case FillInBlanks(blanks=parts) | Dropdowns(dropdowns=parts):
            given = response or {}
            return {field_name(question, at): [str(given.get(part.name, ""))] for at, part in enumerate(parts)}
        case _:
            return {field_name(question): [response or ""]}
