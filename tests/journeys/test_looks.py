"""How a student's pages look in the dark, on paper and without motion, and that they need nobody else for it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from content.quiz import Settings
from tests.journeys.answering import expect_ready
from tests.journeys.test_every_kind import begin
from tests.journeys.visits import sign_in
from tests.lti_app.web.classroom import Classroom, Visitor


@pytest.fixture
def ada(classroom: Classroom) -> Visitor:
    """A student who has begun the quiz with every kind of question, pictures, code and formulas."""
    return begin(classroom, Settings())


@pytest.fixture
def home(page: Page, classroom: Classroom, ada: Visitor) -> str:
    return sign_in(page.context, classroom, ada)


@pytest.fixture
def still_page(browser: Browser) -> Iterator[Page]:
    """A page of somebody who wants no motion."""
    context = browser.new_context(reduced_motion="reduce")
    yield context.new_page()
    context.close()


def test_nothing_is_asked_of_another_site(page: Page, classroom: Classroom, ada: Visitor, home: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{home}/")
    page.goto(f"{home}/attempts/1", wait_until="networkidle")
    ada.post("/attempts/1/submit", confirmed="yes")
    page.goto(f"{home}/attempts/1/result", wait_until="networkidle")
    assert any("/pictures/" in url for url in asked)
    assert [url for url in asked if not url.startswith((f"{classroom.config.public_url}/", "data:"))] == []


def test_code_is_coloured_for_light_and_for_dark(page: Page, home: str) -> None:
    page.goto(f"{home}/attempts/1")
    code = page.locator("pre").first
    expect(code.locator("[style*=color]").first).to_be_visible()
    expect(code).to_have_css("filter", "none")
    page.emulate_media(color_scheme="dark")
    expect(code).to_have_css("filter", "invert(0.92) hue-rotate(180deg)")


def test_a_result_on_paper_has_every_question_and_nothing_to_press(page: Page, ada: Visitor, home: str) -> None:
    page.goto(f"{home}/attempts/1")
    expect_ready(page)
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator(".bar")).to_be_hidden()
    expect(page.locator(".rights")).to_be_hidden()
    ada.post("/attempts/1/submit", confirmed="yes")
    page.goto(f"{home}/attempts/1/result")
    expect(page.locator(".question:visible")).to_have_count(18)
    expect(page.locator(".receipt-code code")).to_be_visible()
    expect(page.locator(".actions")).to_be_hidden()
    expect(page.locator("body")).to_have_css("color", "rgb(27, 29, 38)")  # ink, also where the screen is dark


def test_who_wants_no_motion_gets_none(still_page: Page, classroom: Classroom, ada: Visitor) -> None:
    still_page.goto(sign_in(still_page.context, classroom, ada) + "/attempts/1")
    moving = "all => all.filter(one => parseFloat(getComputedStyle(one).transitionDuration)).length"
    assert still_page.locator("*").evaluate_all(moving) == 0
