"""Quizzes with every part and setting."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

from hypothesis import strategies as st

from content.questions import Question
from content.quiz import UNLIMITED, Part, Pool, Quiz, Section, Seen, Settings, Shown, WhichAttempt
from tests.content.strategies.questions import choice_questions, questions, questions_to_review, told
from tests.content.strategies.questions import text_blocks as texts_between
from tests.content.strategies.texts import ids, lines, points


@cache
def _classic_settings() -> st.SearchStrategy[Settings]:
    flag = st.booleans()
    return st.builds(
        Settings,
        shuffle_answers=flag,
        show_answers=st.sampled_from([Shown.AFTER_SUBMISSION, Shown.NEVER]),
        one_question_at_a_time=flag,
        cant_go_back=flag,
        pass_mark=st.none() | st.decimals(0, 1, places=4),
    )


@cache
@st.composite
def _settings(draw: st.DrawFn) -> Settings:
    days = st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
    moments = draw(st.lists(days.map(lambda day: day.replace(microsecond=0)), min_size=3, max_size=3).map(sorted))
    opens, due, closes = (moment if draw(st.booleans()) else None for moment in moments)
    return replace(
        draw(_classic_settings()),
        shuffle_questions=draw(st.booleans()),
        time_limit=draw(st.none() | st.integers(1, 10_000)),
        attempts=draw(st.none() | st.just(UNLIMITED) | st.integers(1, 100)),
        wait_between_attempts=draw(st.none() | st.integers(1, 10_000)),
        which_attempt=draw(st.sampled_from(WhichAttempt)),
        show_answers=draw(st.sampled_from(Shown)),
        show_feedback=draw(st.sampled_from(Shown)),
        students_see=draw(st.sampled_from(Seen)),
        show_after=draw(st.none() | st.just(moments[0])),
        access_code=draw(st.just("") | lines()),
        opens=opens,
        due=due,
        closes=closes,
    )


@cache
@st.composite
def _pools(draw: st.DrawFn) -> Pool:
    worth = draw(points())
    found = draw(st.lists(questions(), min_size=1, max_size=3))
    return Pool(
        pick=draw(st.integers(1, len(found))),
        points=worth,
        questions=tuple(replace(question, points=worth) for question in found),
        title=draw(st.just("") | lines()),
    )


@cache
def _sections() -> st.SearchStrategy[Section]:
    inner = st.lists(questions() | _pools() | texts_between(), min_size=1, max_size=3).map(tuple)
    return st.builds(Section, parts=inner, title=st.just("") | lines(), text=told())


def _own_id(name: str) -> object:
    return name or object()


@st.composite
def _with_some_ids(draw: st.DrawFn, parts: tuple[Part, ...]) -> tuple[Part, ...]:
    names = iter(draw(st.lists(st.just("") | ids(), max_size=8, unique_by=_own_id)))

    def named(part: Part) -> Part:
        name = next(names, "")
        match part:
            case Section():
                return replace(part, id=name, parts=tuple(map(named, part.parts)))  # type: ignore[arg-type]
            case Pool():
                return replace(part, id=name, questions=tuple(map(named, part.questions)))  # type: ignore[arg-type]
            case Question():
                return replace(part, id=name)

    return tuple(map(named, parts))


@st.composite
def quizzes(draw: st.DrawFn, *, review: bool = False) -> Quiz:
    """Quizzes of one to four parts, some of which have ids, and some of whose questions may wait for review."""
    question = questions() | questions_to_review() if review else questions()
    parts = [draw(question), *draw(st.lists(question | _pools() | _sections() | texts_between(), max_size=3))]
    graded = any(isinstance(part, Section) and part.points for part in parts)
    return Quiz(
        title=draw(lines()),
        parts=draw(_with_some_ids(tuple(draw(st.permutations(parts))))),
        id=draw(st.just("") | ids()),
        description=draw(told()),
        settings=replace(draw(_settings()), grade_sections_apart=graded and draw(st.booleans())),
    )


@st.composite
def choice_quizzes(draw: st.DrawFn) -> Quiz:
    """Quizzes of one to three questions with choices, and of the settings that every target knows."""
    parts = tuple(draw(st.lists(choice_questions(), min_size=1, max_size=3)))
    return Quiz(
        title=draw(lines()),
        parts=draw(_with_some_ids(parts)),
        id=draw(st.just("") | ids()),
        description=draw(told()),
        settings=draw(_classic_settings()),
    )
