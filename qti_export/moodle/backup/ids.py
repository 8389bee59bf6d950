"""The ids of a backup: keys inside the file, one number space for each kind of record, each unique in the whole file.

They follow from places alone: same quiz, same ids.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

SYSTEM_CONTEXT = 1
COURSE_CONTEXT = 2
QUIZ_CONTEXT = 3
"""Contexts share one space, so these differ. The question bank lies in the quiz's own context: only so does every
restore, on every version of Moodle, make a quiz with a bank of its own and touch nothing of the teacher's."""

MODULE = 1
QUIZ = 1
GRADE_ITEM = 1

BEFORE_FIRST = 1_000_000_000
"""An entry or category that is not in the file is taken for one of the site. Small numbers could show somebody else's
question there; above this one, a mistake shows a missing question."""

TOP_CATEGORY = BEFORE_FIRST + 1
QUIZ_CATEGORY = BEFORE_FIRST + 2


def entry_id(place: int) -> int:
    """Return the id of the question at this place (from 1): of its bank entry, its one version and of itself."""
    return BEFORE_FIRST + place


@dataclass(slots=True)
class Numbers:
    """Hands out the ids of what a question has several of, over all questions of a file.

    Parts of questions are questions themselves: their ids come after those of the ``questions`` that there are.
    """

    questions: int
    _answers: Iterator[int] = field(default_factory=lambda: itertools.count(BEFORE_FIRST + 1))
    _matches: Iterator[int] = field(default_factory=lambda: itertools.count(BEFORE_FIRST + 1))
    _hints: Iterator[int] = field(default_factory=lambda: itertools.count(BEFORE_FIRST + 1))
    _parts: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    _tags: dict[str, int] = field(default_factory=dict)

    def new_answer(self) -> int:
        """Return the id of the next answer. Two that are equal would cut answers off from what refers to them."""
        return next(self._answers)

    def new_match(self) -> int:
        """Return the id of the next pair of a matching question."""
        return next(self._matches)

    def new_hint(self) -> int:
        """Return the id of the next hint."""
        return next(self._hints)

    def new_part(self) -> int:
        """Return the id of the next question within a question."""
        return entry_id(self.questions + next(self._parts))

    def tag(self, name: str) -> int:
        """Return the id of the tag, which is one and the same for all questions that have it."""
        return self._tags.setdefault(name, BEFORE_FIRST + 1 + len(self._tags))
