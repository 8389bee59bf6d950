"""Response processing of QTI 1.2 as its specification has it (ASI Information Model 1.2, response processing).

Conditions are looked at in their order; one that holds sets the score and shows its feedback, and unless it goes on it
is the last.
"""

from collections.abc import Collection
from fractions import Fraction
from typing import NamedTuple

from lxml import etree


class Result(NamedTuple):
    score: Fraction
    shown: tuple[str, ...]


def run(item: etree._Element, given: Collection[str]) -> Result:
    """The share earned by these responses (idents of choices, or a text), and the idents of the feedback shown."""
    score, shown = Fraction(0), []
    for condition in item.iterfind("resprocessing/respcondition"):
        if not any(holds(test, given) for test in condition.find("conditionvar")):
            continue
        for setvar in condition.iterfind("setvar"):
            assert (setvar.get("varname"), setvar.get("action")) == ("SCORE", "Set")
            score = Fraction(setvar.text) / 100
        shown += [one.get("linkrefid") for one in condition.iterfind("displayfeedback")]
        if condition.get("continue") == "No":
            break
    assert set(shown) <= {feedback.get("ident") for feedback in item.iterfind("itemfeedback")}
    return Result(score, tuple(shown))


def holds(test: etree._Element, given: Collection[str]) -> bool:
    match test.tag:
        case "other":
            return True
        case "and":
            return all(holds(inner, given) for inner in test)
        case "not":
            return not holds(test[0], given)
        case "varequal":
            if test.get("case") == "Yes":
                return test.text in given
            return (test.text or "").lower() in {text.lower() for text in given}
    raise AssertionError(test.tag)
