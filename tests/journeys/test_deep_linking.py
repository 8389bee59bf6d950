"""From the LMS's "Add content" to a grade in a new column, and to the teacher who sees who has not started."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from lti_app.demo.course import embedded_quizzes
from tests.journeys.demo_process import DemoProcess, running_demo
from tests.journeys.pressing import press_enter
from tests.journeys.test_demo_journey import answers_of, sign_in, take

pytestmark = pytest.mark.xdist_group("demo")

FIRST, SECOND = embedded_quizzes()[:2]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoProcess]:
    with running_demo(tmp_path_factory.mktemp("demo")) as demo:
        yield demo


def add_two(page: Page, demo: DemoProcess) -> None:
    """Pick two quizzes inside the LMS, as the teacher, and set what they are worth."""
    sign_in(page, demo, "Clara Ruiz")
    page.get_by_role("link", name="Add content from").click()
    frame = page.frame_locator("#tool")
    for quiz in (FIRST, SECOND):
        frame.get_by_label(quiz.title).check()
    press_enter(frame.get_by_role("button", name="Continue"))
    given = frame.locator("fieldset.given")
    expect(given).to_have_count(2)
    for quiz, title, points in ((FIRST, "Deep one", "30"), (SECOND, "Deep two", "20")):
        fields = given.filter(has_text=quiz.title)
        fields.get_by_label("Title").fill(title)
        fields.get_by_label("Points").fill(points)
        fields.get_by_label("Attempts").fill("1")
    press_enter(frame.get_by_role("button", name="Add to the course"))


def test_quizzes_are_added_from_the_lms_and_their_grades_come_into_new_columns(
    demo: DemoProcess, browser: Browser
) -> None:
    teaching = browser.new_context()
    teacher = teaching.new_page()
    add_two(teacher, demo)
    expect(teacher.get_by_role("link", name="Deep two")).to_be_visible()

    learning = browser.new_context()
    student = learning.new_page()
    sign_in(student, demo, "Ada Osei")
    student.get_by_role("link", name="Deep one").click()
    frame = student.frame_locator("#tool")
    expect(frame.get_by_text("It is worth 30 points in the gradebook.")).to_be_visible()
    take(frame, answers_of(FIRST, right=True))
    expect(frame.get_by_role("button", name="Try again")).to_have_count(0)
    expect(frame.get_by_text("In the gradebook since")).to_be_visible()

    teacher.get_by_role("link", name="Gradebook").click()
    expect(teacher.get_by_role("columnheader", name="Deep one of 30")).to_be_visible()
    expect(teacher.locator("tr[data-person='ada'] data")).to_have_text("30")

    teacher.get_by_role("link", name="Activities").click()
    teacher.get_by_role("link", name="Deep one").click()
    waiting = teacher.frame_locator("#tool").locator("#roster")
    expect(waiting.get_by_text("Ben Larsen")).to_be_visible()
    expect(waiting.get_by_text("Ada Osei")).to_have_count(0)
    learning.close()
    teaching.close()


def test_a_teacher_goes_back_with_nothing_with_scripts_off(demo: DemoProcess, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, demo, "Clara Ruiz")
    page.get_by_role("link", name="Add content from").click()
    frame = page.frame_locator("#tool")
    press_enter(frame.locator("form[action$='/lti/login']").get_by_role("button", name="Continue"))
    press_enter(frame.locator("form[action$='/lti/launch']").get_by_role("button", name="Continue"))
    press_enter(frame.get_by_role("button", name="Cancel"))
    expect(frame.get_by_role("heading", name="Back to your course")).to_be_visible()
    press_enter(frame.get_by_role("button", name="Continue"))
    expect(frame.get_by_role("heading", name="Nothing was added")).to_be_visible()
    context.close()
