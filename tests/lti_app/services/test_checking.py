"""Checking answers one by one while an attempt runs: what is checked stands, whatever comes later and from wherever."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event
from sqlalchemy.orm import Session

from content.numbers import Exact
from content.questions import Essay, FileUpload, Numerical, TextBlock
from content.quiz import Quiz, Seen, Settings, Shown
from lti_app.models import Attempt, Launch, utcnow
from lti_app.services import attempts, checking, policy, quizzes
from lti_app.services.attempts import submit_attempt
from lti_app.services.checking import check_answer, checked_scores, refused
from lti_app.services.files import save_file
from lti_app.services.receipts import receipt_of
from lti_app.services.regrading import regrade
from lti_app.services.responses import InvalidResponse
from lti_app.services.saving import AnswerChecked, AttemptOver, save_answer, save_answers
from lti_app.services.scores import responses_of
from lti_app.services.standing import standing
from lti_app.services.terms import Entry
from tests.content.strategies import quizzes as quizzes_of_all_kinds
from tests.lti_app.school import QUIZ, School, open_school

AT_ONCE = Settings(show_feedback=Shown.AT_ONCE)
KINDS = Quiz(
    id="sea",
    title="The sea",
    settings=AT_ONCE,
    parts=(
        TextBlock(id="intro", stem="Read."),
        Numerical(id="hours", stem="How many?", answers=(Exact(value=Decimal("12.4")),)),
        Essay(id="why", stem="Why?"),
        FileUpload(id="map", stem="A map"),
    ),
)


def begin(school: School, quiz: Quiz | None = None, name: str = "Ada") -> int:
    """Publish the quiz at the link, and have a student begin it."""
    with school.database.writing() as session:
        quizzes.publish(session, quiz or replace(QUIZ, settings=AT_ONCE))
    launch_id = school.student(name)
    with school.database.writing() as session:
        return attempts.start_attempt(session, session.get_one(Launch, launch_id)).id


@pytest.fixture
def attempt_id(school: School) -> int:
    return begin(school)


@contextmanager
def running(school: School, attempt_id: int) -> Iterator[tuple[Session, Attempt]]:
    with school.database.writing() as session:
        yield session, session.get_one(Attempt, attempt_id)


def check(school: School, attempt_id: int, question_id: str, **responses: Any) -> None:
    """Check a question, with these responses on the page."""
    with running(school, attempt_id) as (session, attempt):
        check_answer(session, attempt, question_id, responses)


def stored(school: School, attempt_id: int) -> dict[str, tuple[Any, bool]]:
    """The stored responses, and whether each was checked."""
    with school.database.reading() as session:
        answers = session.get_one(Attempt, attempt_id).answers
        return {answer.question_id: (answer.response, answer.checked_at is not None) for answer in answers}


def test_a_check_saves_the_whole_page_and_scores_the_one_answer_only(school: School, attempt_id: int) -> None:
    check(school, attempt_id, "depth", depth=[1], wet=[0])
    assert stored(school, attempt_id) == {"depth": ([1], True), "wet": ([0], False)}
    with running(school, attempt_id) as (session, attempt):
        scores = checked_scores(quizzes.quiz_of(attempt), attempt, responses_of(attempt))
        assert {question_id: score.points for question_id, score in scores.items()} == {"depth": 1}
        assert standing(session, attempt).checked == ("depth",)


def test_a_checked_answer_takes_no_other_but_its_own_is_acknowledged_again(school: School, attempt_id: int) -> None:
    with running(school, attempt_id) as (session, attempt):
        save_answer(session, attempt, "depth", [1], 5, "phone")
        save_answer(session, attempt, "depth", [0], 6, "phone")
        check_answer(session, attempt, "depth", {})
    with running(school, attempt_id) as (session, attempt):
        with pytest.raises(AnswerChecked, match="was checked"):
            save_answer(session, attempt, "depth", [1], 7, "phone")
        again = save_answer(session, attempt, "depth", [0], 6, "phone")
        assert (again.stands, again.sequence) == (True, 6)
        assert not save_answer(session, attempt, "depth", [1], 5, "phone").stands  # was on its way for long
        with pytest.raises(AnswerChecked):  # was kept on another device, which has to say so
            save_answer(session, attempt, "depth", [1], 3, "laptop", age=10_000)
        assert save_answer(session, attempt, "wet", [0], 1, "phone").stands
    assert stored(school, attempt_id) == {"depth": ([0], True), "wet": ([0], False)}


def test_a_page_from_before_is_saved_but_for_the_checked_answer_which_is_named(school: School, attempt_id: int) -> None:
    check(school, attempt_id, "depth", depth=[1])
    page = {"depth": [0], "wet": [1]}
    with running(school, attempt_id) as (session, attempt):
        save_answers(session, attempt, page)
        quiz = quizzes.quiz_of(attempt)
        assert refused(quiz, attempt, page) == ["depth"]
        assert refused(quiz, attempt, {"depth": [1], "wet": [0]}) == []
        submit_attempt(session, attempt, {"depth": None, "wet": [0]})
        assert attempt.points == 2
        assert receipt_of(session, attempt).answered == 2
    assert stored(school, attempt_id) == {"depth": ([1], True), "wet": ([0], False)}


@pytest.mark.parametrize("response", [None, []])
def test_an_empty_answer_cannot_be_checked(school: School, attempt_id: int, response: Any) -> None:
    check(school, attempt_id, "salts")
    check(school, attempt_id, "salts", salts=response, wet=[0])
    assert stored(school, attempt_id) == {"salts": (response, False), "wet": ([0], False)}
    assert "Answer this question first" in checking.obstacle(QUIZ.questions[1], response)


def test_what_is_no_number_can_still_be_changed(school: School) -> None:
    attempt_id = begin(school, KINDS)
    check(school, attempt_id, "hours", hours="12 or so")
    assert stored(school, attempt_id) == {"hours": ("12 or so", False)}
    assert "number" in checking.obstacle(KINDS.questions[1], "12 or so")
    check(school, attempt_id, "hours", hours="12,4")
    assert stored(school, attempt_id) == {"hours": ("12,4", True)}


@pytest.mark.parametrize("question_id", ["why", "map", "intro", "depth", ""])
def test_what_a_person_grades_and_what_is_not_asked_cannot_be_checked(school: School, question_id: str) -> None:
    attempt_id = begin(school, KINDS)
    with running(school, attempt_id) as (session, attempt):
        save_answer(session, attempt, "why", "The moon.", 1)
        save_file(session, attempt, "map", "map.txt", b"Here be dragons.")
        with pytest.raises(InvalidResponse, match="no such question"):
            check_answer(session, attempt, question_id, {})
    assert {checked for _, checked in stored(school, attempt_id).values()} == {False}


@pytest.mark.parametrize(
    "quiz_settings",
    [
        Settings(),
        Settings(show_answers=Shown.AT_ONCE),
        replace(AT_ONCE, students_see=Seen.OWN_ANSWERS),
        replace(AT_ONCE, show_after=utcnow() - timedelta(days=1)),
    ],
    ids=["later", "answers only", "nothing to see", "a moment"],
)
def test_where_nothing_is_told_at_once_a_check_only_saves(school: School, quiz_settings: Settings) -> None:
    attempt_id = begin(school, replace(QUIZ, settings=quiz_settings))
    check(school, attempt_id, "depth", depth=[1])
    assert stored(school, attempt_id) == {"depth": ([1], False)}


def test_an_edit_that_hides_feedback_holds_for_running_attempts_too(school: School, attempt_id: int) -> None:
    check(school, attempt_id, "depth", depth=[1])
    with school.database.writing() as session:
        quizzes.publish(session, QUIZ)
    check(school, attempt_id, "wet", wet=[0])
    assert stored(school, attempt_id) == {"depth": ([1], True), "wet": ([0], False)}
    with running(school, attempt_id) as (session, attempt):
        sight = checking.sight_of_checked(session, quizzes.quiz_of(attempt), attempt)
        assert sight == policy.sight_of_checked(QUIZ.settings)


def test_an_attempt_that_began_without_checks_goes_on_without(school: School) -> None:
    attempt_id = begin(school, QUIZ)
    with school.database.writing() as session:
        quizzes.publish(session, replace(QUIZ, settings=AT_ONCE))
    check(school, attempt_id, "depth", depth=[1])
    assert stored(school, attempt_id) == {"depth": ([1], False)}


def test_what_is_over_can_be_neither_checked_nor_changed(school: School, attempt_id: int) -> None:
    with running(school, attempt_id) as (session, attempt):
        save_answer(session, attempt, "depth", [1], 1)
        attempt.ends_at = utcnow() - timedelta(minutes=1)
    with pytest.raises(AttemptOver, match="time"):
        check(school, attempt_id, "depth")
    with running(school, attempt_id) as (session, attempt):
        attempts.settle(session, attempt)
    with pytest.raises(AttemptOver, match="submitted"):
        check(school, attempt_id, "depth", depth=[0])
    assert stored(school, attempt_id) == {"depth": ([1], False)}


def test_of_a_quiz_that_goes_one_way_a_question_left_behind_cannot_be_checked(school: School) -> None:
    one_way = replace(AT_ONCE, one_question_at_a_time=True, cant_go_back=True)
    attempt_id = begin(school, replace(QUIZ, settings=one_way))
    check(school, attempt_id, "depth", depth=[1])
    with running(school, attempt_id) as (session, attempt):
        save_answers(session, attempt, {"salts": [0]})
        attempts.turn_to(session, attempt, 2)
    with pytest.raises(InvalidResponse, match="behind you"):
        check(school, attempt_id, "salts")
    assert stored(school, attempt_id) == {"depth": ([1], True), "salts": ([0], False)}


def test_a_corrected_key_counts_for_checked_answers_as_for_all_others(school: School, attempt_id: int) -> None:
    check(school, attempt_id, "wet", wet=[1])
    with running(school, attempt_id) as (session, attempt):
        submit_attempt(session, attempt)
        assert attempt.points == 0
    wet = QUIZ.questions[2]
    turned = replace(wet, choices=tuple(replace(one, correct=not one.correct) for one in wet.choices))  # type: ignore[attr-defined,call-arg]
    with running(school, attempt_id) as (session, attempt):
        quizzes.publish(session, replace(QUIZ, parts=(*QUIZ.parts[:2], turned), settings=AT_ONCE))
        rule = attempts.grading.rule_of(session, attempt.resource_link)
        regrade(session, attempt.resource_link, rule, attempt.user)
        assert attempt.points == 1
    assert stored(school, attempt_id) == {"wet": ([1], True)}


def test_of_checks_at_once_with_other_answers_one_stands_for_all(school: School, attempt_id: int) -> None:
    together = Barrier(4)

    def try_one(pick: int) -> list[str]:
        together.wait()
        with running(school, attempt_id) as (session, attempt):
            page = {"salts": [pick]}
            check_answer(session, attempt, "salts", page)
            return refused(quizzes.quiz_of(attempt), attempt, page)

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(try_one, range(4)))
    ((winner,), checked) = stored(school, attempt_id)["salts"]
    assert checked
    assert [not other for other in told] == [pick == winner for pick in range(4)]


def test_a_quiz_without_checks_asks_the_database_nothing_for_them(school: School) -> None:
    attempt_id = begin(school, QUIZ)
    said: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        said.append(statement)

    with running(school, attempt_id) as (session, attempt):
        quiz = quizzes.quiz_of(attempt)
        session.expire(attempt, ["answers"])
        event.listen(school.database.engine, "before_cursor_execute", note)
        try:
            assert not checking.sight_of_checked(session, quiz, attempt).marks
            assert refused(quiz, attempt, {"depth": [1]}) == []
        finally:
            event.remove(school.database.engine, "before_cursor_execute", note)
    assert said == []


@given(quizzes_of_all_kinds())
def test_while_an_attempt_runs_no_more_is_seen_of_an_answer_than_after_it(quiz: Quiz) -> None:
    running_, after = policy.sight_of_checked(quiz.settings), policy.sight(quiz.settings, Entry.OPEN, utcnow())
    assert not running_.score
    for told in ("marks", "feedback", "key"):
        assert getattr(after, told) or not getattr(running_, told)
    if quiz.settings.show_answers is not Shown.AT_ONCE:
        assert not running_.key


NAMES = (f"Student {number}" for number in count())
DOINGS = st.lists(
    st.tuples(st.sampled_from(["script", "other script", "form", "check"]), st.integers(0, 3)), min_size=1, max_size=10
)


@pytest.fixture(scope="module")
def one_school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    path: Path = tmp_path_factory.mktemp("checks") / "school.db"
    school = open_school(f"sqlite:///{path}", lineitem_url=None)
    yield school
    school.database.close()


@settings(max_examples=25, deadline=None)
@given(DOINGS)
def test_from_the_first_check_on_nothing_changes_the_answer(one_school: School, doings: list[tuple[str, int]]) -> None:
    """Which of the pages has checked it, and what they send afterwards, does not matter."""
    attempt_id = begin(one_school, name=next(NAMES))
    stands = None
    for sequence, (doing, pick) in enumerate(doings, start=1):
        response = [pick] if pick < 3 else None
        with running(one_school, attempt_id) as (session, attempt):
            match doing:
                case "form":
                    save_answers(session, attempt, {"salts": response})
                case "check":
                    check_answer(session, attempt, "salts", {"salts": response})
                case page:
                    try:
                        save_answer(session, attempt, "salts", response, sequence, page)
                    except AnswerChecked:
                        assert stands is not None
                        assert stands != response
        now = stored(one_school, attempt_id).get("salts", (None, False))
        if stands is None and doing == "check" and response is not None:
            stands = response
        if stands is not None:
            assert now == (stands, True)
        else:
            assert now[1] is False
