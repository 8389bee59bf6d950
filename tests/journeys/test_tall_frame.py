"""A phone on which the LMS has made the frame many screens tall: time and saving stay in view and in nobody's way."""

import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from content.quiz import Settings
from lti_app.demo_lms import Activity
from lti_app.services.quizzes import publish
from tests.journeys.pressing import press_enter
from tests.journeys.school_site import SchoolSite, running_school
from tests.journeys.test_every_kind import quiz_with

SCREEN = {"width": 390, "height": 844}
NOT_COVERED = """() => {
  const focused = document.activeElement;
  const bar = document.querySelector(".bar");
  return bar.contains(focused) || focused.getBoundingClientRect().bottom <= bar.getBoundingClientRect().top;
}"""

ARRIVED = """() => document.readyState === "complete"
  && innerHeight > document.documentElement.getBoundingClientRect().height - 24"""  # frame.js scrolls no more then

FURTHER_DOWN = """document.addEventListener("DOMContentLoaded", () => {
  if (window.parent === window) document.body.style.paddingTop = "500px";
});"""


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=SCREEN, has_touch=True, is_mobile=True)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


@pytest.fixture
def school(tmp_path: Path, new_database: Path) -> Iterator[SchoolSite]:
    shutil.copy(new_database, tmp_path)
    with running_school(tmp_path, [Activity("7", "Everything", Decimal(4), {"quiz": "showcase"})]) as school:
        with school.tool.database.writing() as session:
            publish(session, quiz_with(Settings(time_limit=60)))
        yield school


@pytest.fixture
def frame(phone: Page, school: SchoolSite) -> FrameLocator:
    """The running attempt in a frame that shows all of it."""
    frame = school.open(phone, "Ada", "Everything")
    press_enter(frame.get_by_role("button", name="Start"))
    expect(frame.locator("#saving")).to_contain_text("saved as you give them")
    phone.wait_for_function("() => document.getElementById('tool').offsetHeight > 5 * innerHeight")
    phone.frames[-1].wait_for_function(ARRIVED)
    return frame


def test_time_and_saving_stay_on_the_screen_wherever_one_scrolls(phone: Page, frame: FrameLocator) -> None:
    for top in (300, 2000, 100_000):
        phone.evaluate("top => scrollTo({ top, behavior: 'instant' })", top)
        for part in ("#hide-time", "#saving", ".bar .button"):
            expect(frame.locator(part)).to_be_in_viewport(ratio=1)


def test_what_gets_the_focus_is_not_behind_them(phone: Page, frame: FrameLocator) -> None:
    frame.get_by_role("radio").first.focus()
    tool = phone.frames[-1]
    for _ in range(40):
        phone.keyboard.press("Tab")
        tool.wait_for_function(NOT_COVERED)
        expect(frame.locator(":focus")).to_be_in_viewport()


def test_who_comes_back_is_where_the_last_answer_was_given(
    phone: Page, school: SchoolSite, frame: FrameLocator
) -> None:
    essay = frame.get_by_role("textbox", name="Your model denied good customers")
    essay.fill("A clock was wrong.")
    expect(frame.locator("#saving[data-state=saved]")).to_have_text("Saved")
    again = school.open(phone, "Ada", "Everything")
    press_enter(again.get_by_role("link", name="Continue"))
    expect(essay).to_be_in_viewport()
    expect(essay).to_have_value("A clock was wrong.")


def test_a_page_that_follows_another_one_begins_at_its_beginning(phone: Page, frame: FrameLocator) -> None:
    press_enter(frame.get_by_role("button", name="Submit quiz"))
    press_enter(frame.get_by_role("button", name="Submit anyway"))
    expect(frame.get_by_role("heading", level=1)).to_contain_text("0 of")
    expect(frame.get_by_role("heading", level=1)).to_be_in_viewport()


def test_an_lms_s_page_with_the_frame_further_down_stays_at_its_own_beginning(phone: Page, school: SchoolSite) -> None:
    phone.add_init_script(FURTHER_DOWN)
    frame = school.open(phone, "Ada", "Everything")
    expect(frame.get_by_role("button", name="Start")).to_be_visible()
    phone.wait_for_function("() => document.getElementById('tool').style.height")
    assert phone.evaluate("scrollY") == 0


def test_on_a_low_screen_the_bar_waits_at_the_end(phone: Page, frame: FrameLocator) -> None:
    """As low as a window is at 400 % zoom: there the bar would hide the questions."""
    phone.evaluate("scrollTo({ top: 2000, behavior: 'instant' })")
    bar = frame.locator(".bar")
    expect(bar).to_be_in_viewport()
    phone.set_viewport_size({"width": 390, "height": 256})
    expect(bar).to_have_css("transform", "matrix(1, 0, 0, 1, 0, 0)")
    expect(bar).not_to_be_in_viewport()
    phone.evaluate("scrollTo({ top: 100000, behavior: 'instant' })")
    expect(bar).to_be_in_viewport()
