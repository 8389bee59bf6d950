"""Gathers the problems of one file while it is read."""

from content.problem import Problem, Severity, Source


class Report:
    """The problems met so far in the file with this name."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def source(self, line: int, column: int) -> Source:
        """Return a place in the file; lines and columns count from 1."""
        return Source(self.file, line, column)

    def add(self, problem: Problem) -> None:
        """Add a problem that has its place already."""
        self.problems.append(problem)

    def error(self, code: str, line: int, sentence: str, remedy: str, column: int = 1) -> None:
        """Add a problem that keeps the quiz from being used."""
        self.add(Problem(Severity.ERROR, code, sentence, remedy, Source(self.file, line, column)))

    def warning(self, code: str, line: int, sentence: str, remedy: str, column: int = 1) -> None:
        """Add a problem that its author should know of."""
        self.add(Problem(Severity.WARNING, code, sentence, remedy, Source(self.file, line, column)))

    def note(self, code: str, line: int, sentence: str, remedy: str) -> None:
        """Add something that is left out on purpose."""
        self.add(Problem(Severity.NOTE, code, sentence, remedy, Source(self.file, line)))
