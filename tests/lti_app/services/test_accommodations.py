"""Extra time, extra attempts and other dates for one student; the others have none of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from time_machine import travel

from content.quiz import Settings, Shown
from lti_app.models import Accommodation, Attempt, AuditEvent, Launch, ResourceLink, User
from lti_app.services.attempts import settle_overdue, start_attempt
from lti_app.services.giving_extra import Extra, give, students_of, take_back
from lti_app.services.gradebook import gradebook
from lti_app.services.overview import Overview, overview
from lti_app.services.quizzes import publish
from lti_app.services.timing import GRACE
from tests.lti_app.school import ALL_RIGHT, QUIZ, School

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
EXAM = Settings(time_limit=30, attempts=1, closes=NOON + 2 * HOUR, show_answers=Shown.AFTER_CLOSE)


@pytest.fixture
def exam(school: School) -> School:
    """The school, with a time limit of 30 minutes, one attempt, and a close at two; it is noon."""
    with school.database.writing() as session:
        publish(session, replace(QUIZ, settings=EXAM))
    return school


@pytest.fixture
def clock():
    with travel(NOON, tick=False) as clock:
        yield clock


def accommodate(school: School, name: str, extra: Extra | None, *, course: bool = False) -> None:
    with school.database.writing() as session:
        user = session.scalars(select(User).where(User.name == name)).one()
        link = school.link(session)
        if extra is None:
            take_back(session, link, user, user, course=course)
        else:
            give(session, link, user, extra, user, course=course)


def start(school: School, launch_id: str) -> datetime | None:
    with school.database.writing() as session:
        return start_attempt(session, session.get_one(Launch, launch_id)).ends_at


def seen(school: School, launch_id: str) -> Overview:
    with school.database.reading() as session:
        here = overview(session, session.get_one(Launch, launch_id))
        assert here is not None
        return here


@pytest.mark.parametrize(
    ("extra", "minutes"),
    [
        (Extra(extra_percent=100), 60),
        (Extra(extra_minutes=10), 40),
        (Extra(extra_percent=50, extra_minutes=5), 50),
        (Extra(extra_attempts=1), 30),
    ],
)
@pytest.mark.parametrize("course", [True, False])
def test_extra_time_is_a_part_of_the_limit_and_minutes(exam, clock, extra, minutes, course):
    ada, ben = exam.student("Ada"), exam.student("Ben")
    accommodate(exam, "Ada", extra, course=course)
    assert start(exam, ada) == NOON + timedelta(minutes=minutes)
    assert start(exam, ben) == NOON + timedelta(minutes=30)
    terms = seen(exam, ada).terms
    assert terms.time_limit == timedelta(minutes=minutes)
    assert terms.extra_time == timedelta(minutes=minutes - 30)


def test_what_is_given_for_the_quiz_goes_before_what_is_given_for_the_course(exam, clock):
    ada = exam.student("Ada")
    accommodate(exam, "Ada", Extra(extra_percent=100), course=True)
    accommodate(exam, "Ada", Extra(extra_minutes=5))
    assert seen(exam, ada).terms.time_limit == timedelta(minutes=35)
    accommodate(exam, "Ada", None)
    assert seen(exam, ada).terms.time_limit == timedelta(minutes=60)
    accommodate(exam, "Ada", None, course=True)
    assert seen(exam, ada).terms.time_limit == timedelta(minutes=30)


def test_what_is_given_for_the_course_holds_at_its_other_links(exam, clock):
    ada = exam.student("Ada")
    accommodate(exam, "Ada", Extra(extra_minutes=5), course=True)
    accommodate(exam, "Ada", Extra(extra_minutes=10))
    with exam.database.writing() as session:
        link = exam.link(session)
        session.get_one(Launch, ada).resource_link = ResourceLink(
            course=link.course, resource_link_id="other", title="Other", quiz_id=QUIZ.id
        )
    assert seen(exam, ada).terms.time_limit == timedelta(minutes=35)


def test_a_running_attempt_has_the_new_time_at_once(exam, clock):
    ada = exam.student("Ada")
    start(exam, ada)
    clock.move_to(NOON + timedelta(minutes=31))  # nobody has submitted it yet
    accommodate(exam, "Ada", Extra(extra_minutes=15))
    assert settle_overdue(exam.database) == 0
    clock.move_to(NOON + timedelta(minutes=46))
    assert settle_overdue(exam.database) == 1
    with exam.database.reading() as session:
        assert session.scalars(select(Attempt.submitted_at)).one() == NOON + timedelta(minutes=45)


def test_extra_attempts_are_added_to_those_of_the_quiz(exam, clock):
    ada, ben = exam.student("Ada"), exam.student("Ben")
    accommodate(exam, "Ada", Extra(extra_attempts=1))
    for launch in (ada, ben):
        exam.submit(launch, ALL_RIGHT)
    assert seen(exam, ada).entry == "open"
    assert seen(exam, ben).entry == "no attempts left"


def test_other_dates_take_the_place_of_the_quizs(exam, clock):
    ada, ben = exam.student("Ada"), exam.student("Ben")
    accommodate(exam, "Ada", Extra(opens=NOON + 3 * HOUR, closes=NOON + 5 * HOUR))
    assert (seen(exam, ada).entry, seen(exam, ben).entry) == ("not yet", "open")
    clock.move_to(NOON + 4 * HOUR)
    assert (seen(exam, ada).entry, seen(exam, ben).entry) == ("open", "closed")


def test_the_key_waits_until_the_quiz_is_closed_for_everybody(exam, clock):
    exam.student("Ada")
    ben = exam.student("Ben")
    exam.submit(ben, ALL_RIGHT)
    accommodate(exam, "Ada", Extra(closes=NOON + 5 * HOUR))
    clock.move_to(NOON + 4 * HOUR)
    assert not seen(exam, ben).sight.key
    clock.move_to(NOON + 5 * HOUR + GRACE)
    assert seen(exam, ben).sight.key


def test_a_later_due_date_takes_back_what_lateness_has_cost_and_sends_the_grade(school, clock):
    with school.database.writing() as session:
        publish(session, replace(QUIZ, settings=Settings(due=NOON - HOUR)))
        school.link(session).late_percent = 10
    for name in ("Ada", "Ben"):
        school.submit(school.student(name), ALL_RIGHT)
    wanted = [row.wanted_revision for row in school.passbacks()]
    accommodate(school, "Ada", Extra(due=NOON + HOUR))
    with school.database.reading() as session:
        scores = {row.user.name: row.score.points for row in gradebook(session, school.link(session)) if row.score}
    assert scores["Ada"] == 4
    assert scores["Ben"] < 4
    ada, ben = school.passbacks()
    assert (ada.wanted_revision, ben.wanted_revision) == (wanted[0] + 1, wanted[1])


def test_both_ways_are_in_the_audit_trail(exam, clock):
    exam.student("Ada")
    accommodate(exam, "Ada", Extra(extra_percent=25), course=True)
    accommodate(exam, "Ada", None, course=True)
    with exam.database.reading() as session:
        found = session.scalars(select(AuditEvent).order_by(AuditEvent.id))
        told = [(one.action, one.details) for one in found]
    assert told == [
        ("accommodation.given", {"where": "course", "extra_percent": "25"}),
        ("accommodation.taken_back", {"where": "course"}),
    ]


def test_students_are_known_by_their_launches(exam):
    for name in ("Zoe", "", "adam"):
        exam.student(name)
    with exam.database.reading() as session:
        assert [user.name for user in students_of(session, exam.link(session))] == ["adam", "Zoe", ""]


@pytest.mark.parametrize("values", [{"extra_minutes": -1}, {"due": NOON}])
def test_the_database_refuses_less_and_dates_for_a_course(exam, values):
    exam.student("Ada")
    with exam.database.reading() as session:
        course_id, user_id = exam.link(session).course_id, session.scalars(select(User.id)).one()
    with exam.database.writing() as session, pytest.raises(IntegrityError):
        session.execute(insert(Accommodation).values(course_id=course_id, user_id=user_id, **values))
