"""Groups and sections: what stands between ``GROUP`` and ``END_GROUP``, or ``SECTION`` and ``END_SECTION``."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, ClassVar

from content.checks import Finding, check_pool, check_section
from content.problem import Source
from content.quiz import Pool, Section
from content.readers.quiz_text.blocks import Block
from content.readers.quiz_text.ids import Ids
from content.readers.quiz_text.options import GROUP_OPTIONS, SECTION_OPTIONS, Option, Value, name_of, values_of
from content.readers.quiz_text.report import Report


class Bracket(ABC):
    """What is open at the moment: its first line, the options below it, and the parts read so far."""

    name: ClassVar[str]
    known: ClassVar[Mapping[str, Option]]
    own: ClassVar[frozenset[str]]
    """The options that no question has, so that they belong here wherever they stand above the first question."""

    def __init__(self, block: Block) -> None:
        self.block = block
        self.parts: list[Any] = []
        self._options: list[Block] = []
        self._values: dict[str, Value] | None = None
        self._in_heading = True

    def takes(self, option: Block) -> bool:
        """Take an option, and return whether it belongs here.

        What questions have too (id, title) belongs here only in the paragraph of the first line, and only once.
        """
        name = name_of(option)
        if self._values is not None or name not in self.known:
            self._in_heading = False
            return False
        given = any(name_of(block) == name for block in self._options)
        self._in_heading = self._in_heading and not option.after_blank and not given
        if name in self.own or self._in_heading:
            self._options.append(option)
            return True
        return False

    def values(self, report: Report) -> dict[str, Value]:
        """Return the values of the options, of which none is taken from now on."""
        if self._values is None:
            self._values = values_of(self._options, self.known, report)
        return self._values

    def points(self, default: Decimal, report: Report) -> Decimal:
        """Return what a question in here is worth that does not say so itself."""
        value = self.values(report).get("points")
        return value.value if value else default

    @abstractmethod
    def closed(self, ids: Ids, report: Report) -> Pool | Section:
        """Return what stands between the two lines, and report what is wrong with it."""

    def _report(self, findings: Iterable[Finding], ids: Ids, report: Report) -> None:
        values = self.values(report)
        for found in findings:
            value = values.get(found.field)
            report.add(found.at(report.source(value.block.line, value.block.column) if value else self._source(report)))
        ids.note(values.get("id"), report)

    def _given(self, report: Report) -> dict[str, Any]:
        return {"source": self._source(report), **{name: value.value for name, value in self.values(report).items()}}

    def _source(self, report: Report) -> Source:
        return Source(report.file, self.block.line)


class OpenGroup(Bracket):
    """A pool that is being read."""

    name = "group"
    known = GROUP_OPTIONS
    own = frozenset({"pick", "points per question"})

    def closed(self, ids: Ids, report: Report) -> Pool:
        """Return the pool. Where it does not say what a question is worth, the first question does."""
        points = next((question.points for question in self.parts if question.points), Decimal(1))
        pool = Pool(**{"pick": 1, "points": points, "questions": tuple(self.parts), **self._given(report)})
        self._report(check_pool(pool), ids, report)
        return pool


class OpenSection(Bracket):
    """A section that is being read."""

    name = "section"
    known = SECTION_OPTIONS
    own: ClassVar[frozenset[str]] = frozenset()

    def closed(self, ids: Ids, report: Report) -> Section:
        """Return the section."""
        section = Section(parts=tuple(self.parts), **self._given(report))
        self._report(check_section(section), ids, report)
        return section
