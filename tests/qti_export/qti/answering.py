"""Responses of ours as those of a delivery engine, found by what a student sees: choices by their places, and so on.

A typed text comes without blanks around it, as QTI leaves open and as every engine may hand it over.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from lxml import etree

from content.numbers import read_number
from content.questions import (
    ChoiceQuestion,
    Dropdowns,
    FillInBlanks,
    Matching,
    MultipleResponse,
    Numerical,
    Ordering,
    Question,
    ShortAnswer,
)
from content.scoring import Response
from content.typed_text import fold
from qti_export.blanks import fragments
from tests.qti_export.qti.interpreter import Value, single

Responses = dict[str, Value | None]


def responses_of(question: Question, response: Any, item: etree._Element) -> Responses:
    """What a student sends who answers the item as the response says."""
    body = item.find("itemBody")
    fields = [node for node in body.iter() if isinstance(node.tag, str) and node.get("responseIdentifier")]
    match question:
        case FillInBlanks():
            names = [question.blanks[place].name for place in fragments(question, math="mathml").places]
            return {_name(one): _text((response or {}).get(name, "")) for name, one in zip(names, fields, strict=True)}
        case Dropdowns():
            names = [question.dropdowns[place].name for place in fragments(question, math="mathml").places]
            given = zip(names, fields, strict=True)
            return {_name(one): _picked(one, "inlineChoice", (response or {}).get(name)) for name, one in given}
    [field] = fields
    return {_name(field): _one(question, response, field)}


def _one(question: Question, response: Response, field: etree._Element) -> Value | None:
    match question:
        case MultipleResponse():
            return _container("multiple", "identifier", [_choices(field)[place] for place in sorted(response or ())])
        case ChoiceQuestion():
            return single("identifier", _choices(field)[next(iter(response))]) if response else None
        case ShortAnswer():
            return _text(response or "")
        case Numerical():
            number = read_number(response or "")
            return None if number is None else single("float", Fraction(number))
        case Matching():
            lefts, rights = (
                [one.get("identifier") for one in side.iterfind("simpleAssociableChoice")]
                for side in field.iterfind("simpleMatchSet")
            )
            given = zip(lefts, response or [None] * len(lefts), strict=True)
            pairs = [(left, rights[place]) for left, place in given if place is not None]
            return _container("multiple", "directedPair", pairs)
        case Ordering():
            return _container("ordered", "identifier", [_choices(field)[place] for place in response or ()])
        case _:
            return None


def _name(field: etree._Element) -> str:
    return field.get("responseIdentifier", "")


def _choices(field: etree._Element, tag: str = "simpleChoice") -> list[str]:
    return [choice.get("identifier", "") for choice in field.iterfind(tag)]


def _picked(field: etree._Element, tag: str, place: int | None) -> Value | None:
    return None if place is None else single("identifier", _choices(field, tag)[place])


def _text(text: str) -> Value | None:
    typed = fold(text, case_sensitive=True)
    return single("string", typed) if typed else None


def _container(cardinality: str, base_type: str, items: Sequence[Any]) -> Value | None:
    return Value(cardinality, base_type, tuple(items)) if items else None
