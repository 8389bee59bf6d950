"""A problem with a quiz: where it is, how bad it is, what is wrong and what to do about it."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad a problem is. An error keeps a quiz from being exported or taken; a warning and a note do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Source:
    """A place in a file. Lines and columns count from 1; line 0 means the file as a whole."""

    file: str
    line: int = 0
    column: int = 1

    def __str__(self) -> str:
        """Return ``file:line:column``, the form that editors and terminals turn into a link."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, said so that a teacher can act on it.

    ``code`` is stable and made for scripts and tests (``no-key``, ``not-utf8``); ``sentence`` says what is wrong and
    ``remedy`` what to do, each one plain English sentence.
    """

    severity: Severity
    code: str
    sentence: str
    remedy: str
    source: Source

    def __str__(self) -> str:
        """Return the problem as one line for a terminal or a log."""
        return f"{self.source}: {self.severity}: {self.sentence} {self.remedy} [{self.code}]"


def has_errors(problems: tuple[Problem, ...] | list[Problem]) -> bool:
    """Return whether any of the problems is an error."""
    return any(problem.severity is Severity.ERROR for problem in problems)
