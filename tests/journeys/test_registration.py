"""From the operator's invitation to the first launch, in a browser, with the demo LMS as platform."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, FrameLocator, Locator, Page, expect

from lti_app.config import Config
from lti_app.demo.course import embedded_quizzes
from lti_app.demo_lms import Activity, Lms, ToolRegistration, serving_demo_lms
from lti_app.services.admin_access import make_link_token
from lti_app.services.invitations import invite
from lti_app.services.platforms import list_platforms
from lti_app.web.tool import Tool
from tests.journeys.axe import violations
from tests.journeys.tabbing import enter, tab_to, type_into
from tests.lti_app.serving import serving_tool

QUIZ = embedded_quizzes()[0]
# What the LMS has before the registration; nobody is there.
NOBODY = ToolRegistration(
    name="Nobody’s tool",
    client_id="nobody",
    deployment_id="0",
    login_url="http://localhost:1/login",
    launch_url="http://localhost:1/launch",
    redirect_urls=("http://localhost:1/launch",),
    keyset_url="http://localhost:1/keys",
)


@dataclass(frozen=True, slots=True)
class Sites:
    tool: Tool
    lms: Lms

    def invite(self, **options: Any) -> str:
        with self.tool.database.writing() as session:
            return invite(session, self.tool.config, timedelta(days=1), **options).url

    def admin_link(self) -> str:
        with self.tool.database.writing() as session:
            return f"{self.tool.config.public_url}/admin/enter/{make_link_token(session)}"


@pytest.fixture
def sites(tmp_path: Path) -> Iterator[Sites]:
    config = Config(database_url=f"sqlite:///{tmp_path}/quizferry.db", allow_private_addresses=True)
    activity = Activity(QUIZ.activity_id, QUIZ.title, QUIZ.points, {"quiz": QUIZ.quiz_id})
    with serving_tool(config) as app, serving_demo_lms(NOBODY, [activity]) as lms:
        yield Sites(app.extensions["quizferry"], lms)


def open_registration(page: Page, sites: Sites, url: str) -> FrameLocator:
    """Sign in to the LMS, enter the registration URL, and return the frame in which the tool answers; by keyboard."""
    page.goto(sites.lms.base_url)
    enter(page, page.get_by_role("button", name="Clara Ruiz"))
    enter(page, page.get_by_role("link", name="External tool"))
    type_into(page, page.get_by_label("Registration URL"), url)
    enter(page, page.get_by_role("button", name="Register"))
    return page.frame_locator("#registration")


def press_in_frame(page: Page, button: Locator) -> None:
    """Go into the frame by the Tab key, and press the button there."""
    tab_to(page, button)
    page.keyboard.press("Enter")


def test_an_invitation_becomes_a_registration_and_the_first_launch_works(page: Page, sites: Sites) -> None:
    frame = open_registration(page, sites, sites.invite())
    expect(frame.get_by_role("heading", name="Register Quizferry at 127.0.0.1")).to_be_visible()
    expect(frame.get_by_text("Put students’ grades into these columns")).to_be_visible()
    expect(frame.get_by_text("Let teachers pick a quiz while they build their course")).to_be_visible()
    expect(frame.get_by_role("heading", name="Where your LMS offers less")).to_have_count(0)
    press_in_frame(page, frame.get_by_role("button", name="Register"))
    # The tool's page closed itself, and the LMS went on.
    page.wait_for_url("**/tools")
    expect(page.locator("#registration")).to_have_count(0)
    expect(page.get_by_text("Quizferry is registered, with the client ID")).to_be_visible()
    with sites.tool.database.reading() as session:
        (stored,) = list_platforms(session)
    expect(page.locator("#client")).to_have_text(stored.client_id)

    page.get_by_role("link", name="Activities").click()
    page.get_by_role("link", name=QUIZ.title).click()
    expect(page.frame_locator("#tool").get_by_role("heading", name=QUIZ.title)).to_be_visible()


def test_a_pending_one_waits_for_the_operator_s_button_and_then_passes_its_test(page: Page, sites: Sites) -> None:
    frame = open_registration(page, sites, sites.invite(needs_approval=True))
    press_in_frame(page, frame.get_by_role("button", name="Register"))
    expect(frame.get_by_text("It waits here for approval")).to_be_visible()
    with page.expect_navigation():  # the LMS goes on
        press_in_frame(page, frame.get_by_role("button", name="Close"))
    page.goto(f"{sites.lms.base_url}/activities/{QUIZ.activity_id}")
    expect(page.frame_locator("#tool").get_by_text("nobody has approved that yet")).to_be_visible()

    operator = page.context.new_page()
    operator.goto(sites.admin_link())
    operator.get_by_role("button", name="Open").click()
    operator.get_by_role("button", name="Approve").click()
    expect(operator.get_by_text("Waits for approval")).to_have_count(0)

    page.reload()
    expect(page.frame_locator("#tool").get_by_role("heading", name=QUIZ.title)).to_be_visible()
    operator.get_by_role("button", name="Test").click()
    expect(operator.get_by_role("heading", name="nothing is broken")).to_be_visible()
    expect(operator.get_by_role("heading", name="Column removed ok")).to_be_visible()
    assert violations(operator) == []


def test_a_used_link_says_so_inside_the_lms(page: Page, sites: Sites) -> None:
    url = sites.invite()
    open_registration(page, sites, url).get_by_role("button", name="Register").click()
    page.wait_for_url("**/tools")
    expect(page.locator("#registration")).to_have_count(0)
    frame = open_registration(page, sites, url)
    expect(frame.get_by_text("This invitation link has been used")).to_be_visible()


def test_values_are_copied_by_a_button_and_can_be_selected_without_scripts(browser: Browser, sites: Sites) -> None:
    url = f"{sites.tool.config.public_url}/setup/moodle"
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(url)
    page.get_by_role("button", name="Copy Initiate login URL").click()
    expect(page.get_by_role("button", name="Copied Initiate login URL")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{sites.tool.config.public_url}/lti/login"
    context.close()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(url)
    expect(page.get_by_text(f"{sites.tool.config.public_url}/lti/login", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)
    context.close()
