"""What every reader returns."""

from typing import NamedTuple

from content.problem import Problem, has_errors
from content.quiz import Quiz


class Reading(NamedTuple):
    """A quiz as far as it could be read, and every problem met on the way, in file order.

    ``quiz`` is None where nothing in the input is a quiz.
    """

    quiz: Quiz | None
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        """Whether there is a quiz and no problem is an error."""
        return self.quiz is not None and not has_errors(self.problems)
