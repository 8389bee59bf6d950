"""Who has not started: the teacher's page beside the roster of a platform."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from lti_app.lti.keys import ensure_key
from lti_app.models import Registration, Role, utcnow
from tests.lti_app.platform import Answer, Platform, running_platform
from tests.lti_app.web.classroom import Classroom, Visitor, words
from tests.lti_app.web.quizzes import ALL_RIGHT

MEMBERS = "/courses/2/members"
PEOPLE = [
    {"user_id": "sub of Ada", "roles": ["Learner"], "name": "Ada from the roster"},
    {"user_id": "sub of Ben", "roles": ["Learner"], "name": "Ben"},
    {"user_id": "nameless", "roles": ["Learner"]},
    {"user_id": "gone", "roles": ["Learner"], "name": "Cleo", "status": "Inactive"},
    {"user_id": "sub of Grace", "roles": ["Learner"], "name": "Grace"},
    {"user_id": "other", "roles": ["Instructor"], "name": "Other Teacher"},
]


@pytest.fixture
def platform(classroom: Classroom) -> Iterator[Platform]:
    with running_platform() as platform:
        with classroom.database.writing() as session:
            session.get_one(Registration, classroom.registration_id).auth_token_url = platform.token_url
        object.__setattr__(classroom.config, "allow_private_addresses", True)
        ensure_key(classroom.database)
        yield platform


@pytest.fixture
def grace(classroom: Classroom, platform: Platform) -> Callable[[], Visitor]:
    """Has the teacher launch."""
    url = f"{platform.base_url}{MEMBERS}"
    return lambda: classroom.launch("Grace", Role.INSTRUCTOR, quiz_id="sea", memberships_url=url)


def serve(platform: Platform, people: list[dict[str, Any]]) -> None:
    platform.script[MEMBERS].append(Answer.of_json({"members": people}))


def test_who_has_not_started_is_listed(classroom: Classroom, platform: Platform, grace: Callable[[], Visitor]) -> None:
    classroom.launch("Ada", quiz_id="sea").take(**ALL_RIGHT)
    serve(platform, PEOPLE)
    text = words(grace().get("/teach/"))
    section = text[text.index("Not started yet") :]
    assert "Ben Student" in section  # who has no name is called by a number
    for name in ("Ada", "Cleo", "Grace", "Other"):
        assert name not in section
    assert "Not started 2" in text
    assert "Ada Ada: Attempt 1" in text  # what the launch said of her stands
    assert "As your course site said" in section


def test_it_is_read_anew_on_demand_and_when_old(platform: Platform, grace: Callable[[], Visitor]) -> None:
    serve(platform, PEOPLE)
    teacher = grace()
    teacher.get("/teach/")
    teacher.get("/teach/")
    assert len(platform.calls_to(MEMBERS)) == 1
    serve(platform, PEOPLE[:1])
    assert teacher.post("/teach/roster").status_code == 303
    assert "Ada from the roster" in words(teacher.get("/teach/"))
    assert "Ben" not in words(teacher.get("/teach/"))
    assert len(platform.calls_to(MEMBERS)) == 2
    with time_machine.travel(utcnow() + timedelta(hours=13)):
        grace().get("/teach/")
    assert len(platform.calls_to(MEMBERS)) == 3


def test_an_lms_that_does_not_tell_is_named_and_the_last_roster_stays(
    platform: Platform, grace: Callable[[], Visitor]
) -> None:
    serve(platform, PEOPLE)
    teacher = grace()
    teacher.get("/teach/")
    platform.script[MEMBERS].append(Answer(status=503))
    teacher.post("/teach/roster")
    text = words(teacher.get("/teach/"))
    assert "did not tell who is in the course" in text
    assert "Ben" in text


def test_who_left_the_course_is_marked(classroom: Classroom, platform: Platform, grace: Callable[[], Visitor]) -> None:
    classroom.launch("Ada", quiz_id="sea").take(**ALL_RIGHT)
    serve(platform, PEOPLE[1:])
    assert "Ada Left the course" in words(grace().get("/teach/"))


def test_the_roster_gives_no_rights(classroom: Classroom, platform: Platform, grace: Callable[[], Visitor]) -> None:
    serve(platform, [{"user_id": "sub of Ben", "roles": ["Instructor"], "name": "Ben"}])
    grace().get("/teach/")
    classroom.launch("Ben").get("/teach/", status=403)


def test_canvas_is_asked_for_those_who_have_the_link(
    classroom: Classroom, platform: Platform, grace: Callable[[], Visitor]
) -> None:
    with classroom.database.writing() as session:
        session.get_one(Registration, classroom.registration_id).product_family = "canvas"
    serve(platform, PEOPLE)
    grace().get("/teach/")
    assert platform.calls_to(MEMBERS)[0].path == f"{MEMBERS}?rlid=week-1&limit=100"


def test_without_a_roster_nothing_is_asked(classroom: Classroom) -> None:
    teacher = classroom.launch("Grace", Role.INSTRUCTOR, quiz_id="sea")
    assert "Not started" not in words(teacher.get("/teach/"))
    assert teacher.post("/teach/roster").status_code == 303


def test_students_ask_for_no_roster(classroom: Classroom, platform: Platform, tmp_path: Path) -> None:
    ada = classroom.launch("Ada", quiz_id="sea", memberships_url=f"{platform.base_url}{MEMBERS}")
    ada.get()
    assert ada.post("/teach/roster").status_code == 403
    assert platform.calls_to(MEMBERS) == []
