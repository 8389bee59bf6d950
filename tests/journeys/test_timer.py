"""The time that is left is shown, said now and then, and hidden from those whom it disturbs."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update

from content.quiz import Settings
from lti_app.models import Attempt, utcnow
from lti_app.services.quizzes import publish
from tests.journeys.answering import begin, expect_ready, expect_saved, open_attempt, tides
from tests.journeys.visits import sign_in
from tests.lti_app.web.classroom import Classroom


@pytest.fixture
def quiz(page: Page, classroom: Classroom) -> Page:
    """An attempt that has just begun and may take 31 minutes."""
    page.context.clock.install()
    return open_attempt(page.context, classroom, begin(classroom, tides(Settings(time_limit=31))))


def test_it_is_said_at_intervals_and_counted_without_being_said(quiz: Page) -> None:
    said = quiz.locator("#time-said")
    expect(said).to_have_attribute("aria-live", "polite")
    expect(said).to_be_empty()
    expect(quiz.locator("#time-left")).to_have_attribute("aria-hidden", "true")
    for minutes, passed in ((30, "01:05"), (10, "20:00"), (5, "05:00"), (1, "04:00")):
        quiz.clock.fast_forward(passed)
        expect(said).to_have_text(f"{minutes} minute{'s' if minutes > 1 else ''} left")
    expect(quiz.locator("#time-left")).to_contain_text("0:")


def test_it_can_be_hidden_stays_so_and_is_said_all_the_same(quiz: Page) -> None:
    left = quiz.locator("#time-left")
    expect(left).to_contain_text("30:")
    quiz.get_by_role("button", name="Hide time").click()
    expect(left).to_be_hidden()
    quiz.reload()
    expect_ready(quiz)
    expect(left).to_be_hidden()
    quiz.clock.fast_forward("01:05")
    expect(quiz.locator("#time-said")).to_have_text("30 minutes left")
    quiz.get_by_role("button", name="Show time").click()
    expect(left).to_contain_text("29:")


def test_a_device_that_has_slept_is_told_the_time_with_the_next_save(quiz: Page) -> None:
    left = quiz.locator("#time-left")
    expect(left).to_have_text(re.compile(r"^(31:00|30:\d\d) left$"))
    # The clock of a page stands still while a phone sleeps: it is behind by as much from then on.
    quiz.evaluate("() => { const on = performance.now.bind(performance); performance.now = () => on() - 20 * 60_000; }")
    expect(left).to_have_text(re.compile(r"^5[01]:\d\d left$"))
    quiz.get_by_text("The moon", exact=True).click()
    expect_saved(quiz)
    expect(left).to_have_text(re.compile(r"^(31:00|30:\d\d) left$"))


def test_when_it_is_up_what_is_saved_is_submitted_by_itself(quiz: Page, classroom: Classroom) -> None:
    quiz.get_by_text("The moon", exact=True).click()
    expect_saved(quiz)
    with classroom.database.writing() as session:
        session.execute(update(Attempt).values(ends_at=utcnow() - timedelta(seconds=5)))
    quiz.clock.fast_forward("31:00")
    expect(quiz.get_by_role("heading", level=1)).to_contain_text("1 of 4 points")
    expect(quiz.get_by_text("with 1 of 4 questions answered")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "de", "es", "fr", "ar"])
def test_at_400_per_cent_the_bar_fits_and_waits_at_the_end_of_the_page(
    page: Page, classroom: Classroom, language: str
) -> None:
    """On a low screen it would hide the questions; a window of 1280 to 1024 pixels shows 320 to 256 then."""
    with classroom.database.writing() as session:
        publish(session, tides(Settings(time_limit=600)))
    ada = classroom.launch("Ada", quiz_id="tides", resource_link_id="tides", locale=language)
    ada.post("/attempts")
    page.set_viewport_size({"width": 320, "height": 256})
    page.goto(sign_in(page.context, classroom, ada) + "/attempts/1")
    bar = page.locator(".bar")
    expect(page.locator("#time-left")).not_to_be_empty()
    expect(bar).not_to_be_in_viewport()
    page.keyboard.press("End")
    expect(bar).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for part in ("#hide-time", ".button"):
        box = bar.locator(part).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320
