"""An item as the importer of New Quizzes sees it.

The importer's own sources: The gem ``qti``, V1::Models.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from lxml import etree

from qti_export.preflight.canvas_classic.question import (
    ANSWERS,
    BLANKS,
    CHOICE,
    DROPDOWNS,
    ESSAY,
    MATCHING,
    NUMERICAL,
    SHORT,
    TEXT,
    TRUE_FALSE,
    TYPES,
)
from qti_export.preflight.markup import plain, shortened
from qti_export.preflight.model import Place
from qti_export.preflight.qti12 import Item, Response, to_number
from qti_export.preflight.rules import Rules

NEW_TYPES = {*TYPES, "hot_spot_question", "categorization_question"}
WHOLE_FEEDBACK = {"general_fb": "general", "correct_fb": "correct", "general_incorrect_fb": "incorrect"}
STIMULUS = "stimulus"


@dataclass(frozen=True)
class Question:
    """An item, and what New Quizzes make of it."""

    item: Item

    def place(self, node: etree._Element | None) -> Place:
        """Return where an element of the item stands."""
        return self.item.place(node)

    @cached_property
    def said(self) -> str:
        """The type as the file names it; the label and the type must be spelled exactly so."""
        return self.item.raw_fields.get("question_type", "")

    @cached_property
    def scores_an_essay(self) -> bool:
        """Whether it is an essay with a key, which the importer takes for a blank to fill in."""
        keyed = any(condition.named and condition.earns for condition in self.item.conditions)
        return self.said == ESSAY and keyed

    @cached_property
    def kind(self) -> str:
        """The type that it has after the import."""
        if any(one.cardinality.lower() == "ordered" for one in self.item.responses):
            return "ordering_question"
        if self.said in NEW_TYPES:
            return {TEXT: STIMULUS}.get(self.said, SHORT if self.scores_an_essay else self.said)
        return self._guess()

    def _guess(self) -> str:
        lids = [one for one in self.item.responses if one.node.tag == "response_lid"]
        if len(lids) > 1:
            return MATCHING
        if lids:
            return ANSWERS if lids[0].cardinality.lower() == "multiple" else CHOICE
        return SHORT if any(condition.named for condition in self.item.conditions) else ESSAY

    @cached_property
    def points(self) -> Decimal | None:
        """The points, under a label in small letters; None where there is none."""
        text = self.item.raw_fields.get("points_possible")
        return None if not text or self.kind == STIMULUS else Decimal(str(max(0.0, to_number(text))))

    @cached_property
    def right(self) -> set[str]:
        """What is right: with an ``and`` all in it that is not within ``not``, else what a score above 0 names."""
        return {
            (one.text or "").strip() for condition in self.item.conditions if condition.earns for one in condition.named
        }

    @cached_property
    def key(self) -> tuple[str, ...]:
        """What is right, in words."""
        if self.kind in (CHOICE, ANSWERS, TRUE_FALSE):
            return tuple(_shown(label.html) for label in self.item.labels if label.ident in self.right)
        if self.kind in (SHORT, NUMERICAL):
            return tuple(sorted(map(shortened, self.right)))
        if self.kind in (MATCHING, BLANKS, DROPDOWNS):
            return tuple(map(self._part, self.item.responses))
        return ()

    def _part(self, response: Response) -> str:
        left = "".join(plain(one.html) for one in response.texts)
        right = [_shown(one.html) for one in response.labels if self.kind == BLANKS or one.ident in self.right]
        return shortened(f"{left}: {', '.join(right)}")

    @cached_property
    def feedback(self) -> tuple[str, ...]:
        """The feedback that arrives, in words."""
        whole = [name for ident, name in WHOLE_FEEDBACK.items() if self.has_feedback(ident)]
        of_answers = [ident for ident in self.linked if self.has_feedback(ident) and self.kind != NUMERICAL]
        return (*whole, *([f"of {len(of_answers)} answers"] if of_answers else []))

    @cached_property
    def linked(self) -> list[str]:
        """The idents of feedback that conditions show for an answer."""
        conditions = self.item.conditions
        told = [one for one in conditions if one.named or (self.kind == NUMERICAL and one.earns)]
        shown = (ident for condition in told for ident in condition.shows)
        return [ident for ident in dict.fromkeys(shown) if ident not in WHOLE_FEEDBACK]

    def has_feedback(self, ident: str) -> bool:
        """Return whether there is a text where the importer looks for it: itemfeedback/*/*/mattext."""
        node = self.item.feedback.get(ident)
        return node is not None and any((one.text or "").strip() for one in node.iterfind("*/*/mattext"))


def _shown(markup: str) -> str:
    return shortened(plain(markup) or markup)


def tests_of(question: Question) -> Iterator[etree._Element]:
    """Yield the tests of conditions that hold a number."""
    for condition in question.item.conditions:
        if condition.test is not None and condition.test.find("other") is None:
            yield condition.test


ITEM: Rules[Question] = Rules("canvas-new")
"""The rules for one question in New Quizzes."""
