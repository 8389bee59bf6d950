"""An item as Moodle's restore of a cartridge sees it: its profile, and what it takes for right."""

from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from qti_export.preflight.markup import plain, shortened
from qti_export.preflight.model import Place
from qti_export.preflight.moodle_cartridge.cartridge import PROFILES, File
from qti_export.preflight.qti12 import Condition, Item, to_number
from qti_export.preflight.rules import Rules

RESPONSE, FIB, PATTERN = "cc.multiple_response.v0p1", "cc.fib.v0p1", "cc.pattern_match.v0p1"
CHOICE, TRUE_FALSE = "cc.multiple_choice.v0p1", "cc.true_false.v0p1"


@dataclass(frozen=True)
class Question:
    """An item, and what the restore makes of it."""

    file: File
    item: Item

    def place(self, node: etree._Element | None) -> Place:
        """Return where an element of the item stands."""
        return self.item.place(node)

    @cached_property
    def profile(self) -> str:
        """Its cc_profile, "" where Moodle does not know it."""
        said = self.item.raw_fields.get("cc_profile", "")
        return said if said in PROFILES else ""

    @property
    def is_single(self) -> bool:
        """Whether one choice is to be picked."""
        return self.profile in (CHOICE, TRUE_FALSE)

    @cached_property
    def right(self) -> list[str]:
        """The idents, or the texts, that Moodle takes for right."""
        conditions = self.item.conditions
        if self.is_single:
            found = {}
            for condition in conditions:
                first = None if condition.test is None else condition.test.find("varequal")
                if first is not None:
                    found[(first.text or "").strip().lower()] = any(one not in {"", "0"} for one in condition.scores)
            return [label.ident for label in self.item.labels if found.get(label.ident.lower())]
        if self.profile == RESPONSE:
            full = [one for one in conditions if earns_all(one)]
            return [
                (one.text or "").strip() for condition in full for one in condition.named if one.get("case") == "Yes"
            ]
        full = [one for one in conditions if one.scores and one.scores[0] == "100"][:1]
        return [one.text or "" for condition in full for one in named_right_away(condition) if one.text != "0"]

    @cached_property
    def key(self) -> tuple[str, ...]:
        """What is right, in words."""
        texts = {label.ident: plain(label.html) for label in self.item.labels}
        return tuple(shortened(texts.get(one, one)) for one in self.right)

    def shows_for_answers(self, condition: Condition) -> bool:
        """Return whether the condition's feedback is that of an answer."""
        return bool(condition.shows) and bool(named_right_away(condition))


def named_right_away(condition: Condition) -> list[etree._Element]:
    """Return the comparisons right in the conditionvar, not those in an ``or`` or an ``and``."""
    return [] if condition.test is None else list(condition.test.iterfind("varequal"))


def earns_all(condition: Condition) -> bool:
    """Return whether the condition sets SCORE to 100."""
    return any(
        to_number(one.text) == 100 and one.get("varname") == "SCORE" for one in condition.node.iterfind("setvar")
    )


ITEM: Rules[Question] = Rules("moodle")
