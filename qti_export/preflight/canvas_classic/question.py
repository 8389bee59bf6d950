"""An item as Canvas's Classic importer sees it: which kind it makes of it, and what it takes for right."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from lxml import etree

from qti_export.preflight.markup import plain, shortened
from qti_export.preflight.model import Place
from qti_export.preflight.qti12 import Item, Label, to_number
from qti_export.preflight.rules import Rules

CHOICE, ANSWERS, TRUE_FALSE = "multiple_choice_question", "multiple_answers_question", "true_false_question"
SHORT, ESSAY, UPLOAD, TEXT = "short_answer_question", "essay_question", "file_upload_question", "text_only_question"
BLANKS, DROPDOWNS = "fill_in_multiple_blanks_question", "multiple_dropdowns_question"
MATCHING, NUMERICAL, FORMULA = "matching_question", "numerical_question", "calculated_question"

TYPES = {
    CHOICE, ANSWERS, TRUE_FALSE, SHORT, ESSAY, UPLOAD, TEXT, BLANKS, DROPDOWNS, MATCHING, NUMERICAL, FORMULA
}  # fmt: skip
"""What ``question_type`` may say; Canvas's importer guesses at anything else."""

PROFILES = {
    "cc.multiple_choice.v0p1": CHOICE,
    "cc.multiple_response.v0p1": ANSWERS,
    "cc.true_false.v0p1": TRUE_FALSE,
    "cc.fib.v0p1": SHORT,
    "cc.pattern_match.v0p1": SHORT,
    "cc.essay.v0p1": ESSAY,
}
"""Common Cartridge's names, in the metadata field ``cc_profile``."""

PICKED = (CHOICE, ANSWERS, TRUE_FALSE)
NAMED_PLACES = (BLANKS, DROPDOWNS)
POINT_FIELDS = ("points_possible", "cc_weighting", "qmd_weighting")


@dataclass(frozen=True)
class Question:
    """An item, and what Canvas makes of it."""

    item: Item

    def place(self, node: etree._Element | None) -> Place:
        """Return where an element of the item stands."""
        return self.item.place(node)

    @cached_property
    def said(self) -> str:
        """The type as the file names it, "" where it names none that the importer reads."""
        return self.item.fields.get("question_type") or PROFILES.get(self.item.fields.get("cc_profile", ""), "")

    @cached_property
    def is_ordering(self) -> bool:
        """Whether things are to be brought into order."""
        return any(one.cardinality.lower() == "ordered" for one in self.item.responses)

    @cached_property
    def kind(self) -> str:
        """The type that the question has after the import."""
        if self.is_ordering:
            return MATCHING
        known = self.said if self.said in TYPES else self._guess()
        if known == TRUE_FALSE and not self.says_true_and_false:
            return CHOICE
        return ESSAY if known == SHORT and not self.accepted else known

    def _guess(self) -> str:
        responses = self.item.responses
        lids = [one for one in responses if one.node.tag in {"response_lid", "response_grp"}]
        if len(lids) > 1:
            return MATCHING
        if lids:
            several = len(self.right) > 1 or lids[0].cardinality.lower() == "multiple"
            return ANSWERS if several else CHOICE
        return SHORT if responses else TEXT

    @cached_property
    def says_true_and_false(self) -> bool:
        """Whether there are two choices with these English words in them."""
        texts = [plain(label.html).lower() for label in self.item.labels]
        return len(texts) == 2 and any("true" in text for text in texts) and any("false" in text for text in texts)

    @cached_property
    def right(self) -> dict[str, float]:
        """What each choice that counts as right sets the score to, by its ident; Canvas gives all of them 100."""
        found: dict[str, float] = {}
        for condition in self.item.conditions:
            if condition.earns:
                score = max(map(to_number, condition.scores))
                found |= {(one.text or "").strip(): score for one in condition.named}
        return found

    @cached_property
    def accepted(self) -> list[str]:
        """The texts that are accepted where one is typed."""
        tests = [one for condition in self.item.conditions for one in condition.named if not condition.shows]
        tests += [one for condition in self.item.conditions if condition.earns for one in condition.named]
        return list(dict.fromkeys(one.text or "" for one in tests))

    @cached_property
    def points(self) -> Decimal:
        """The points that Canvas gives it."""
        if self.kind == TEXT:
            return Decimal(0)
        if self.item.group is not None:
            return group_points(self.item.group) or self._own_points
        return self._own_points

    @cached_property
    def points_text(self) -> str:
        """The points as the file says them, "" for nothing."""
        return next((self.item.fields[name] for name in POINT_FIELDS if self.item.fields.get(name)), "")

    @cached_property
    def _own_points(self) -> Decimal:
        return Decimal(str(max(0.0, to_number(self.points_text)))) if self.points_text else Decimal(1)

    @cached_property
    def key(self) -> tuple[str, ...]:
        """What is right, in words."""
        if self.kind in PICKED:
            return tuple(_shown(label) for label in self.item.labels if label.ident in self.right)
        if self.kind == SHORT:
            return tuple(map(shortened, self.accepted))
        if self.kind == NUMERICAL:
            return tuple(map(shortened, _numbers(self.item)))
        if self.kind in (MATCHING, *NAMED_PLACES) and not self.is_ordering:
            return tuple(self._parts())
        return ()

    def _parts(self) -> Iterator[str]:
        for response in self.item.responses:
            left = "".join(plain(one.html) for one in response.texts)
            everything = self.kind == BLANKS
            texts = [
                _shown(one) for one in response.labels if everything or one.ident in self.rights_of(response.ident)
            ]
            yield shortened(f"{left}: {', '.join(texts)}")

    def rights_of(self, ident: str) -> set[str]:
        """Return the idents that earn something at a response."""
        tests = (one for condition in self.item.conditions if condition.earns for one in condition.named)
        return {(one.text or "").strip() for one in tests if one.get("respident") == ident}


def group_points(group: etree._Element) -> Decimal | None:
    """Return what a group says that each of its questions is worth."""
    text = group.findtext(".//points_per_item")
    return None if text is None else Decimal(str(to_number(text)))


def _shown(label: Label) -> str:
    return shortened(plain(label.html) or label.html)


def _numbers(item: Item) -> Iterator[str]:
    for condition in item.conditions:
        if condition.earns and condition.test is not None:
            exact, low, high = (condition.test.findtext(f".//{name}") for name in ("varequal", "vargte", "varlte"))
            low = low or condition.test.findtext(".//vargt")
            if low or exact:
                yield f"{exact or ''} ({low} to {high})".strip() if low and low != exact else f"{exact}"


ITEM: Rules[Question] = Rules("canvas")
"""The rules for one question in Classic Quizzes; New Quizzes have their own."""
