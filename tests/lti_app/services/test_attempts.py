import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lti_app.models import Answer, Attempt, GradePassback, Launch, PassbackState, utcnow
from lti_app.services import quizzes
from lti_app.services.attempts import (
    NoQuiz,
    find_attempt,
    list_attempts,
    start_attempt,
    submit_attempt,
)
from lti_app.services.changes import LARGEST_SEQUENCE
from lti_app.services.responses import InvalidResponse
from lti_app.services.saving import AttemptOver, save_answer, save_answers
from lti_app.services.scores import responses_of
from tests.lti_app.school import ALL_RIGHT, HALF_RIGHT, QUIZ, School


@pytest.fixture
def launch_id(school: School) -> str:
    return school.student()


@contextmanager
def running(school: School, launch_id: str) -> Iterator[tuple[Session, Attempt]]:
    with school.database.writing() as session:
        yield session, start_attempt(session, session.get_one(Launch, launch_id))


def stored(school: School) -> dict[str, tuple[list[int], int]]:
    with school.database.reading() as session:
        return {answer.question_id: (answer.response, answer.sequence) for answer in session.scalars(select(Answer))}


def test_starting_twice_resumes_the_running_attempt(school: School, launch_id: str) -> None:
    numbers = []
    for _ in range(2):
        with running(school, launch_id) as (_, attempt):
            numbers.append((attempt.id, attempt.number))
    assert numbers == [(1, 1), (1, 1)]


def test_a_new_attempt_comes_after_the_submitted_one(school: School, launch_id: str) -> None:
    school.submit(launch_id, ALL_RIGHT)
    with running(school, launch_id) as (session, attempt):
        assert attempt.number == 2
        assert [one.number for one in list_attempts(session, attempt.resource_link_id, attempt.user_id)] == [1, 2]
        first = find_attempt(session, attempt.resource_link_id, attempt.user_id, 1)
        assert first is not None
        assert first.submitted_at is not None
        assert find_attempt(session, attempt.resource_link_id, attempt.user_id, 3) is None


def test_one_whose_time_is_up_is_submitted_before_the_next_begins(school: School, launch_id: str) -> None:
    with running(school, launch_id) as (_, attempt):
        attempt.ends_at = utcnow() - timedelta(minutes=1)
    with running(school, launch_id) as (session, attempt):
        first = session.get_one(Attempt, 1)
        assert (attempt.number, attempt.submitted_at) == (2, None)
        assert first.submitted_at == first.ends_at


def test_an_attempt_keeps_the_revision_that_it_was_started_with(school: School, launch_id: str) -> None:
    with running(school, launch_id) as (session, attempt):
        quizzes.publish(session, QUIZ.__class__(title="Changed", id=QUIZ.id, parts=QUIZ.questions[:1]))
    with running(school, launch_id) as (session, attempt):
        assert quizzes.load(attempt.revision) == QUIZ
        submit_attempt(session, attempt, ALL_RIGHT)
    with running(school, launch_id) as (_, attempt):
        assert quizzes.load(attempt.revision).title == "Changed"


def test_no_attempt_starts_while_no_quiz_is_bound(school: School, launch_id: str) -> None:
    with school.database.writing() as session:
        school.link(session).quiz_id = None
    with pytest.raises(NoQuiz), running(school, launch_id):
        pass


def test_students_who_start_in_two_tabs_at_once_get_one_attempt(school: School, launch_id: str) -> None:
    together = threading.Barrier(8)

    def start() -> int:
        together.wait()
        with running(school, launch_id) as (_, attempt):
            return attempt.id

    with ThreadPoolExecutor(8) as pool:
        assert {future.result() for future in [pool.submit(start) for _ in range(8)]} == {1}


def test_a_saved_answer_is_acknowledged_with_its_sequence(school: School, launch_id: str) -> None:
    with running(school, launch_id) as (session, attempt):
        assert save_answer(session, attempt, "salts", [3, 0], 17).sequence == 17
        assert responses_of(attempt) == {"salts": {0, 3}}
    assert stored(school) == {"salts": ([0, 3], 17)}


def test_a_late_save_changes_nothing_and_is_told_the_stored_sequence(school: School, launch_id: str) -> None:
    with running(school, launch_id) as (session, attempt):
        save_answer(session, attempt, "depth", [1], 5)
        assert save_answer(session, attempt, "depth", [0], 4).sequence == 5
    assert stored(school) == {"depth": ([1], 5)}


def test_a_save_that_is_sent_again_is_acknowledged_again(school: School, launch_id: str) -> None:
    for _ in range(2):
        with running(school, launch_id) as (session, attempt):
            assert save_answer(session, attempt, "depth", [1], 5).sequence == 5
    assert stored(school) == {"depth": ([1], 5)}


def test_of_two_tabs_that_count_alike_the_later_save_stands(school: School, launch_id: str) -> None:
    for response in ([0], [1]):
        with running(school, launch_id) as (session, attempt):
            assert save_answer(session, attempt, "depth", response, 5).sequence == 5
    assert stored(school) == {"depth": ([1], 5)}


def test_a_whole_page_is_saved_over_single_answers_but_not_into_a_submitted_attempt(
    school: School, launch_id: str
) -> None:
    with running(school, launch_id) as (session, attempt):
        save_answer(session, attempt, "depth", [0], 8)
        save_answers(session, attempt, {"depth": [1], "salts": [2, 0]})
    assert stored(school) == {"depth": ([1], 9), "salts": ([0, 2], 1)}
    with running(school, launch_id) as (session, attempt):
        submit_attempt(session, attempt)
        with pytest.raises(AttemptOver, match="submitted"):
            save_answers(session, attempt, {"depth": [0]})
    assert stored(school) == {"depth": ([1], 9), "salts": ([0, 2], 1)}


def test_an_answer_can_be_taken_back(school: School, launch_id: str) -> None:
    with running(school, launch_id) as (session, attempt):
        save_answer(session, attempt, "salts", [1], 1)
        save_answer(session, attempt, "salts", [], 2)
    assert stored(school) == {"salts": ([], 2)}


@pytest.mark.parametrize(
    ("question_id", "response", "says"),
    [
        ("height", [0], "no question 'height'"),
        ("", [0], "no question ''"),
        ("depth", [2], "no choice at position 2"),
        ("depth", [-1], "no choice at position -1"),
        ("depth", [0, 1], "Only one choice"),
        ("wet", [0, 1], "Only one choice"),
        ("salts", [0, 4], "no choice at position 4"),
        ("salts", [0, 0], "only once"),
        ("salts", [True], "list of positions"),
        ("salts", ["0"], "list of positions"),
        ("salts", [1.0], "list of positions"),
        ("salts", "", "list of positions"),
        ("salts", {0: 1}, "list of positions"),
    ],
)
def test_a_response_that_the_page_cannot_send_is_refused(
    school: School, launch_id: str, question_id: str, response: Any, says: str
) -> None:
    with running(school, launch_id) as (session, attempt):
        with pytest.raises(InvalidResponse, match=says):
            save_answer(session, attempt, question_id, response, 1)
        with pytest.raises(InvalidResponse, match=says):
            submit_attempt(session, attempt, {**ALL_RIGHT, question_id: response})
    assert stored(school) == {}
    with running(school, launch_id) as (_, attempt):
        assert attempt.submitted_at is None


@pytest.mark.parametrize("sequence", [-1, LARGEST_SEQUENCE + 1, True, "3", 3.0, None])
def test_a_sequence_that_no_browser_counts_to_is_refused(school: School, launch_id: str, sequence: Any) -> None:
    with running(school, launch_id) as (session, attempt), pytest.raises(InvalidResponse, match="sequence"):
        save_answer(session, attempt, "depth", [1], sequence)


def test_submitting_scores_the_saved_answers_exactly(school: School, launch_id: str) -> None:
    with running(school, launch_id) as (session, attempt):
        for question_id, response in HALF_RIGHT.items():
            save_answer(session, attempt, question_id, response, 1)
        submit_attempt(session, attempt)
    with school.database.reading() as session:
        attempt = session.scalars(select(Attempt)).one()
    assert (attempt.points, attempt.possible) == (Fraction(5, 3), Decimal(4))
    assert attempt.submitted_at is not None


def test_the_submitted_page_counts_more_than_what_was_saved(school: School, launch_id: str) -> None:
    with running(school, launch_id) as (session, attempt):
        save_answer(session, attempt, "depth", [0], 8)
        save_answer(session, attempt, "salts", [0], 9)
        save_answer(session, attempt, "wet", [0], 10)
        submit_attempt(session, attempt, {"depth": [1], "salts": []})
        assert responses_of(attempt) == {"depth": {1}, "salts": set(), "wet": {0}}
        assert attempt.points == 2


def test_submitting_again_changes_nothing(school: School, launch_id: str) -> None:
    school.submit(launch_id, HALF_RIGHT)
    for _ in range(2):
        with school.database.writing() as session:
            attempt = session.scalars(select(Attempt)).one()
            submitted_at = attempt.submitted_at
            submit_attempt(session, attempt, ALL_RIGHT)
            assert (attempt.points, attempt.submitted_at) == (Fraction(5, 3), submitted_at)
    assert stored(school)["wet"] == ([1], 1)
    assert [row.wanted_revision for row in school.passbacks()] == [1]


def test_a_page_that_is_saved_counts_more_than_what_was_saved_before(school: School, launch_id: str) -> None:
    with running(school, launch_id) as (session, attempt):
        for question_id in ("depth", "salts", "wet"):
            save_answer(session, attempt, question_id, [1], 3)
        save_answers(session, attempt, {"depth": [0], "salts": []})
        assert attempt.submitted_at is None
    assert stored(school) == {"depth": ([0], 4), "salts": ([], 4), "wet": ([1], 3)}


def test_nothing_can_be_saved_into_a_submitted_attempt(school: School, launch_id: str) -> None:
    school.submit(launch_id, HALF_RIGHT)
    with school.database.writing() as session, pytest.raises(AttemptOver, match="submitted"):
        save_answer(session, session.scalars(select(Attempt)).one(), "depth", [0], 99)
    with school.database.writing() as session, pytest.raises(AttemptOver, match="submitted"):
        save_answers(session, session.scalars(select(Attempt)).one(), {"depth": [0]})
    assert stored(school)["depth"] == ([1], 1)


def test_the_outbox_row_is_written_with_the_submission_or_not_at_all(school: School, launch_id: str) -> None:
    def crash_after_submitting() -> None:
        with running(school, launch_id) as (session, attempt):
            submit_attempt(session, attempt, ALL_RIGHT)
            assert session.scalar(select(func.count()).select_from(GradePassback)) == 1
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        crash_after_submitting()
    assert school.passbacks() == []
    with school.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Attempt)) == 0
    school.submit(launch_id, ALL_RIGHT)
    (row,) = school.passbacks()
    assert (row.state, row.wanted_revision, row.sent_revision) == (PassbackState.WAITING, 1, 0)


def test_saves_that_race_with_the_submission_are_scored_or_refused(school: School, launch_id: str) -> None:
    with running(school, launch_id) as (_, attempt):
        attempt_id = attempt.id
    together = threading.Barrier(7)

    def save(sequence: int) -> str:
        together.wait()
        try:
            with school.database.writing() as session:
                save_answer(session, session.get_one(Attempt, attempt_id), "depth", [sequence % 2], sequence)
        except AttemptOver:
            return "refused"
        return "saved"

    def submit() -> str:
        together.wait()
        with school.database.writing() as session:
            submit_attempt(session, session.get_one(Attempt, attempt_id))
        return "submitted"

    with ThreadPoolExecutor(7) as pool:
        saves = {sequence: pool.submit(save, sequence) for sequence in range(1, 6)}
        submissions = [pool.submit(submit) for _ in range(2)]
    saved = [sequence for sequence, future in saves.items() if future.result() == "saved"]
    assert [future.result() for future in submissions] == ["submitted"] * 2
    with school.database.reading() as session:
        points = session.get_one(Attempt, attempt_id).points
    assert points == (max(saved) % 2 if saved else 0)
    assert [row.wanted_revision for row in school.passbacks()] == [1]
