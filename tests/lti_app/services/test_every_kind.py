"""Answers to questions of every kind, and what a person grades, in the database."""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from content.drawing import draw_for
from content.identity import with_ids
from content.questions import Question
from content.quizzes import showcase
from content.readers import read_file
from content.scoring import score
from lti_app.models import Attempt, AuditEvent, Database, Launch, utcnow
from lti_app.services.access_codes import TooManyCodes, WrongCode
from lti_app.services.attempts import NotGivenNow, settle_overdue, start_attempt, submit_attempt, turn_to
from lti_app.services.files import save_file
from lti_app.services.grading_by_hand import InvalidGrade, grade_answer
from lti_app.services.quizzes import publish, quiz_of
from lti_app.services.responses import LONGEST_ESSAY, InvalidResponse, read_response, write_response
from lti_app.services.saving import AttemptOver, save_answer
from lti_app.services.scores import score_of
from lti_app.services.steps import steps_of
from tests.content.strategies import questions, responses
from tests.lti_app.school import School, open_school

READ = read_file(showcase()).quiz
assert READ is not None
OPEN = replace(READ.settings, opens=None, due=None, closes=None, access_code="")
SHOWCASE = replace(with_ids(READ), id="sea", settings=replace(OPEN, one_question_at_a_time=False))


@pytest.fixture
def school(tmp_path: Path, new_database: Path) -> Iterator[School]:
    school = open_school(
        f"sqlite:///{shutil.copy(new_database, tmp_path)}", lineitem_url="https://lms.example.edu/lineitems/1"
    )
    yield school
    school.database.close()


def give(school: School, **changes: Any) -> str:
    """Publish the showcase with these settings instead, and have a student launch it."""
    with school.database.writing() as session:
        publish(session, replace(SHOWCASE, settings=replace(SHOWCASE.settings, **changes)))
    return school.student()


def begin(school: School, launch_id: str, code: str = "") -> int:
    with school.database.writing() as session:
        return start_attempt(session, session.get_one(Launch, launch_id), code).id


def rewind(database: Database, attempt_id: int, by: timedelta) -> None:
    """Let so much time go by for an attempt."""
    with database.writing() as session:
        attempt = session.get_one(Attempt, attempt_id)
        attempt.started_at -= by
        attempt.ends_at = attempt.ends_at - by if attempt.ends_at else None


@st.composite
def answered(draw: st.DrawFn) -> tuple[Question, Any]:
    question = replace(draw(questions()), id="q1")
    return question, draw(responses(question))


@settings(max_examples=60, deadline=None)
@given(answered())
def test_a_response_scores_the_same_after_it_was_stored(case: tuple[Question, Any]) -> None:
    question, response = case
    assert score(question, read_response(question, write_response(response))) == score(question, response)


@settings(max_examples=60, deadline=None)
@given(questions(), st.recursive(st.none() | st.integers() | st.text(), lambda inner: st.lists(inner, max_size=3)))
def test_any_other_json_is_refused_or_can_be_scored(question: Question, sent: Any) -> None:
    with suppress(InvalidResponse):
        score(question, read_response(question, sent))


def test_essays_and_numbers_have_limits_and_a_number_half_typed_is_kept(school: School) -> None:
    attempt_id = begin(school, give(school))
    with school.database.writing() as session:
        attempt = session.get_one(Attempt, attempt_id)
        with pytest.raises(InvalidResponse, match="too long"):
            save_answer(session, attempt, "postmortem", "x" * (LONGEST_ESSAY + 1), 1)
        with pytest.raises(InvalidResponse, match="no question"):
            save_answer(session, attempt, "postmortem2", "x", 1)
        save_answer(session, attempt, "gradient", "1e", 1)
        with pytest.raises(InvalidResponse, match="out of range"):
            save_answer(session, attempt, "gradient", "1e999", 2)
        session.refresh(attempt)
        assert [answer.response for answer in attempt.answers] == ["1e"]
        assert score_of(attempt).points == 0


def test_an_attempt_asks_the_same_each_time_and_others_ask_something_else(school: School) -> None:
    give(school)
    drawn = set()
    for name in ("Ada", "Bob", "Cleo", "Dora", "Emil", "Finn"):
        attempt_id = begin(school, school.student(name) if name != "Ada" else "launch-Ada")
        with school.database.reading() as session:
            attempt = session.get_one(Attempt, attempt_id)
            ids = tuple(question.id for question in quiz_of(attempt).questions)
            assert ids == tuple(question.id for question in draw_for(SHOWCASE, attempt.seed).questions)
            assert len({"precision", "recall", "accuracy"} & set(ids)) == 2
            drawn.add(ids)
    assert len(drawn) > 1


def test_a_person_grades_what_no_rule_can_and_then_the_grade_goes_out(school: School) -> None:
    attempt_id = begin(school, give(school))
    with school.database.writing() as session:
        attempt = session.get_one(Attempt, attempt_id)
        save_answer(session, attempt, "postmortem", "The clock was wrong.", 1)
        save_file(session, attempt, "model-card", "../card.pdf", b"%PDF-1.7")
        submit_attempt(session, attempt)
        assert (attempt.points, attempt.needs_grading) == (0, True)
    assert school.passbacks() == []
    with school.database.writing() as session:
        attempt = session.get_one(Attempt, attempt_id)
        teacher = attempt.user  # whoever it is
        grade_answer(session, attempt, "postmortem", Decimal("2.5"), "Good.", teacher)
        assert attempt.needs_grading
        with pytest.raises(InvalidGrade, match="from 0 to 4"):
            grade_answer(session, attempt, "model-card", Decimal(5), "", teacher)
        with pytest.raises(InvalidGrade, match="nothing to grade"):
            grade_answer(session, attempt, "gradient", Decimal(1), "", teacher)
        grade_answer(session, attempt, "model-card", Decimal(4), "", teacher)
        assert (attempt.points, attempt.needs_grading) == (Decimal("6.5"), False)
    assert len(school.passbacks()) == 1


def test_points_given_by_hand_are_in_the_audit_trail_and_so_is_a_grade_that_they_lower(school: School) -> None:
    attempt_id = begin(school, give(school))
    launch_id = school.student("Tess")
    with school.database.writing() as session:
        attempt = session.get_one(Attempt, attempt_id)
        teacher = session.get_one(Launch, launch_id).user
        save_answer(session, attempt, "postmortem", "The clock was wrong.", 1)
        submit_attempt(session, attempt)
        for points in ("4", "2.50"):
            grade_answer(session, attempt, "postmortem", Decimal(points), "", teacher)
    with school.database.reading() as session:
        trail = [(event.actor, event.action, event.details) for event in session.scalars(select(AuditEvent))]
    who, answer = f"user {teacher.id} (Tess)", {"attempt": 1, "question": "postmortem"}
    assert trail[:2] == [
        (who, "answer.graded", {**answer, "before": None, "after": "4"}),
        (who, "answer.graded", {**answer, "before": "4", "after": "2.5"}),
    ]
    assert [(actor, action) for actor, action, _ in trail[2:]] == [(who, "grade.lowered")]


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "empty"), (b"MZ\x90\x00", "not taken"), (b"\xff\xfe\x00", "not taken"), (b"x" * 11_000_000, "10 MB")],
)
def test_a_file_is_taken_by_what_it_holds(school: School, data: bytes, words: str) -> None:
    attempt_id = begin(school, give(school))
    with school.database.writing() as session:
        attempt = session.get_one(Attempt, attempt_id)
        with pytest.raises(InvalidResponse, match=words):
            save_file(session, attempt, "model-card", "card.pdf", data)
        with pytest.raises(InvalidResponse, match="no file"):
            save_file(session, attempt, "gradient", "card.pdf", b"%PDF-1.7")
        with pytest.raises(InvalidResponse, match="uploaded"):
            save_answer(session, attempt, "model-card", "card.pdf", 1)
        assert attempt.answers == []


def test_when_the_time_is_up_answers_stand_as_saved_and_are_submitted(school: School) -> None:
    attempt_id = begin(school, give(school, time_limit=30))
    with school.database.writing() as session:
        save_answer(session, session.get_one(Attempt, attempt_id), "gradient", "1.5", 1)
    assert settle_overdue(school.database) == 0
    rewind(school.database, attempt_id, timedelta(minutes=30, seconds=5))
    with school.database.writing() as session:  # what was on its way
        save_answer(session, session.get_one(Attempt, attempt_id), "speedup", "3.8", 1)
    rewind(school.database, attempt_id, timedelta(seconds=30))
    with school.database.writing() as session, pytest.raises(AttemptOver, match="time"):
        save_answer(session, session.get_one(Attempt, attempt_id), "gradient", "2", 2)
    assert settle_overdue(school.database) == 1
    assert settle_overdue(school.database) == 0
    with school.database.reading() as session:
        attempt = session.get_one(Attempt, attempt_id)
        assert attempt.points == Decimal("2.5")
        assert attempt.submitted_at == attempt.ends_at
    assert len(school.passbacks()) == 1


def test_a_quiz_that_closes_ends_its_attempts(school: School) -> None:
    closes = (utcnow() + timedelta(minutes=10)).replace(microsecond=0)
    launch_id = give(school, time_limit=60, closes=closes)
    attempt_id = begin(school, launch_id)
    with school.database.reading() as session:
        assert session.get_one(Attempt, attempt_id).ends_at == closes


@pytest.mark.parametrize(
    "changes", [{"opens": utcnow() + timedelta(hours=1)}, {"closes": utcnow() - timedelta(hours=1)}]
)
def test_a_quiz_is_not_given_before_it_opens_and_after_it_closes(school: School, changes: Any) -> None:
    launch_id = give(school, **changes)
    with pytest.raises(NotGivenNow):
        begin(school, launch_id)


def test_an_access_code_cannot_be_found_out_by_trying(school: School) -> None:
    launch_id = give(school, access_code="pelican")
    for _ in range(5):
        with school.database.writing() as session, pytest.raises(WrongCode):
            start_attempt(session, session.get_one(Launch, launch_id), "heron")
    with school.database.writing() as session, pytest.raises(TooManyCodes):
        start_attempt(session, session.get_one(Launch, launch_id), "pelican")


def test_where_there_is_no_way_back_an_answer_cannot_be_changed_later(school: School) -> None:
    attempt_id = begin(school, give(school, one_question_at_a_time=True, cant_go_back=True))
    with school.database.writing() as session:
        attempt = session.get_one(Attempt, attempt_id)
        first = steps_of(quiz_of(attempt))[0][-1]
        turn_to(session, attempt, 1)
        turn_to(session, attempt, 0)
        assert attempt.position == 1
        with pytest.raises(InvalidResponse, match="behind you"):
            save_answer(session, attempt, first.id, None, 1)
        turn_to(session, attempt, 99)
        assert attempt.position == len(steps_of(quiz_of(attempt))) - 1
