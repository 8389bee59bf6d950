"""Dynamic registration, from the invitation to the first launch, over real HTTP with what LMSs were seen to say."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lti_app.app import create_app
from lti_app.config import Config
from lti_app.lti import http
from lti_app.lti.registration_configuration import PLATFORM_CONFIGURATION, SHARED_ISSUERS, read_configuration
from lti_app.lti.registration_failures import IssuerForeign
from lti_app.lti.registration_request import TOOL_CONFIGURATION
from lti_app.models import AccessToken, Database, Deployment, Registration, utcnow
from lti_app.services.invitations import claim_invitation
from lti_app.services.platforms import approve_platform
from tests.lti_app.fixtures import Browser, register
from tests.lti_app.platform import CLIENT_ID, DEPLOYMENT_ID, Answer, Platform
from tests.lti_app.registering import CONFIGURATION_PATH, TOKEN, Admin, configuration, recorded

ANSWER = {"client_id": CLIENT_ID, TOOL_CONFIGURATION: {"deployment_id": DEPLOYMENT_ID}}


@pytest.fixture
def admin(client: FlaskClient, platform: Platform, database: Database, config: Config) -> Admin:
    return Admin(client, platform, database, config)


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


def test_brightspace_and_other_authorization_servers_get_their_own_audience() -> None:
    school = "https://school.brightspace.example"
    values = recorded("d2l/platform-values")["values"]
    document = {
        "issuer": values["issuer"],
        "authorization_endpoint": values["oidc_auth_url"],
        "jwks_uri": values["keyset_url"],
        "token_endpoint": values["access_token_url"],
        "registration_endpoint": f"{school}/d2l/api/register",
        PLATFORM_CONFIGURATION: {"product_family_code": "desire2learn"},
    }
    url = f"{school}/d2l/.well-known/openid-configuration"
    assert read_configuration(document, url, http_allowed=False).audience == values["access_token_audience"]
    document |= {"token_endpoint": f"{school}/token"}
    assert read_configuration(document, url, http_allowed=False).audience is None
    document |= {"authorization_server": "https://auth.example.edu"}
    assert read_configuration(document, url, http_allowed=False).audience == "https://auth.example.edu"


@pytest.mark.parametrize(
    ("issuer", "host", "may"),
    [
        ("https://canvas.instructure.com", "sso.canvaslms.com", True),
        ("https://canvas.beta.instructure.com", "sso.beta.canvaslms.com", True),
        ("https://canvas.instructure.com", "sso.beta.canvaslms.com", False),
        ("https://canvas.instructure.com", "canvas.example.edu", False),
        ("https://blackboard.com", "developer.blackboard.com", True),
        ("https://blackboard.com", "developer.anthology.com", True),
        ("https://moodle.example.edu", "moodle.example.edu", True),
        ("https://moodle.example.edu/sub", "moodle.example.edu", True),
        ("https://moodle.example.edu", "moodle.example.edu:8443", False),
        ("https://moodle.example.edu", "evil.example.edu", False),
        ("https://moodle.example.edu", "moodle.example.edu.evil.example", False),
    ],
)
def test_a_configuration_speaks_only_for_the_issuer_of_its_own_host(issuer: str, host: str, may: bool) -> None:
    endpoints = ("authorization_endpoint", "jwks_uri", "token_endpoint", "registration_endpoint")
    document: dict[str, Any] = {name: f"https://{host}/{name}" for name in endpoints}
    document |= {"issuer": issuer, PLATFORM_CONFIGURATION: {}}
    if may:
        assert read_configuration(document, f"https://{host}/configuration", http_allowed=False).issuer == issuer
    else:
        with pytest.raises(IssuerForeign):
            read_configuration(document, f"https://{host}/configuration", http_allowed=False)


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
    for words in (
        "Register Quizferry at Example University?",
        "Put students’ grades into these columns",
        "See who is in a course",
        "their name, e-mail address",
        "in assignments, as submission type",
        "Teachers look at attempts in the quiz, not from the gradebook.",
        "https://purl.imsglobal.org/spec/lti-ags/scope/score",
    ):
        assert words in response.text
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


def test_a_link_works_once(admin: Admin) -> None:
    path = admin.invite()
    said = configuration(admin.platform)
    admin.serve(said, said)
    admin.serve_answer(Answer.of_json(ANSWER))
    admin.open(path)
    assert admin.confirm(path).status_code == 200
    calls = len(admin.platform.calls)
    for response in (admin.open(path), admin.confirm(path)):
        assert (response.status_code, "invitation-used" in response.text) == (403, True)
        assert "Ask whoever runs this Quizferry for a new link" in response.text
    assert len(admin.platform.calls) == calls, "a used link calls nobody"


def test_of_two_browsers_that_use_a_link_at_once_one_registers(admin: Admin) -> None:
    path = admin.invite()
    with admin.database.writing() as session:
        claim_invitation(session, path.rpartition("/")[2])
    assert "invitation-used" in admin.confirm(path).text
    assert admin.platform.calls == []


def test_an_expired_or_made_up_link_gets_a_page_and_calls_nobody(admin: Admin) -> None:
    expired = admin.invite(timedelta(seconds=-1))
    for path, status, code in ((expired, 403, "invitation-expired"), ("/register/made-up", 404, "invitation-unknown")):
        for response in (admin.open(path), admin.confirm(path), admin.client.get(path)):
            assert (response.status_code, code in response.text) == (status, True)
    assert admin.platform.calls == []


def test_a_link_opened_outside_of_an_lms_says_where_it_goes(admin: Admin) -> None:
    path = admin.invite()
    response = admin.client.get(path)
    assert response.status_code == 200
    assert f"http://localhost{path}" in response.text or f"http://localhost:8000{path}" in response.text
    assert "Site administration" in response.text


def test_only_a_hash_of_the_token_is_stored(admin: Admin, config: Config) -> None:
    token = admin.invite().rpartition("/")[2]
    file = config.database_url.removeprefix("sqlite:///")
    for suffix in ("", "-wal"):
        with open(file + suffix, "rb") as content:  # noqa: PTH123
            assert token.encode() not in content.read()


BAD_CONFIGURATIONS = {
    "another issuer": ({"issuer": "https://moodle.example.edu"}, "issuer-foreign"),
    "no issuer": ({"issuer": None}, "configuration-unusable"),
    "an issuer that is no text": ({"issuer": ["x"]}, "configuration-unusable"),
    "no keyset": ({"jwks_uri": None}, "configuration-unusable"),
    "an endpoint that is no address": ({"token_endpoint": "javascript:alert(1)"}, "configuration-unusable"),
    "an endpoint with a user name": (
        {"registration_endpoint": "https://a:b@lms.example.edu/"},
        "configuration-unusable",
    ),
    "no LTI": ({PLATFORM_CONFIGURATION: None}, "lms-unsuited"),
    "no RS256": ({"id_token_signing_alg_values_supported": ["ES256"]}, "lms-unsuited"),
    "no private key": ({"token_endpoint_auth_methods_supported": ["client_secret_basic"]}, "lms-unsuited"),
}


@pytest.mark.parametrize(("changes", "code"), BAD_CONFIGURATIONS.values(), ids=BAD_CONFIGURATIONS)
def test_a_bad_configuration_is_named_before_anything_happens(admin: Admin, changes: dict[str, Any], code: str) -> None:
    path = admin.invite()
    bad = configuration(admin.platform, "moodle/openid-configuration", **changes)
    admin.serve(bad, bad)
    for response in (admin.open(path), admin.confirm(path)):
        assert (response.status_code, code in response.text) == (400, True), response.text
    assert_nothing_half_made(admin, path)


BAD_ANSWERS = {
    "no JSON": Answer(body=b"<html>Log in first</html>"),
    "no object": Answer.of_json(["issuer"]),
    "deep": Answer(body=b"[" * 100_000),
    "huge": Answer(body=b" " * (http.MAX_BYTES + 1)),
    "an error": Answer(status=500),
    "elsewhere": Answer(status=302, headers={"Location": "http://127.0.0.1:1/"}),
}


@pytest.mark.parametrize("answer", BAD_ANSWERS.values(), ids=BAD_ANSWERS)
def test_what_is_no_configuration_is_refused(admin: Admin, answer: Answer) -> None:
    path = admin.invite()
    admin.platform.script[CONFIGURATION_PATH].extend([answer, answer])
    for response in (admin.open(path), admin.confirm(path)):
        assert response.status_code in (400, 502)
        assert "configuration-un" in response.text
        assert "Nothing has been registered." in response.text
    assert_nothing_half_made(admin, path)


def test_a_slow_platform_is_given_up(admin: Admin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "TOTAL_SECONDS", -1)
    path = admin.invite()
    admin.serve(configuration(admin.platform))
    assert "configuration-unreachable" in admin.open(path).text


@pytest.mark.parametrize(
    "url", ["", "nonsense", "file:///etc/passwd", "http://127.0.0.1:1/#x", "https://me:pw@lms.example.edu/"]
)
def test_an_address_that_is_none_is_not_called(admin: Admin, url: str) -> None:
    path = admin.invite()
    response = admin.confirm(path, openid_configuration=url)
    assert (response.status_code, "configuration-address" in response.text) == (400, True)
    assert_nothing_half_made(admin, path)


def test_private_addresses_are_not_called_unless_the_operator_allows_it(config: Config, platform: Platform) -> None:
    app: Flask = create_app(replace(config, allow_private_addresses=False))
    tool = app.extensions["quizferry"]
    admin = Admin(app.test_client(), platform, tool.database, tool.config)
    path = admin.invite()
    assert "configuration-address" in admin.open(path).text, "http is for private addresses only"
    https = platform.base_url.replace("http:", "https:") + CONFIGURATION_PATH
    response = admin.open(path, openid_configuration=https)
    assert "configuration-unreachable" in response.text
    assert "private address" in response.text
    assert platform.calls == []
    tool.database.close()


REFUSALS = recorded("moodle/registration-errors")["exchanges"]


@pytest.mark.parametrize("exchange", REFUSALS, ids=lambda exchange: exchange["step"])
def test_moodle_s_refusals_are_told_in_its_own_words_and_leave_nothing(admin: Admin, exchange: dict[str, Any]) -> None:
    answer = exchange["response"]
    path = admin.invite()
    said = configuration(admin.platform, "moodle/openid-configuration")
    admin.serve(said, said)
    admin.serve_answer(Answer(status=answer["status"], body=answer["body"].encode(), headers=answer["headers"]))
    response = admin.confirm(path)
    assert (response.status_code, "lms-refused" in response.text) == (502, True)
    assert answer["body"] in response.text
    assert_nothing_half_made(admin, path)


UNUSABLE = {
    "no JSON": Answer(body=b"OK"),
    "no object": Answer.of_json([]),
    "no client": Answer.of_json({}),
    "an empty client": Answer.of_json({"client_id": " "}),
    "a client that is no text": Answer.of_json({"client_id": {"id": 1}}),
    "an endless client": Answer.of_json({"client_id": "x" * 4000}),
}


@pytest.mark.parametrize("answer", UNUSABLE.values(), ids=UNUSABLE)
def test_an_answer_that_cannot_be_used_stores_nothing_and_says_what_to_delete(admin: Admin, answer: Answer) -> None:
    path = admin.invite()
    admin.serve(configuration(admin.platform))
    admin.serve_answer(answer)
    response = admin.confirm(path)
    assert (response.status_code, "registration-answer" in response.text) == (502, True)
    assert "Delete the new Quizferry entry in your LMS" in response.text
    assert_nothing_half_made(admin, path)


def test_markup_from_an_lms_stays_text(admin: Admin) -> None:
    path = admin.invite()
    name = "<script>alert(1)</script>"
    lti = {"product_family_code": name, "https://canvas.instructure.com/lti/account_name": name}
    admin.serve(configuration(admin.platform, **{PLATFORM_CONFIGURATION: lti}))
    page = admin.open(path, registration_token=f'"><b>{name}').text
    assert "<script>alert" not in page
    assert "<b>" not in page


def test_two_lmss_of_one_name_are_told_apart(admin: Admin) -> None:
    for client_id in ("1", "2", "3"):
        admin.register(configuration(admin.platform), {**ANSWER, "client_id": client_id})
    host = admin.platform.base_url.removeprefix("http://")
    assert [row.name for row in admin.registered()] == [host, f"{host} 2", f"{host} 3"]


def test_a_client_that_is_known_already_is_not_overwritten(admin: Admin) -> None:
    admin.register(configuration(admin.platform), ANSWER)
    response = admin.register(configuration(admin.platform, jwks_uri=f"{admin.platform.base_url}/other"), ANSWER)
    assert "registration-answer" in response.text
    assert [row.jwks_url for row in admin.registered()] == [admin.platform.jwks_url]


def test_a_renewed_lms_keeps_its_courses_and_gets_new_values(admin: Admin, registration: Registration) -> None:
    (deployment,) = registration.deployments
    keep_a_token(admin.database, registration)
    said = configuration(admin.platform, jwks_uri=f"{admin.platform.base_url}/new")
    response = admin.register(said, {"client_id": "new", "deployment_id": "new-1"}, renews=registration)
    assert response.status_code == 200
    (stored,) = admin.registered()
    assert (stored.id, stored.name, stored.client_id) == (registration.id, registration.name, "new")
    assert stored.jwks_url.endswith("/new")
    assert [(row.id, row.deployment_id) for row in stored.deployments] == [(deployment.id, "new-1")]
    with admin.database.reading() as session:
        assert session.query(AccessToken).all() == []


def test_a_link_that_renews_one_lms_is_no_good_for_another(admin: Admin) -> None:
    elsewhere = Registration(
        name="Elsewhere",
        **{**admin.platform.registration_values(), "issuer": "https://lms.example.edu"},
        deployments=[Deployment(deployment_id="1")],
    )
    with admin.database.writing() as session:
        session.add(elsewhere)
    path = admin.invite(renews=elsewhere)
    said = configuration(admin.platform)
    admin.serve(said, said)
    for response in (admin.open(path), admin.confirm(path)):
        assert "issuer-foreign" in response.text
    assert [row.issuer for row in admin.registered()] == ["https://lms.example.edu"]


def keep_a_token(database: Database, registration: Registration) -> None:
    with database.writing() as session:
        session.add(
            AccessToken(
                registration_id=registration.id,
                client_id=registration.client_id,
                scopes="x",
                token="t",
                expires_at=utcnow() + timedelta(1),
            )
        )


def assert_nothing_half_made(admin: Admin, path: str) -> None:
    """Nothing is stored, and the link still works."""
    assert admin.registered() == []
    admin.platform.script.clear()
    said = configuration(admin.platform)
    admin.serve(said, said)
    admin.serve_answer(Answer.of_json(ANSWER))
    assert admin.open(path).status_code == 200
    assert admin.confirm(path).status_code == 200
    assert len(admin.registered()) == 1
