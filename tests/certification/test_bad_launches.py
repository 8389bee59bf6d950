"""Launches that 1EdTech's certification of tools sends to see them refused, and others that must not pass either.

Each must give a page that says so, a log line, and no session.
"""

import base64
import json
import time
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from lti_app.models import Database, Registration
from tests.lti_app.fixtures import Browser, Refusals, register
from tests.lti_app.platform import CLAIM, CLIENT_ID, Answer, Platform, rsa_key, running_platform

INSTRUCTOR = ["http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor"]


@pytest.fixture(params=["student", "teacher"])
def person(request: pytest.FixtureRequest) -> dict[str, Any]:
    return {} if request.param == "student" else {"roles": INSTRUCTOR, "sub": "teacher-1"}


def test_no_kid_in_the_header(browser: Browser, refusals: Refusals, person: dict[str, Any]) -> None:
    login = browser.begin()
    token = browser.platform.sign(browser.platform.claims(login.nonce, **person), kid=None)
    refusals.assert_refused(browser.post(login, token), "key-unknown", "no kid")


def test_a_kid_that_the_platform_does_not_publish(browser: Browser, refusals: Refusals, person: dict[str, Any]) -> None:
    login = browser.begin()
    token = browser.platform.sign(browser.platform.claims(login.nonce, **person), "made-up", key=rsa_key("key-1"))
    refusals.assert_refused(browser.post(login, token), "key-unknown", "made-up")


def test_for_a_kid_that_is_not_published_the_keyset_is_fetched_once_more_but_not_at_every_launch(
    browser: Browser, platform: Platform
) -> None:
    assert browser.launch().status_code == 303
    for _ in range(3):
        login = browser.begin()
        token = platform.sign(platform.claims(login.nonce), "made-up", key=rsa_key("key-1"))
        assert "key-unknown" in browser.post(login, token).text
    assert len(platform.calls_to("/jwks")) == 2


def test_another_lti_version(browser: Browser, refusals: Refusals, person: dict[str, Any]) -> None:
    refusals.assert_refused(browser.launch(version="11.3", **person), "version-unsupported", "11.3")


def test_no_lti_version(browser: Browser, refusals: Refusals, person: dict[str, Any]) -> None:
    refusals.assert_refused(browser.launch(version=None, **person), "claim-missing", "claim/version")


def test_a_signed_token_that_is_no_lti_message(browser: Browser, refusals: Refusals) -> None:
    token = browser.platform.sign({"name": "badltilaunch"})
    refusals.assert_refused(browser.post(browser.begin(), token), "claim-missing", "iss")


def test_several_claims_missing_at_once_are_all_named_in_the_log(browser: Browser, refusals: Refusals) -> None:
    response = browser.launch(message_type=None, roles=None, deployment_id=None)
    named = f"{CLAIM}deployment_id, {CLAIM}message_type, {CLAIM}roles"
    refusals.assert_refused(response, "claim-missing", named)


@pytest.mark.parametrize(
    ("times", "code"),
    [
        ({"iat": 11111, "exp": 22222}, "token-expired"),
        ({"iat": int(time.time()) + 86400, "exp": int(time.time()) + 90000}, "token-from-future"),
        ({"iat": int(time.time()) - 86400}, "token-expired"),
        ({"exp": int(time.time()) + 10 * 365 * 86400}, "token-from-future"),
        ({"iat": 10**400, "exp": 10**400 + 60}, "token-from-future"),
        ({"exp": "soon"}, "claim-invalid"),
        ({"iat": []}, "claim-invalid"),
    ],
    ids=[
        "both long ago",
        "both ahead",
        "made a day ago",
        "lives ten years",
        "beyond all clocks",
        "exp is text",
        "iat is a list",
    ],
)
def test_times_that_do_not_fit(browser: Browser, refusals: Refusals, times: dict[str, Any], code: str) -> None:
    refusals.assert_refused(browser.launch(**times), code)


@pytest.mark.parametrize("claim", ["message_type", "roles", "deployment_id", "target_link_uri"])
def test_a_missing_lti_claim(browser: Browser, refusals: Refusals, person: dict[str, Any], claim: str) -> None:
    refusals.assert_refused(browser.launch(**{**person, claim: None}), "claim-missing", claim)


@pytest.mark.parametrize("claim", ["sub", "iss", "aud", "iat", "exp", "nonce"])
def test_a_missing_claim_of_openid_connect(
    browser: Browser, refusals: Refusals, person: dict[str, Any], claim: str
) -> None:
    login = browser.begin()
    claims = {name: value for name, value in browser.platform.claims(login.nonce, **person).items() if name != claim}
    refusals.assert_refused(browser.post(login, browser.platform.sign(claims)), "claim-missing", claim)


@pytest.mark.parametrize("link", [None, {}, {"id": ""}, {"title": "no id"}, "link-1"])
def test_no_resource_link_or_no_id_of_it(browser: Browser, refusals: Refusals, link: Any) -> None:
    refusals.assert_refused(browser.launch(resource_link=link), "claim-missing", "resource_link")


def test_claims_changed_after_signing(browser: Browser, refusals: Refusals) -> None:
    login = browser.begin()
    claims = browser.platform.claims(login.nonce)
    header, _body, signature = browser.platform.sign(claims).split(".")
    changed = base64.urlsafe_b64encode(json.dumps({**claims, f"{CLAIM}roles": INSTRUCTOR}).encode()).decode()
    token = f"{header}.{changed.rstrip('=')}.{signature}"
    refusals.assert_refused(browser.post(login, token), "signature-wrong")


def test_another_key_under_a_kid_that_is_published(browser: Browser, refusals: Refusals) -> None:
    login = browser.begin()
    token = browser.platform.sign(browser.platform.claims(login.nonce), "key-1", key=rsa_key("a stranger's"))
    refusals.assert_refused(browser.post(login, token), "signature-wrong")


def test_no_signature_at_all(browser: Browser, refusals: Refusals) -> None:
    login = browser.begin()
    token = jwt.encode(browser.platform.claims(login.nonce), None, "none", {"kid": "key-1"})  # type: ignore[arg-type]
    refusals.assert_refused(browser.post(login, token), "algorithm-refused", "none")


def test_hs256_with_the_public_key_as_its_secret(browser: Browser, refusals: Refusals) -> None:
    login = browser.begin()
    pem = rsa_key("key-1").public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    unsigned = jwt.encode(browser.platform.claims(login.nonce), "x" * 32, "HS256", {"kid": "key-1"}).rpartition(".")[0]
    signature = jwt.get_algorithm_by_name("HS256").sign(unsigned.encode(), pem)
    token = f"{unsigned}.{base64.urlsafe_b64encode(signature).decode().rstrip('=')}"
    refusals.assert_refused(browser.post(login, token), "algorithm-refused", "HS256")


@pytest.mark.parametrize("aud", ["another-tool", ["another-tool"], ["a", "b"], [], 7, {"aud": CLIENT_ID}])
def test_an_audience_without_this_tool(browser: Browser, refusals: Refusals, aud: Any) -> None:
    refusals.assert_refused(browser.launch(aud=aud), "audience-wrong")


@pytest.mark.parametrize(
    ("aud", "azp"),
    [
        ([CLIENT_ID, "another-tool"], None),
        ([CLIENT_ID, "another-tool"], "another-tool"),
        ([CLIENT_ID], "another-tool"),
        (CLIENT_ID, "another-tool"),
    ],
)
def test_an_authorized_party_that_is_not_this_tool(
    browser: Browser, refusals: Refusals, aud: Any, azp: str | None
) -> None:
    refusals.assert_refused(browser.launch(aud=aud, azp=azp), "audience-wrong", "azp")


def test_the_issuer_of_another_platform(browser: Browser, refusals: Refusals) -> None:
    refusals.assert_refused(browser.launch(iss="https://other.example.edu"), "issuer-wrong", "other.example.edu")


def test_the_token_of_another_registered_platform(browser: Browser, refusals: Refusals, database: Database) -> None:
    with running_platform() as other:
        other.keys = {"key-1": rsa_key("other")}
        register(database, other, "Other")
        login = browser.begin()
        token = other.sign(other.claims(login.nonce))
        refusals.assert_refused(browser.post(login, token), "issuer-wrong", other.issuer)


def test_an_unknown_deployment(browser: Browser, refusals: Refusals) -> None:
    refusals.assert_refused(browser.launch(deployment_id="elsewhere"), "deployment-unknown", "elsewhere")


def test_the_deployment_of_another_registration_of_the_same_issuer(
    browser: Browser, refusals: Refusals, database: Database, platform: Platform
) -> None:
    row = register(database, platform, "Other", client_id="other-client")
    with database.writing() as session:
        session.merge(row).deployments[0].deployment_id = "theirs"
    refusals.assert_refused(browser.launch(deployment_id="theirs"), "deployment-unknown", "theirs")


def test_a_target_on_another_host(browser: Browser, refusals: Refusals) -> None:
    response = browser.launch(target_link_uri="https://evil.example/lti/launch")
    refusals.assert_refused(response, "target-foreign", "evil.example")


@pytest.mark.parametrize("message", ["LtiStartProctoring", "Nonsense", ["x"], 3])
def test_a_message_type_that_the_tool_does_not_offer(browser: Browser, refusals: Refusals, message: Any) -> None:
    refusals.assert_refused(browser.launch(message_type=message), "message-unsupported")


def test_an_expired_token(browser: Browser, refusals: Refusals) -> None:
    now = int(time.time())
    refusals.assert_refused(browser.launch(iat=now - 200, exp=now - 61), "token-expired", str(now - 61))


@pytest.mark.parametrize("claim", ["iat", "nbf"])
def test_a_token_from_beyond_the_leeway_ahead(browser: Browser, refusals: Refusals, claim: str) -> None:
    response = browser.launch(**{claim: int(time.time()) + 70})
    refusals.assert_refused(response, "token-from-future")


@pytest.mark.parametrize("token", ["x", "a.b", "a.b.c", "....", "W10.W10.W10", "e30.bnVsbA.x", "💥.💥.💥"])
def test_what_is_no_token(browser: Browser, refusals: Refusals, token: str) -> None:
    refusals.assert_refused(browser.post(browser.begin(), token), "token-malformed")


def test_a_token_nested_too_deep_to_parse(browser: Browser, refusals: Refusals) -> None:
    deep = base64.urlsafe_b64encode(b"[" * 100_000).decode().rstrip("=")
    refusals.assert_refused(browser.post(browser.begin(), f"{deep}.{deep}.x"), "token-malformed")


def test_an_error_of_the_platform_instead_of_a_token(browser: Browser, refusals: Refusals) -> None:
    form = {"error": "login_required", "error_description": "<b>who?</b>", "state": browser.begin().state}
    response = browser.client.post("/lti/launch", data=form)
    refusals.assert_refused(response, "platform-refused", "login_required")
    assert "who?" not in response.text


@pytest.mark.parametrize("absent", ["state", "id_token"])
def test_a_launch_without_state_or_token(browser: Browser, refusals: Refusals, absent: str) -> None:
    login = browser.begin()
    form = {"state": login.state, "id_token": browser.platform.sign(browser.platform.claims(login.nonce))}
    del form[absent]
    refusals.assert_refused(browser.client.post("/lti/launch", data=form), "launch-incomplete", absent)


def test_a_body_that_is_too_large(browser: Browser, registration: Registration) -> None:
    response = browser.client.post("/lti/launch", data={"id_token": "x" * 600_000})
    assert response.status_code == 413
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize(
    "changes",
    [
        {"sub": "s" * 4000},
        {"sub": "\x00"},
        {"resource_link": {"id": "l" * 4000}},
        {"resource_link": {"id": 7}},
        {"context": {"id": "c" * 4000}},
        {"context": {"id": "\ud800"}},
        {"deployment_id": "d" * 4000},
        {"deployment_id": 1},
        {"roles": "Instructor"},
        {"roles": {"Instructor": True}},
    ],
)
def test_ids_and_roles_of_a_form_that_they_must_not_have(
    browser: Browser, refusals: Refusals, changes: dict[str, Any]
) -> None:
    refusals.assert_refused(browser.launch(**changes), "claim-invalid")


def test_a_keyset_that_cannot_be_fetched(browser: Browser, refusals: Refusals, platform: Platform) -> None:
    platform.script["/jwks"].append(Answer(status=500, body=b"<h1>Oops</h1>"))
    refusals.assert_refused(browser.launch(), "keys-unavailable", "500")
