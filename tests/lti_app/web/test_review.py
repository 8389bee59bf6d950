"""Submission review: from the LMS's gradebook to one student's attempt (LTI Submission Review 1.0)."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from lti_app.models import Database, Launch, User
from lti_app.services.attempts import start_attempt, submit_attempt
from lti_app.services.quizzes import publish
from tests.lti_app.fixtures import Browser, Refusals, register
from tests.lti_app.platform import MEMBERSHIP, running_platform
from tests.lti_app.school import ALL_RIGHT, HALF_RIGHT, QUIZ

TEACHER: dict[str, Any] = {"sub": "teacher-1", "name": "Grace", "roles": [f"{MEMBERSHIP}#Instructor"]}


@pytest.fixture(autouse=True)
def quiz(database: Database) -> None:
    with database.writing() as session:
        publish(session, QUIZ)


def attend(browser: Browser, database: Database, sub: str, *tries: dict[str, list[int]], **changes: Any) -> None:
    """Have a student launch, and submit an attempt for each of ``tries``; without any, leave one unfinished."""
    browser.launch(sub=sub, name=sub.title(), custom={"quiz": QUIZ.id}, **changes)
    with database.writing() as session:
        launch = session.scalars(select(Launch).join(Launch.user).where(User.sub == sub)).all()[-1]
        for responses in tries:
            submit_attempt(session, start_attempt(session, launch), responses)
        if not tries:
            start_attempt(session, launch)


def review(browser: Browser, of: Any, **changes: Any) -> TestResponse:
    message = {"message_type": "LtiSubmissionReviewRequest", "for_user": of}
    return browser.launch(**{**message, **changes})


def page(browser: Browser, response: TestResponse) -> str:
    assert response.status_code == 303, response.text
    return browser.client.get(response.location).text


def test_a_teacher_lands_on_the_attempt_that_counts(browser: Browser, database: Database) -> None:
    attend(browser, database, "ben", HALF_RIGHT)
    attend(browser, database, "ada", HALF_RIGHT, ALL_RIGHT, HALF_RIGHT)
    response = review(browser, {"user_id": "ada"}, **TEACHER)
    assert response.location.endswith("/attempts/2")
    shown = page(browser, response)
    assert "<h1><bdi>Ada</bdi></h1>" in shown
    assert "4" in shown


def test_a_teacher_sees_an_attempt_that_is_not_submitted_yet(browser: Browser, database: Database) -> None:
    attend(browser, database, "ada")
    assert "not submitted yet" in page(browser, review(browser, {"user_id": "ada"}, **TEACHER))


@pytest.mark.parametrize("sub", ["nobody", "teacher-1"])
def test_of_somebody_without_an_attempt_a_teacher_gets_a_clear_page(
    browser: Browser, database: Database, sub: str
) -> None:
    attend(browser, database, "ada", ALL_RIGHT)
    response = review(browser, {"user_id": sub}, **TEACHER)
    shown = browser.client.get(response.location)
    assert shown.status_code == 404
    assert "has not begun this quiz here" in shown.text
    assert "Ada" not in shown.text


def test_a_student_of_another_course_is_nobody_here(browser: Browser, database: Database) -> None:
    attend(browser, database, "zoe", ALL_RIGHT, context={"id": "course-2"})
    response = review(browser, {"user_id": "zoe"}, **TEACHER)
    shown = browser.client.get(response.location)
    assert shown.status_code == 404
    assert "Zoe" not in shown.text


@pytest.fixture
def other(database: Database, client: FlaskClient) -> Iterator[Browser]:
    """The browser at another platform, whose users may have the same ids."""
    with running_platform() as platform:
        register(database, platform, "Other")
        yield Browser(client, platform)


def test_a_student_of_another_platform_with_the_same_id_is_nobody_here(
    browser: Browser, other: Browser, database: Database
) -> None:
    attend(browser, database, "ada", ALL_RIGHT)
    response = review(other, {"user_id": "ada"}, **TEACHER)
    assert browser.client.get(response.location).status_code == 404


def test_a_learner_sees_the_own_result(browser: Browser, database: Database) -> None:
    attend(browser, database, "ada", ALL_RIGHT)
    response = review(browser, {"user_id": "ada"}, sub="ada")
    assert response.location.endswith("/attempts/1/result")
    assert "Your result" in page(browser, response)


def test_a_learner_who_has_not_submitted_is_at_the_start(browser: Browser, database: Database) -> None:
    attend(browser, database, "ada")
    assert "Continue" in page(browser, review(browser, {"user_id": "ada"}, sub="ada"))


@pytest.mark.parametrize("roles", [[f"{MEMBERSHIP}#Learner"], [], ["Mentor"]])
def test_a_learner_may_review_nobody_else(browser: Browser, refusals: Refusals, roles: list[str]) -> None:
    response = review(browser, {"user_id": "ada"}, sub="eve", roles=roles)
    refusals.assert_refused(response, "review-not-own", "'ada'")


@pytest.mark.parametrize("for_user", [None, {}, {"user_id": ""}, {"user_id": None}, "ada", ["ada"]])
def test_a_review_of_nobody_is_refused(browser: Browser, refusals: Refusals, for_user: Any) -> None:
    refusals.assert_refused(review(browser, for_user, **TEACHER), "claim-missing", "for_user")


@pytest.mark.parametrize("sub", [7, ["ada"], "a" * 4000, "\x00"])
def test_a_review_of_an_id_that_is_none_is_refused(browser: Browser, refusals: Refusals, sub: Any) -> None:
    refusals.assert_refused(review(browser, {"user_id": sub}, **TEACHER), "claim-invalid", "for_user")


def test_a_review_without_its_link_is_refused(browser: Browser, refusals: Refusals) -> None:
    response = review(browser, {"user_id": "ada"}, **TEACHER, resource_link=None)
    refusals.assert_refused(response, "claim-missing", "resource_link")
