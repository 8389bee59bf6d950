"""What Classic Quizzes make of items other than choices, rewritten from Canvas's sources, independent of the exporter.

The importers are gems/plugins/qti_exporter (`FillInTheBlank`, `NumericInteraction`, `AssociateInteraction`,
`ExtendedTextInteraction`); the scoring is app/models/quizzes/quiz_question.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from lxml import etree

from tests.qti_export.canvas.importers import classic_comments, classic_feedbacks, classic_seen, mattext
from tests.qti_export.packages import metadata


@dataclass
class Number:
    """A numerical answer: Canvas holds floats, and reckons with their decimal digits."""

    low: Decimal
    high: Decimal
    kind: str
    comment: str = ""


@dataclass
class Place:
    """A pair, a blank or a dropdown: what is seen of it, what can be picked or is accepted, and which is right."""

    seen: str
    options: dict[str, str]
    right: set[str] = field(default_factory=set)
    comments: dict[str, str] = field(default_factory=dict)


@dataclass
class Classic:
    """A question as it lies in Canvas after the import."""

    type: str
    points: Fraction
    stem: str
    comments: dict[str, str]
    texts: dict[str, str] = field(default_factory=dict)
    numbers: list[Number] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)

    def score_text(self, typed: str) -> int:
        return int(any(_compared(text) == _compared(typed) for text in self.texts))

    def score_number(self, number: Decimal | None) -> int:
        return int(number is not None and any(one.low <= number <= one.high for one in self.numbers))

    def score_picks(self, picks: Mapping[str, str]) -> Fraction:
        right = sum(picks.get(name) in place.right for name, place in self.places.items())
        return Fraction(right, len(self.places))

    def score_blanks(self, typed: Mapping[str, str]) -> Fraction:
        right = 0
        for name, place in self.places.items():
            accepted = [_compared(text) for text in place.options.values()]
            right += bool(typed.get(name)) and _compared(typed[name]) in accepted
        return Fraction(right, len(self.places))


def _compared(text: str) -> str:
    return text.strip().lower()


def read(item: etree._Element) -> Classic:
    fields = metadata(item)
    question = Classic(
        type=fields["question_type"],
        points=Fraction(fields["points_possible"]),
        stem=mattext(item.find("presentation")),
        comments=classic_comments(item),
    )
    readers = {
        "short_answer_question": _short_answer,
        "numerical_question": _numerical,
        "matching_question": _matching,
        "fill_in_multiple_blanks_question": _blanks,
        "multiple_dropdowns_question": _dropdowns,
    }
    if question.type in readers:
        readers[question.type](item, question)
    else:
        assert question.type in {"essay_question", "file_upload_question", "text_only_question"}
    return question


def _short_answer(item: etree._Element, question: Classic) -> None:
    told = classic_feedbacks(item)
    for test in item.iter("varequal"):
        question.texts.setdefault(test.text or "", "")
    for condition in item.iter("respcondition"):
        shown, test = condition.find("displayfeedback"), condition.find("conditionvar/varequal")
        if shown is not None and test is not None:
            question.texts[test.text or ""] = told[shown.get("linkrefid", "")]
    if not question.texts:
        question.type = "essay_question"


def _numerical(item: etree._Element, question: Classic) -> None:
    told = classic_feedbacks(item)
    for condition in item.iter("respcondition"):
        answer = _margin(condition) if condition.find("conditionvar/or") is not None else _range(condition)
        if answer is not None:
            shown = condition.find("displayfeedback")
            answer.comment = "" if shown is None else told[shown.get("linkrefid", "")]
            question.numbers.append(answer)


def _to_f(text: str | None) -> Decimal:
    """A float of what a text begins with, 0 where that is no number; then the decimal that it is written as."""
    found = re.match(r"\s*[+-]?\d+(\.\d+)?([eE][+-]?\d+)?", text or "")
    return Decimal(repr(float(found[0]))) if found else Decimal(0)


def _margin(condition: etree._Element) -> Number | None:
    exact, high = condition.find("conditionvar/or/varequal"), condition.find("conditionvar/or/and/varlte")
    if exact is None or high is None:
        return None
    margin = _to_f(high.text) - _to_f(exact.text)  # the lower bound is not looked at
    value = _to_f(exact.text)
    kind = "precision" if condition.find("conditionvar/or/and/vargt") is not None else "exact"
    return Number(value - margin, value + margin, kind)


def _range(condition: etree._Element) -> Number | None:
    low, high = condition.find("conditionvar/vargte"), condition.find("conditionvar/varlte")
    return None if low is None or high is None else Number(_to_f(low.text), _to_f(high.text), "range")


def _matching(item: etree._Element, question: Classic) -> None:
    """Right sides come from the first pair only, and each is known by the first digits in its ident."""
    lids = list(item.iter("response_lid"))
    rights = {_match_id(label.get("ident", "")): _plain(label) for label in lids[0].iter("response_label")}
    assert len(rights) == len(list(lids[0].iter("response_label")))
    for lid in lids:
        question.places[lid.get("ident", "")] = Place(classic_seen(mattext(lid)), rights)
    for condition in item.iter("respcondition"):
        test = condition.find("conditionvar/varequal")
        if test is not None and float(condition.findtext("setvar") or 0) > 0:
            question.places[test.get("respident", "")].right = {_match_id(test.text or "")}


def _match_id(ident: str) -> str:
    found = re.search(r"\d+", ident)
    assert found
    return found[0]


def _blanks(item: etree._Element, question: Classic) -> None:
    """All that a blank lists is accepted, whatever the conditions say."""
    _named_places(item, question)
    for place in question.places.values():
        place.right = set(place.options)


def _dropdowns(item: etree._Element, question: Classic) -> None:
    """The key goes by the ident of a choice alone: the same one in two dropdowns would get the weight of the last."""
    _named_places(item, question)
    weights = {}
    for condition in item.iter("respcondition"):
        if condition.find("setvar") is not None:
            weights[condition.findtext("conditionvar/varequal")] = 100
    for place in question.places.values():
        place.right = {ident for ident in place.options if ident in weights}


def _named_places(item: etree._Element, question: Classic) -> None:
    told = classic_feedbacks(item)
    for lid in item.iter("response_lid"):
        name = lid.get("ident", "").removeprefix("response_")
        assert re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", name)  # Canvas rewrites other signs, and loses the blank
        assert f"[{name}]" in question.stem
        assert _plain(lid) == name
        place = Place(name, {label.get("ident", ""): _plain(label) for label in lid.iter("response_label")})
        question.places[name] = place
        numbers = [ident for ident in place.options if ident.isdigit()]  # others get no feedback
        place.comments = {ident: told[f"{ident}_fb"] for ident in numbers if f"{ident}_fb" in told}


def _plain(node: etree._Element) -> str:
    text = node.find("material/mattext")
    assert text is not None
    assert text.get("texttype") == "text/plain"
    return text.text or ""
