"""An attempt that is open in two tabs or on two devices, or is given more time: the page is told, calmly."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from content.quiz import Settings
from lti_app.models import Role
from tests.journeys.answering import KEPT, begin, close_offline, expect_saved, open_attempt, tides
from tests.journeys.axe import violations_in_both_schemes
from tests.lti_app.web.classroom import Classroom, Visitor
from tests.lti_app.web.test_instructor_pages import user_id

Devices = Callable[[], BrowserContext]


@pytest.fixture
def devices(browser: Browser) -> Iterator[Devices]:
    """Gives a device each time, with a clock that can be wound forward."""
    opened: list[BrowserContext] = []

    def device() -> BrowserContext:
        opened.append(browser.new_context(viewport={"width": 390, "height": 800}, reduced_motion="reduce"))
        opened[-1].clock.install()
        return opened[-1]

    yield device
    for context in opened:
        context.close()


@pytest.fixture
def ada(classroom: Classroom) -> Visitor:
    return begin(classroom)


def come_back(page: Page) -> None:
    """Have somebody come back to the page, as to a tab that lay behind another one."""
    page.clock.fast_forward("00:30")
    page.evaluate("dispatchEvent(new Event('focus'))")


def pick(page: Page, choice: str) -> None:
    page.get_by_text(choice, exact=True).click()


def test_of_two_tabs_the_other_is_told_and_led_to_the_newest_answers(
    classroom: Classroom, ada: Visitor, devices: Devices
) -> None:
    context = devices()
    tab, other = (open_attempt(context, classroom, ada) for _ in range(2))
    pick(other, "The wind")
    other.get_by_role("textbox", name="How many hours?").fill("12")
    other.clock.fast_forward(1_000)
    expect_saved(other)
    come_back(tab)
    told = tab.get_by_text("Questions 3 and 4 have newer answers, given in another tab or on another device.")
    expect(told).to_be_visible()
    assert violations_in_both_schemes(tab) == []
    tab.get_by_role("link", name="Show the newest answers").press("Enter")
    expect(told).to_be_hidden()
    expect(tab.get_by_role("radio", name="The wind")).to_be_checked()
    come_back(other)
    expect(other.locator("#notices")).to_be_empty()  # it has them itself


def test_a_save_brings_word_of_what_was_answered_on_another_device(
    classroom: Classroom, ada: Visitor, devices: Devices
) -> None:
    laptop, phone = (open_attempt(devices(), classroom, ada) for _ in range(2))
    pick(laptop, "The moon")
    expect_saved(laptop)
    phone.get_by_role("textbox", name="How many hours?").fill("12")
    phone.clock.fast_forward(1_000)
    expect_saved(phone)
    expect(phone.get_by_text("Question 4 has a newer answer")).to_be_visible()


def answered_offline(train: BrowserContext, classroom: Classroom, ada: Visitor) -> Page:
    """A page whose device went offline, and whose answer "The wind" has waited there for two minutes."""
    phone = open_attempt(train, classroom, ada)
    train.set_offline(True)
    pick(phone, "The wind")
    expect(phone.locator("#saving")).to_have_text(KEPT)
    phone.clock.fast_forward("02:00")
    return phone


def test_what_waited_on_a_device_does_not_replace_what_was_answered_later_on_another(
    classroom: Classroom, ada: Visitor, devices: Devices
) -> None:
    train = devices()
    phone = answered_offline(train, classroom, ada)
    laptop = open_attempt(devices(), classroom, ada)
    pick(laptop, "The moon")
    expect_saved(laptop)
    train.set_offline(False)
    expect(phone.get_by_text("Question 4 has a newer answer")).to_be_visible()
    phone.get_by_role("button", name="Submit quiz").click()
    phone.get_by_role("button", name="Submit anyway").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("1 of")  # the moon


def test_what_waited_counts_where_it_was_answered_later_than_on_the_other(
    classroom: Classroom, ada: Visitor, devices: Devices
) -> None:
    train = devices()
    phone = open_attempt(train, classroom, ada)
    laptop = open_attempt(devices(), classroom, ada)
    train.set_offline(True)
    for choice in ("The wind", "The moon", "The wind"):  # counts higher
        pick(laptop, choice)
        expect_saved(laptop)
    pick(phone, "The moon")
    expect(phone.locator("#saving")).to_have_text(KEPT)
    train.set_offline(False)
    expect_saved(phone)
    expect(phone.locator("#notices")).to_be_empty()
    come_back(laptop)
    expect(laptop.get_by_text("Question 4 has a newer answer")).to_be_visible()


def test_a_submission_takes_back_nothing_that_was_answered_later_on_another_device(
    classroom: Classroom, ada: Visitor, devices: Devices
) -> None:
    phone, laptop = (open_attempt(devices(), classroom, ada) for _ in range(2))
    pick(phone, "The wind")
    expect_saved(phone)
    pick(laptop, "The moon")
    expect_saved(laptop)
    phone.get_by_role("button", name="Submit quiz").click()
    phone.get_by_role("button", name="Submit anyway").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("1 of")  # the moon


def test_an_older_answer_that_an_earlier_page_kept_gives_way(
    classroom: Classroom, ada: Visitor, devices: Devices
) -> None:
    train = devices()
    phone = answered_offline(train, classroom, ada)
    close_offline(phone)
    laptop = open_attempt(devices(), classroom, ada)
    for choice in ("The wind", "The moon"):
        pick(laptop, choice)
        expect_saved(laptop)
    train.set_offline(False)
    again = open_attempt(train, classroom, ada)
    expect_saved(again)
    expect(again.get_by_role("radio", name="The moon")).to_be_checked()
    expect(again.locator("#notices")).to_be_empty()


def test_a_submission_elsewhere_is_told_without_an_answer(classroom: Classroom, ada: Visitor, devices: Devices) -> None:
    page = open_attempt(devices(), classroom, ada)
    ada.post("/attempts/1/submit", confirmed="yes")
    come_back(page)
    expect(page.locator("#saving")).to_contain_text("This attempt is over.")
    page.get_by_role("link", name="See the result").press("Enter")
    expect(page).to_have_url(re.compile("/attempts/1/result$"))


class TestTime:
    @pytest.fixture
    def ada(self, classroom: Classroom) -> Visitor:
        return begin(classroom, tides(Settings(time_limit=30)))

    @pytest.fixture
    def give(self, classroom: Classroom) -> Callable[..., None]:
        """Gives Ada something beyond the others."""
        teacher = classroom.launch("Grace", Role.INSTRUCTOR, resource_link_id="tides")

        def give(**fields: str) -> None:
            sent = teacher.post("/teach/accommodations", student=user_id(classroom, "Ada"), where="quiz", **fields)
            assert sent.status_code == 303

        return give

    def test_more_time_is_told_with_the_next_save(
        self, classroom: Classroom, ada: Visitor, devices: Devices, give: Callable[..., None]
    ) -> None:
        page = open_attempt(devices(), classroom, ada)
        expect(page.locator("#time-left")).to_have_text(re.compile(r"^(30:00|29:\d\d) left$"))
        give(minutes="15")
        pick(page, "The moon")
        expect(page.locator("#time-left")).to_have_text(re.compile(r"^(45:00|44:\d\d) left$"))
        told = page.locator("#notices")
        expect(told).to_contain_text("Your time was changed: you have until")
        expect(told).to_contain_text(f"until {page.locator('#end-note time').inner_text()} now")
        assert violations_in_both_schemes(page) == []

    def test_it_is_told_to_a_page_that_only_lies_open(
        self, classroom: Classroom, ada: Visitor, devices: Devices, give: Callable[..., None]
    ) -> None:
        page = open_attempt(devices(), classroom, ada)
        give(percent="100")
        page.clock.fast_forward("01:00")
        expect(page.locator("#notices")).to_contain_text("Your time was changed")
        expect(page.locator("#time-left")).to_have_text(re.compile(r"^(59|58):\d\d left$"))

    def test_a_quiz_that_closes_for_one_student_gets_a_timer(
        self, classroom: Classroom, devices: Devices, give: Callable[..., None]
    ) -> None:
        ada = begin(classroom, replace(tides(), title="No limit"), name="Ada")
        page = open_attempt(devices(), classroom, ada)
        expect(page.locator("#timer")).to_be_hidden()
        give(closes="2099-01-01T12:00", zone="UTC")
        come_back(page)
        expect(page.locator("#timer")).to_be_visible()
        expect(page.locator("#notices")).to_contain_text("you have until 1 January")
