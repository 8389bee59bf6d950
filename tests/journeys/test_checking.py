"""Checking answers one by one: by keyboard on a phone, with scripts off, without a connection, in two tabs."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from content.quiz import Settings, Shown
from tests.journeys.answering import (
    KEPT,
    begin,
    close_offline,
    expect_ready,
    expect_saved,
    kept_in,
    open_attempt,
    tides,
)
from tests.journeys.axe import violations_in_both_schemes
from tests.journeys.test_carried_pages import open_dialog
from tests.journeys.visits import sign_in
from tests.lti_app.web.classroom import Classroom, Visitor

AT_ONCE = Settings(show_feedback=Shown.AT_ONCE, show_answers=Shown.AT_ONCE)
WAS_CHECKED = "Question 4 was checked in another tab or on another device."


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 390, "height": 800}, reduced_motion="reduce")
    yield context
    context.close()


@pytest.fixture
def ada(classroom: Classroom) -> Visitor:
    return begin(classroom, tides(AT_ONCE))


def press_check(page: Page, number: int) -> None:
    page.get_by_role("button", name=f"Check question {number}").click()


def expect_right(page: Page, number: int) -> None:
    expect(page.get_by_role("region", name=f"Question {number} Right")).to_contain_text("1 of 1 point")


def essay(page: Page) -> str:
    return page.get_by_role("textbox", name="Why are there tides?").input_value()


def test_by_keyboard_on_a_phone_a_reader_lands_at_what_is_told_and_loses_nothing(
    phone: BrowserContext, classroom: Classroom, ada: Visitor
) -> None:
    page = open_attempt(phone, classroom, ada)
    page.get_by_role("textbox", name="Why are there tides?").focus()
    page.keyboard.type("Gravity.")
    page.get_by_role("textbox", name="How many hours?").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    button = page.get_by_role("button", name="Check question 3")
    expect(page.locator("[aria-live=polite]").filter(has_text="Answer this question first")).to_be_visible()
    expect(button).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.type("12.4")
    page.keyboard.press("Tab")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    told = page.get_by_role("region", name="Question 3 Right")
    expect(told).to_be_focused()
    expect(told.get_by_role("heading")).to_be_in_viewport()
    expect(page.get_by_text("Answer this question first")).to_be_hidden()
    expect(page.locator("#answered")).to_have_text("2 of 4")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert violations_in_both_schemes(page) == []
    page.keyboard.press("Tab")
    expect(page.get_by_role("radio", name="The moon")).to_be_focused()
    assert essay(page) == "Gravity."
    page.reload()
    expect_ready(page)
    assert essay(page) == "Gravity."
    expect_right(page, 3)
    expect(page.locator("#answered")).to_have_text("2 of 4")


def test_with_scripts_off_a_check_saves_the_page_and_leads_to_the_question(
    browser: Browser, classroom: Classroom, ada: Visitor
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(sign_in(context, classroom, ada) + "/attempts/1")
    page.get_by_role("textbox", name="Why are there tides?").fill("Gravity.")
    press_check(page, 4)
    expect(page.get_by_text("Answer this question first, then check it.")).to_be_in_viewport()
    page.get_by_role("radio", name="The wind").check()
    press_check(page, 4)
    told = page.get_by_role("region", name="Question 4 Wrong")
    expect(told).to_be_focused()
    expect(told).to_be_in_viewport()
    expect(told).to_contain_text("Right answer")
    assert essay(page) == "Gravity."
    page.get_by_role("button", name="Submit quiz").click()
    page.get_by_role("button", name="Submit anyway").click()
    expect(page.get_by_text("Your answer, wrong")).to_be_visible()
    context.close()


def test_the_enter_key_in_a_field_checks_nothing(phone: BrowserContext, classroom: Classroom, ada: Visitor) -> None:
    page = open_attempt(phone, classroom, ada)
    page.get_by_role("textbox", name="How many hours?").fill("12.4")
    page.get_by_role("textbox", name="How many hours?").press("Enter")
    expect(page.get_by_role("heading", name="3 questions have no answer")).to_be_focused()
    expect(page.get_by_role("button", name="Check question 3")).to_be_visible()


def test_a_last_check_leads_on_to_the_submission(phone: BrowserContext, classroom: Classroom) -> None:
    one_by_one = Settings(show_feedback=Shown.AT_ONCE, one_question_at_a_time=True, cant_go_back=True)
    page = open_attempt(phone, classroom, begin(classroom, tides(one_by_one)))
    for number in (2, 3, 4):
        page.get_by_role("button", name="Next").click()
        expect(page.get_by_text(f"Question {number} of 4")).to_be_visible()
        expect_ready(page)
    page.get_by_text("The moon", exact=True).click()
    press_check(page, 4)
    expect_right(page, 4)
    page.get_by_role("button", name="Submit quiz").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("of 4 points")  # the others are behind: nothing to ask


def test_without_a_connection_the_answer_waits_and_can_be_checked_later(
    phone: BrowserContext, classroom: Classroom, ada: Visitor
) -> None:
    phone.clock.install()
    page = open_attempt(phone, classroom, ada)
    phone.set_offline(True)
    page.get_by_text("The moon", exact=True).click()
    press_check(page, 4)
    expect(page.get_by_text("Not checked yet – no connection.")).to_be_visible()
    expect(page.get_by_role("button", name="Check question 4")).to_be_focused()
    expect(page.locator("#saving")).to_have_text(KEPT)
    phone.set_offline(False)
    press_check(page, 4)
    expect_right(page, 4)
    expect_saved(page)
    assert kept_in(page) == []


def test_a_browser_that_keeps_no_cookies_checks_answers_all_the_same(
    page: Page, classroom: Classroom, ada: Visitor
) -> None:
    open_dialog(page, classroom, ada.cookie[1], f"{ada.home}/attempts/1")
    expect_ready(page)
    page.get_by_text("The moon", exact=True).click()
    press_check(page, 4)
    expect_right(page, 4)
    assert page.context.cookies() == []


def test_another_tab_is_told_and_takes_no_answer_to_it_any_more(
    phone: BrowserContext, classroom: Classroom, ada: Visitor
) -> None:
    phone.clock.install()
    tab, other = (open_attempt(phone, classroom, ada) for _ in range(2))
    other.get_by_text("The moon", exact=True).click()
    press_check(other, 4)
    expect_right(other, 4)
    tab.get_by_text("The wind", exact=True).click()
    expect(tab.get_by_text(WAS_CHECKED)).to_be_visible()
    expect(tab.get_by_role("radio", name="The moon")).to_be_disabled()
    tab.get_by_role("textbox", name="How many hours?").fill("12.4")
    tab.clock.fast_forward(1_000)
    expect_saved(tab)  # nothing else of the page is refused
    tab.get_by_role("link", name="Show the newest answers").click()
    expect_right(tab, 4)
    expect(tab.get_by_role("textbox", name="How many hours?")).to_have_value("12.4")


def test_an_answer_that_was_kept_on_a_device_is_said_not_to_count(
    phone: BrowserContext, classroom: Classroom, ada: Visitor
) -> None:
    phone.clock.install()
    page = open_attempt(phone, classroom, ada)
    phone.set_offline(True)
    page.get_by_text("The wind", exact=True).click()
    expect(page.locator("#saving")).to_have_text(KEPT)
    close_offline(page)
    ada.post("/attempts/1/submit", step=0, check="cause", **{"q.cause": "0"})  # on another device, just before
    phone.set_offline(False)
    phone.clock.fast_forward(1_000)
    again = open_attempt(phone, classroom, ada)
    expect(again.get_by_text(WAS_CHECKED)).to_be_visible()
    expect_right(again, 4)
    assert kept_in(again) == []
