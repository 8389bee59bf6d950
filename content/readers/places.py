"""Where in a file something of a quiz was written, found again by its words."""

import re
from collections.abc import Iterable

from content.problem import Source


class Places:
    """The lines of a file. ``whole`` is the source of the quiz that was read from it."""

    def __init__(self, text: str, whole: Source | None) -> None:
        self._lines = re.split("\r\n|\r|\n", text)
        self._whole = whole or Source("quiz")

    def find(self, words: Iterable[str], part: Source | None) -> Source:
        """Return the first place with any of the words, in or below the line where the part began.

        Where there is none, as of what was written in another form, return the place of the part.
        """
        start = max(part.line - 1, 0) if part else 0
        wanted = [word for word in words if word]
        for number, line in enumerate(self._lines[start:], start=start + 1):
            for word in wanted:
                column = line.find(word)
                if column >= 0:
                    return Source(self._whole.file, number, column + 1)
        return part or self._whole
