"""The quiz as one student gets it: drawn from its pools."""

from dataclasses import replace
from random import Random

from content.questions import Question
from content.quiz import Part, Pool, Quiz, Section


def draw(quiz: Quiz, random: Random) -> Quiz:
    """Return the quiz with as many questions in the place of each pool as are picked from it, in file order.

    The same quiz and seed give the same questions. Raise ValueError for a pool that picks more than it has.
    """
    return replace(quiz, parts=tuple(drawn for part in quiz.parts for drawn in _drawn(part, random)))


def _drawn(part: Part, random: Random) -> tuple[Part, ...]:
    match part:
        case Section():
            return (replace(part, parts=tuple(one for inner in part.parts for one in _picked(inner, random))),)
        case Pool() | Question():
            return _picked(part, random)


def _picked(part: Question | Pool, random: Random) -> tuple[Question, ...]:
    if not isinstance(part, Pool):
        return (part,)
    places = sorted(random.sample(range(len(part.questions)), part.pick))
    return tuple(replace(part.questions[place], points=part.points) for place in places)
