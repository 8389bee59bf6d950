"""The operator's pages: who gets in, and what can be done there."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from lti_app.cli import main
from lti_app.models import AdminAccess, Database, Registration, utcnow
from lti_app.services.admin_access import make_link_token


@pytest.fixture
def link(database: Database) -> Callable[[], str]:
    def link() -> str:
        with database.writing() as session:
            return f"/admin/enter/{make_link_token(session)}"

    return link


@pytest.fixture
def admin(client: FlaskClient, link: Callable[[], str]) -> FlaskClient:
    """A browser that has used a link."""
    response = client.post(link())
    assert (response.status_code, response.location) == (303, "/admin")
    return client


def token_of(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([0-9a-f]+)"', page)
    assert found
    return found[1]


def test_the_command_prints_a_link_that_opens_the_pages(
    app: Flask, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIZFERRY_DATABASE_URL", database.url.render_as_string(hide_password=False))
    printed = CliRunner().invoke(main, ["admin-link"])
    path = printed.stdout.strip().removeprefix("http://localhost:8000")
    browser = app.test_client()
    assert "Open" in browser.get(path).text
    assert browser.post(path, follow_redirects=True).status_code == 200
    assert browser.get("/admin").status_code == 200


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/admin"), ("POST", "/admin/platforms/1/test"), ("POST", "/admin/platforms/1/approve")]
)
def test_nobody_gets_in_without_a_link(client: FlaskClient, registration: Registration, method: str, path: str) -> None:
    client.set_cookie("qf-admin", "made up")
    response = client.open(path, method=method)
    assert (response.status_code, "admin-needed" in response.text) == (403, True)
    assert registration.name not in response.text
    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]


def test_a_link_works_once_and_looking_at_it_does_not_use_it(app: Flask, link: Callable[[], str]) -> None:
    path = link()
    for _ in range(2):
        assert app.test_client().get(path).status_code == 200
    assert app.test_client().post(path).status_code == 303
    again = app.test_client().post(path)
    assert (again.status_code, "admin-link" in again.text) == (403, True)
    assert "Set-Cookie" not in again.headers


def test_links_and_sessions_end(app: Flask, database: Database, link: Callable[[], str], admin: FlaskClient) -> None:
    path = link()
    with database.writing() as session:
        session.execute(update(AdminAccess).values(expires_at=utcnow() - timedelta(seconds=1)))
    assert app.test_client().post(path).status_code == 403
    assert admin.get("/admin").status_code == 403


def test_a_link_s_token_is_no_session_and_a_session_s_secret_no_link(
    app: Flask, client: FlaskClient, link: Callable[[], str]
) -> None:
    path = link()
    stranger = app.test_client()
    stranger.set_cookie("qf-admin", path.rpartition("/")[2])
    assert stranger.get("/admin").status_code == 403
    secret = client.post(path).headers["Set-Cookie"].partition("=")[2].partition(";")[0]
    assert app.test_client().post(f"/admin/enter/{secret}").status_code == 403


def test_the_cookie_stays_with_this_site(client: FlaskClient, link: Callable[[], str]) -> None:
    cookie = client.post(link()).headers["Set-Cookie"]
    for attribute in ("Secure", "HttpOnly", "SameSite=Strict", "Path=/"):
        assert attribute in cookie


def test_what_waits_is_approved_by_its_button(
    admin: FlaskClient, database: Database, registration: Registration
) -> None:
    set_approved(database, registration, approved=False)
    page = admin.get("/admin").text
    assert "Waits for approval" in page
    path = f"/admin/platforms/{registration.id}/approve"
    for form in ({}, {"csrf_token": "x"}):
        refused = admin.post(path, data=form)
        assert (refused.status_code, "foreign-form" in refused.text) == (403, True)
    assert "Waits for approval" in admin.get("/admin").text
    assert admin.post(path, data={"csrf_token": token_of(page)}).status_code == 303
    assert "Waits for approval" not in admin.get("/admin").text


def test_the_test_button_shows_a_line_for_each_finding_in_words_and_signs(
    admin: FlaskClient, registration: Registration
) -> None:
    token = token_of(admin.get("/admin").text)
    page = admin.post(f"/admin/platforms/{registration.id}/test", data={"csrf_token": token}).text
    assert 'Quizferry’s address <span class="verdict-word">failed</span>' in page, "nobody listens at its address here"
    assert 'The LMS’s keys <span class="verdict-word">ok</span>' in page
    assert 'Gradebook <span class="verdict-word">not tested</span>' in page
    assert "What to do:" in page
    assert page.count("<svg") >= 5


def test_an_lms_that_there_is_not_is_not_found(admin: FlaskClient, registration: Registration) -> None:
    token = token_of(admin.get("/admin").text)
    assert admin.post(f"/admin/platforms/{registration.id + 1}/test", data={"csrf_token": token}).status_code == 404


def set_approved(database: Database, registration: Registration, *, approved: bool) -> None:
    with database.writing() as session:
        session.get_one(Registration, registration.id).approved = approved
