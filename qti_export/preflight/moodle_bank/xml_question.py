"""A question of a Moodle XML file, as Moodle's import sees it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from lxml import etree

from qti_export.preflight.documents import Document, line_of
from qti_export.preflight.markup import plain, shortened
from qti_export.preflight.model import Place
from qti_export.preflight.numbers import decimal

GRADED = {"multichoice", "truefalse", "numerical", "shortanswer", "calculated", "calculatedsimple", "calculatedmulti"}
"""The types whose answers have grades of their own."""

EMBEDDED = {"cloze", "multianswer"}
"""The types whose answers stand in their text."""

CLOZE = re.compile(r"\{[0-9]*:[A-Z_]+:")
"""The beginning of an embedded answer."""


@dataclass(frozen=True)
class Question:
    """A ``question`` of a Moodle XML file."""

    document: Document
    node: etree._Element
    siblings: frozenset[str] = frozenset()

    def place(self, node: etree._Element | None) -> Place:
        """Return where an element stands; the ident is the idnumber."""
        at = self.node if node is None else node
        return Place("", line_of(at), self.idnumber)

    @cached_property
    def type(self) -> str:
        """Its type."""
        return (self.node.get("type") or "").strip()

    @cached_property
    def idnumber(self) -> str:
        """Its ID number, by which it is known again."""
        return (self.node.findtext("idnumber") or "").strip()

    @cached_property
    def name(self) -> str:
        """Its name, which only teachers see."""
        return (self.node.findtext("name/text") or "").strip()

    @cached_property
    def text(self) -> str:
        """Its text."""
        return self.node.findtext("questiontext/text") or ""

    @cached_property
    def answers(self) -> list[etree._Element]:
        """Its answers."""
        return list(self.node.iterfind("answer"))

    @cached_property
    def is_single(self) -> bool:
        """Whether one choice is to be picked."""
        return (self.node.findtext("single") or "true").strip().lower() in {"true", "1"}

    @cached_property
    def fractions(self) -> list[Decimal]:
        """The grades of its answers in percent, 0 where one is no number."""
        return [decimal(one.get("fraction") or "0") or Decimal(0) for one in self.answers]

    @property
    def is_embedded(self) -> bool:
        """Whether its answers stand in its text."""
        return self.type in EMBEDDED

    @property
    def weight(self) -> int:
        """The sum of the weights of its embedded answers."""
        found = (one[0][1:].partition(":")[0] for one in CLOZE.finditer(self.text))
        return sum(int(one[:6]) if one else 1 for one in found)

    def key(self) -> Iterator[str]:
        """Yield what is right, in words."""
        for answer, percent in zip(self.answers, self.fractions, strict=True):
            if percent > 0 and self.type in GRADED:
                text = shortened(plain(answer.findtext("text") or ""))
                yield text if percent == 100 else f"{text} ({percent:f} %)"
        for pair in self.node.iterfind("subquestion"):
            if left := plain(pair.findtext("text") or ""):
                yield shortened(f"{left}: {plain(pair.findtext('answer/text') or '')}")
