"""The teacher's page of the rule and of regrading."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from content.quiz import Settings, WhichAttempt
from lti_app.models import ResourceLink, Role
from lti_app.services.quizzes import publish
from tests.lti_app.web.classroom import Classroom, Visitor, words
from tests.lti_app.web.quizzes import ALL_RIGHT, PARTLY_RIGHT, SEA, SKY


def rule(classroom: Classroom) -> tuple[WhichAttempt, int]:
    with classroom.database.reading() as session:
        link = session.scalars(select(ResourceLink)).one()
        return link.which_attempt, link.late_percent


def test_it_shows_who_would_change_before_it_is_done(classroom: Classroom, ada: Visitor, teacher: Visitor) -> None:
    ada.take(1, **ALL_RIGHT)
    ada.take(2, **PARTLY_RIGHT)
    text = words(teacher.get("/teach/grading?which=latest&late=0"))
    assert "1 of 1 grades would change" in text
    assert "Ada 4 of 4 1.67 of 4, lower than now. Attempt 2 of 2 counts." in text
    assert rule(classroom) == (WhichAttempt.HIGHEST, 0)
    assert teacher.post("/teach/grading", which="latest", late="10").status_code == 303
    assert rule(classroom) == (WhichAttempt.LATEST, 10)
    text = words(teacher.get("/teach/"))
    assert "1.67 of 4" in text
    assert "The latest attempt counts; each day late costs 10% of the points." in text
    assert "Your latest attempt counts." in words(ada.get())


def test_without_a_change_there_is_nothing_to_do(ada: Visitor, teacher: Visitor) -> None:
    ada.take(**ALL_RIGHT)
    text = words(teacher.get("/teach/grading"))
    assert "No grade would change" in text
    assert "Use this rule" not in text
    assert "Regrade" not in text


def test_the_quizs_own_rule_is_taken_over(classroom: Classroom) -> None:
    with classroom.database.writing() as session:
        publish(session, replace(SKY, settings=Settings(which_attempt=WhichAttempt.AVERAGE)))
    classroom.launch("Grace", Role.INSTRUCTOR, quiz_id="sky")
    assert rule(classroom) == (WhichAttempt.AVERAGE, 0)
    assert SEA.settings.which_attempt is WhichAttempt.HIGHEST


@pytest.mark.parametrize("query", ["which=none", "late=-1", "late=101", "late=ten", "late=", "late=²"])
def test_a_rule_that_cannot_be_is_refused(classroom: Classroom, teacher: Visitor, query: str) -> None:
    assert "whole number from 0 to 100" in words(teacher.get(f"/teach/grading?{query}", status=422))
    name, _, value = query.partition("=")
    teacher.post("/teach/grading", **{name: value})
    assert rule(classroom) == (WhichAttempt.HIGHEST, 0)


def test_learners_regrade_nothing(classroom: Classroom, ada: Visitor) -> None:
    assert ada.post("/teach/grading", which="latest", late="0").status_code == 403
    assert rule(classroom) == (WhichAttempt.HIGHEST, 0)
