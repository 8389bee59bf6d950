"""A receipt on its way from a student to a teacher, in a browser."""

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from lti_app.models import Role
from tests.journeys.axe import violations_in_both_schemes
from tests.journeys.visits import sign_in
from tests.lti_app.web.classroom import Classroom
from tests.lti_app.web.quizzes import PARTLY_RIGHT


def check(page: Page, receipt: str) -> None:
    """Check a receipt by keyboard."""
    page.get_by_role("textbox").focus()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(receipt)
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_it_is_downloaded_and_checked_by_its_text_and_by_its_code(page: Page, classroom: Classroom) -> None:
    ada = classroom.launch("Ada", quiz_id="sea")
    ada.take(**PARTLY_RIGHT)
    page.goto(sign_in(page.context, classroom, ada) + "/attempts/1/result")
    code = page.locator(".receipt-code code").inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the receipt").press("Enter")
    assert download.value.suggested_filename == f"receipt-{code}.txt"
    text = Path(download.value.path()).read_text(encoding="utf-8")
    teacher = classroom.launch("Grace", Role.INSTRUCTOR)
    page.goto(sign_in(page.context, classroom, teacher) + "/teach/")
    page.get_by_role("link", name="Check a receipt").press("Enter")
    for receipt in (text, f"Dear Grace, it is {code.lower()}!"):
        check(page, receipt)
        expect(page.locator("#finding")).to_have_text("This receipt is genuine.")
        expect(page.locator("#finding")).to_be_focused()
        expect(page.get_by_role("definition")).to_contain_text(["Ada", "attempt 1", ":", "3 of 3"])
    page.get_by_role("link", name="See the attempt").press("Enter")
    expect(page.get_by_role("heading", name="Ada")).to_be_visible()


def test_axe_finds_nothing_whatever_is_found(browser: Browser, classroom: Classroom) -> None:
    ada = classroom.launch("Ada", quiz_id="sea")
    ada.take(**PARTLY_RIGHT)
    text = ada.get("/attempts/1/receipt")
    context = browser.new_context(viewport={"width": 320, "height": 640}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(sign_in(context, classroom, classroom.launch("Grace", Role.INSTRUCTOR)) + "/teach/receipts")
    for receipt, said in ((text, "genuine"), (text.replace("Ada", "Eve"), "as it was given out"), ("x", "no receipt")):
        check(page, receipt)
        expect(page.locator("#finding")).to_contain_text(said)
        assert violations_in_both_schemes(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()
