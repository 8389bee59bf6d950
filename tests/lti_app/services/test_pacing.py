"""The pace of grades: limits for each platform, and trouble at one that is nobody else's."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import insert, select, text

from lti_app.models import (
    Course,
    Deployment,
    GradePassback,
    Launch,
    PassbackState,
    Registration,
    ResourceLink,
    Role,
    User,
    utcnow,
)
from lti_app.platforms import GENERIC
from lti_app.platforms.canvas import CANVAS
from lti_app.services.claims import LONGEST_DUE, claim
from lti_app.services.delivery import deliver
from lti_app.services.outcomes import Outcome
from lti_app.services.pacing import LONGEST_PAUSE, OUTAGE
from tests.lti_app.gradebook_server import GradebookServer, Reply
from tests.lti_app.graded import school
from tests.lti_app.school import ALL_RIGHT, QUIZ, School

__all__ = ["school"]

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


def submit_many(school: School, number: int) -> None:
    for student in range(number):
        school.submit(school.student(f"S{student}"), ALL_RIGHT)


def deliver_due(school: School) -> list[Outcome]:
    return [deliver(school.database, school.config, claimed) for claimed in claim(school.database, school.config, 64)]


def platform(school: School) -> Registration:
    with school.database.reading() as session:
        return session.get_one(Registration, 1)


def open_second_school(school: School, gradebook: GradebookServer) -> str:
    """Have another LMS with a student at the same tool; return their launch."""
    with school.database.writing() as session:
        registration = Registration(
            name="Other",
            issuer="https://other.example.edu",
            client_id="client",
            auth_login_url="https://other.example.edu/auth",
            auth_token_url=gradebook.token_url,
            jwks_url="https://other.example.edu/jwks",
        )
        course = Course(deployment=Deployment(registration=registration, deployment_id="1"), context_id="c")
        link = ResourceLink(
            course=course, resource_link_id="r", quiz_id=QUIZ.id, lineitem_url=gradebook.lineitem_url, ags_scopes=[]
        )
        session.add_all([registration, link])
        session.flush()
        user = User(registration_id=registration.id, sub="other")
        hour = timedelta(hours=1)
        session.add(
            Launch(
                id="other",
                secret_hash="",
                user=user,
                resource_link=link,
                role=Role.LEARNER,
                expires_at=utcnow() + hour,
            )
        )
    return "other"


def test_no_platform_has_more_grades_on_their_way_than_it_may(school: School) -> None:
    submit_many(school, 12)
    config = replace(school.config, grades_at_once=5)
    first = claim(school.database, config, 3)
    second = claim(school.database, config, 64)
    assert (len(first), len(second)) == (3, 2)
    assert claim(school.database, config, 64) == []
    deliver(school.database, config, first[0])
    assert len(claim(school.database, config, 64)) == 1


def test_a_dead_worker_s_grades_are_on_nobody_s_way(school: School) -> None:
    submit_many(school, 8)
    assert len(claim(school.database, school.config, 64)) == 8
    with time_machine.travel(utcnow() + timedelta(minutes=1)):
        assert len(claim(school.database, school.config, 64)) == 8


@pytest.mark.parametrize(("family", "at_once"), [("canvas", CANVAS.grades_at_once), ("", GENERIC.grades_at_once)])
def test_without_a_setting_the_kind_of_platform_says_how_many_may_be_on_their_way(
    school: School, family: str, at_once: int
) -> None:
    with school.database.writing() as session:
        session.scalars(select(Registration)).one().product_family = family
    submit_many(school, 20)
    assert len(claim(school.database, school.config, 64)) == at_once


def test_no_platform_gets_more_in_a_second_than_it_may(school: School) -> None:
    submit_many(school, 12)
    config = replace(school.config, grades_at_once=100, grades_per_second=4)
    with time_machine.travel(utcnow() + timedelta(minutes=1), tick=False) as clock:
        taken = []
        for _ in range(9):
            taken.append(len(claim(school.database, config, 64)))
            clock.shift(0.25)
    assert taken == [4, 1, 1, 1, 1, 1, 1, 1, 1]


def test_a_slow_platform_leaves_room_for_the_others(school: School, gradebook: GradebookServer) -> None:
    submit_many(school, 30)
    slow = claim(school.database, school.config, 64)
    school.submit(open_second_school(school, gradebook), ALL_RIGHT)
    (other,) = claim(school.database, school.config, 64)
    assert other not in slow
    assert deliver(school.database, school.config, other) is Outcome.SENT


def test_a_platform_in_trouble_is_asked_by_one_grade_at_a_time(school: School, gradebook: GradebookServer) -> None:
    gradebook.always = Reply(503)
    submit_many(school, 20)
    with time_machine.travel(utcnow() + timedelta(seconds=1), tick=False) as clock:
        assert deliver_due(school) == [Outcome.WAITING] * GENERIC.grades_at_once
        assert platform(school).grade_troubles == 1  # the others were on their way already
        pauses = []
        for _ in range(10):
            assert deliver_due(school) == []
            pauses.append(platform(school).grades_from - utcnow())
            clock.move_to(platform(school).grades_from)
            assert deliver_due(school) == [Outcome.WAITING]
    assert max(pauses) <= LONGEST_PAUSE
    assert pauses[-1] >= LONGEST_PAUSE / 2


def test_after_an_outage_all_that_waited_goes_at_once(school: School, gradebook: GradebookServer) -> None:
    gradebook.always = Reply(503)
    submit_many(school, GENERIC.grades_at_once + 4)
    with time_machine.travel(utcnow() + timedelta(seconds=1), tick=False) as clock:
        while platform(school).grade_troubles < OUTAGE + 2:
            deliver_due(school)
            clock.move_to(max(platform(school).grades_from, utcnow()))
        gradebook.always = None
        while not deliver_due(school):
            clock.shift(1)
        assert platform(school).grade_troubles == 0
        assert deliver_due(school) == [Outcome.SENT] * GENERIC.grades_at_once
        assert deliver_due(school) == [Outcome.SENT] * 3


def test_the_pause_that_an_lms_asks_for_is_for_all_its_grades(school: School, gradebook: GradebookServer) -> None:
    gradebook.script.append(Reply(429, {"Retry-After": "120"}))
    submit_many(school, 3)
    with time_machine.travel(utcnow() + timedelta(seconds=1), tick=False) as clock:
        (first, *_) = claim(school.database, school.config, 1)
        assert deliver(school.database, school.config, first) is Outcome.WAITING
        clock.shift(119)
        assert claim(school.database, school.config, 64) == []
        clock.shift(14)
        assert len(deliver_due(school)) == 1
        assert len(deliver_due(school)) == 2


def test_a_grade_that_the_lms_cannot_digest_does_not_come_back_with_each_success(
    school: School, gradebook: GradebookServer
) -> None:
    gradebook.script.append(Reply(500))
    submit_many(school, 1)
    assert deliver_due(school) == [Outcome.WAITING]
    due_at = school.passbacks()[0].due_at
    school.submit(school.student("Ben"), ALL_RIGHT)
    with school.database.writing() as session:
        session.get_one(Registration, 1).grades_from = utcnow()
    assert deliver_due(school) == [Outcome.SENT]
    assert school.passbacks()[0].due_at == due_at


def test_claims_take_as_long_with_many_sent_grades(school: School, database_kind: str) -> None:
    fill_with_sent(school, 20_000)
    school.submit(school.student("Ada"), ALL_RIGHT)
    with school.database.reading() as session:
        session.execute(text("ANALYZE")) if database_kind == "postgresql" else None
        query = LONGEST_DUE.params(platform=1, now=utcnow(), most=8)
        query = query.compile(session.connection(), compile_kwargs={"literal_binds": True})
        explain = "EXPLAIN " if database_kind == "postgresql" else "EXPLAIN QUERY PLAN "
        plan = "\n".join(str(row) for row in session.execute(text(explain + str(query))))
    assert "ix_grade_passbacks_due" in plan
    assert "Sort" not in plan
    assert "TEMP B-TREE" not in plan
    assert len(claim(school.database, school.config, 8)) == 1


def fill_with_sent(school: School, number: int) -> None:
    columns = {
        "resource_link_id": 1, "registration_id": 1, "state": PassbackState.SENT, "wanted_revision": 1,
        "sent_revision": 1, "lineitem_url": "x", "wanted_at": NOON, "due_at": None, "tries": 1, "failures": 0,
        "unheard": 0, "last_problem": "", "last_error": "",
    }  # fmt: skip
    with school.database.writing() as session:
        session.execute(insert(User), [{"registration_id": 1, "sub": f"past{n}"} for n in range(number)])
        ids = session.scalars(select(User.id).where(User.sub.startswith("past"))).all()
        session.execute(insert(GradePassback), [{**columns, "user_id": user_id} for user_id in ids])
