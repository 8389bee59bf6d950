"""The tool's script for platform storage in a frame of a page of another site, whose answers the test writes."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route

import lti_app.web

SCRIPT = Path(lti_app.web.__path__[0]) / "static/js/platform_storage.js"
LMS, TOOL = "http://127.0.0.1:9", "http://localhost:9"
HEAR = "heard = []; addEventListener('message', ({ data, origin, source }) => { heard.push(data.value);"
ANSWER = "source.postMessage({ ...data, subject: data.subject + '.response' }, origin); });"

Ask = Callable[[str, str, str], str]


@pytest.fixture
def ask(page: Page) -> Ask:
    """Ask a frame of an LMS's page from the tool's frame; return the value that was answered, or what went wrong."""

    def ask(frame: str, origin: str, lms_script: str) -> str:
        def serve(route: Route) -> None:
            pages = {
                f"{LMS}/": f"<script>{lms_script}</script><iframe name=tool src={TOOL}/></iframe>"
                "<iframe name=keeper src=/kept></iframe>",
                f"{LMS}/kept": f"<script>{HEAR}{ANSWER}</script>",
                f"{TOOL}/": "<p>tool</p>",
            }
            if route.request.url == f"{TOOL}/storage.js":
                route.fulfill(body=SCRIPT.read_text(encoding="utf-8"), content_type="text/javascript")
            else:
                route.fulfill(body=pages[route.request.url], content_type="text/html")

        page.route("**/*", serve)
        page.goto(f"{LMS}/")
        tool = page.frame("tool")
        assert tool is not None
        tool.evaluate(
            """async ([frame, origin]) => {
                const { ask } = await import("/storage.js");
                const message = { subject: "lti.put_data", key: "k", value: "secret" };
                window.answer = ask(frame, origin, message).then(({ value }) => value, (error) => error.message);
            }""",
            [frame, origin],
        )
        return str(tool.evaluate("window.answer"))

    return ask


def test_the_page_around_the_frame_answers(ask: Ask) -> None:
    assert ask("_parent", LMS, HEAR + ANSWER) == "secret"


def test_a_frame_of_the_lms_beside_the_tool_s_answers(ask: Ask) -> None:
    assert ask("keeper", LMS, "") == "secret"


def test_what_the_lms_refuses_to_keep_is_an_error(ask: Ask) -> None:
    refuse = ANSWER.replace("...data,", "...data, error: { code: 'storage_exhaustion' },")
    assert ask("_parent", LMS, HEAR + refuse) == "storage_exhaustion"


def test_a_frame_that_there_is_not_is_an_error(ask: Ask) -> None:
    assert "nobody" in ask("nobody", LMS, "")


def test_nobody_but_the_origin_that_is_meant_hears_the_secret_or_is_heard(ask: Ask, page: Page) -> None:
    assert ask("_parent", "https://lms.example", HEAR + ANSWER) == "no answer"
    assert page.evaluate("heard") == []


def test_an_answer_to_another_message_does_not_count(ask: Ask) -> None:
    assert ask("_parent", LMS, HEAR + ANSWER.replace("...data,", "...data, message_id: 'other',")) == "no answer"
