from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from lti_app.lti.claims import LaunchClaims
from lti_app.models import GradePassback, Launch, PassbackState, Role, utcnow
from lti_app.services.attempts import start_attempt
from lti_app.services.launches import open_launch
from lti_app.services.passback import GradeState, status, statuses
from lti_app.services.refusals import Problem
from tests.lti_app.school import ALL_RIGHT, HALF_RIGHT, School

NOON = datetime(2026, 3, 1, 12, 0, 0, 700_000, tzinfo=UTC)
WHOLE_NOON = NOON.replace(microsecond=0)
NONE_RIGHT = {"depth": [0]}


def row_of(school: School) -> GradePassback:
    (row,) = school.passbacks()
    return row


def test_a_submission_wants_its_grade_at_once(school: School) -> None:
    with time_machine.travel(NOON, tick=False):
        school.submit(school.student(), ALL_RIGHT)
    row = row_of(school)
    assert (row.state, row.wanted_revision, row.sent_revision) == (PassbackState.WAITING, 1, 0)
    assert (row.wanted_at, row.due_at) == (WHOLE_NOON, NOON)
    assert row.lineitem_url == "https://lms.example.edu/lineitems/1"


def test_an_attempt_that_is_not_submitted_sends_nothing(school: School) -> None:
    launch_id = school.student()
    with school.database.writing() as session:
        start_attempt(session, session.get_one(Launch, launch_id))
    assert school.passbacks() == []


def test_timestamps_grow_by_whole_seconds_and_nothing_is_due_before_its_own(school: School) -> None:
    launch_id = school.student()
    seen = []
    with time_machine.travel(NOON, tick=False):
        for responses in (NONE_RIGHT, HALF_RIGHT, ALL_RIGHT):
            school.submit(launch_id, responses)
            seen.append((row_of(school).wanted_revision, row_of(school).wanted_at, row_of(school).due_at))
    second = timedelta(seconds=1)
    assert seen == [
        (1, WHOLE_NOON, NOON),
        (2, WHOLE_NOON + second, WHOLE_NOON + second),
        (3, WHOLE_NOON + 2 * second, WHOLE_NOON + 2 * second),
    ]


def test_timestamps_grow_even_when_the_clock_goes_back(school: School) -> None:
    launch_id = school.student()
    with time_machine.travel(NOON, tick=False):
        school.submit(launch_id, HALF_RIGHT)
    with time_machine.travel(NOON - timedelta(minutes=5), tick=False):
        school.submit(launch_id, ALL_RIGHT)
    assert row_of(school).wanted_at == row_of(school).due_at == WHOLE_NOON + timedelta(seconds=1)


def test_an_attempt_that_does_not_count_sends_nothing(school: School) -> None:
    launch_id = school.student()
    for responses in (HALF_RIGHT, HALF_RIGHT, NONE_RIGHT):
        school.submit(launch_id, responses)
    assert row_of(school).wanted_revision == 1


def test_a_better_grade_revives_a_failed_row(school: School) -> None:
    launch_id = school.student()
    school.submit(launch_id, HALF_RIGHT)
    with school.database.writing() as session:
        row = session.get_one(GradePassback, 1)
        row.state, row.failures, row.due_at = PassbackState.FAILED, 9, datetime(2100, 1, 1, tzinfo=UTC)
    school.submit(launch_id, ALL_RIGHT)
    row = row_of(school)
    assert (row.state, row.wanted_revision, row.failures) == (PassbackState.WAITING, 2, 0)
    assert row.due_at < datetime(2100, 1, 1, tzinfo=UTC)


def test_a_row_that_is_being_sent_stays_with_its_worker(school: School) -> None:
    launch_id = school.student()
    school.submit(launch_id, HALF_RIGHT)
    lease_end = datetime(2100, 1, 1, tzinfo=UTC)
    with school.database.writing() as session:
        row = session.get_one(GradePassback, 1)
        row.state, row.due_at = PassbackState.SENDING, lease_end
    school.submit(launch_id, ALL_RIGHT)
    row = row_of(school)
    assert (row.state, row.due_at, row.wanted_revision) == (PassbackState.SENDING, lease_end, 2)


def launch(school: School, lineitem_url: str | None, *, sub: str = "teacher", role: Role = Role.INSTRUCTOR) -> None:
    """Have a person launch, the teacher for one, by which the LMS says what its line item is now."""
    with school.database.writing() as session:
        course = school.link(session).course
        claims = LaunchClaims(
            registration_id=course.deployment.registration_id,
            deployment_id=course.deployment_id,
            context_id=course.context_id,
            sub=sub,
            role=role,
            resource_link_id=school.link(session).resource_link_id,
            lineitem_url=lineitem_url,
        )
        open_launch(session, claims, school.config)


def test_a_link_without_a_line_item_has_no_outbox(school: School) -> None:
    launch(school, None)
    school.submit(school.student(), ALL_RIGHT)
    assert school.passbacks() == []


def test_grades_from_before_the_line_item_are_sent_when_it_appears(school: School) -> None:
    launch(school, None)
    for name in ("Ada", "Ben"):
        school.submit(school.student(name), ALL_RIGHT)
    school.student("Cleo")  # has not begun
    launch(school, "https://lms.example.edu/lineitems/2")
    assert [(row.wanted_revision, row.lineitem_url[-1]) for row in school.passbacks()] == [(1, "2"), (1, "2")]


def test_another_line_item_gets_the_grades_too_and_the_same_one_none_again(school: School) -> None:
    school.submit(school.student(), ALL_RIGHT)
    launch(school, "https://lms.example.edu/lineitems/1")
    assert row_of(school).wanted_revision == 1
    launch(school, None)
    launch(school, "https://lms.example.edu/lineitems/1")
    assert row_of(school).wanted_revision == 1
    launch(school, "https://lms.example.edu/lineitems/2")
    assert (row_of(school).wanted_revision, row_of(school).lineitem_url[-1]) == (2, "2")


def test_the_status_tells_how_far_a_grade_is(school: School) -> None:
    with school.database.reading() as session:
        assert statuses(session, school.link(session)).rows == {}
    school.submit(school.student(), ALL_RIGHT)
    with school.database.writing() as session:
        row = session.get_one(GradePassback, 1)
        link, user = row.resource_link, row.user
        assert [one.state for one in status(session, link, user)] == [GradeState.WAITING]
        row.state, row.sent_at, row.last_error = PassbackState.FAILED, NOON, "Look at this."
        session.flush()
        (failed,) = status(session, link, user)
        assert (failed.state, failed.sent_at, failed.problem) == (GradeState.FAILED, NOON, "Look at this.")
        assert statuses(session, link).of(user.id) == (failed,)
        session.delete(row)
        session.flush()
        assert [one.state for one in status(session, link, user)] == [GradeState.UNGRADED]
        link.lineitem_url = link.lineitems_url = None
        assert [one.state for one in status(session, link, user)] == [GradeState.NONE]


@pytest.mark.parametrize("role", [Role.INSTRUCTOR, Role.LEARNER])
def test_a_launch_has_what_waits_for_a_person_tried_again(school: School, role: Role) -> None:
    for name in ("Ada", "Ben", "Cleo", "Dan"):
        school.submit(school.student(name), ALL_RIGHT)
    tomorrow = utcnow() + timedelta(days=1)
    with school.database.writing() as session:
        ada, ben, cleo, dan = session.scalars(select(GradePassback).order_by(GradePassback.id))
        ada.state, ada.due_at = PassbackState.BLOCKED, tomorrow
        ben.state, ben.due_at = PassbackState.BLOCKED, tomorrow
        cleo.state, cleo.due_at, cleo.last_problem = PassbackState.NOT_NEEDED, None, Problem.NEWER_THERE
        dan.state, dan.due_at = PassbackState.SENT, None
    launch(school, "https://lms.example.edu/lineitems/1", sub="ada", role=role)
    ada, ben, cleo, dan = school.passbacks()
    assert ada.due_at is not None
    assert ada.due_at <= utcnow()
    assert ben.state is (PassbackState.WAITING if role is Role.INSTRUCTOR else PassbackState.BLOCKED)
    assert (cleo.state, cleo.due_at) == (PassbackState.NOT_NEEDED, None)
    assert (dan.state, dan.due_at) == (PassbackState.SENT, None)


def test_a_student_who_comes_back_into_the_course_gets_the_grade_sent(school: School) -> None:
    school.submit(school.student(), ALL_RIGHT)
    with school.database.writing() as session:
        row = session.get_one(GradePassback, 1)
        row.state, row.due_at, row.last_problem = PassbackState.NOT_NEEDED, None, Problem.NO_STUDENT
    launch(school, "https://lms.example.edu/lineitems/1", sub="ada", role=Role.LEARNER)
    assert row_of(school).state is PassbackState.WAITING
