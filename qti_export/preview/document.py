"""The quiz file that is looked at, as it is now."""

from pathlib import Path

from content.identity import with_ids
from content.problem import Problem, has_errors
from content.quiz import Quiz
from content.readers import read_file


class Document:
    """A quiz file that is read again when it, or an image that it shows, has changed."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.version = ""
        self.quiz: Quiz | None = None
        self.problems: tuple[Problem, ...] = ()
        self.refresh()

    def refresh(self) -> str:
        """Read the file if it has changed, and return a text that changes with it."""
        version = self._stamp()
        if version != self.version:
            reading = read_file(self.file)
            self.quiz = with_ids(reading.quiz) if reading.quiz else None
            self.problems = reading.problems
            self.version = self._stamp()
        return self.version

    @property
    def has_errors(self) -> bool:
        """Whether something keeps the quiz from being scored."""
        return self.quiz is None or has_errors(self.problems)

    def _stamp(self) -> str:
        """Return when the files were changed, and how long they are."""
        images = self.quiz.media if self.quiz else ()
        return "-".join(_stamp_of(path) for path in (self.file, *(self.file.parent / one.name for one in images)))


def _stamp_of(path: Path) -> str:
    try:
        status = path.stat()
    except OSError:
        return "gone"
    return f"{status.st_mtime_ns:x}.{status.st_size:x}"
