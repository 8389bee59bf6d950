import pytest
from flask.testing import FlaskClient

from lti_app.models import Database
from tests.lti_app.fixtures import Browser, register
from tests.lti_app.platform import Platform


def policy(header: str) -> dict[str, str]:
    return dict(part.strip().partition(" ")[::2] for part in header.split(";"))


def test_a_page_may_be_framed_by_its_own_lms_only(client: FlaskClient, database: Database, platform: Platform) -> None:
    issuer = "https://canvas.instructure.com"
    register(database, platform, issuer=issuer)
    browser = Browser(client, platform)
    login = browser.begin(iss=issuer)
    page = client.get(browser.post(login, platform.sign(platform.claims(login.nonce, iss=issuer))).location)
    header = policy(page.headers["Content-Security-Policy"])
    assert set(header["frame-ancestors"].split()) == {"'self'", issuer, platform.base_url}
    assert "X-Frame-Options" not in page.headers


def test_a_page_may_be_framed_by_the_school_that_the_launch_returns_to(browser: Browser) -> None:
    presentation = {"return_url": "https://school.instructure.com/courses/3?x=1"}
    page = browser.client.get(browser.launch(launch_presentation=presentation).location)
    header = policy(page.headers["Content-Security-Policy"])
    assert set(header["frame-ancestors"].split()) == {
        "'self'",
        "https://school.instructure.com",
        browser.platform.base_url,
    }


@pytest.mark.parametrize(
    "url",
    [
        "https://x; script-src *",
        "https://x;script-src",
        "https://*/",
        "https://a@b/",
        "https://a,b/",
        "https:///x",
        "javascript:x",
        "https://x\nSet-Cookie: a=b",
        7,
        None,
    ],
)
def test_what_a_launch_returns_to_cannot_change_the_policy(browser: Browser, url: object) -> None:
    page = browser.client.get(browser.launch(launch_presentation={"return_url": url}).location)
    header = policy(page.headers["Content-Security-Policy"])
    assert header["frame-ancestors"] == f"'self' {browser.platform.base_url}"
    assert header["script-src"] == "'self'"


def test_a_page_runs_no_scripts_and_sends_no_forms_but_its_own(browser: Browser) -> None:
    page = browser.client.get(browser.launch().location)
    header = policy(page.headers["Content-Security-Policy"])
    assert header["default-src"] == "'none'"
    assert header["base-uri"] == "'none'"
    for directive in ("script-src", "style-src", "connect-src", "form-action"):
        assert header[directive] == "'self'"


def test_pages_are_not_kept_by_the_browser_and_leave_no_trace_elsewhere(browser: Browser) -> None:
    for response in (browser.send_login(), browser.launch(), browser.client.get("/nowhere")):
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_the_keys_may_be_kept(client: FlaskClient) -> None:
    assert client.get("/lti/jwks").headers["Cache-Control"] == "public, max-age=300"


def test_a_refusal_can_be_read_in_any_frame(client: FlaskClient) -> None:
    header = policy(client.post("/lti/launch").headers["Content-Security-Policy"])
    assert header["frame-ancestors"] == "*"
