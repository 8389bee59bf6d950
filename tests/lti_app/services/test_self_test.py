"""The self-test, against the demo LMS, which is as strict as the strictest, and with each thing broken in turn."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import requests
from click.testing import CliRunner

from lti_app.cli import main
from lti_app.config import Config
from lti_app.demo_lms import Activity, Lms, ToolRegistration, serving_demo_lms
from lti_app.demo_lms import tokens as lms_tokens
from lti_app.lti.keys import rotate_key, signing_key
from lti_app.models import Course, Database, Deployment, Registration, ResourceLink, Roster, utcnow
from lti_app.services import findings
from lti_app.services.findings import Finding, Outcome
from lti_app.services.self_test import run_self_test
from tests.lti_app.serving import serving_tool


@dataclass(frozen=True, slots=True)
class School:
    database: Database
    config: Config
    lms: Lms
    registration: Registration

    def findings(self, student: str = "", registration: Registration | None = None) -> dict[str, Finding]:
        found = run_self_test(self.database, self.config, registration or self.registration, student)
        return {finding.subject: finding for finding in found}

    def launch_once(self) -> None:
        """Store what a launch from the course leaves behind."""
        link = ResourceLink(
            resource_link_id="1",
            lineitems_url=f"{self.lms.base_url}/services/course-1/lineitems?deployment=1",
            course=Course(deployment=self.registration.deployments[0], context_id="course-1"),
        )
        url = f"{self.lms.base_url}/services/course-1/members?deployment=1"
        with self.database.writing() as session:
            session.add(Roster(resource_link=link, url=url))

    def columns(self) -> list[str]:
        return [column.label for column in self.lms.gradebook.columns()]


@pytest.fixture
def database_kind() -> str:
    """SQLite only: what is tested is the talk with an LMS."""
    return "sqlite"


@pytest.fixture
def school(config: Config) -> Iterator[School]:
    with serving_tool(config) as app:
        tool = app.extensions["quizferry"]
        url = tool.config.public_url
        registered = ToolRegistration(
            name="Quizferry",
            client_id="client",
            deployment_id="1",
            login_url=f"{url}/lti/login",
            launch_url=f"{url}/lti/launch",
            redirect_urls=(f"{url}/lti/launch",),
            keyset_url=f"{url}/lti/jwks",
        )
        with serving_demo_lms(registered, [Activity("1", "Scaling", Decimal(3))]) as lms:
            row = Registration(
                name="Demo",
                issuer=lms.base_url,
                client_id="client",
                auth_login_url=f"{lms.base_url}/authorize",
                auth_token_url=f"{lms.base_url}/token",
                jwks_url=f"{lms.base_url}/keys",
                deployments=[Deployment(deployment_id="1")],
            )
            with tool.database.writing() as session:
                session.add(row)
            yield School(tool.database, tool.config, lms, row)


def outcomes(findings: dict[str, Finding]) -> dict[str, Outcome]:
    return {subject: finding.outcome for subject, finding in findings.items()}


def test_with_a_student_everything_is_seen_to_work_and_nothing_is_left_behind(school: School) -> None:
    school.launch_once()
    findings = school.findings("ada")
    assert set(outcomes(findings).values()) == {Outcome.OK}, findings
    assert set(findings) >= {
        "Quizferry’s address",
        "Frame",
        "The LMS’s keys",
        "Clock",
        "Access token",
        "Permissions",
        "Roster",
        "Gradebook column",
        "Grade",
        "Grade read back",
        "Column removed",
    }
    assert findings["Roster"].sentence == "3 people are in the course, students among them: 2."
    assert school.columns() == ["Scaling"]
    assert [receipt.given for receipt in school.lms.gradebook.history()] == ["1"]


def test_without_a_student_it_is_honest_about_what_it_did_not_see(school: School) -> None:
    school.launch_once()
    findings = school.findings()
    assert findings["Grade"].outcome is Outcome.NOT_TESTED
    assert "--student" in findings["Grade"].sentence
    assert "Grade read back" not in findings
    assert school.columns() == ["Scaling"]


def test_a_refusal_of_nobody_that_is_known_to_mean_just_that_is_good(school: School) -> None:
    school.launch_once()
    moodle = replace_columns(school, product_family="moodle")
    assert school.findings(registration=moodle)["Grade"].outcome is Outcome.OK


def test_a_grade_that_is_refused_for_a_real_student_is_a_failure_and_the_column_goes_all_the_same(
    school: School,
) -> None:
    school.launch_once()
    findings = school.findings("clara")  # teaches
    assert findings["Grade"].outcome is Outcome.FAILED
    assert "status 400" in findings["Grade"].sentence
    assert findings["Column removed"].outcome is Outcome.OK
    assert school.columns() == ["Scaling"]


def test_before_the_first_launch_the_gradebook_is_not_tested(school: School) -> None:
    findings = school.findings()
    assert findings["Roster"].outcome is findings["Gradebook"].outcome is Outcome.NOT_TESTED
    assert "open one as its teacher" in findings["Gradebook"].sentence


def test_a_roster_that_cannot_be_read_is_a_failure(school: School) -> None:
    school.launch_once()
    with school.database.writing() as session:
        session.query(Roster).one().url += "0"  # the service's query is not what the LMS gave
    finding = school.findings()["Roster"]
    assert finding.outcome is Outcome.FAILED
    assert "status 404" in finding.sentence


def test_open_edx_which_deletes_no_column_gets_none(school: School) -> None:
    school.launch_once()
    edx = replace_columns(school, auth_login_url="https://edx.example.edu/api/lti_consumer/v1/launch/")
    assert school.findings("ada", edx)["Gradebook"].outcome is Outcome.NOT_TESTED
    assert school.lms.gradebook.history() == []


def test_a_permission_that_is_missing_is_named(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    school.launch_once()
    monkeypatch.setattr(lms_tokens, "PERMITTED", lms_tokens.PERMITTED - {lms_tokens.LINE_ITEM})
    findings = school.findings()
    assert findings["Permissions"].outcome is Outcome.FAILED
    assert "not granted: lineitem." in findings["Permissions"].sentence
    assert findings["Gradebook"].outcome is Outcome.NOT_TESTED


@pytest.mark.parametrize(("ahead", "changed"), [(timedelta(hours=24), False), (timedelta(), True)])
def test_tokens_are_granted_before_and_after_a_new_key_signs(
    school: School, ahead: timedelta, *, changed: bool
) -> None:
    """The LMS checks each assertion with the keyset that it fetches from the tool."""
    before = signing_key(school.database).kid
    assert school.findings()["Access token"].outcome is Outcome.OK
    rotate_key(school.database, ahead=ahead)
    findings = school.findings()
    assert findings["Quizferry’s address"].outcome is findings["Access token"].outcome is Outcome.OK
    assert (signing_key(school.database).kid != before) is changed


BROKEN: dict[str, tuple[dict[str, str], str]] = {
    "another client": ({"client_id": "other"}, "Access token"),
    "no token endpoint": ({"auth_token_url": "http://127.0.0.1:1/token"}, "Access token"),
    "another audience": ({"auth_audience": "https://lms.example.edu"}, "Access token"),
    "no keyset": ({"jwks_url": "http://127.0.0.1:1/keys"}, "The LMS’s keys"),
}


@pytest.mark.parametrize(("changes", "subject"), BROKEN.values(), ids=BROKEN)
def test_what_is_broken_is_red_and_says_what_to_do(school: School, changes: dict[str, str], subject: str) -> None:
    finding = school.findings(registration=replace_columns(school, **changes))[subject]
    assert finding.outcome is Outcome.FAILED
    assert finding.remedy
    assert not re.search(r"Error|Exception|urllib|[<>(]", finding.sentence), "in words, not in those of a library"


def test_a_tool_that_is_elsewhere_than_it_says_is_red(school: School) -> None:
    elsewhere = replace(school, config=replace(school.config, public_url="http://127.0.0.1:1"))
    finding = elsewhere.findings()["Quizferry’s address"]
    assert finding.outcome is Outcome.FAILED
    assert finding.sentence == (
        "http://127.0.0.1:1/lti/jwks does not answer. Nothing takes calls at 127.0.0.1:1. Check the address and its "
        "port, and that the server there runs."
    )


def answer(**headers: str) -> requests.Response:
    response = requests.Response()
    response.headers.update({name.replace("_", "-"): value for name, value in headers.items()})
    return response


@pytest.mark.parametrize(
    ("headers", "outcome"),
    [
        ({"Content_Security_Policy": "default-src 'none'; frame-ancestors *"}, Outcome.OK),
        ({"Content_Security_Policy": "frame-ancestors *", "X_Frame_Options": "SAMEORIGIN"}, Outcome.FAILED),
        ({"Content_Security_Policy": "frame-ancestors *, frame-ancestors 'self'"}, Outcome.FAILED),
        ({}, Outcome.FAILED),
    ],
)
def test_headers_that_something_in_front_adds_are_noticed(headers: dict[str, str], outcome: Outcome) -> None:
    assert findings.framing(answer(**headers)).outcome is outcome


@pytest.mark.parametrize(
    ("seconds", "outcome", "words"),
    [
        (0, Outcome.OK, "agree"),
        (20, Outcome.OK, "20 seconds ahead"),
        (-20, Outcome.OK, "20 seconds behind"),
        (45, Outcome.FAILED, "45 seconds ahead"),
        (-400, Outcome.FAILED, "400 seconds behind"),
    ],
)
def test_the_clock_s_skew_is_told(seconds: int, outcome: Outcome, words: str) -> None:
    now = utcnow().replace(microsecond=0)
    date = f"{now + timedelta(seconds=seconds):%a, %d %b %Y %H:%M:%S GMT}"
    finding = findings.clock(date, now)
    assert (finding.outcome, words in finding.sentence) == (outcome, True)
    assert findings.clock("soon", now).outcome is Outcome.NOT_TESTED


def test_the_command_prints_a_line_for_each_and_fails_when_one_does(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIZFERRY_DATABASE_URL", school.config.database_url)
    monkeypatch.setenv("QUIZFERRY_PUBLIC_URL", school.config.public_url)
    monkeypatch.setenv("QUIZFERRY_ALLOW_PRIVATE_ADDRESSES", "true")
    school.launch_once()
    good = CliRunner().invoke(main, ["platforms", "test", "Demo", "--student", "ada"])
    assert good.exit_code == 0, good.output
    assert "✓ Grade read back: ok" in good.output
    with school.database.writing() as session:
        session.get_one(Registration, school.registration.id).client_id = "other"
    bad = CliRunner().invoke(main, ["platforms", "test", "Demo"])
    assert bad.exit_code == 1
    assert "✗ Access token: failed" in bad.output
    assert "What to do:" in bad.output


def replace_columns(school: School, **changes: Any) -> Registration:
    """Change the stored registration, and return it."""
    with school.database.writing() as session:
        row = session.get_one(Registration, school.registration.id)
        for name, value in changes.items():
            setattr(row, name, value)
    return row
