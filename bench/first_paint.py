"""Measures how soon pages show something in a browser: `python bench/first_paint.py`.

Prints, for the first page of a quiz, its 20 questions and the result, the milliseconds from the click to the first
contentful paint in Chromium: the median and the slowest of some visits, each with an empty cache, and then with a full
one. The tool is served by gunicorn over loopback, so the time of a network is not in it; a page of one word shows what
the browser takes for itself.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from statistics import median

from pages import ISSUER, prepare
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from lti_app.config import Config
from lti_app.demo.ports import any_free
from lti_app.lti.claims import LaunchClaims
from lti_app.models import Database, Launch, Registration, Role
from lti_app.services.attempts import start_attempt, submit_attempt
from lti_app.services.launches import open_launch
from lti_app.web.cookies import launch_cookie

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = (
    "--no-sandbox",
    # A new window loads pages for its address bar at the same time: they are part of no page that is measured. This
    # list takes the place of Playwright's own, so what of that bears on the first paint stands here, too.
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,PaintHolding,Translate",
)
FIRST_PAINT = """() => new Promise((told) => new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.name === "first-contentful-paint") told(entry.startTime);
}).observe({ type: "paint", buffered: true }))"""


@contextmanager
def serving(config: Config) -> Iterator[None]:
    """Serve the tool as `quizferry serve` does until the block ends."""
    settings = {"QUIZFERRY_DATABASE_URL": config.database_url, "QUIZFERRY_PUBLIC_URL": config.public_url}
    command = [sys.executable, "-m", "lti_app.cli", "serve", "--port", config.public_url.rpartition(":")[2]]
    process = subprocess.Popen(
        command, env={**os.environ, **settings}, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT
    )
    try:
        while not _answers(f"{config.public_url}/healthz"):
            if process.poll() is not None:
                raise SystemExit("The tool does not start; see `quizferry serve`.")
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait()


def _answers(url: str) -> bool:
    with suppress(urllib.error.URLError), urllib.request.urlopen(url, timeout=5):
        return True
    return False


def open_quiz(config: Config) -> tuple[str, dict[str, str]]:
    """Have a student launch, submit an attempt and begin another; return the launch's address, and its cookie."""
    database = Database(config.database_url)
    prepare(database, f"{ISSUER}/keys")
    with database.writing() as session:
        registration = session.get_one(Registration, 1)
        claims = LaunchClaims(
            registration_id=registration.id,
            deployment_id=registration.deployments[0].id,
            sub="student",
            name="A student",
            role=Role.LEARNER,
            resource_link_id="r",
            context_id="c",
            context_title="Course",
            lineitem_url=None,
            quiz_id=None,
        )
        opened = open_launch(session, claims, config)
    with database.writing() as session:
        launch = session.get_one(Launch, opened.launch.id)
        submit_attempt(session, start_attempt(session, launch))
        start_attempt(session, launch)
    database.close()
    cookie = {"name": launch_cookie(config, opened.launch.id), "value": opened.secret, "url": config.public_url}
    return f"{config.public_url}/launches/{opened.launch.id}", cookie


def visit(context: BrowserContext, url: str) -> float:
    """Return after how many milliseconds the page shows something."""
    page = context.new_page()
    page.goto(url)
    shown = float(page.evaluate(FIRST_PAINT))
    page.close()
    return shown


def measure(browser: Browser, url: str, cookie: dict[str, str], visits: int) -> tuple[list[float], list[float]]:
    """Return the times of visits with an empty cache, and of those with a full one."""
    empty, full = [], []
    for _ in range(visits):
        context = browser.new_context()
        context.add_cookies([cookie])  # type: ignore[list-item]
        empty.append(visit(context, url))
        full.append(visit(context, url))
        context.close()
    return empty, full


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visits", type=int, default=15)
    visits = parser.parse_args().visits
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        config = Config(database_url=f"sqlite:///{folder}/bench.db", public_url=f"http://localhost:{any_free()}")
        home, cookie = open_quiz(config)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        with serving(config):
            print(f"{'first paint, ms':18}{'empty cache':>14}{'slowest':>10}{'full cache':>14}{'slowest':>10}")
            for name, url in (
                ("one word", f"{config.public_url}/healthz"),
                ("first page", f"{home}/"),
                ("20 questions", f"{home}/attempts/2"),
                ("result", f"{home}/attempts/1/result"),
            ):
                measure(browser, url, cookie, 1)  # the first page after the start of all
                empty, full = measure(browser, url, cookie, visits)
                figures = (median(empty), max(empty), median(full), max(full))
                print(f"{name:18}{figures[0]:14.0f}{figures[1]:10.0f}{figures[2]:14.0f}{figures[3]:10.0f}")
        browser.close()


if __name__ == "__main__":
    main()
