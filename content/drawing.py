"""The quiz as one student gets it: drawn from its pools, its choices shuffled."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from random import Random
from typing import TypeVar

from content.questions import ChoiceQuestion, Question, TextBlock, TrueFalse
from content.quiz import Part, Pool, Quiz, Section

PartT = TypeVar("PartT", Part, Question | Pool)


def draw(quiz: Quiz, random: Random) -> Quiz:
    """Return the quiz with as many questions in the place of each pool as are picked from it, in file order.

    The same quiz and seed give the same questions. Raise ValueError for a pool that picks more than it has.
    """
    return replace(quiz, parts=tuple(drawn for part in quiz.parts for drawn in _drawn(part, random)))


def choice_order(quiz: Quiz, question: ChoiceQuestion, seed: int) -> tuple[int, ...]:
    """Return the positions of the question's choices in the order that the attempt with this seed shows them in.

    That is file order unless the quiz shuffles answers; True and False keep their order then too, as in Moodle.
    """
    places = list(range(len(question.choices)))
    if quiz.settings.shuffle_answers and not isinstance(question, TrueFalse):
        Random(f"{seed}/{question.id}").shuffle(places)  # noqa: S311 - an order, no secret
    return tuple(places)


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


def draw_for(quiz: Quiz, seed: int) -> Quiz:
    """Return the quiz as the student with this seed gets it: drawn, and its questions shuffled where it says so.

    Questions are shuffled among their neighbours: a section keeps its own, and a text stays above what it introduces.
    """
    random = Random(seed)  # noqa: S311 - an order, no secret
    drawn = draw(quiz, random)
    return replace(drawn, parts=_shuffled(drawn.parts, random)) if quiz.settings.shuffle_questions else drawn


def _shuffled(parts: Sequence[PartT], random: Random) -> tuple[PartT, ...]:
    made: list[PartT] = []
    for fixed, run in groupby(parts, key=lambda part: isinstance(part, Section | TextBlock)):
        some = list(run)
        if fixed:
            made += [_inside_shuffled(one, random) for one in some]
        else:
            random.shuffle(some)
            made += some
    return tuple(made)


def _inside_shuffled(part: PartT, random: Random) -> PartT:
    return replace(part, parts=_shuffled(part.parts, random)) if isinstance(part, Section) else part
