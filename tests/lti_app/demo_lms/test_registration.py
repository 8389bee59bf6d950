"""The demo LMS registers tools as Moodle does."""

import json
from typing import Any

import pytest
import requests

from lti_app.demo_lms import Lms
from lti_app.demo_lms.registration import PLATFORM_CONFIGURATION, TOOL_CONFIGURATION
from lti_app.lti.claims import HISTORY_PARAMETERS
from lti_app.lti.deep_linking import DUE_VARIABLE
from tests.shared import shared

ERRORS = json.loads(shared("samples/lti/moodle/registration-errors.json").read_text(encoding="utf-8"))["exchanges"]
GOOD = json.loads(shared("samples/lti/moodle/registration.json").read_text(encoding="utf-8"))["request"]["body"]


def post(lms: Lms, document: Any, token: str = "token") -> requests.Response:
    url = requests.get(f"{lms.base_url}/.well-known/openid-configuration", timeout=5).json()["registration_endpoint"]
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return requests.post(url, json=document, headers=headers, timeout=5)


@pytest.fixture
def open_lms(lms: Lms) -> Lms:
    lms.registration_tokens["token"] = 1e12
    return lms


def test_what_worked_in_moodle_works_here_once(open_lms: Lms) -> None:
    answer = post(open_lms, GOOD)
    assert answer.status_code == 200
    assert answer.json()["client_id"] == open_lms.tool.client_id
    assert answer.json()[TOOL_CONFIGURATION]["deployment_id"] == open_lms.tool.deployment_id
    assert open_lms.tool.login_url == GOOD["initiate_login_uri"]
    assert open_lms.tool.custom["context_history"] == "$Context.id.history"
    again = post(open_lms, GOOD)
    assert (again.status_code, again.text) == (401, "token_already_used")


def test_it_says_that_it_has_every_message_and_variable_that_it_sends(lms: Lms) -> None:
    said = requests.get(f"{lms.base_url}/.well-known/openid-configuration", timeout=5).json()[PLATFORM_CONFIGURATION]
    assert [message["type"] for message in said["messages_supported"]] == [
        "LtiResourceLinkRequest",
        "LtiDeepLinkingRequest",
        "LtiSubmissionReviewRequest",
    ]
    assert {f"${variable}" for variable in said["variables"]} == {*HISTORY_PARAMETERS.values(), DUE_VARIABLE}


@pytest.mark.parametrize("exchange", ERRORS[1:], ids=lambda exchange: exchange["step"])
def test_what_moodle_refused_is_refused_in_the_same_words(open_lms: Lms, exchange: dict[str, Any]) -> None:
    before = open_lms.tool
    token = "token" if "Authorization" in exchange["request"]["headers"] else ""
    answer = post(open_lms, exchange["request"]["body"], token)
    assert (answer.status_code, answer.text) == (exchange["response"]["status"], exchange["response"]["body"])
    assert open_lms.tool is before


def test_an_expired_token_registers_nothing(lms: Lms) -> None:
    lms.registration_tokens["token"] = 0.0
    assert post(lms, GOOD).status_code == 401


def test_only_a_teacher_registers_tools(lms: Lms) -> None:
    for person, status in (("ada", 403), ("clara", 200)):
        with requests.Session() as browser:
            browser.post(f"{lms.base_url}/sign-in", data={"person": person}, timeout=5)
            page = browser.post(f"{lms.base_url}/tools", data={"registration_url": "http://localhost:1/x"}, timeout=5)
        assert page.status_code == status
    assert "http://localhost:1/x?openid_configuration=" in page.text
    assert "frame-src 'self' http://localhost:1;" in page.headers["Content-Security-Policy"]
