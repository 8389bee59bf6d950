"""What is looked for in each part of a quiz once it is read, whatever it was read from."""

from collections.abc import Callable, Iterable

from content.problem import Problem
from content.quiz import Part, Quiz
from content.readers.places import Places
from content.readers.reading import Reading


def with_parts_checked(
    reading: Reading, text: str, check: Callable[[Quiz | Part, Places], Iterable[Problem]]
) -> Reading:
    """Return the reading with what ``check`` finds in the quiz and in each part; ``text`` is what it was read from."""
    if reading.quiz is None:
        return reading
    places = Places(text, reading.quiz.source)
    found = [one for part in (reading.quiz, *reading.quiz.all_parts) for one in check(part, places)]
    problems = sorted((*reading.problems, *found), key=lambda one: (one.source.line, one.source.column))
    return Reading(reading.quiz, tuple(problems)) if found else reading
