"""Launches of browsers that keep no cookies in frames: by platform storage, and with a secret that pages carry."""

import html
import re
from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from lti_app.models import Database, LoginState
from lti_app.services.quizzes import publish
from tests.lti_app.fixtures import BegunLogin, Browser, Refusals
from tests.lti_app.school import QUIZ
from tests.lti_app.web.classroom import words

IN_FRAME = {"Sec-Fetch-Dest": "iframe"}
OWN = {"Origin": "http://localhost:8000"}


@pytest.fixture
def safari(app: Flask, browser: Browser, database: Database) -> Browser:
    """A browser that keeps no cookies."""
    with database.writing() as session:
        publish(session, QUIZ)
    return Browser(app.test_client(use_cookies=False), browser.platform)


def data_of(page: str) -> dict[str, str]:
    """The data attributes of a page's step with the platform's storage."""
    (tag,) = re.findall(r'<p [^>]*id="storage"[^>]*>', page)
    return {name: html.unescape(value) for name, value in re.findall(r'data-(\w+)="([^"]*)"', tag)}


def field(page: str, name: str) -> str:
    (value,) = re.findall(rf'name="{name}" value="([^"]*)"', page)
    return html.unescape(value)


def store(browser: Browser, target: str = "_parent", headers: Mapping[str, str] = IN_FRAME) -> dict[str, str]:
    """Begin a login in a frame; return what the page has the platform's storage keep, and where it goes."""
    checking = browser.send_login(headers=headers, lti_storage_target=target)
    assert checking.location.startswith("/lti/login/cookie?state=")
    return data_of(browser.client.get(checking.location).text)


def begun(browser: Browser, stored: Mapping[str, str]) -> BegunLogin:
    query = parse_qs(urlsplit(stored["onward"]).query)
    return BegunLogin(browser.client.get("/lti/jwks"), {name: value for name, (value,) in query.items()})


def prove(browser: Browser, secret: str, page: str, headers: Mapping[str, str] = OWN) -> TestResponse:
    form = {name: field(page, name) for name in ("state", "id_token")}
    return browser.client.post("/lti/launch", data={**form, "browser_secret": secret}, headers=headers)


def launch(browser: Browser, **changes: object) -> str:
    """Launch by the platform's storage; return the page that carries the secret to the launch's first page."""
    stored = store(browser)
    page = browser.launch(begun(browser, stored), custom={"quiz": QUIZ.id}, **changes).text
    response = prove(browser, stored["value"], page)
    assert response.status_code == 200, response.text
    return response.text


def read(client: FlaskClient, page: str, headers: Mapping[str, str] = OWN) -> TestResponse:
    """Send the form of a page that is a step."""
    (action,) = re.findall(r'action="([^"]+)"', page)
    return client.post(html.unescape(action), data={"launch_secret": field(page, "launch_secret")}, headers=headers)


class TestStorage:
    def test_it_is_asked_only_where_the_browser_keeps_no_cookie(self, browser: Browser) -> None:
        checking = browser.send_login(headers=IN_FRAME, lti_storage_target="_parent")
        assert browser.client.get(checking.location).location.startswith(browser.platform.login_url)

    def test_it_keeps_a_secret_for_this_login_at_the_origin_of_the_authentication_url(self, safari: Browser) -> None:
        stored = store(safari, "a frame&\"'")
        assert stored["frame"] == "a frame&\"'"
        assert stored["origin"] == safari.platform.base_url
        assert begun(safari, stored).state in stored["key"]
        assert len(stored["value"]) == 43
        assert stored["value"] not in stored["onward"]

    def test_a_browser_that_does_not_say_where_a_page_opens_is_checked_too(self, safari: Browser) -> None:
        assert store(safari, headers={})["frame"] == "_parent"

    def test_a_page_that_is_no_frame_needs_none(self, safari: Browser) -> None:
        response = safari.send_login(headers={"Sec-Fetch-Dest": "document"}, lti_storage_target="_parent")
        assert response.location.startswith(safari.platform.login_url)

    def test_where_it_fails_the_login_can_begin_again_in_a_tab_without_it(
        self, safari: Browser, refusals: Refusals
    ) -> None:
        response = safari.client.get(store(safari)["failed"])
        refusals.assert_refused(response, "cookie-blocked")
        assert 'name="login_hint" value="hint-1"' in response.text
        assert "lti_storage_target" not in response.text

    def test_a_launch_waits_for_its_proof_and_opens_nothing_before(self, safari: Browser, database: Database) -> None:
        stored = store(safari)
        response = safari.launch(begun(safari, stored))
        asked = data_of(response.text)
        assert asked == {name: stored[name] for name in ("frame", "origin", "key")}
        assert stored["value"] not in response.text
        assert "Set-Cookie" not in response.headers
        with database.reading() as session:
            assert session.get_one(LoginState, begun(safari, stored).state).used_at is None

    def test_without_the_proof_the_launch_is_refused(self, safari: Browser, refusals: Refusals) -> None:
        page = safari.launch(begun(safari, store(safari))).text
        refusals.assert_refused(prove(safari, "", page), "cookie-blocked")

    @pytest.mark.parametrize("headers", [{}, {"Origin": "null"}, {"Origin": "https://attacker.example"}])
    def test_a_proof_that_another_site_brings_is_none(
        self, safari: Browser, refusals: Refusals, headers: dict[str, str]
    ) -> None:
        stored = store(safari)
        page = safari.launch(begun(safari, stored))
        assert page.headers["Referrer-Policy"] == "same-origin"
        refusals.assert_refused(prove(safari, stored["value"], page.text, headers), "cookie-blocked")

    @pytest.mark.parametrize("secret", ["wrong", "undefined", "é", "x" * 10_000])
    def test_with_a_wrong_proof_the_launch_is_refused(self, safari: Browser, refusals: Refusals, secret: str) -> None:
        page = safari.launch(begun(safari, store(safari))).text
        refusals.assert_refused(prove(safari, secret, page), "other-browser")

    def test_the_proof_of_another_login_is_none(self, safari: Browser, refusals: Refusals) -> None:
        other, mine = store(safari), store(safari)
        page = safari.launch(begun(safari, mine)).text
        refusals.assert_refused(prove(safari, other["value"], page), "other-browser")

    def test_what_was_kept_first_is_void_once_the_page_is_shown_again(
        self, safari: Browser, refusals: Refusals
    ) -> None:
        location = safari.send_login(headers=IN_FRAME, lti_storage_target="_parent").location
        first, second = (data_of(safari.client.get(location).text) for _ in range(2))
        assert first["value"] != second["value"]
        page = safari.launch(begun(safari, second)).text
        refusals.assert_refused(prove(safari, first["value"], page), "other-browser")

    def test_a_proven_launch_opens_once(self, safari: Browser) -> None:
        stored = store(safari)
        page = safari.launch(begun(safari, stored)).text
        assert prove(safari, stored["value"], page).status_code == 200
        again = prove(safari, stored["value"], page)
        assert (again.status_code, "state-used" in again.text) == (400, True)

    def test_a_platform_that_offers_none_gets_no_proof_to_ask_for(self, safari: Browser, refusals: Refusals) -> None:
        refusals.assert_refused(safari.launch(), "cookie-blocked")


class TestCarriedSession:
    def test_a_page_is_read_by_a_form_with_the_secret_in_its_body(self, safari: Browser) -> None:
        page = read(safari.client, launch(safari))
        assert page.status_code == 200
        assert "Signed in as Ada Example" in words(page.text)
        assert page.headers["Referrer-Policy"] == "same-origin"

    def test_the_secret_is_in_no_address(self, safari: Browser) -> None:
        step = launch(safari)
        secret = field(step, "launch_secret")
        page = read(safari.client, step).text
        addresses = re.findall(r'(?:href|src|action|data-url)="([^"]*)"', step + page)
        assert len(addresses) > 5
        assert not [address for address in addresses if secret in address]

    @pytest.mark.parametrize("headers", [{}, {"Origin": "null"}, {"Origin": "https://evil.example"}])
    def test_a_form_of_another_site_shows_nothing(self, safari: Browser, headers: dict[str, str]) -> None:
        response = read(safari.client, launch(safari), headers)
        assert (response.status_code, "launch-needed" in response.text) == (403, True)

    def test_another_secret_opens_nothing(self, safari: Browser) -> None:
        mine, other = launch(safari), launch(safari, sub="eve")
        swapped = mine.replace(field(mine, "launch_secret"), field(other, "launch_secret"))
        assert read(safari.client, swapped).status_code == 403

    def test_a_change_leads_on_by_a_form_and_needs_its_token(self, safari: Browser) -> None:
        step = launch(safari)
        page, fields = read(safari.client, step).text, {"launch_secret": field(step, "launch_secret")}
        (start,) = re.findall(r'action="(/launches/[^"]+/attempts)"', page)
        assert safari.client.post(start, data=fields, headers=OWN).status_code == 403
        fields["csrf_token"] = field(page, "csrf_token")
        response = safari.client.post(start, data=fields, headers=OWN)
        assert (response.status_code, response.location) == (200, None)
        assert f'action="/carried{start}/1"' in response.text
        assert "How deep?" in read(safari.client, response.text).text

    def test_a_script_sends_the_secret_as_a_header_and_follows_redirects_by_itself(self, safari: Browser) -> None:
        step = launch(safari)
        (home,) = re.findall(r'action="/carried(/launches/[^"]+)"', step)
        headers = {"X-Launch-Secret": field(step, "launch_secret")}
        page = safari.client.get(home, headers=headers)
        assert page.status_code == 200
        token = {"csrf_token": field(page.text, "csrf_token")}
        assert safari.client.post(f"{home}attempts", data=token, headers=headers).status_code == 303

    def test_only_pages_of_launches_are_read_so(self, safari: Browser) -> None:
        assert safari.client.post("/carried/lti/jwks").status_code == 404
        assert safari.client.get("/carried/launches/x/").status_code == 404

    def test_a_browser_that_keeps_the_cookie_carries_nothing(self, browser: Browser) -> None:
        page = browser.client.get(browser.launch().location)
        assert "launch-secret" not in page.text
        assert page.headers["Referrer-Policy"] == "no-referrer"
