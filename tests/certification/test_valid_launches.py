"""Launches of teachers and students that 1EdTech's certification of tools sends: each must open, with the least rights.

The last ones are our own: forms of claims that platforms in use send.
"""

import time
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from lti_app.models import Course, Database, GradePassback, Launch, ResourceLink, Role
from lti_app.services.attempts import start_attempt, submit_attempt
from lti_app.services.quizzes import publish
from tests.lti_app.fixtures import Browser
from tests.lti_app.platform import AGS_ENDPOINT, CLIENT_ID, MEMBERSHIP
from tests.lti_app.school import QUIZ

INSTITUTION = "http://purl.imsglobal.org/vocab/lis/v2/institution/person"
SYSTEM = "http://purl.imsglobal.org/vocab/lis/v2/system/person"
NO_NAMES: dict[str, Any] = {"name": None, "given_name": None, "family_name": None}
NO_DATA: dict[str, Any] = {**NO_NAMES, "email": None}


def launch(browser: Browser, database: Database, **changes: Any) -> Launch:
    """Launch, see that the first page opens, and return what is stored."""
    response = browser.launch(**changes)
    assert response.status_code == 303, response.text
    page = browser.client.get(response.location, follow_redirects=True)
    assert page.status_code == 200
    with database.reading() as session:
        link = joinedload(Launch.resource_link).joinedload(ResourceLink.course)
        return session.scalars(select(Launch).options(joinedload(Launch.user), link)).one()


@pytest.mark.parametrize(
    ("roles", "role"),
    [
        ([f"{MEMBERSHIP}#Instructor"], Role.INSTRUCTOR),
        (
            [f"{INSTITUTION}#Faculty", f"{MEMBERSHIP}#Instructor", f"{MEMBERSHIP}#Learner", f"{SYSTEM}#User"],
            Role.INSTRUCTOR,
        ),
        (["Instructor"], Role.INSTRUCTOR),
        (["https://example.edu/roles#Wizard"], Role.LEARNER),
        ([], Role.LEARNER),
        ([f"{MEMBERSHIP}#Learner"], Role.LEARNER),
        ([f"{INSTITUTION}#Student", f"{MEMBERSHIP}#Learner", f"{SYSTEM}#User"], Role.LEARNER),
        (["Learner"], Role.LEARNER),
    ],
    ids=[
        "teacher",
        "teacher of several roles",
        "teacher by a short role",
        "unknown role",
        "no role",
        "student",
        "student of several roles",
        "student by a short role",
    ],
)
def test_roles(browser: Browser, database: Database, roles: list[str], role: Role) -> None:
    assert launch(browser, database, roles=roles).role is role


@pytest.mark.parametrize("role", ["Instructor", "Learner"])
class TestPersonalData:
    def test_email_without_names(self, browser: Browser, database: Database, role: str) -> None:
        user = launch(browser, database, roles=[f"{MEMBERSHIP}#{role}"], **NO_NAMES).user
        assert (user.name, user.email) == ("", "ada@example.edu")

    def test_names_without_email(self, browser: Browser, database: Database, role: str) -> None:
        changes = {"name": None, "given_name": "Ada", "family_name": "Lovelace", "email": None}
        user = launch(browser, database, roles=[f"{MEMBERSHIP}#{role}"], **changes).user
        assert (user.name, user.email) == ("Ada Lovelace", "")

    def test_no_personal_data(self, browser: Browser, database: Database, role: str) -> None:
        user = launch(browser, database, roles=[f"{MEMBERSHIP}#{role}"], **NO_DATA).user
        assert (user.sub, user.name, user.email) == ("student-1", "", "")

    def test_email_without_context(self, browser: Browser, database: Database, role: str) -> None:
        link = launch(browser, database, roles=[f"{MEMBERSHIP}#{role}"], context=None).resource_link
        assert (link.course.context_id, link.resource_link_id) == ("", "link-1")


def test_a_student_with_a_resource_link_only(browser: Browser, database: Database) -> None:
    link = launch(browser, database, context=None, **{AGS_ENDPOINT: None}, **NO_DATA).resource_link
    assert (link.lineitem_url, link.ags_scopes) == (None, [])


def test_a_student_whose_grade_goes_nowhere_is_told_so(browser: Browser, database: Database) -> None:
    with database.writing() as session:
        publish(session, QUIZ)
    changes = {"context": None, AGS_ENDPOINT: None, "custom": {"quiz": QUIZ.id}, **NO_DATA}
    opened = launch(browser, database, **changes)
    with database.writing() as session:
        found = session.get_one(Launch, opened.id)
        submit_attempt(session, start_attempt(session, found), {})
        assert session.scalars(select(GradePassback)).all() == []
    page = browser.client.get(f"/launches/{opened.id}/attempts/1/result")
    assert "This quiz has no place in your course’s gradebook." in page.text


def test_a_mentor_of_a_student_is_no_teacher(browser: Browser, database: Database) -> None:
    roles = [f"{MEMBERSHIP}#Learner", f"{MEMBERSHIP}#Mentor"]
    assert launch(browser, database, roles=roles, role_scope_mentor=["student-2"]).role is Role.LEARNER


def test_an_audience_list_of_one_with_the_authorized_party(browser: Browser, database: Database) -> None:
    launch(browser, database, aud=[CLIENT_ID], azp=CLIENT_ID)


def test_an_audience_list_of_two_with_the_authorized_party(browser: Browser, database: Database) -> None:
    launch(browser, database, aud=["another-tool", CLIENT_ID], azp=CLIENT_ID)


def test_an_authorized_party_of_null(browser: Browser) -> None:
    login = browser.begin()
    claims = {**browser.platform.claims(login.nonce), "azp": None}
    assert browser.post(login, browser.platform.sign(claims)).status_code == 303


def test_what_is_optional_may_be_null_empty_or_of_any_form(browser: Browser, database: Database) -> None:
    claims = {
        "name": 7,
        "email": "",
        "custom": {"quiz": None, "due": "$ResourceLink.submission.endDateTime", "n": 3},
        "context": {"id": None, "title": ["x"]},
        "resource_link": {"id": "link-1", "title": None},
        AGS_ENDPOINT: {"lineitem": 7, "lineitems": "javascript:alert(1)", "scope": "all"},
        "https://vendor.example/claim": {"deep": [{"er": None}]},
    }
    link = launch(browser, database, **claims).resource_link
    assert (link.lineitem_url, link.lineitems_url, link.ags_scopes, link.quiz_id) == (None, None, [], None)


@pytest.mark.parametrize(
    "times",
    [{"iat": -300, "exp": -50}, {"iat": 50, "exp": 110}, {"iat": 0, "nbf": 50, "exp": 110}, {"iat": -1, "exp": 59}],
    ids=["expired a moment ago", "made in a moment", "valid in a moment", "lives one minute"],
)
def test_times_that_fit_within_the_leeway(browser: Browser, database: Database, times: dict[str, int]) -> None:
    now = int(time.time())
    launch(browser, database, **{claim: now + seconds for claim, seconds in times.items()})


def test_the_course_keeps_a_title_of_its_own(browser: Browser, database: Database) -> None:
    context = {"id": "course-1", "label": "CHEM-1", "title": "<b>Chemistry</b>\x00 &\n more"}
    course: Course = launch(browser, database, context=context).resource_link.course
    assert course.title == "<b>Chemistry</b>  &  more"
