"""Open edX launches the tool from another site, in a browser that blocks third-party cookies or does not.

The messages, checks and services are those of Open edX's own LTI consumer.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from uuid import NAMESPACE_URL, uuid5

import pytest
from playwright.sync_api import Page, expect

from lti_app.services.platforms import PlatformValues
from tests.journeys.apart import TITLE, Sites, running_apart, take_quiz
from tests.journeys.conftest import OpenProfile
from tests.journeys.pressing import press_enter

pytestmark = pytest.mark.xdist_group("apart")

API = "/api/lti_consumer/v1"


def blocks(url: str) -> Mapping[str, PlatformValues]:
    """What Studio shows an author for each block: a client and a keyset of its own, the issuer of all."""
    return {
        f"Open edX, {name}": PlatformValues(
            issuer=url,
            client_id=f"client-{name}",
            auth_login_url=f"{url}{API}/launch/",
            auth_token_url=f"{url}{API}/token/{uuid5(NAMESPACE_URL, name)}",
            jwks_url=f"{url}{API}/public_keysets/{uuid5(NAMESPACE_URL, name)}",
            deployment_ids=["1"],
        )
        for name in ("quiz", "untouched", "linked")
    }


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    if find_spec("lti_consumer") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Open edX's LTI consumer is missing; CI needs it")
        pytest.skip("Open edX's LTI consumer is not installed (the extra test-openedx)")
    folder = tmp_path_factory.mktemp("open-edx")

    def command(port: int, tool: str) -> list[str]:
        options = ["--port", str(port), "--folder", str(folder), "--tool", tool, "--quiz", "sea"]
        return ["-m", "tests.journeys.open_edx", *options]

    with running_apart(folder, command, blocks) as sites:
        yield sites


def open_block(page: Page, sites: Sites, person: str, place: str) -> None:
    page.goto(f"{sites.lms}/enter/{person}")
    page.goto(f"{sites.lms}/{place}")


def expect_in_gradebook(page: Page, sites: Sites, line: str | re.Pattern[str]) -> None:
    page.goto(f"{sites.lms}/gradebook")
    expect(page.get_by_role("listitem").filter(has_text=line)).to_have_count(1)


@pytest.mark.parametrize(("cookies", "person"), [("blocked", "ada"), ("allowed", "ben")])
def test_a_quiz_is_taken_in_a_frame_and_its_grade_arrives(
    sites: Sites, open_profile: OpenProfile, cookies: str, person: str
) -> None:
    page = open_profile(cookies).new_page()
    open_block(page, sites, person, "courses/quiz")
    frame = page.frame_locator("#tool")
    take_quiz(frame)
    assert page.frames[1].evaluate("document.hasStorageAccess()") is (cookies == "allowed")
    expect(frame.get_by_text("In the gradebook since")).to_be_visible()
    # The block counts one point; half of the quiz was right.
    expect_in_gradebook(page, sites, f"{person} has 0.5 in quiz")


def test_a_quiz_opens_in_a_tab_where_frames_keep_no_cookie_at_all(sites: Sites, open_profile: OpenProfile) -> None:
    page = open_profile("blocked although partitioned").new_page()
    open_block(page, sites, "clara", "courses/quiz")
    with page.context.expect_page() as opened:
        press_enter(page.frame_locator("#tool").get_by_role("button", name="Open in a new tab"))
    expect(opened.value.get_by_role("heading", name=TITLE)).to_be_visible()


def test_a_teacher_links_a_quiz_and_its_grades_come_into_a_column_that_the_tool_makes(
    sites: Sites, open_profile: OpenProfile
) -> None:
    context = open_profile("blocked")
    page = context.new_page()
    open_block(page, sites, "clara", "studio/linked")
    with context.expect_page() as opened:
        page.get_by_role("link", name="Configure tool").click()
    tab = opened.value
    tab.get_by_label(TITLE).check()
    tab.get_by_role("button", name="Continue").click()
    tab.get_by_label("Title").fill("The linked sea")
    tab.get_by_label("Points").fill("30")
    tab.get_by_role("button", name="Add to the course").click()
    expect(tab.get_by_text("The LTI Deep Linking content was successfully saved in the LMS.")).to_be_visible()

    open_block(page, sites, "ada", "courses/linked")
    frame = page.frame_locator("#tool")
    take_quiz(frame)
    expect(frame.get_by_text("In the gradebook since")).to_be_visible()
    expect_in_gradebook(page, sites, re.compile(r"The linked sea of 30\b.* in linked: \S+ 15/30"))
    expect_in_gradebook(page, sites, "ada has 0.5 in linked")


def test_a_teacher_sees_by_name_who_has_not_started(sites: Sites, open_profile: OpenProfile) -> None:
    page = open_profile("blocked").new_page()
    open_block(page, sites, "clara", "courses/untouched")
    frame = page.frame_locator("#tool")
    waiting = frame.locator("#roster")
    expect(waiting.get_by_role("listitem")).to_have_text(["Ada Osei", "Ben Larsen"])


def test_the_registration_passes_its_own_test(sites: Sites) -> None:
    command = [sys.executable, "-m", "lti_app.cli", "platforms", "test", "Open edX, untouched"]
    done = subprocess.run(command, env={**os.environ, **sites.settings}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "✗" not in done.stdout
