"""Rules: one small function for each trap of an importer, found by its code.

With the code stands what the importer does; that is the trap's line in docs/instructor/check.md, too.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, NamedTuple, Protocol, TypeVar

from lxml import etree

from qti_export.preflight.model import Effect, Finding, Place


class Said(NamedTuple):
    """What a rule says: a sentence about what happens, what to do, and the element that it is about."""

    sentence: str
    remedy: str
    node: etree._Element | None = None


class Subject(Protocol):
    """What rules look at: a package, a document, a question."""

    def place(self, node: etree._Element | None) -> Place:
        """Return where the element, or else the subject itself, stands."""


@dataclass(frozen=True, slots=True)
class Trap:
    """A trap by its code: what it does, in which LMSs, and in a sentence what happens."""

    code: str
    effect: Effect
    lms: tuple[str, ...]
    what: str


TRAPS: dict[str, Trap] = {}
"""Every trap whose rules are imported; `qti_export.preflight.checking` imports all."""

S = TypeVar("S", bound=Subject)
Rule = Callable[[S], Iterable[Said]]


class Rules(Generic[S]):
    """The rules of an importer for one kind of subject."""

    def __init__(self, *lms: str) -> None:
        self._lms = lms
        self._rules: list[tuple[Trap, Rule[S], bool]] = []

    def trap(self, code: str, effect: Effect, what: str, *, drops: bool = False) -> Callable[[Rule[S]], Rule[S]]:
        """Register a function as the rule for a code; ``what`` says in a sentence what the importer does.

        ``drops``: what it finds takes the whole question away.
        """

        def register(rule: Rule[S]) -> Rule[S]:
            trap = Trap(code, effect, self._lms, what)
            if TRAPS.setdefault(code, trap) is not trap:
                raise ValueError(f"Two rules have the code {code}.")
            self._rules.append((trap, rule, drops))
            return rule

        return register

    def findings(self, subject: S) -> Iterator[Finding]:
        """Yield what every rule finds at the subject, in the order of the rules."""
        for trap, rule, drops in self._rules:
            for said in rule(subject):
                yield Finding(trap.code, trap.effect, subject.place(said.node), said.sentence, said.remedy, drops)
