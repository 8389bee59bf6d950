import threading
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from werkzeug.test import TestResponse

from lti_app.lti.login_failures import StateUsed
from lti_app.lti.login_states import use_state
from lti_app.models import Database, Launch, LoginState, Role, utcnow
from tests.lti_app.fixtures import BegunLogin, Browser, Refusals, database_kind
from tests.lti_app.platform import CLAIM, MEMBERSHIP, Platform

__all__ = ["database_kind"]  # these run on both databases


def launches(database: Database) -> list[Launch]:
    with database.reading() as session:
        return list(session.scalars(select(Launch).options(joinedload(Launch.user))))


def test_a_good_launch_opens_a_session_and_leads_to_its_page(browser: Browser, database: Database) -> None:
    response = browser.launch()
    (launch,) = launches(database)
    assert response.status_code == 303
    assert response.location == f"/launches/{launch.id}/"
    assert (launch.role, launch.user.name) == (Role.LEARNER, "Ada Example")
    assert browser.client.get(response.location).status_code == 200


def test_a_state_opens_one_launch_only(browser: Browser, database: Database) -> None:
    login = browser.begin()
    token = browser.platform.sign(browser.platform.claims(login.nonce))
    assert browser.post(login, token).status_code == 303
    again = browser.post(login, token)
    assert again.status_code == 400
    assert "state-used" in again.text
    assert len(launches(database)) == 1


def test_a_token_is_no_good_for_a_later_login(browser: Browser, database: Database) -> None:
    first = browser.begin()
    token = browser.platform.sign(browser.platform.claims(first.nonce))
    assert browser.post(first, token).status_code == 303
    again = browser.post(browser.begin(), token)
    assert again.status_code == 403
    assert "nonce-wrong" in again.text
    assert len(launches(database)) == 1


def test_of_launches_at_the_same_moment_with_one_state_one_opens(
    app: Flask, browser: Browser, database: Database
) -> None:
    login = browser.begin()
    form = {"state": login.state, "id_token": browser.platform.sign(browser.platform.claims(login.nonce))}
    cookie = _cookie(login.response)
    together = threading.Barrier(4)
    statuses: list[int] = []

    def launch() -> None:
        client = app.test_client()
        client.set_cookie(*cookie)
        together.wait()
        statuses.append(client.post("/lti/launch", data=form).status_code)

    threads = [threading.Thread(target=launch) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [303, 400, 400, 400]
    assert len(launches(database)) == 1


def test_a_state_stays_unused_when_what_it_should_open_fails(browser: Browser, database: Database) -> None:
    login = browser.begin()

    def fail_after_using() -> None:
        with database.writing() as session:
            use_state(session, login.state)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_using()
    assert browser.launch(login).status_code == 303


def test_using_a_state_twice_fails_also_where_nobody_looked_before(browser: Browser, database: Database) -> None:
    login = browser.begin()
    with database.writing() as session:
        use_state(session, login.state)
    with pytest.raises(StateUsed), database.writing() as session:
        use_state(session, login.state)


def test_an_unknown_state_is_refused(browser: Browser, refusals: Refusals) -> None:
    login = browser.begin()
    made_up = BegunLogin(login.response, {**login.request, "state": "made up"})
    refusals.assert_refused(browser.launch(made_up), "state-unknown")


def test_a_state_expires(browser: Browser, refusals: Refusals) -> None:
    with time_machine.travel(utcnow() - timedelta(minutes=11), tick=False):
        login = browser.begin()
    refusals.assert_refused(browser.launch(login), "state-expired")


def test_states_that_ended_long_ago_are_forgotten_at_the_next_login(browser: Browser, database: Database) -> None:
    with time_machine.travel(utcnow() - timedelta(hours=2), tick=False):
        old = browser.begin()
    new = browser.begin()
    with database.reading() as session:
        assert session.scalars(select(LoginState.state)).all() == [new.state]
    assert "state-unknown" in browser.launch(old).text


def test_the_state_of_another_browser_is_refused(
    app: Flask, browser: Browser, platform: Platform, refusals: Refusals
) -> None:
    theirs = browser.begin()
    other = Browser(app.test_client(), platform)
    name, _ = _cookie(theirs.response)
    _, value = _cookie(other.begin().response)
    other.client.set_cookie(name, value)
    refusals.assert_refused(other.launch(theirs), "other-browser")


def test_a_browser_without_cookies_is_offered_a_tab_of_its_own(
    app: Flask, browser: Browser, platform: Platform, refusals: Refusals
) -> None:
    theirs = browser.begin()
    blocking = Browser(app.test_client(use_cookies=False), platform)
    response = blocking.launch(theirs)
    refusals.assert_refused(response, "cookie-blocked")
    assert '<form method="post" action="/lti/login" target="_blank">' in response.text
    assert 'name="lti_message_hint" value="message-1"' in response.text
    # A browser holds the redirect that answers a form to the form's page's policy.
    assert "form-action *;" in response.headers["Content-Security-Policy"]


def test_the_tab_of_its_own_begins_a_login_with_the_same_parameters(browser: Browser, database: Database) -> None:
    browser.begin(login_hint='"><script>')
    with database.reading() as session:
        parameters = session.scalars(select(LoginState)).one().parameters
    assert parameters == {
        "iss": browser.platform.issuer,
        "login_hint": '"><script>',
        "target_link_uri": "http://localhost:8000/lti/launch",
        "lti_message_hint": "message-1",
        "client_id": "quizferry-client",
        "lti_deployment_id": "deployment-1",
    }
    assert browser.launch(browser.begin(**parameters)).status_code == 303


class TestLoginInAFrame:
    def test_it_goes_on_where_the_browser_keeps_the_cookie(self, browser: Browser) -> None:
        checking = browser.send_login(headers={"Sec-Fetch-Dest": "iframe"})
        assert checking.location.startswith("/lti/login/cookie?state=")
        onward = browser.client.get(checking.location)
        assert onward.status_code == 302
        assert onward.location.startswith(f"{browser.platform.login_url}?scope=openid")

    def test_it_stops_before_the_platform_uses_up_its_hints_where_the_browser_does_not(
        self, app: Flask, browser: Browser, refusals: Refusals
    ) -> None:
        checking = browser.send_login(headers={"Sec-Fetch-Dest": "iframe"})
        response = app.test_client().get(checking.location)
        refusals.assert_refused(response, "cookie-blocked")
        assert 'target="_blank"' in response.text
        assert browser.platform.calls == []


class TestCookies:
    def test_a_login_s_cookie_is_partitioned_and_gone_after_the_launch(self, browser: Browser) -> None:
        login = browser.begin()
        (cookie,) = login.response.headers.getlist("Set-Cookie")
        assert cookie.startswith("qf-login-")
        assert _attributes(cookie) >= {"Secure", "HttpOnly", "SameSite=None", "Partitioned", "Path=/", "Max-Age=600"}
        dropped = browser.launch(login).headers.getlist("Set-Cookie")[0]
        assert dropped.startswith(cookie.partition("=")[0] + "=;")
        assert _attributes(dropped) >= {"Max-Age=0", "Path=/", "Partitioned", "Secure"}

    def test_a_launch_s_cookie_is_partitioned_and_lives_as_long_as_the_launch(self, browser: Browser) -> None:
        response = browser.launch()
        cookie = response.headers.getlist("Set-Cookie")[-1]
        assert cookie.startswith(f"qf-{response.location.split('/')[2]}=")
        assert _attributes(cookie) >= {"Secure", "HttpOnly", "SameSite=None", "Partitioned", "Path=/", "Max-Age=28800"}

    def test_every_launch_has_its_own_so_that_two_tabs_do_not_mix(self, browser: Browser) -> None:
        student = browser.launch(sub="ada", name="Ada").location
        teacher = browser.launch(sub="grace", name="Grace", roles=[f"{MEMBERSHIP}#Instructor"]).location
        assert "Ada" in browser.client.get(student, follow_redirects=True).text
        assert "Grace" in browser.client.get(teacher, follow_redirects=True).text

    def test_no_secret_stands_in_an_address_or_in_the_database(self, browser: Browser, database: Database) -> None:
        response = browser.launch()
        _, secret = _cookie(response)
        (launch,) = launches(database)
        assert len(secret) == 43
        assert secret not in response.location
        assert secret not in repr(vars(launch))

    def test_the_oldest_launches_lose_theirs_before_the_headers_grow_too_long(self, browser: Browser) -> None:
        responses = [browser.launch() for _ in range(43)]
        statuses = [browser.client.get(response.location).status_code for response in responses]
        assert statuses == [403] * 3 + [200] * 40


def test_the_log_of_a_refusal_holds_no_token(browser: Browser, refusals: Refusals) -> None:
    login = browser.begin()
    token = browser.platform.sign(browser.platform.claims(login.nonce, **{f"{CLAIM}version": "2"}))
    refusals.assert_refused(browser.post(login, token), "version-unsupported")
    assert token not in repr(refusals.log)


def _cookie(response: TestResponse) -> tuple[str, str]:
    name, _, value = response.headers.getlist("Set-Cookie")[-1].partition(";")[0].partition("=")
    return name, value


def _attributes(cookie: str) -> set[str]:
    return {part.strip() for part in cookie.split(";")[1:]}
