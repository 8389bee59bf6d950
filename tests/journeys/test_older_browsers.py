"""What a student has in a browser that is some years old, or of another make, as far as Chromium can show it.

In Safari 15.4, Firefox 115 and Chrome 109 everything works; for those that are older still the page is a plain form.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from content.quiz import Settings, Shown
from tests.journeys.answering import ITEMS, begin, expect_saved, open_attempt, order_of, tides
from tests.journeys.pressing import press_enter
from tests.journeys.school_site import SchoolSite
from tests.journeys.visits import sign_in
from tests.lti_app.web.classroom import Classroom

FORGET = """
delete AbortSignal.timeout;
delete Array.prototype.toSorted;
delete Element.prototype.ariaHidden;
delete Intl.Segmenter;
delete window.navigation;
window.FormData = class extends FormData { constructor(form) { super(form); } };
"""
"""Takes from Chromium what one of the oldest of them does not have."""

OF_APPLE = "Object.defineProperty(Navigator.prototype, 'vendor', { value: 'Apple Computer, Inc.' })"
UNREADABLE = "static { let this be what an older browser cannot read }"


@pytest.fixture
def old_phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 390, "height": 800}, reduced_motion="reduce")
    context.add_init_script(FORGET)
    yield context
    context.close()


def test_answers_are_saved_checked_and_submitted(old_phone: BrowserContext, classroom: Classroom) -> None:
    ada = begin(classroom, tides(Settings(show_feedback=Shown.AT_ONCE, show_answers=Shown.AT_ONCE)))
    page = open_attempt(old_phone, classroom, ada)
    errors: list[str] = []
    old_phone.on("weberror", lambda error: errors.append(str(error.error)))
    page.get_by_role("combobox", name=ITEMS[0]).select_option("3")
    page.get_by_role("radio", name="The moon").check()
    expect_saved(page)
    page.get_by_role("button", name="Check question 4").click()
    expect(page.get_by_role("region", name="Question 4 Right")).to_be_visible()
    order = order_of(page)
    page.reload()
    expect(page.locator("#saving")).to_contain_text("saved as you give them")
    assert order_of(page) == order
    page.get_by_role("button", name="Submit quiz").click()
    page.get_by_role("button", name="Submit anyway").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("of 4 points")
    assert errors == []


def test_next_and_back_lead_to_the_questions(old_phone: BrowserContext, classroom: Classroom) -> None:
    ada = begin(classroom, tides(Settings(one_question_at_a_time=True)))
    page = open_attempt(old_phone, classroom, ada)
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("Question 2 of 4")).to_be_visible()
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_text("Question 1 of 4")).to_be_visible()


def test_two_tabs_hear_of_each_other(old_phone: BrowserContext, classroom: Classroom) -> None:
    old_phone.clock.install()
    ada = begin(classroom)
    here, there = (open_attempt(old_phone, classroom, ada) for _ in range(2))
    there.get_by_role("radio", name="The moon").check()
    expect_saved(there)
    here.clock.fast_forward("00:30")
    here.evaluate("dispatchEvent(new Event('focus'))")
    expect(here.locator("#notices")).to_contain_text("Question 4 has a newer answer")


def test_where_the_script_cannot_be_read_the_page_is_a_plain_form(page: Page, classroom: Classroom) -> None:
    page.route("**/js/quiz.js", lambda route: route.fulfill(body=UNREADABLE, content_type="text/javascript"))
    page.goto(sign_in(page.context, classroom, begin(classroom)) + "/attempts/1")
    expect(page.get_by_text("Your answers are saved when you submit")).to_be_visible()
    page.get_by_role("radio", name="The moon").check()
    page.get_by_role("button", name="Submit quiz").click()
    expect(page.get_by_role("heading", name="3 questions have no answer")).to_be_visible()
    page.get_by_role("button", name="Submit anyway").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 of 4 points")


def test_a_frame_that_cannot_scroll_the_page_around_it_asks_for_no_more_than_the_screen(
    page: Page, school: SchoolSite
) -> None:
    page.add_init_script(OF_APPLE)
    frame = school.open(page, "Ada Osei", "The sea")
    press_enter(frame.get_by_role("button", name="Start"))
    expect(frame.locator("#saving")).to_contain_text("saved as you give them")
    press_enter(frame.get_by_role("link", name="Finish"))
    expect(frame.get_by_role("button", name="Submit quiz")).to_be_in_viewport()
    most: int = frame.locator("html").evaluate("() => Math.round(screen.availHeight * 0.75)")
    expect(page.locator("#tool")).to_have_attribute("style", f"height: {most}px;")
    page.frames[-1].wait_for_function("() => scrollY > 0")
