"""A second opinion on scores: the key read from the quiz text line by line, and the points counted by hand.

It shares no code with what it checks (the reader, the scoring, the tool), and knows no more than the bundled quizzes
need: choices written ``a)``, ``*b)``, ``[ ]`` and ``[*]``, and lines with ``points:``.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from fractions import Fraction

QUESTION = re.compile(r"\d+\.\s")
SINGLE = re.compile(r"(\*?)[A-Za-z]\)\s")
SEVERAL = re.compile(r"\[([ *])\]\s")
POINTS = re.compile(r"points:\s*([0-9.]+)\s*$", re.IGNORECASE)


@dataclass(slots=True)
class Key:
    """The key of one question: for each choice, in order, whether it is right."""

    points: Fraction = Fraction(1)
    several: bool = False
    choices: list[bool] = field(default_factory=list)

    @property
    def right(self) -> set[int]:
        """The positions of the right choices, from 0."""
        return {place for place, is_right in enumerate(self.choices) if is_right}

    @property
    def wrong(self) -> set[int]:
        """The positions of the other choices."""
        return set(range(len(self.choices))) - self.right

    def score(self, picked: Collection[int]) -> Fraction:
        """Return the points for these picks: of several, each right one counts and each wrong one takes it back."""
        if not self.several:
            return self.points if set(picked) == self.right else Fraction(0)
        hits, misses = len(self.right.intersection(picked)), len(self.wrong.intersection(picked))
        return self.points * max(0, hits - misses) / len(self.right)


def read_key(quiz_text: str) -> list[Key]:
    """Return the keys of the questions of a bundled quiz, in order."""
    keys: list[Key] = []
    points = Fraction(1)
    for line in quiz_text.splitlines():
        if found := POINTS.match(line):
            points = Fraction(found[1])
        elif QUESTION.match(line):
            keys.append(Key(points))
            points = Fraction(1)
        elif found := SINGLE.match(line):
            keys[-1].choices.append(bool(found[1]))
        elif found := SEVERAL.match(line):
            keys[-1].several = True
            keys[-1].choices.append(found[1] == "*")
    return keys


def all_right(keys: list[Key]) -> list[set[int]]:
    """Return the answers of someone who knows everything."""
    return [key.right for key in keys]


def half_wrong(keys: list[Key]) -> list[set[int]]:
    """Return answers of which every other one is wrong, beginning with the first.

    Where several choices are to be picked, wrong means: the right ones but one, and mostly a wrong one as well. So
    partial credit is seen at work.
    """
    return [_mistaken(key) if place % 2 == 0 else key.right for place, key in enumerate(keys)]


def _mistaken(key: Key) -> set[int]:
    if not key.several:
        return {min(key.wrong)}
    picked = key.right - {max(key.right)}
    return picked if len(picked) == 1 else picked | {min(key.wrong)}
