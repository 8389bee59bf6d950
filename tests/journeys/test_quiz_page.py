"""The quiz page in a browser: answers are safe, whatever becomes of the network, the tab or the scripts."""

import math
import re
import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Response, request, request_finished
from playwright.sync_api import Browser, Page, Route, expect

from lti_app.models import PassbackState
from tests.journeys.visits import sign_in
from tests.lti_app.web.classroom import Classroom, Visitor

ANSWERS = "**/answers/*"


@pytest.fixture
def ada(classroom: Classroom) -> Visitor:
    ada = classroom.launch("Ada", quiz_id="sea")
    ada.post("/attempts")
    return ada


@pytest.fixture
def quiz(page: Page, classroom: Classroom, ada: Visitor) -> Page:
    """The browser at Ada's running attempt."""
    page.goto(sign_in(page.context, classroom, ada) + "/attempts/1")
    return page


@pytest.fixture
def plain_quiz(browser: Browser, classroom: Classroom, ada: Visitor) -> Iterator[Page]:
    """The same in a browser with scripts off."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(sign_in(context, classroom, ada) + "/attempts/1")
    yield page
    context.close()


def checked(page: Page) -> list[str]:
    return [str(box.get_attribute("value")) for box in page.locator("input:checked").all()]


def expect_saved(page: Page) -> None:
    """Wait until every answer is acknowledged."""
    expect(page.locator("#saving[data-state=saved]")).to_have_text("Saved", timeout=15_000)


def answer_all_right(page: Page) -> None:
    for text in ("Deep", "Sodium chloride", "Magnesium sulfate", "Potassium chloride", "True"):
        page.get_by_text(text, exact=True).click()


class TestSaving:
    def test_an_answer_is_saved_at_once_and_said_to_be(self, quiz: Page) -> None:
        expect(quiz.locator("#answered")).to_have_text("0 of 3")
        quiz.get_by_text("Deep", exact=True).click()
        expect_saved(quiz)
        expect(quiz.locator("#question-1 .saved-mark")).to_be_visible()
        expect(quiz.locator("#answered")).to_have_text("1 of 3")
        quiz.reload()
        assert checked(quiz) == ["1"]

    def test_an_answer_given_before_the_script_has_come_is_saved_and_counts(
        self, page: Page, classroom: Classroom, ada: Visitor
    ) -> None:
        held: list[Route] = []
        page.route("**/js/quiz.js*", lambda route: held.append(route))
        page.goto(sign_in(page.context, classroom, ada) + "/attempts/1", wait_until="commit")
        page.get_by_text("Deep", exact=True).click()
        expect(page.locator("#question-1 .saved-mark")).to_be_hidden()
        held[0].continue_()
        expect(page.locator("#question-1 .saved-mark")).to_be_visible()
        page.get_by_role("button", name="Submit").click()
        page.get_by_role("button", name="Submit anyway").click()
        expect(page.get_by_text("Your answer, right")).to_be_visible()

    def test_several_picks_are_one_answer_and_can_be_taken_back(self, quiz: Page) -> None:
        for text in ("Sodium chloride", "Sugar", "Magnesium sulfate", "Sugar"):
            quiz.get_by_text(text, exact=True).click()
        expect_saved(quiz)
        quiz.reload()
        assert checked(quiz) == ["0", "2"]

    def test_while_the_network_is_gone_answers_wait_and_then_all_arrive(self, quiz: Page) -> None:
        quiz.context.set_offline(True)
        quiz.get_by_text("Deep", exact=True).click()
        expect(quiz.locator("#saving")).to_have_text("Kept on this device – will be sent when you are back online")
        quiz.get_by_text("Sugar", exact=True).click()
        quiz.get_by_text("False", exact=True).click()
        quiz.context.set_offline(False)
        expect_saved(quiz)
        quiz.reload()
        assert checked(quiz) == ["1", "1", "1"]

    def test_a_server_that_fails_is_asked_again(self, quiz: Page) -> None:
        answers = iter([502, 429, 503])

        def refuse_thrice(route: Route) -> None:
            status = next(answers, None)
            if status is None:
                route.continue_()
            else:
                route.fulfill(status=status)

        quiz.clock.install()
        quiz.reload()
        quiz.route(ANSWERS, refuse_thrice)
        quiz.get_by_text("Deep", exact=True).click()
        expect(quiz.locator("#saving")).to_have_text("Kept on this device – will be sent when you are back online")
        while not quiz.locator("#saving[data-state=saved]").is_visible():
            quiz.clock.fast_forward(8_000)  # the longest pause before the next try
        quiz.reload()
        assert checked(quiz) == ["1"]

    def test_an_answer_that_waits_is_sent_when_the_tab_goes(
        self, quiz: Page, classroom: Classroom, ada: Visitor
    ) -> None:
        saved = threading.Event()

        def notice(_sender: object, response: Response, **_: object) -> None:
            if request.method == "PUT" and response.status_code == 200:
                saved.set()

        failures: list[Route] = []
        quiz.route(ANSWERS, lambda route: (failures.append(route), route.abort()))
        quiz.on("dialog", lambda dialog: dialog.accept())
        quiz.get_by_text("Deep", exact=True).click()
        while len(failures) < 3:  # by now it waits for more than two seconds
            quiz.wait_for_event("requestfailed")
        quiz.unroute(ANSWERS)
        with request_finished.connected_to(notice, classroom.app):
            quiz.goto("about:blank")
            assert saved.wait(timeout=2)
        assert re.findall(r'name="q\.depth" value="(\d)" checked', ada.get("/attempts/1")) == ["1"]

    def test_of_two_tabs_the_last_pick_wins(self, quiz: Page) -> None:
        other = quiz.context.new_page()
        other.goto(quiz.url)
        for text in ("Sugar", "Sodium chloride", "Potassium chloride"):
            other.get_by_text(text, exact=True).click()
        expect_saved(other)
        quiz.get_by_text("Magnesium sulfate", exact=True).click()
        expect_saved(quiz)
        quiz.reload()
        assert checked(quiz) == ["2"]

    def test_after_a_submission_in_another_tab_it_says_so(self, quiz: Page, ada: Visitor) -> None:
        ada.post("/attempts/1/submit", confirmed="yes")
        quiz.get_by_text("Deep", exact=True).click()
        quiz.get_by_role("link", name="See the result").click()
        expect(quiz).to_have_url(re.compile("/attempts/1/result$"))

    def test_when_the_launch_has_ended_it_says_so(self, quiz: Page) -> None:
        quiz.context.clear_cookies()
        quiz.get_by_text("Deep", exact=True).click()
        expect(quiz.locator("#saving")).to_contain_text("Open the quiz again from your course")


class TestSubmitting:
    def test_finish_leads_there_though_the_page_moves_as_the_tab_key_comes_to_it(self, quiz: Page) -> None:
        quiz.set_viewport_size({"width": 1000, "height": 450})
        quiz.get_by_role("link", name="Finish").press("Enter")  # focuses it, too
        expect(quiz.get_by_role("button", name="Submit quiz")).to_be_in_viewport()

    def test_with_everything_answered_the_result_comes(self, quiz: Page) -> None:
        answer_all_right(quiz)
        quiz.get_by_role("link", name="Finish").click()
        quiz.get_by_role("button", name="Submit quiz").click()
        expect(quiz.get_by_role("heading", level=1)).to_contain_text("4 of 4 points")

    def test_open_questions_are_named_before_they_are_left_open(self, quiz: Page) -> None:
        quiz.get_by_text("Deep", exact=True).click()
        quiz.get_by_role("button", name="Submit quiz").click()
        expect(quiz.get_by_role("heading", name="2 questions have no answer")).to_be_focused()
        expect(quiz.locator("#open-questions a:visible")).to_have_text(["Question 2", "Question 3"])
        quiz.get_by_role("button", name="Submit anyway").click()
        expect(quiz.get_by_role("heading", level=1)).to_contain_text("1 of 4 points")

    def test_going_back_to_an_open_question_asks_anew(self, quiz: Page) -> None:
        quiz.get_by_role("button", name="Submit quiz").click()
        quiz.get_by_role("link", name="Question 3").click()
        quiz.get_by_text("True", exact=True).click()
        expect(quiz.get_by_role("button", name="Submit quiz")).to_be_visible()
        expect(quiz.get_by_role("heading", name="Ready to submit?")).to_be_visible()

    def test_without_a_network_it_keeps_the_page_and_submits_when_it_is_back(self, quiz: Page) -> None:
        quiz.context.set_offline(True)
        answer_all_right(quiz)
        quiz.get_by_role("button", name="Submit quiz").click()
        expect(quiz.locator("#finish-text")).to_contain_text("Not submitted yet")
        quiz.context.set_offline(False)
        expect(quiz.get_by_role("heading", level=1)).to_contain_text("4 of 4 points")

    def test_what_was_answered_in_another_tab_counts(self, quiz: Page, ada: Visitor) -> None:
        ada.save(1, "salts", [0, 2, 3], sequence=5)
        for text in ("Deep", "True"):
            quiz.get_by_text(text, exact=True).click()
        quiz.get_by_role("button", name="Submit quiz").click()
        quiz.get_by_role("button", name="Submit anyway").click()
        expect(quiz.get_by_role("heading", level=1)).to_contain_text("4 of 4 points")


class TestKeyboard:
    def test_a_quiz_is_taken_by_keyboard_alone(self, quiz: Page) -> None:
        keyboard = quiz.keyboard
        quiz.get_by_role("radio").first.focus()
        keyboard.press("ArrowDown")  # Deep
        for key in ("Tab", "Space", "Tab", "Tab", "Space", "Tab", "Space"):  # all salts, and not sugar
            keyboard.press(key)
        for key in ("Tab", "Space"):  # True
            keyboard.press(key)
        expect(quiz.locator("#answered")).to_have_text("3 of 3")
        keyboard.press("Tab")
        expect(quiz.get_by_role("button", name="Submit quiz")).to_be_focused()
        keyboard.press("Enter")
        expect(quiz.get_by_role("heading", level=1)).to_contain_text("4 of 4 points")

    def test_every_control_shows_where_the_focus_is(self, quiz: Page) -> None:
        seen = set()
        for _ in range(12):
            quiz.keyboard.press("Tab")
            focused = quiz.locator(":focus")
            seen.add(focused.evaluate("element => element.tagName"))
            outline = "element => getComputedStyle(element.closest('label') ?? element).outlineStyle"
            assert focused.evaluate(outline) == "solid", focused.evaluate("element => element.outerHTML")
        assert seen >= {"SUMMARY", "INPUT", "BUTTON", "A"}


class TestWithScriptsOff:
    def test_the_quiz_is_taken_and_submitted(self, plain_quiz: Page) -> None:
        answer_all_right(plain_quiz)
        plain_quiz.get_by_role("button", name="Submit quiz").click()
        expect(plain_quiz.get_by_role("heading", level=1)).to_contain_text("4 of 4 points")

    def test_open_questions_are_named_once_and_answers_stay(self, plain_quiz: Page) -> None:
        plain_quiz.get_by_text("Deep", exact=True).click()
        plain_quiz.get_by_role("button", name="Submit quiz").click()
        expect(plain_quiz.get_by_role("heading", name="2 questions have no answer")).to_be_visible()
        assert checked(plain_quiz) == ["1"]
        plain_quiz.get_by_role("button", name="Submit anyway").click()
        expect(plain_quiz.get_by_role("heading", level=1)).to_contain_text("1 of 4 points")


class TestFrame:
    def test_the_lms_is_told_the_height_of_the_page(self, quiz: Page) -> None:
        # The page believes that it is framed, and its parent that it is told.
        quiz.goto(quiz.url)
        heights = quiz.evaluate(
            """async () => {
                const told = [];
                const parent = { postMessage: (message, origin) => told.push({ ...message, origin }) };
                Object.defineProperty(window, "parent", { value: parent });
                await import("/static/js/frame.js?again");
                const turn = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
                await turn();
                document.querySelector("details").open = true;
                await turn();
                return { told, height: document.documentElement.getBoundingClientRect().height };
            }"""
        )
        assert [(told["subject"], told["origin"]) for told in heights["told"]] == [("lti.frameResize", "*")] * 2
        assert heights["told"][0]["height"] < heights["told"][1]["height"] == math.ceil(heights["height"])


class TestGrade:
    def test_the_state_of_the_grade_follows_without_a_reload(
        self, page: Page, classroom: Classroom, ada: Visitor
    ) -> None:
        ada.post("/attempts/1/submit", confirmed="yes")
        page.goto(sign_in(page.context, classroom, ada) + "/attempts/1/result")
        expect(page.locator("#grade")).to_have_text("On its way to your course’s gradebook")
        classroom.set_grade(PassbackState.SENT, sent_at=datetime(2026, 5, 3, 14, 2, tzinfo=UTC))
        expect(page.locator("#grade")).to_have_text(re.compile(r"In the gradebook since 3 May at \d\d:\d\d"))
