"""A browser that keeps no cookies in frames at all: the quiz opens in a tab of its own.

Chromium keeps partitioned cookies in frames, also where it blocks third-party ones; so here they are taken out of what
the tool answers to the frame, which is what other browsers do.
"""

import threading
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect
from werkzeug.serving import make_server

from lti_app.app import create_app
from lti_app.config import Config
from lti_app.demo.ports import any_free
from lti_app.demo_lms import Activity, Lms, ToolRegistration, serving_demo_lms
from lti_app.services.platforms import PlatformValues, add_platform, tool_values
from lti_app.services.quizzes import publish
from lti_app.web.tool import Tool
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


def without_cookies(route: Route) -> None:
    # Chromium itself says that it is a frame that asks; Playwright asks in its place.
    response = route.fetch(max_redirects=0, headers={**route.request.headers, "sec-fetch-dest": "iframe"})
    headers = {name: value for name, value in response.headers.items() if name != "set-cookie"}
    route.fulfill(response=response, headers=headers)


def test_a_quiz_opens_in_a_tab_of_its_own_where_frames_keep_no_cookies(browser: Browser, lms: Lms) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.route("**/lti/login", without_cookies)
    page.goto(lms.base_url)
    page.get_by_role("button", name="Ada Osei").click()
    page.get_by_role("link", name="The sea").click()
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("heading", name="Open the quiz in its own tab")).to_be_visible()
    with context.expect_page() as opened:
        frame.get_by_role("button", name="Open in a new tab").click()
    tab = opened.value
    expect(tab.get_by_role("heading", name="The sea")).to_be_visible()
    assert "/launches/" in tab.url
    tab.get_by_role("button", name="Start").click()
    expect(tab.get_by_text("How deep?")).to_be_visible()
    context.close()
