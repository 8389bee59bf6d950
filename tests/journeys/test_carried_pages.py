"""The pages of the deep linking dialog in a browser that keeps no cookie of it: each carries the secret on."""

import pytest
from playwright.sync_api import Page, expect

from tests.lti_app.web.classroom import Classroom

ANSWER = "https://lms.example.edu/answer?x=1"


@pytest.fixture
def asked(page: Page) -> list[tuple[str, str]]:
    """What the browser has asked for: addresses and bodies."""
    asked: list[tuple[str, str]] = []
    page.on("request", lambda request: asked.append((request.url, str(request.post_data_buffer))))
    return asked


def open_dialog(page: Page, classroom: Classroom, secret: str, path: str) -> None:
    """Come to the dialog as the answer to a launch leads there."""
    begin = f"{classroom.config.public_url}/begin"
    form = f"<form method=post action='/carried{path}'><input name=launch_secret value={secret}><button>Go</button>"
    page.route(begin, lambda route: route.fulfill(body=form, content_type="text/html"))
    page.goto(begin)
    page.get_by_role("button").click()


def test_quizzes_are_picked_and_sent_without_a_cookie_and_without_the_secret_in_any_address(
    page: Page, classroom: Classroom, asked: list[tuple[str, str]]
) -> None:
    picker = classroom.pick()
    _, secret = picker.cookie
    page.route(ANSWER, lambda route: route.fulfill(body="<h1>Added</h1>", content_type="text/html"))
    open_dialog(page, classroom, secret, f"{picker.home}/link/")
    page.locator("#q").fill("sea")
    page.locator("#q").press("Enter")
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="Pick other quizzes").click()
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(1)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Add to the course").click()
    expect(page.get_by_role("heading", name="Added")).to_be_visible()

    (body,) = [body for url, body in asked if url == ANSWER]
    assert body.startswith("b'JWT=ey")
    assert secret not in body
    assert not [url for url, _ in asked if secret in url]
    assert page.context.cookies() == []


def test_a_form_that_names_no_address_goes_to_its_own_page(page: Page, classroom: Classroom) -> None:
    picker = classroom.pick()
    open_dialog(page, classroom, picker.cookie[1], f"{picker.home}/link/")
    expect(page.get_by_role("search")).to_be_visible()
    page.evaluate(
        """() => {
            const form = document.createElement("form");
            form.innerHTML = "<input name=q value=sea>";
            document.body.append(form);
            form.requestSubmit();
        }"""
    )
    expect(page.locator("#q")).to_have_value("sea")
    assert page.url == f"{classroom.config.public_url}/carried{picker.home}/link/?q=sea"
