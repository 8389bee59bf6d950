"""Gathers the problems of one file while it is read."""

from content.problem import Problem, Severity, Source


class Report:
    """The problems met so far in ``file``, each placed at a line and a column that count from 1."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def source(self, line: int, column: int = 1) -> Source:
        """Return a place in the file."""
        return Source(self.file, line, column)

    def error(self, code: str, line: int, sentence: str, remedy: str, column: int = 1) -> None:
        """Add a problem that keeps the quiz from being used."""
        self.problems.append(Problem(Severity.ERROR, code, sentence, remedy, self.source(line, column)))

    def warning(self, code: str, line: int, sentence: str, remedy: str, column: int = 1) -> None:
        """Add a problem that its author should know of."""
        self.problems.append(Problem(Severity.WARNING, code, sentence, remedy, self.source(line, column)))

    def note(self, code: str, line: int, sentence: str, remedy: str) -> None:
        """Add something that is left out on purpose."""
        self.problems.append(Problem(Severity.NOTE, code, sentence, remedy, self.source(line)))
