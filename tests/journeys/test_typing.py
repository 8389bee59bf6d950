"""What is typed is saved while it is typed."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.answering import begin, expect_saved, open_attempt
from tests.lti_app.web.classroom import Classroom


@pytest.fixture
def quiz(page: Page, classroom: Classroom) -> Page:
    page.context.clock.install()
    return open_attempt(page.context, classroom, begin(classroom))


def test_who_types_without_a_rest_is_saved_all_the_same(quiz: Page) -> None:
    essay = quiz.get_by_role("textbox", name="Why are there tides?")
    with quiz.expect_request("**/answers/why") as sent:
        for letter in "Gravity":
            essay.press(letter)
            quiz.clock.run_for(300)
    (first,) = sent.value.post_data_json["response"]["q.why"]
    assert first in {"G", "Gr", "Gra"}
    quiz.clock.run_for(1000)
    expect_saved(quiz)
    expect(quiz.locator("#question-1 .saved-mark")).to_be_visible()
    quiz.reload()
    expect(essay).to_have_value("Gravity")


def test_an_essay_that_is_too_long_is_said_to_be_until_it_is_shorter_and_the_others_are_saved(quiz: Page) -> None:
    essay = quiz.get_by_role("textbox", name="Why are there tides?")
    essay.fill("long " * 150_000)
    quiz.clock.run_for(1000)
    expect(quiz.locator("#saving")).to_contain_text("The answer is too long: it has 750,000 characters")
    quiz.get_by_text("The wind", exact=True).click()
    expect(quiz.locator("#question-4 .saved-mark")).to_be_visible()
    expect(quiz.locator("#saving")).to_contain_text("The answer is too long")
    expect(quiz.locator("#question-1 .saved-mark")).to_be_hidden()
    essay.fill("Gravity")
    quiz.clock.run_for(1000)
    expect_saved(quiz)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "0 words"),
        ("Gravity", "1 word"),
        ("  It is\n\nwell-known, isn’t it? ", "5 words"),
        ("私は海が好きです", re.compile(r"^[4-8] words$")),  # dictionaries differ
    ],
)
def test_the_words_of_an_essay_are_counted(quiz: Page, text: str, said: str | re.Pattern[str]) -> None:
    quiz.get_by_role("textbox", name="Why are there tides?").fill("x y z")
    quiz.get_by_role("textbox", name="Why are there tides?").fill(text)
    expect(quiz.locator("[data-words]")).to_have_text(said)


def test_what_becomes_of_a_submission_is_said_to_screen_readers(quiz: Page) -> None:
    quiz.context.set_offline(True)
    quiz.get_by_role("button", name="Submit quiz").click()
    quiz.get_by_role("button", name="Submit anyway").click()
    said = quiz.get_by_role("status").filter(has_text="Not submitted yet – no connection.")
    expect(said).to_be_visible()
