"""What New Quizzes make of items other than choices, rewritten from the gem `qti` (`V1::Models::Interactions`)."""

import re
from decimal import Decimal

from lxml import etree

from tests.qti_export.packages import metadata

TYPES = {
    "short_answer_question",
    "numerical_question",
    "matching_question",
    "fill_in_multiple_blanks_question",
    "multiple_dropdowns_question",
    "essay_question",
    "file_upload_question",
    "text_only_question",
}


class UnsupportedNumericTypeError(Exception):
    """What the gem raises for a condition of another shape: the whole item is lost."""


def question_type(item: etree._Element) -> str:
    """The type; an essay that scores, or has an answer, is read as a fill-in-the-blank."""
    name = metadata(item)["question_type"]
    assert name in TYPES  # any other spelling falls to guesses about the shape
    if name == "essay_question" and (item.find(".//setvar") is not None or item.find(".//varequal") is not None):
        return "short_answer_question"
    return name


def numbers(item: etree._Element) -> list[tuple[str, Decimal, Decimal]]:
    """The kind and the bounds of each answer."""
    return [_number(condition.find("conditionvar")) for condition in item.iter("respcondition")]


def _number(test: etree._Element | None) -> tuple[str, Decimal, Decimal]:
    assert test is not None
    exact, low, high = (test.findtext(f".//{name}") for name in ("varequal", "vargte", "varlte"))
    if exact and low and high:
        if exact == low == high:
            return "exactResponse", Decimal(exact), Decimal(exact)
        margin = Decimal(exact) - Decimal(low)
        return "marginOfError", Decimal(exact) - margin, Decimal(exact) + margin
    if low and high:
        return "withinARange", Decimal(low), Decimal(high)
    if exact and high and test.findtext(".//vargt"):
        return "preciseResponse", Decimal(exact), Decimal(exact)
    raise UnsupportedNumericTypeError


def accepted(item: etree._Element) -> list[str]:
    """The texts that a short answer accepts: those of the conditions that score."""
    return [test.text or "" for one in item.iter("respcondition") if one.find("setvar") is not None for test in one[0]]


def pairs(item: etree._Element) -> dict[str, str]:
    """The right choice of each part, by the ident of its response."""
    key = {}
    for condition in item.iter("respcondition"):
        test = condition.find("conditionvar/varequal")
        if test is not None and condition.find("setvar") is not None:
            key[test.get("respident", "")] = test.text or ""
    return key


def blanks(item: etree._Element) -> dict[str, list[str]]:
    """The options of each blank, by its name, which must be ASCII."""
    found = {}
    for lid in item.iter("response_lid"):
        name = lid.get("ident", "").removeprefix("response_")
        assert re.fullmatch(r"[A-Za-z0-9_.-]+", name)
        found[name] = [label.findtext("material/mattext") or "" for label in lid.iter("response_label")]
    return found
