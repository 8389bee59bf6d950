"""What 1EdTech's certification of tools asks of the login and of the tool's keys."""

import json
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from lti_app.models import Database, Registration
from tests.lti_app.fixtures import Browser, Refusals, register
from tests.lti_app.platform import Platform, rsa_key


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_login_leads_to_the_authentication_request(browser: Browser, method: str) -> None:
    login = browser.begin(method)
    assert login.response.location.startswith(f"{browser.platform.login_url}?")
    assert {**login.request, "state": "", "nonce": ""} == {
        "scope": "openid",
        "response_type": "id_token",
        "response_mode": "form_post",
        "prompt": "none",
        "client_id": "quizferry-client",
        "redirect_uri": "http://localhost:8000/lti/launch",
        "login_hint": "hint-1",
        "lti_message_hint": "message-1",
        "state": "",
        "nonce": "",
    }


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_hints_are_echoed_as_they_came(browser: Browser, method: str) -> None:
    hints = {"login_hint": "a b+c%20&=?#💧", "lti_message_hint": json.dumps({"cmid": 7, "launchid": "x" * 1500})}
    request = browser.begin(method, **hints).request
    assert {name: request[name] for name in hints} == hints


def test_a_login_without_a_message_hint_sends_none(browser: Browser) -> None:
    assert "lti_message_hint" not in browser.begin(lti_message_hint=None).request


def test_states_and_nonces_are_fresh_and_long(browser: Browser) -> None:
    logins = [browser.begin() for _ in range(3)]
    values = {value for login in logins for value in (login.state, login.nonce)}
    assert len(values) == 6
    assert min(map(len, values)) >= 43


@pytest.mark.parametrize("absent", ["iss", "login_hint", "target_link_uri"])
def test_a_login_without_what_it_must_have(browser: Browser, refusals: Refusals, absent: str) -> None:
    refusals.assert_refused(browser.send_login(**{absent: None}), "login-incomplete", absent)


def test_hints_that_are_longer_than_any_platform_s_are_refused(browser: Browser, refusals: Refusals) -> None:
    refusals.assert_refused(browser.send_login(lti_message_hint="x" * 16_000), "login-oversized")


@pytest.mark.parametrize(
    "target", ["HTTP://LOCALHOST:8000/lti/launch", "http://localhost:8000", "http://localhost:8000/x?y#z"]
)
def test_a_target_of_the_tool_s_own_in_any_spelling(browser: Browser, target: str) -> None:
    assert browser.begin(target_link_uri=target)


@pytest.mark.parametrize("changes", [{"iss": "https://stranger.example"}, {"client_id": "stranger"}])
def test_an_unknown_issuer_or_client_is_not_redirected(
    browser: Browser, refusals: Refusals, changes: dict[str, str]
) -> None:
    response = browser.send_login(**changes)
    refusals.assert_refused(response, "platform-unknown", "stranger")
    assert "Location" not in response.headers


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/lti/launch",
        "http://localhost:8001/lti/launch",
        "https://localhost:8000/lti/launch",
        "http://localhost:8000@evil.example/",
        "http://evil@localhost:8000/",
        "http://localhost:800000/",
        "http://localhost/lti/launch",
        "http://[",
        "//localhost:8000/lti/launch",
        "lti/launch",
    ],
)
def test_a_target_that_is_not_the_tools_own(browser: Browser, refusals: Refusals, target: str) -> None:
    refusals.assert_refused(browser.send_login(target_link_uri=target), "target-foreign")


def test_without_a_client_the_only_registration_of_the_issuer_is_meant(browser: Browser) -> None:
    assert browser.begin(client_id=None, lti_deployment_id=None).request["client_id"] == "quizferry-client"


def test_without_a_client_the_deployment_decides_between_registrations(
    browser: Browser, database: Database, platform: Platform
) -> None:
    row = register(database, platform, "Second", client_id="second-client")
    with database.writing() as session:
        session.merge(row).deployments[0].deployment_id = "deployment-2"
    login = browser.begin(client_id=None, lti_deployment_id="deployment-2")
    assert login.request["client_id"] == "second-client"


def test_without_a_client_and_deployment_several_registrations_are_too_many(
    browser: Browser, refusals: Refusals, database: Database, platform: Platform
) -> None:
    register(database, platform, "Second", client_id="second-client")
    response = browser.send_login(client_id=None, lti_deployment_id=None)
    refusals.assert_refused(response, "platform-ambiguous", platform.issuer)


def test_an_authentication_address_keeps_its_own_query(
    client: FlaskClient, database: Database, platform: Platform
) -> None:
    register(database, platform, auth_login_url=f"{platform.base_url}/auth?school=7&x=a%20b")
    login = Browser(client, platform).begin()
    assert urlsplit(login.response.location).query.startswith("school=7&x=a%20b&scope=openid&")
    assert (login.request["school"], login.request["x"]) == ("7", "a b")


def test_the_keyset_is_public_and_shows_no_private_half(client: FlaskClient) -> None:
    response = client.get("/lti/jwks")
    (key,) = response.get_json()["keys"]
    assert response.mimetype == "application/json"
    assert (key["kty"], key["alg"], key["use"]) == ("RSA", "RS256", "sig")
    assert set(key) == {"kty", "alg", "use", "kid", "n", "e"}


def test_a_launch_right_after_the_platform_changed_its_key(
    browser: Browser, registration: Registration, platform: Platform
) -> None:
    assert browser.launch().status_code == 303
    platform.keys = {"key-2": rsa_key("key-2")}
    login = browser.begin()
    token = platform.sign(platform.claims(login.nonce), "key-2")
    assert browser.post(login, token).status_code == 303
