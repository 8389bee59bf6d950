"""The pages of the demo LMS, with the tool in its frame."""

from collections.abc import Iterator

from playwright.sync_api import Page, expect

from lti_app.demo.course import embedded_quizzes
from lti_app.models import Database
from lti_app.services.admin_access import make_link_token
from tests.journeys.demo_process import DemoProcess
from tests.journeys.test_demo_journey import answers_of, open_activity, sign_in, take

QUIZ = embedded_quizzes()[3]


def demo_pages(demo: DemoProcess, page: Page) -> Iterator[str]:
    """A student's and a teacher's way; each name is that of the page that is open then."""
    page.goto(demo.lms)
    yield "demo-sign-in"
    sign_in(page, demo, "Ada Osei")
    yield "demo-course"
    frame = open_activity(page, demo, "Ada Osei", QUIZ)
    expect(frame.get_by_role("button", name="Start")).to_be_visible()
    yield "demo-activity"
    take(frame, answers_of(QUIZ, right=False))
    expect(frame.get_by_text("In the gradebook since")).to_be_visible()
    sign_in(page, demo, "Clara Ruiz")
    page.goto(f"{demo.lms}/gradebook")
    yield "demo-gradebook"
    page.goto(f"{demo.lms}/outage")
    yield "demo-outage"
    page.goto(f"{demo.lms}/tools")
    yield "demo-external-tool"
    page.goto(f"{demo.lms}/course/add")
    expect(page.frame_locator("#tool").get_by_role("checkbox").first).to_be_visible()
    yield "demo-add-content"
    yield from _admin_pages(demo, page)


def _admin_pages(demo: DemoProcess, page: Page) -> Iterator[str]:
    """The operator's pages, with the demo LMS registered."""
    (path,) = demo.folder.glob("var/demo/*/*.db")
    database = Database(f"sqlite:///{path}")
    with database.writing() as session:
        token = make_link_token(session)
    database.close()
    page.goto(f"{demo.tool}/admin/enter/{token}")
    yield "admin-door"
    page.get_by_role("button").click()
    expect(page.get_by_role("heading", name="LMSs")).to_be_visible()
    yield "admin-platforms"
    page.get_by_role("button", name="Test").click()
    expect(page.locator(".findings")).to_be_visible()
    yield "admin-self-test"
