"""A platform made of the library lti1p3platform launches the tool from another site, third-party cookies blocked."""

from collections.abc import Iterator, Mapping

import pytest
from playwright.sync_api import Page, expect

from lti_app.services.platforms import PlatformValues
from tests.journeys.apart import TITLE, Sites, running_apart, take_quiz
from tests.journeys.conftest import OpenProfile
from tests.journeys.pressing import press_enter

pytestmark = pytest.mark.xdist_group("apart")


def platform(url: str) -> Mapping[str, PlatformValues]:
    values = PlatformValues(
        issuer=url,
        client_id="second",
        auth_login_url=f"{url}/authorize",
        auth_token_url=f"{url}/token",
        jwks_url=f"{url}/keys",
        deployment_ids=["d-1"],
    )
    return {"Second": values}


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    def command(port: int, tool: str) -> list[str]:
        return ["-m", "tests.journeys.second_platform", "--port", str(port), "--tool", tool, "--quiz", "sea"]

    with running_apart(tmp_path_factory.mktemp("second"), command, platform) as sites:
        yield sites


@pytest.fixture
def page(open_profile: OpenProfile) -> Page:
    return open_profile("blocked").new_page()


def expect_in_gradebook(page: Page, sites: Sites, line: str) -> None:
    page.goto(f"{sites.lms}/gradebook")
    expect(page.get_by_text(line, exact=True)).to_be_visible()


def test_a_grade_arrives_in_the_column_that_is_found_on_a_later_page(page: Page, sites: Sites) -> None:
    page.goto(f"{sites.lms}/open/ada/quiz")
    frame = page.frame_locator("#tool")
    take_quiz(frame)
    expect(frame.get_by_text("In the gradebook since")).to_be_visible()
    expect_in_gradebook(page, sites, "ada has 1 of 2 in quiz")


def test_a_grade_that_is_newer_there_stays_and_is_no_failure(page: Page, sites: Sites) -> None:
    page.goto(f"{sites.lms}/open/ben/quiz")
    frame = page.frame_locator("#tool")
    take_quiz(frame)
    expect(frame.get_by_text("Your course’s gradebook keeps what it has.")).to_be_visible()
    expect_in_gradebook(page, sites, "ben has 2 of 2 in quiz")


def test_a_linked_quiz_is_launched_and_graded(page: Page, sites: Sites) -> None:
    page.goto(f"{sites.lms}/open/clara/linking")
    frame = page.frame_locator("#tool")
    frame.get_by_label(TITLE).press("Space")
    press_enter(frame.get_by_role("button", name="Continue"))
    frame.get_by_label("Title").fill("The linked sea")
    frame.get_by_label("Points").fill("30")
    press_enter(frame.get_by_role("button", name="Add to the course"))
    expect(frame.get_by_text("3 activities")).to_be_visible()

    page.goto(f"{sites.lms}/open/ada/linked-2")
    take_quiz(frame)
    expect(frame.get_by_text("In the gradebook since")).to_be_visible()
    expect_in_gradebook(page, sites, "ada has 15 of 30 in The linked sea")


def test_the_roster_is_read_to_its_last_page(page: Page, sites: Sites) -> None:
    page.goto(f"{sites.lms}/open/clara/untouched")
    waiting = page.frame_locator("#tool").locator("#roster")
    expect(waiting.get_by_role("listitem")).to_have_text(["Ada Osei", "Ben Larsen"])
