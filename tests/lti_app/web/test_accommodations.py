"""The page on which a teacher gives one student more time, more attempts or other dates."""

from dataclasses import replace

import pytest

from content.quiz import Settings
from lti_app.models import Role
from lti_app.services.quizzes import publish
from tests.lti_app.web.classroom import Classroom, Visitor, words
from tests.lti_app.web.quizzes import SEA
from tests.lti_app.web.test_instructor_pages import user_id

PAGE = "/teach/accommodations"


@pytest.fixture
def timed(classroom: Classroom, ada: Visitor, teacher: Visitor) -> Visitor:
    """The teacher of a quiz of 30 minutes and one attempt, which Ada has opened."""
    with classroom.database.writing() as session:
        publish(session, replace(SEA, settings=Settings(time_limit=30, attempts=1)))
    return teacher


def test_what_is_given_is_listed_and_stands_on_the_students_start_page(classroom, ada, timed):
    sent = timed.post(PAGE, student=user_id(classroom, "Ada"), where="quiz", percent="100", attempts="1")
    assert sent.location == timed.home + PAGE
    assert "Ada +100% time · +1 attempt This quiz" in words(timed.get(PAGE))
    assert "Time 60 min (30 + 30)" in words(ada.get())
    assert "Attempts 0 of 2" in words(ada.get())
    assert "Time 30 min Attempts" in words(classroom.launch("Ben").get())


def test_it_can_be_taken_back(classroom, ada, timed):
    student = user_id(classroom, "Ada")
    timed.post(PAGE, student=student, where="course", minutes="5")
    assert "Ada +5 min Whole course" in words(timed.get(PAGE))
    timed.post(f"{PAGE}/{student}/remove", where="course")
    assert "Whole course" not in words(timed.get(PAGE)).partition("All quizzes")[0]
    assert "Time 30 min" in words(ada.get())


def test_dates_are_read_in_the_teachers_time_zone(classroom, timed):
    timed.post(PAGE, student=user_id(classroom, "Ada"), closes="2026-03-01T14:00", zone="Asia/Tokyo")
    assert 'datetime="2026-03-01T05:00:00+00:00"' in timed.get(PAGE)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"student": ""}, "Choose a student."),
        ({"student": "999"}, "Choose a student."),
        ({}, "Say what the student is given: time, attempts or a date."),
        ({"percent": "-5"}, "This must be a whole number from 0 to 400."),
        ({"minutes": "1441"}, "This must be a whole number from 0 to 1440."),
        ({"attempts": "٣"}, "This must be a whole number from 0 to 99."),
        ({"percent": "9" * 5000}, "This must be a whole number from 0 to 400."),
        ({"due": "tomorrow"}, "This is no date and time; it looks like 2026-03-01T14:00."),
        ({"where": "course", "due": "2026-03-01T14:00"}, "Dates are for one quiz"),
        ({"opens": "2026-03-02T14:00", "closes": "2026-03-01T14:00"}, "It must close after it opens."),
        ({"closes": "2026-03-01T14:00", "zone": "Atlantis"}, "knows no time zone “Atlantis”"),
    ],
)
def test_what_makes_no_sense_is_said_and_gives_nothing(classroom, timed, fields, sentence):
    sent = timed.post(PAGE, **{"student": user_id(classroom, "Ada"), "where": "quiz", **fields})
    assert sent.status_code == 422
    assert sentence in words(sent.text)
    assert "Take back" not in timed.get(PAGE)


def test_only_students_of_the_course_can_be_chosen(classroom, timed):
    stranger = classroom.launch("Eve", context_id="elsewhere", resource_link_id="elsewhere")
    assert stranger.get()
    assert "Eve" not in timed.get(PAGE)
    assert timed.post(PAGE, student=user_id(classroom, "Eve"), minutes="5").status_code == 422
    assert timed.post(f"{PAGE}/{user_id(classroom, 'Eve')}/remove", where="quiz").status_code == 404


def test_without_students_it_says_when_there_will_be_some(classroom):
    teacher = classroom.launch("Grace", Role.INSTRUCTOR, quiz_id="sea")
    assert "Students can be chosen here once they have opened the quiz" in words(teacher.get(PAGE))
