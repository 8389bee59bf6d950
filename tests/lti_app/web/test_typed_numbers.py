"""Numbers are taken as the language of the page writes them, and said as they were taken."""

import re
from decimal import Decimal

import pytest

from content.numbers import Exact
from content.questions import Numerical
from content.quiz import Quiz
from lti_app.services.quizzes import publish
from tests.lti_app.web.classroom import Classroom, Visitor

QUIZ = Quiz(
    id="steps",
    title="Steps",
    parts=(Numerical(id="many", stem="How many?", answers=(Exact(value=Decimal(1500)),)),),
)


def begin(classroom: Classroom, locale: str) -> Visitor:
    with classroom.database.writing() as session:
        publish(session, QUIZ)
    student = classroom.launch("Ada", quiz_id="steps", locale=locale)
    student.post("/attempts")
    return student


def understood(student: Visitor, typed: str) -> str:
    answer = student.put("/attempts/1/answers/many", {"q.many": [typed]}, 1).get_json()
    return str(answer["understood"])


def field(student: Visitor) -> str:
    found = re.search(r'name="q\.many" value="([^"]+)"', student.get("/attempts/1"))
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    ("locale", "typed", "said", "shown"),
    [
        ("en", "1,500", "Read as 1500", "1500"),
        ("de", "1,500", "Gelesen als 1,500", "1,500"),
        ("fr", "-1,500", "Lu comme -1,500", "-1,500"),
        ("de", "1.500,5", "Gelesen als 1500,5", "1.500,5"),
        ("de", "3,5", "Gelesen als 3,5", "3,5"),
        ("de", "1.500", "Gelesen als 1,500", "1,500"),
        ("en", "1.500", "Read as 1.500", "1.500"),
        ("en", "1,500.5", "Read as 1500.5", "1,500.5"),
    ],
)
def test_a_comma_means_what_it_means_in_the_language(
    classroom: Classroom, locale: str, typed: str, said: str, shown: str
) -> None:
    student = begin(classroom, locale)
    assert understood(student, typed) == said
    assert field(student) == shown
    assert said in student.get("/attempts/1")


def test_arabic_digits_are_read(classroom: Classroom) -> None:
    assert "1500.5" in understood(begin(classroom, "ar"), "١٬٥٠٠٫٥")


@pytest.mark.parametrize(("locale", "points"), [("en", "1 of 1 point"), ("de", "0 von 1 Punkt")])
def test_a_form_is_read_like_a_single_answer(classroom: Classroom, locale: str, points: str) -> None:
    student = begin(classroom, locale)
    student.post("/attempts/1/submit", confirmed="yes", **{"q.many": "1,500"})
    assert points in re.sub("<[^>]*>", "", student.get("/attempts/1/result"))
