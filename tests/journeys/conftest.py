"""Chromium for the tests that look at pages as people do. Nothing that it loads may come from beyond this machine."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from tests.journeys.admin_visits import AdminSite, running_admin_site
from tests.journeys.school_site import SchoolSite, running_school
from tests.journeys.visits import running_classroom
from tests.lti_app.fixtures import new_database
from tests.lti_app.web.classroom import Classroom
from tests.lti_app.web.quizzes import SEA, SKY

__all__ = ["new_database"]

# Longer than Playwright's 5 seconds: LMS, tool, worker and browser share this machine.
expect.set_options(timeout=30_000)

ARGUMENTS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # While translation is on, a frame that blocks third-party cookies throws at localStorage.
    "--disable-features=Translate",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]

NEVER_SHOWN = ["Locator expected", "Page expected", "TimeoutError", "TargetClosedError"]
"""How the failures begin of those who wait for what a browser shows, until their patience ends."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Have such a test be tried once more, and be named RERUN in the summary, as Playwright's own runner does.

    Of some thousand pages in frames that go to and fro between two sites there is one that Chromium has loaded, and
    that Playwright never hears of. What is broken fails again, and whatever else is wrong fails at once.
    """
    for item in items:
        if "playwright" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.flaky(reruns=1, only_rerun=NEVER_SHOWN))


COOKIE_PREFERENCES = {
    "allowed": {"cookie_controls_mode": 0},
    "blocked": {"cookie_controls_mode": 1},
    "blocked although partitioned": {
        "cookie_controls_mode": 1,
        "content_settings": {"exceptions": {"cookies": {"http://localhost:*,http://127.0.0.1:*": {"setting": 2}}}},
    },
}
"""What Chromium's preferences say of third-party cookies; a plain new context already blocks.

Chromium keeps partitioned cookies in frames unless it is told, for two sites, to keep none at all, as Safari does.
"""

OpenProfile = Callable[[str], BrowserContext]


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Chromium. Without one the test is skipped, but in CI it fails."""
    found = shutil.which("chromium") or shutil.which("/usr/bin/chromium")
    if found:
        return found
    if os.environ.get("CI") == "true":
        pytest.fail("Chromium is missing; CI needs it")
    pytest.skip("Chromium is not installed")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in a context of its own, as wide as a laptop's."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


@pytest.fixture
def open_profile(playwright: Playwright, chromium: str, tmp_path: Path) -> Iterator[OpenProfile]:
    """Opens a browser with a profile of its own, with third-party cookies as COOKIE_PREFERENCES names them."""
    opened: list[BrowserContext] = []

    def open_profile(third_party_cookies: str) -> BrowserContext:
        profile = tmp_path / f"profile-{len(opened)}"
        preferences = profile / "Default" / "Preferences"
        preferences.parent.mkdir(parents=True)
        preferences.write_text(json.dumps({"profile": COOKIE_PREFERENCES[third_party_cookies]}), encoding="utf-8")
        context = playwright.chromium.launch_persistent_context(profile, executable_path=chromium, args=ARGUMENTS)
        opened.append(context)
        return context

    yield open_profile
    for context in opened:
        context.close()


@pytest.fixture
def classroom(tmp_path: Path, new_database: Path) -> Iterator[Classroom]:
    """A classroom whose tool runs at ``classroom.config.public_url``."""
    with running_classroom(f"sqlite:///{shutil.copy(new_database, tmp_path)}", SEA, SKY) as classroom:
        yield classroom


@pytest.fixture
def admin_site(tmp_path: Path, new_database: Path) -> Iterator[AdminSite]:
    """A tool for those who run it, and those who register it in an LMS."""
    with running_admin_site(Path(shutil.copy(new_database, tmp_path))) as site:
        yield site


@pytest.fixture
def school(tmp_path: Path, new_database: Path) -> Iterator[SchoolSite]:
    """A demo LMS and the tool that it launches."""
    shutil.copy(new_database, tmp_path)
    with running_school(tmp_path) as school:
        yield school
