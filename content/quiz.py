"""The model of a quiz as a whole: frozen data, with no behaviour beyond its own invariants.

Its questions are those of `content.questions`. Nothing here knows a file format or an LMS.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import TypeAlias

from content.media import Media
from content.problem import Source
from content.questions import Question

ID_PATTERN = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[_-][A-Za-z0-9]+)*")
"""What an id looks like: ASCII words joined by single ``_`` or ``-``, a letter first.

Canvas rewrites every other character in an ident (``:`` becomes ``-``, a leading digit gets ``ID_``), which would
cut a question off from its feedback and from its earlier import. A doubled ``_`` is left free to join two ids into one.
"""

ID_MAX_LENGTH = 64
"""Canvas turns idents into file names and the whole import dies at 252 characters; two joined ids stay far below."""


def is_valid_id(text: str) -> bool:
    """Return whether ``text`` may stand as the id of a quiz, a section, a pool or a question."""
    return len(text) <= ID_MAX_LENGTH and ID_PATTERN.fullmatch(text) is not None


class WhichAttempt(StrEnum):
    """Which of a student's attempts counts."""

    HIGHEST = "highest"
    LATEST = "latest"
    FIRST = "first"
    AVERAGE = "average"


class Shown(StrEnum):
    """When students may see something about their attempt."""

    NEVER = "never"
    AT_ONCE = "at once"
    """Question by question while they answer, as soon as they have their answer checked; it then stands."""
    AFTER_SUBMISSION = "after submission"
    AFTER_LAST_ATTEMPT = "after last attempt"
    AFTER_CLOSE = "after close"


class Seen(StrEnum):
    """How much students see of a submitted attempt. Each holds what those above it hold."""

    SCORE = "score"
    OWN_ANSWERS = "own answers"
    RIGHT_OR_WRONG = "right or wrong"
    EVERYTHING = "everything"

    def holds(self, other: "Seen") -> bool:
        """Return whether students who see this much see the other, too."""
        levels = list(Seen)
        return levels.index(self) >= levels.index(other)


UNLIMITED = 0
"""As a number of attempts: students may try as often as they like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a quiz is given.

    ``time_limit`` counts minutes, and so does ``wait_between_attempts``, from the submission of one to the start of
    the next; None means none. ``attempts`` may be `UNLIMITED`; None leaves it to the target.
    ``show_answers`` speaks of the right answers, ``show_feedback`` of all that ``students_see`` besides; neither is
    shown before ``show_after``. The moments have a time zone. ``pass_mark`` is a fraction 0..1 of the points, or None
    where the quiz has none. ``grade_sections_apart`` gives each section a gradebook column of its own.
    """

    shuffle_questions: bool = False
    shuffle_answers: bool = False
    one_question_at_a_time: bool = False
    cant_go_back: bool = False
    time_limit: int | None = None
    attempts: int | None = None
    wait_between_attempts: int | None = None
    which_attempt: WhichAttempt = WhichAttempt.HIGHEST
    show_answers: Shown = Shown.AFTER_SUBMISSION
    show_feedback: Shown = Shown.AFTER_SUBMISSION
    students_see: Seen = Seen.EVERYTHING
    show_after: datetime | None = None
    access_code: str = ""
    opens: datetime | None = None
    due: datetime | None = None
    closes: datetime | None = None
    pass_mark: Decimal | None = None
    grade_sections_apart: bool = False

    @property
    def key_shown(self) -> Shown:
        """When students see the right answers: as ``show_answers`` says, where they see everything.

        Those that are to be shown at once, while no answer is checked, are shown with the feedback.
        """
        if self.students_see is not Seen.EVERYTHING:
            return Shown.NEVER
        if self.show_answers is Shown.AT_ONCE and not self.checks_answers:
            return Shown.AFTER_SUBMISSION
        return self.show_answers

    @property
    def checks_answers(self) -> bool:
        """Whether students may have each answer checked while they take the quiz.

        Not where they would learn nothing by it: whoever sees no more than a score, or sees it from some moment on.
        """
        return (
            self.show_feedback is Shown.AT_ONCE
            and self.students_see.holds(Seen.RIGHT_OR_WRONG)
            and self.show_after is None
        )

    @property
    def show_correct_answers(self) -> bool:
        """Whether students may see the right answers at all, sooner or later."""
        return self.key_shown is not Shown.NEVER

    @property
    def changed(self) -> tuple[str, ...]:
        """The names of the settings that differ from their defaults, in the order of the fields."""
        return tuple(one.name for one in fields(self) if getattr(self, one.name) != one.default)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """Questions of which each student gets ``pick``, drawn by lot. Each is worth the pool's ``points``."""

    pick: int
    questions: tuple[Question, ...]
    points: Decimal = Decimal(1)
    id: str = ""
    title: str = ""
    source: Source | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a quiz under a title of its own (plain text); ``text`` introduces it (Markdown)."""

    parts: tuple[Question | Pool, ...]
    id: str = ""
    title: str = ""
    text: str = ""
    source: Source | None = field(default=None, compare=False, repr=False)

    @property
    def points(self) -> Decimal:
        """The points that a perfect attempt earns in the section."""
        return sum(map(_points_of, self.parts), Decimal(0))


Part: TypeAlias = Question | Pool | Section
"""What a quiz consists of."""


@dataclass(frozen=True, kw_only=True)
class Quiz:
    """A quiz: its parts in order, and how it is given. ``description`` is Markdown, ``title`` plain text.

    ``media`` are the images that its texts show, each name once. Those that it lacks do not go with it.
    """

    title: str
    parts: tuple[Part, ...]
    id: str = ""
    description: str = ""
    settings: Settings = Settings()
    media: tuple[Media, ...] = ()
    source: Source | None = field(default=None, compare=False, repr=False)

    @cached_property
    def all_parts(self) -> tuple[Part, ...]:
        """Every part in file order, those inside of sections and pools too, each behind the one that it is in."""
        return tuple(_all_parts(self.parts))

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """All questions in file order, wherever they stand; of a pool all, though a student gets only some."""
        return tuple(part for part in self.all_parts if isinstance(part, Question))

    def find_question(self, question_id: str) -> Question | None:
        """Return the question of `questions` with that id, or None."""
        return next((question for question in self.questions if question.id == question_id), None)

    @cached_property
    def pools(self) -> tuple[Pool, ...]:
        """All pools in file order, those in sections too."""
        return tuple(part for part in self.all_parts if isinstance(part, Pool))

    @cached_property
    def points(self) -> Decimal:
        """The points that a perfect attempt earns."""
        return sum(map(_points_of, self.parts), Decimal(0))


def _all_parts(parts: tuple[Part, ...]) -> Iterator[Part]:
    for part in parts:
        yield part
        match part:
            case Section():
                yield from _all_parts(part.parts)
            case Pool():
                yield from part.questions


def _points_of(part: Part) -> Decimal:
    match part:
        case Section():
            return part.points
        case Pool():
            return part.pick * part.points
        case Question():
            return part.points
