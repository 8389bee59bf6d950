"""A browser that keeps no cookies in frames at all: the LMS's page keeps what ties a launch to the browser.

To the browser the LMS and the tool are two sites, ``127.0.0.1`` and ``localhost``. Where the LMS keeps nothing either,
the quiz opens in a tab of its own.
"""

import re
import threading
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import FrameLocator, Page, Route, expect
from werkzeug.serving import make_server

from lti_app.app import create_app
from lti_app.config import Config
from lti_app.demo.ports import any_free
from lti_app.demo_lms import Activity, Lms, ToolRegistration, serving_demo_lms
from lti_app.services.platforms import PlatformValues, add_platform, tool_values
from lti_app.services.quizzes import publish
from lti_app.web.tool import Tool
from tests.journeys.conftest import OpenProfile
from tests.lti_app.school import QUIZ

CLIENT_ID, DEPLOYMENT_ID = "quizferry", "1"


@pytest.fixture
def lms(tmp_path: Path) -> Iterator[Lms]:
    """A demo LMS with a quiz, and the tool that it launches."""
    config = Config(
        database_url=f"sqlite:///{tmp_path}/quizferry.db",
        public_url=f"http://localhost:{any_free()}",
        allow_private_addresses=True,
    )
    app = create_app(config)
    tool: Tool = app.extensions["quizferry"]
    values = tool_values(config)
    registration = ToolRegistration(
        name="Quizferry",
        client_id=CLIENT_ID,
        deployment_id=DEPLOYMENT_ID,
        login_url=values.login_url,
        launch_url=values.target_link_uri,
        redirect_urls=(values.redirect_url,),
        keyset_url=values.jwks_url,
    )
    server = make_server("localhost", int(config.public_url.rpartition(":")[2]), app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    with serving_demo_lms(registration, [Activity("7", "The sea", Decimal(4), {"quiz": QUIZ.id})]) as lms:
        url = lms.base_url
        with tool.database.writing() as session:
            publish(session, QUIZ)
            add_platform(
                session,
                config,
                "Demo LMS",
                PlatformValues(
                    issuer=url,
                    client_id=CLIENT_ID,
                    auth_login_url=f"{url}/authorize",
                    auth_token_url=f"{url}/token",
                    jwks_url=f"{url}/keys",
                    deployment_ids=[DEPLOYMENT_ID],
                ),
            )
        yield lms
    server.shutdown()
    thread.join()
    tool.database.close()


@pytest.fixture
def page(open_profile: OpenProfile) -> Page:
    return open_profile("blocked although partitioned").new_page()


def open_quiz(page: Page, lms: Lms, person: str = "Ada Osei") -> FrameLocator:
    """Sign in, open the quiz, and return the frame that the tool is in."""
    page.goto(lms.base_url)
    page.get_by_role("button", name=person).click()
    page.get_by_role("link", name="The sea").click()
    return page.frame_locator("#tool")


def test_a_quiz_is_taken_in_a_frame_without_any_cookie(page: Page, lms: Lms) -> None:
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    frame = open_quiz(page, lms)
    frame.get_by_role("button", name="Start").press("Enter")
    frame.get_by_role("radio", name="Deep").check()
    expect(frame.locator(".saved-mark:visible")).to_have_count(1)
    frame.get_by_role("button", name="Submit quiz").press("Enter")
    frame.get_by_role("button", name="Submit anyway").press("Enter")
    expect(frame.get_by_role("heading", name="Your result: 1 of 4 points")).to_be_visible()
    expect(frame.get_by_text("On its way to your course’s gradebook")).to_be_visible()
    frame.get_by_role("link", name="All attempts").press("Enter")
    frame.get_by_role("link", name="Attempt 1").press("Enter")
    expect(frame.get_by_role("heading", name="Your result: 1 of 4 points")).to_be_visible()
    secret = frame.locator("meta[name='launch-secret']").get_attribute("content")
    assert len(secret or "") == 43
    assert not [address for address in addresses if str(secret) in address]
    assert [cookie["domain"] for cookie in page.context.cookies()] == ["127.0.0.1"]


def test_a_teacher_reads_the_results_without_any_cookie(page: Page, lms: Lms) -> None:
    frame = open_quiz(page, lms, "Clara Ruiz")
    expect(frame.get_by_text("Nobody has started yet.")).to_be_visible()
    frame.get_by_role("link", name="Quiz and key").press("Enter")
    expect(frame.get_by_text("How deep?")).to_be_visible()
    frame.get_by_role("link", name="Choose a quiz").press("Enter")
    frame.get_by_role("button", name="Use this quiz").first.press("Enter")
    expect(frame.get_by_text("Nobody has started yet.")).to_be_visible()


def test_what_is_no_launch_s_page_is_not_opened_by_its_address(page: Page, lms: Lms) -> None:
    frame = open_quiz(page, lms)
    expect(frame.get_by_role("button", name="Start")).to_be_visible()
    address = page.frames[1].url
    assert "/carried/launches/" in address
    page.goto(address)
    expect(page.get_by_role("heading", name="There is no such page")).to_be_visible()
    page.goto(address.replace("/carried", ""))
    expect(page.get_by_role("heading", name="Open the quiz from your course")).to_be_visible()


def test_a_quiz_opens_in_a_tab_of_its_own_where_nobody_keeps_anything(page: Page, lms: Lms) -> None:
    page.route("**/storage.js", lambda route: route.abort())
    frame = open_quiz(page, lms)
    expect(frame.get_by_role("heading", name="Open the quiz in its own tab")).to_be_visible()
    with page.context.expect_page() as opened:
        frame.get_by_role("button", name="Open in a new tab").click()
    tab = opened.value
    expect(tab.get_by_role("heading", name="The sea")).to_be_visible()
    assert re.match(r"http://localhost:\d+/launches/", tab.url)
    tab.get_by_role("button", name="Start").click()
    expect(tab.get_by_text("How deep?")).to_be_visible()


def test_a_launch_whose_login_the_lms_does_not_remember_is_refused_with_a_way_on(page: Page, lms: Lms) -> None:
    forget = "addEventListener('message', (event) => { if (event.data.subject === 'lti.put_data') stores.clear(); })"

    def forgetful(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=f"{response.text()}\n{forget}")

    page.route("**/storage.js", forgetful)
    frame = open_quiz(page, lms)
    expect(frame.get_by_role("heading", name="Open the quiz in its own tab")).to_be_visible()
