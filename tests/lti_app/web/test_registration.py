"""Dynamic registration, from the invitation to the first launch, over real HTTP with what LMSs were seen to say."""

import json
import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from lti_app.app import create_app
from lti_app.config import Config
from lti_app.lti import registration_configuration
from lti_app.lti.registration_configuration import PLATFORM_CONFIGURATION, SHARED_ISSUERS
from lti_app.lti.registration_request import TOOL_CONFIGURATION
from lti_app.models import Database
from lti_app.services.platforms import approve_platform
from tests.lti_app.fixtures import Browser, register
from tests.lti_app.platform import CLIENT_ID, Answer, Platform
from tests.lti_app.registering import ANSWER, TOKEN, Admin, configuration, recorded
from tests.lti_app.web.classroom import words


@pytest.fixture
def browser(client: FlaskClient, platform: Platform) -> Browser:
    """A browser at a platform that nobody has registered yet."""
    return Browser(client, platform)


# What LMSs say and what comes of it: the deployment id of the answer, and whether launches may bring others.
RECORDED = [
    ("moodle/openid-configuration", "moodle/registration", ["19"]),
    ("moodle/openid-configuration", "moodle/registration-no-pii", ["20"]),
    ("canvas/openid-configuration", "canvas/registration", ["9:8865aa05b4b79b64a91a86042e43af5ea8ae79eb"]),
    ("canvas/openid-configuration", "canvas/registration-with-placement", []),
]


@pytest.mark.parametrize(("said", "answered", "deployments"), RECORDED)
def test_recorded_lms_registers(admin: Admin, said: str, answered: str, deployments: list[str]) -> None:
    answer = recorded(answered)["response"]["body"]
    response = admin.register(configuration(admin.platform, said), answer)
    assert response.status_code == 200
    assert 'data-registration="done"' in response.text
    (stored,) = admin.registered()
    assert (stored.issuer, stored.client_id) == (admin.platform.issuer, answer["client_id"])
    assert (stored.auth_login_url, stored.auth_token_url) == (admin.platform.login_url, admin.platform.token_url)
    assert (stored.jwks_url, stored.auth_audience) == (admin.platform.jwks_url, None)
    assert [row.deployment_id for row in stored.deployments] == deployments
    assert stored.approved
    assert stored.any_deployment


def test_sakai_which_says_little_of_itself_is_asked_for_everything_and_answers_with_the_request(admin: Admin) -> None:
    path = admin.invite()
    said = configuration(admin.platform, "sakai/openid-configuration")
    admin.serve(said, said)
    echo = {"client_id": "42", TOOL_CONFIGURATION: {"deployment_id": "1"}}
    admin.serve_answer(Answer.of_json(echo))
    admin.confirm(path)
    sent = json.loads(admin.registration_calls()[0].body)
    assert len(sent["scope"].split()) == 5
    assert "placements" not in sent[TOOL_CONFIGURATION]["messages"][1]
    assert admin.registered()[0].deployments[0].deployment_id == "1"


def test_brightspace_s_documented_rules_are_kept(
    config: Config, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = recorded("d2l/registration")["facts"]
    values = recorded("d2l/platform-values")["values"]
    monkeypatch.setattr(registration_configuration, "BRIGHTSPACE_TOKEN_HOST", "127.0.0.1")
    app = create_app(replace(config, public_url="https://quiz.example.edu"))
    tool = app.extensions["quizferry"]
    admin = Admin(app.test_client(), platform, tool.database, tool.config)
    assert rules["keyset_is_fetched_at_registration"]
    assert len(admin.client.get("/lti/jwks").get_json()["keys"]) == 1
    said = configuration(platform, **{PLATFORM_CONFIGURATION: {"product_family_code": "desire2learn"}})
    # The registration succeeds also where Brightspace could not make the deployment.
    assert rules["registration_still_succeeds_if_deployment_or_links_fail"]
    assert admin.register(said, {"client_id": values["client_id"]}).status_code == 200
    sent = admin.registration_calls()[0].body.decode()
    assert rules["all_urls_https"]
    assert re.findall(r'"(http:[^"]*)"', sent) == []
    assert json.loads(sent)[TOOL_CONFIGURATION]["domain"] == "quiz.example.edu"
    (row,) = admin.registered()
    assert (row.auth_audience, row.any_deployment) == (values["access_token_audience"], True)
    # A second registration needs a name or domain of its own there: the first is renewed, with a new client.
    assert rules["registration_updates"] == "not supported"
    again = admin.register(said, {**ANSWER, "client_id": "new"}, renews=row)
    assert (again.status_code, [one.client_id for one in admin.registered()]) == (200, ["new"])
    tool.database.close()


@pytest.mark.parametrize("sample", ["moodle", "canvas"])
def test_what_is_posted_has_the_shape_that_worked(admin: Admin, sample: str) -> None:
    admin.register(configuration(admin.platform, f"{sample}/openid-configuration"), ANSWER)
    (call,) = admin.registration_calls()
    worked = recorded(f"{sample}/registration")["request"]
    assert call.headers["Content-Type"] == "application/json"
    assert call.headers["Authorization"] == f"Bearer {TOKEN}"
    sent = json.loads(call.body)
    for name in ("application_type", "response_types", "token_endpoint_auth_method"):
        assert sent[name] == worked["body"][name]
    assert sorted(sent["grant_types"]) == sorted(worked["body"]["grant_types"])
    assert {name: type(value) for name, value in sent.items() if name != "contacts"} == {
        name: type(value) for name, value in worked["body"].items() if name != "contacts"
    }
    assert sent["redirect_uris"] == ["http://localhost:8000/lti/launch"]
    tool = sent[TOOL_CONFIGURATION]
    assert tool["domain"] == "localhost:8000", "Moodle wants the port"


def test_each_lms_is_asked_only_for_what_it_offers(admin: Admin) -> None:
    canvas = "https://canvas.instructure.com/lti"
    expected = {
        "moodle": (
            {"LtiResourceLinkRequest", "LtiDeepLinkingRequest", "LtiSubmissionReviewRequest"},
            ["ContentArea"],
            {"context_history": "$Context.id.history"},
        ),
        "canvas": (
            {"LtiResourceLinkRequest", "LtiDeepLinkingRequest"},
            [f"{canvas}/assignment_selection", f"{canvas}/link_selection"],
            {
                "context_history": "$Context.id.history",
                "due": "$ResourceLink.submission.endDateTime",
            },
        ),
    }
    for number, (sample, (messages, placements, custom)) in enumerate(expected.items()):
        answer = {**ANSWER, "client_id": f"client-{number}"}
        admin.register(configuration(admin.platform, f"{sample}/openid-configuration"), answer)
        tool = json.loads(admin.registration_calls()[-1].body)[TOOL_CONFIGURATION]
        assert {message["type"] for message in tool["messages"]} == messages
        (deep_linking,) = [message for message in tool["messages"] if message["type"] == "LtiDeepLinkingRequest"]
        assert deep_linking["placements"] == placements
        assert tool["custom_parameters"] == custom


def test_the_page_says_in_plain_words_what_is_asked_for_and_changes_nothing(admin: Admin) -> None:
    path = admin.invite()
    admin.serve(configuration(admin.platform, "canvas/openid-configuration"))
    response = admin.open(path)
    for text in (
        "Register Quizferry at Example University?",
        "Put students’ grades into these columns",
        "See who is in a course",
        "their name, e-mail address",
        "in assignments, as submission type",
        "Teachers look at attempts in the quiz, not from the gradebook.",
        "https://purl.imsglobal.org/spec/lti-ags/scope/score",
    ):
        assert text in words(response.text)
    assert "frame-ancestors *" in response.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in response.headers
    assert admin.registered() == []
    assert admin.registration_calls() == []


def test_a_registered_lms_launches_at_once(admin: Admin, browser: Browser) -> None:
    admin.register(configuration(admin.platform, "moodle/openid-configuration"), ANSWER)
    assert browser.launch().status_code == 303


def test_a_pending_one_launches_after_approval(admin: Admin, browser: Browser) -> None:
    response = admin.register(configuration(admin.platform), ANSWER, needs_approval=True)
    assert 'data-registration="pending"' in response.text
    assert "quizferry platforms approve" in response.text
    refused = browser.send_login()
    assert (refused.status_code, "platform-pending" in refused.text) == (403, True)
    with admin.database.writing() as session:
        approve_platform(session, admin.registered()[0].name)
    assert browser.launch().status_code == 303


def test_a_deployment_that_the_answer_did_not_name_comes_with_the_first_launch(admin: Admin, browser: Browser) -> None:
    admin.register(configuration(admin.platform, "canvas/openid-configuration"), {"client_id": CLIENT_ID})
    assert browser.launch(deployment_id="7:abc").status_code == 303
    assert browser.launch(deployment_id="8:def").status_code == 303
    assert browser.launch(deployment_id="7:abc").status_code == 303
    assert [row.deployment_id for row in admin.registered()[0].deployments] == ["7:abc", "8:def"]


@pytest.mark.parametrize(("sample", "taken"), [("canvas", True), ("moodle", False)])
def test_where_an_issuer_is_that_of_many_schools_only_canvas_s_clients_bring_deployments(
    admin: Admin, browser: Browser, monkeypatch: pytest.MonkeyPatch, sample: str, *, taken: bool
) -> None:
    monkeypatch.setitem(SHARED_ISSUERS, admin.platform.issuer, {"127.0.0.1"})
    admin.register(configuration(admin.platform, f"{sample}/openid-configuration"), ANSWER)
    response = browser.launch(deployment_id="another school’s")
    assert (response.status_code == 303, "deployment-unknown" in response.text) == (taken, not taken)
    assert len(admin.registered()[0].deployments) == 1 + taken


def test_a_launch_with_a_bad_signature_brings_no_deployment(admin: Admin, browser: Browser) -> None:
    admin.register(configuration(admin.platform), {"client_id": CLIENT_ID})
    login = browser.begin()
    token = admin.platform.sign(admin.platform.claims(login.nonce))
    assert browser.post(login, token[:-8] + "AAAAAAAA").status_code == 403
    assert admin.registered()[0].deployments == []


def test_issuers_that_share_a_client_are_kept_apart(
    database: Database, platform: Platform, client: FlaskClient
) -> None:
    register(database, platform)
    register(database, platform, "Beta", issuer="https://canvas.beta.instructure.com")
    assert Browser(client, platform).launch().status_code == 303
    login = Browser(client, platform).begin(iss="https://canvas.beta.instructure.com")
    refused = Browser(client, platform).launch(login)
    assert "issuer-wrong" in refused.text


def test_two_lmss_of_one_name_are_told_apart(admin: Admin) -> None:
    for client_id in ("1", "2", "3"):
        admin.register(configuration(admin.platform), {**ANSWER, "client_id": client_id})
    host = admin.platform.base_url.removeprefix("http://")
    assert [row.name for row in admin.registered()] == [host, f"{host} 2", f"{host} 3"]
