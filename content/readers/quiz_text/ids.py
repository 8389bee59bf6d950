"""The ids that were given in one file."""

from content.checks import duplicate_id
from content.problem import Source
from content.readers.quiz_text.options import Value
from content.readers.quiz_text.report import Report


class Ids:
    """Knows where each id was given."""

    def __init__(self) -> None:
        self._places: dict[str, Source] = {}

    def note(self, value: Value | None, report: Report) -> None:
        """Remember an id, and report one that was given before."""
        if value is None:
            return
        source = report.source(value.block.line, value.block.column)
        earlier = self._places.setdefault(value.value, source)
        if earlier is not source:
            report.add(duplicate_id(value.value, earlier).at(source))
