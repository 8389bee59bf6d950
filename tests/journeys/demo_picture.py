"""Takes the picture of the demo for the README: ``python -m tests.journeys.demo_picture``."""

import tempfile
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from lti_app.demo.course import embedded_quizzes
from tests.journeys.conftest import ARGUMENTS
from tests.journeys.demo_process import running_demo
from tests.journeys.pressing import press_enter

PICTURE = Path(__file__).parents[2] / "docs/images/demo.png"


def take_picture(lms: str, picture: Path) -> None:
    """Begin a quiz as Ada, answer its first question, and take the picture."""
    quiz = next(quiz for quiz in embedded_quizzes() if quiz.quiz_id == "introduction-to-model-serving")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1120, "height": 700})
        page.goto(lms)
        page.get_by_role("button", name="Ada Osei").click()
        page.get_by_role("link", name=quiz.title).click()
        frame = page.frame_locator("#tool")
        press_enter(frame.get_by_role("button", name="Start"))
        frame.get_by_label("An interpreter").press("Space")
        frame.get_by_label("Input Data").press("Space")
        frame.get_by_label("Input Data").blur()
        expect(frame.locator(".saved-mark:visible")).to_have_count(1, timeout=30_000)
        page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder, running_demo(Path(folder)) as demo:
        take_picture(demo.lms, PICTURE)
