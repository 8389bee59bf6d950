"""What an importer makes of a file: frozen data, the same for every LMS and every format."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Effect(StrEnum):
    """What a trap does, the worst first. A note costs nothing, but is good to know."""

    KILLS = "kills"
    VANISHES = "vanishes"
    CHANGES = "changes"
    NOTES = "notes"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: the member of the archive ("" in a file that is none), its line from 1, the ident."""

    member: str = ""
    line: int = 0
    ident: str = ""

    def __str__(self) -> str:
        """Return ``member:line (ident)``, as far as each is known."""
        where = f"{self.member}:{self.line}" if self.line else self.member
        return f"{where} ({self.ident})".strip() if self.ident else where


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that the importer does to the file; ``drops`` says whether the whole question is gone by it.

    ``code`` is stable, and names the rule that finds it. A finding is no `content.problem.Problem`: nothing need be
    wrong with the quiz, and what counts is what becomes of it.
    """

    code: str
    severity: Effect
    where: Place
    sentence: str
    remedy: str
    drops: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A question of the file as it lies in the LMS after the import.

    ``kind`` is the LMS's own word. ``points`` is None where the import sets none. ``key`` says in words what is right,
    ``feedback`` which feedback there is.
    """

    where: Place
    title: str
    kind: str
    points: Decimal | None
    key: tuple[str, ...] = ()
    feedback: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def arrives(self) -> bool:
        """Whether there is such a question after the import, be it changed."""
        return not any(finding.drops for finding in self.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrivals:
    """All that an importer makes of a file. ``way`` says which import is meant; ``findings`` are of no one question."""

    file: str
    lms: str
    format: str
    way: str
    findings: tuple[Finding, ...] = ()
    questions: tuple[Arrival, ...] = ()

    @property
    def all_findings(self) -> Iterator[Finding]:
        """Those of the file, then those of each question."""
        yield from self.findings
        for question in self.questions:
            yield from question.findings

    @property
    def killed(self) -> bool:
        """Whether nothing is imported at all."""
        return any(finding.severity is Effect.KILLS for finding in self.all_findings)

    @property
    def arriving(self) -> int:
        """How many questions there are after the import."""
        return 0 if self.killed else sum(question.arrives for question in self.questions)

    @property
    def whole(self) -> bool:
        """Whether everything arrives as it is in the file."""
        return all(finding.severity is Effect.NOTES for finding in self.all_findings)
