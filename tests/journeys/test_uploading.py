"""A file is handed in over a network that comes and goes."""

import pytest
from playwright.sync_api import FilePayload, Page, Route, expect

from content.questions import Choice, FileUpload, MultipleChoice
from content.quiz import Quiz
from lti_app.services.quizzes import publish
from tests.journeys.answering import expect_ready
from tests.journeys.visits import sign_in
from tests.lti_app.web.classroom import Classroom

CARD: FilePayload = {"name": "card.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
FAKE: FilePayload = {"name": "fake.pdf", "mimeType": "application/pdf", "buffer": b"GIF89a"}
FILES = "**/files/*"
QUIZ = Quiz(
    id="cards",
    title="Cards",
    parts=(
        FileUpload(id="card", stem="Your card?"),
        MultipleChoice(id="one", stem="Which?", choices=(Choice(text="This", correct=True), Choice(text="That"))),
    ),
)


@pytest.fixture
def quiz(page: Page, classroom: Classroom) -> Page:
    with classroom.database.writing() as session:
        publish(session, QUIZ)
    student = classroom.launch("Ada", quiz_id="cards")
    student.post("/attempts")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(sign_in(page.context, classroom, student) + "/attempts/1")
    expect_ready(page)
    return page


def test_a_file_that_is_chosen_without_a_network_is_sent_when_it_is_back(quiz: Page) -> None:
    quiz.context.set_offline(True)
    quiz.locator("input[type=file]").set_input_files(CARD)
    expect(quiz.locator("[data-file]")).to_contain_text("could not be sent yet")
    quiz.context.set_offline(False)
    expect(quiz.locator("[data-file]")).to_have_text("card.pdf is handed in.")
    expect(quiz.locator("#answered")).to_have_text("1 of 2")
    quiz.reload()
    expect(quiz.locator(".file-name")).to_have_text("card.pdf")


def submit_while_it_is_sent(quiz: Page, file: FilePayload) -> None:
    """Hand in a file and submit the quiz before the file has arrived, which it does then."""
    held: list[Route] = []
    quiz.route(FILES, lambda route: held.append(route))
    quiz.locator("input[type=file]").set_input_files(file)
    quiz.get_by_text("This", exact=True).click()
    quiz.get_by_role("button", name="Submit quiz").click()
    expect(quiz.locator("#finish-text")).to_have_text("Waiting until your file has arrived…")
    held[0].continue_()


def test_a_submission_waits_until_the_file_has_arrived(quiz: Page) -> None:
    submit_while_it_is_sent(quiz, CARD)
    expect(quiz.get_by_role("link", name="card.pdf")).to_be_visible()


def test_of_a_file_that_is_not_taken_the_page_stays_and_says_why(quiz: Page) -> None:
    submit_while_it_is_sent(quiz, FAKE)
    expect(quiz.locator("#finish-text")).to_contain_text("Not sent yet")
    expect(quiz.locator("[data-file]")).to_contain_text("not what its name says (.pdf)")
    expect(quiz.locator("#answered")).to_have_text("1 of 2")


def test_the_last_of_two_choices_counts(quiz: Page) -> None:
    quiz.context.set_offline(True)
    quiz.locator("input[type=file]").set_input_files(FAKE)
    expect(quiz.locator("[data-file]")).to_contain_text("could not be sent yet")
    quiz.locator("input[type=file]").set_input_files(CARD)
    quiz.context.set_offline(False)
    expect(quiz.locator("[data-file]")).to_have_text("card.pdf is handed in.")


def test_an_answer_that_cannot_be_taken_is_named_and_nothing_is_lost(quiz: Page) -> None:
    quiz.get_by_role("radio", name="This").evaluate("box => { box.value = '9' }")
    quiz.get_by_text("This", exact=True).click()
    quiz.get_by_role("button", name="Submit quiz").click()
    quiz.get_by_role("button", name="Submit anyway").click()
    expect(quiz.locator("#finish-text")).to_contain_text("could not make sense of what was sent")
    expect(quiz.get_by_role("radio", name="This")).to_be_checked()
