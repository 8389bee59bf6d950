"""Answers that are given without a connection are kept in the browser, and arrive: after minutes, after restarts."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from sqlalchemy import update

from content.quiz import Settings
from lti_app.demo.ports import any_free
from lti_app.models import Attempt, utcnow
from tests.journeys.answering import (
    KEPT,
    begin,
    close_offline,
    expect_ready,
    expect_saved,
    kept_in,
    open_attempt,
    order_of,
    tides,
)
from tests.lti_app.waiting import wait_for
from tests.lti_app.web.classroom import Classroom, Visitor
from tests.servers import kill_tree

ANSWERS = "**/answers/*"
NO_STORAGE = """
for (const name of ["localStorage", "sessionStorage"]) {
  Object.defineProperty(window, name, { get() { throw new DOMException("", "SecurityError"); } });
}
"""


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    yield context
    context.close()


@pytest.fixture
def ada(classroom: Classroom) -> Visitor:
    return begin(classroom)


@pytest.fixture
def quiz(context: BrowserContext, classroom: Classroom, ada: Visitor) -> Page:
    context.clock.install()
    return open_attempt(context, classroom, ada)


def answer_all(page: Page) -> None:
    page.get_by_role("textbox", name="Why are there tides?").fill("Gravity. " * 50)
    for place, item in enumerate(("Flood", "Slack", "Ebb"), 1):
        page.locator(".items li", has_text=item).get_by_role("combobox").select_option(str(place))
    page.get_by_role("textbox", name="How many hours?").fill("12,4")
    page.get_by_text("The moon", exact=True).click()
    page.clock.fast_forward(1_000)  # the moment of rest after typing


def expect_answered(page: Page) -> None:
    expect(page.get_by_role("textbox", name="Why are there tides?")).to_have_value("Gravity. " * 50)
    assert order_of(page) == ["Flood", "Slack", "Ebb"]
    expect(page.get_by_role("textbox", name="How many hours?")).to_have_value("12,4")
    expect(page.get_by_role("radio", name="The moon")).to_be_checked()
    expect(page.locator("#answered")).to_have_text("4 of 4")


def be_online(page: Page) -> None:
    """Have what waits for the next try be tried now."""
    page.evaluate("dispatchEvent(new Event('online'))")


def test_two_minutes_without_a_network_lose_nothing(quiz: Page) -> None:
    quiz.context.set_offline(True)
    quiz.get_by_text("The wind", exact=True).click()
    expect(quiz.locator("#saving")).to_have_text(KEPT)
    quiz.clock.fast_forward("01:00")
    answer_all(quiz)
    quiz.clock.fast_forward("01:00")
    expect(quiz.locator("#saving")).to_have_text(KEPT)
    assert kept_in(quiz) == ["cause", "hours", "order", "why"]
    quiz.context.set_offline(False)
    expect_saved(quiz)
    assert kept_in(quiz) == []
    quiz.reload()
    expect_ready(quiz)
    expect_answered(quiz)


def test_a_page_that_is_loaded_again_while_answers_wait_shows_and_sends_them(quiz: Page) -> None:
    quiz.route(ANSWERS, lambda route: route.abort())
    answer_all(quiz)
    expect(quiz.locator("#saving")).to_have_text(KEPT)
    quiz.reload()
    expect(quiz.locator("#saving")).to_have_text(KEPT)
    expect_answered(quiz)
    quiz.unroute(ANSWERS)
    be_online(quiz)
    expect_saved(quiz)
    assert kept_in(quiz) == []
    quiz.reload()
    expect_ready(quiz)
    expect_answered(quiz)


def test_an_answer_that_arrived_although_its_page_never_heard_is_not_called_another_one(
    quiz: Page, ada: Visitor
) -> None:
    def hang_up(route: Route) -> None:
        headers = {"X-CSRF-Token": ada.csrf_token}
        ada.client.put(urlsplit(route.request.url).path, json=route.request.post_data_json, headers=headers)
        route.abort()

    quiz.route(ANSWERS, hang_up)
    quiz.get_by_role("radio", name="The moon").check()
    expect(quiz.locator("#saving")).to_have_text(KEPT)
    quiz.unroute(ANSWERS)
    quiz.reload()
    expect_saved(quiz)
    expect(quiz.get_by_role("radio", name="The moon")).to_be_checked()
    assert kept_in(quiz) == []
    expect(quiz.locator("#notices")).to_be_empty()


def test_a_tab_that_was_closed_leaves_its_answers_to_the_next_launch(
    quiz: Page, classroom: Classroom, context: BrowserContext
) -> None:
    quiz.context.set_offline(True)
    answer_all(quiz)
    expect(quiz.locator("#saving")).to_have_text(KEPT)
    close_offline(quiz)
    context.set_offline(False)
    again = open_attempt(context, classroom, begin(classroom))
    expect_answered(again)
    expect_saved(again)
    assert kept_in(again) == []


def test_of_one_question_at_a_time_answers_to_others_are_sent_from_the_next_page(
    context: BrowserContext, classroom: Classroom
) -> None:
    ada = begin(classroom, tides(Settings(one_question_at_a_time=True)))
    page = open_attempt(context, classroom, ada)
    page.route(ANSWERS, lambda route: route.abort())
    page.get_by_role("textbox").fill("Gravity.")
    expect(page.locator("#saving")).to_have_text(KEPT)
    close_offline(page)
    ada.post("/attempts/1/submit", step=0, go=1)  # on another device
    again = open_attempt(context, classroom, ada)
    expect(again.get_by_text("Question 2 of 4")).to_be_visible()
    expect_saved(again)
    again.get_by_role("button", name="Back").click()
    expect(again.get_by_role("textbox")).to_have_value("Gravity.")


def test_nobody_else_at_this_browser_gets_or_sends_them(
    quiz: Page, classroom: Classroom, context: BrowserContext, ada: Visitor
) -> None:
    context.set_offline(True)
    answer_all(quiz)
    expect(quiz.locator("#saving")).to_have_text(KEPT)
    close_offline(quiz)
    context.set_offline(False)
    bob = open_attempt(context, classroom, begin(classroom, name="Bob"))
    expect(bob.locator("#answered")).to_have_text("0 of 4")
    bob.get_by_text("The wind", exact=True).click()
    expect_saved(bob)
    bob.close()
    expect_answered(open_attempt(context, classroom, ada))


def test_where_a_frame_has_no_storage_they_wait_in_the_page(
    context: BrowserContext, classroom: Classroom, ada: Visitor
) -> None:
    context.clock.install()
    context.add_init_script(NO_STORAGE)
    page = open_attempt(context, classroom, ada)
    context.set_offline(True)
    answer_all(page)
    expect(page.locator("#saving")).to_have_text("Not saved yet – will retry")
    context.set_offline(False)
    expect_saved(page)
    page.reload()
    expect_ready(page)
    expect_answered(page)


def let_time_run_out(classroom: Classroom) -> None:
    with classroom.database.writing() as session:
        session.execute(update(Attempt).values(ends_at=utcnow() - timedelta(minutes=1)))


def test_when_the_time_runs_out_offline_the_saved_answers_count_and_the_others_are_named(
    context: BrowserContext, classroom: Classroom
) -> None:
    context.clock.install()
    page = open_attempt(context, classroom, begin(classroom, tides(Settings(time_limit=30))))
    page.get_by_text("The moon", exact=True).click()
    expect_saved(page)
    context.set_offline(True)
    page.get_by_role("textbox", name="How many hours?").fill("12,4")
    page.clock.fast_forward(1_000)
    expect(page.locator("#saving")).to_have_text(KEPT)
    page.clock.fast_forward("31:00")
    expect(page.locator("#finish-text")).to_contain_text("Not submitted yet – no connection.")
    let_time_run_out(classroom)
    context.set_offline(False)
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 of")
    lost = page.get_by_text("The answer to 1 question was given on this device without a connection.")
    expect(lost).to_be_visible()
    assert kept_in(page) == []
    page.reload()
    expect(page.locator("#receipt")).to_be_visible()
    expect(lost).to_be_hidden()


@pytest.fixture
def restarted(tmp_path: Path, classroom: Classroom) -> Iterator["Restarted"]:
    tool = Restarted(tmp_path, str(classroom.database.url.database))
    tool.start()
    yield tool
    tool.kill()


class Restarted:
    """The tool in processes of its own, with the classroom's database."""

    def __init__(self, folder: Path, database: str) -> None:
        self.url = f"http://localhost:{any_free()}"
        self._log = folder / "tool.log"
        self._settings = {"QUIZFERRY_DATABASE_URL": f"sqlite:///{database}", "QUIZFERRY_PUBLIC_URL": self.url}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "lti_app.cli", "serve", "--port", self.url.rpartition(":")[2]]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                command, env={**os.environ, **self._settings}, stdout=log, stderr=log, start_new_session=True
            )
        wait_for(self._answers)

    def kill(self) -> None:
        if self._process is not None:
            kill_tree(self._process)

    def _answers(self) -> bool:
        with suppress(requests.RequestException), requests.Session() as session:
            session.trust_env = False
            return session.get(f"{self.url}/healthz", timeout=5).status_code < 500
        return False


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="reads the tree of processes from /proc")
def test_a_server_that_is_killed_and_started_again_gets_every_answer(
    context: BrowserContext, classroom: Classroom, ada: Visitor, restarted: Restarted
) -> None:
    context.clock.install()
    page = open_attempt(context, classroom, ada, restarted.url)
    page.get_by_text("The wind", exact=True).click()
    expect_saved(page)
    restarted.kill()
    answer_all(page)
    expect(page.locator("#saving")).to_have_text(KEPT)
    restarted.start()
    be_online(page)
    expect_saved(page)
    page.reload()
    expect_ready(page)
    expect_answered(page)
