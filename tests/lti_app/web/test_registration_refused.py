"""LMSs and their answers with which no registration comes about; nothing is half made then."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from lti_app.app import create_app
from lti_app.config import Config
from lti_app.lti import http
from lti_app.lti.registration_configuration import PLATFORM_CONFIGURATION
from lti_app.services.audit import events
from tests.lti_app.platform import Answer, Platform
from tests.lti_app.registering import ANSWER, CONFIGURATION_PATH, Admin, configuration, recorded

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


def test_a_client_that_is_known_already_is_not_overwritten(admin: Admin) -> None:
    admin.register(configuration(admin.platform), ANSWER)
    response = admin.register(configuration(admin.platform, jwks_uri=f"{admin.platform.base_url}/other"), ANSWER)
    assert "registration-answer" in response.text
    assert [row.jwks_url for row in admin.registered()] == [admin.platform.jwks_url]


def assert_nothing_half_made(admin: Admin, path: str) -> None:
    """Nothing is stored, and the link still works."""
    assert admin.registered() == []
    with admin.database.reading() as session:
        assert list(events(session)) == []
    admin.platform.script.clear()
    said = configuration(admin.platform)
    admin.serve(said, said)
    admin.serve_answer(Answer.of_json(ANSWER))
    assert admin.open(path).status_code == 200
    assert admin.confirm(path).status_code == 200
    assert len(admin.registered()) == 1
