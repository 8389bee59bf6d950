"""The tool and somebody else's platform, each in processes of its own: two sites to a browser."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import requests
from playwright.sync_api import FrameLocator, Page, expect

from lti_app.config import Config
from lti_app.demo.ports import any_free
from lti_app.demo.processes import Processes
from lti_app.models import Database
from lti_app.models.migrations import upgrade
from lti_app.services.platforms import PlatformValues, add_platform
from tests.journeys.pressing import press_enter

STARTING = 60.0
"""Seconds that a process may take to answer on a busy machine."""

QUIZ = """\
Quiz title: The sea
id: sea

1. How deep?
a) Shallow
*b) Deep

2. What is salt?
*a) Sodium chloride
b) Sugar
"""
TITLE = "The sea"


@dataclass(frozen=True, slots=True)
class Sites:
    """Where the two are, and the settings of the tool."""

    lms: str
    tool: str
    settings: Mapping[str, str]


@contextmanager
def running_apart(
    folder: Path, lms: Callable[[int, str], Sequence[str]], platforms: Callable[[str], Mapping[str, PlatformValues]]
) -> Iterator[Sites]:
    """Run the platform and the tool with its worker until the block ends; their logs are in ``folder``.

    ``lms`` gives the platform's command for its port and the tool's address, ``platforms`` what an admin enters in the
    tool, by name, for the platform's address.
    """
    config, lms_port = _configured(folder), any_free()
    lms_url = f"http://127.0.0.1:{lms_port}"
    database = Database(config.database_url)
    upgrade(database)
    with database.writing() as session:
        for name, values in platforms(lms_url).items():
            add_platform(session, config, name, values)
    database.close()
    settings = {
        "QUIZFERRY_DATABASE_URL": config.database_url,
        "QUIZFERRY_PUBLIC_URL": config.public_url,
        "QUIZFERRY_ALLOW_PRIVATE_ADDRESSES": "true",
        "QUIZFERRY_QUIZZES": str(config.quizzes),
    }
    tool = [sys.executable, "-m", "lti_app.cli", "serve", "--port", config.public_url.rpartition(":")[2]]
    with Processes(folder) as processes:
        processes.start("lms", [sys.executable, *lms(lms_port, config.public_url)], {})
        processes.start("tool", tool, settings)
        for url in (lms_url, config.public_url):
            processes.wait_until(partial(_answers, url), STARTING)
        yield Sites(lms_url, config.public_url, settings)


def _configured(folder: Path) -> Config:
    quizzes = folder / "quizzes"
    quizzes.mkdir()
    (quizzes / "sea.md").write_text(QUIZ, encoding="utf-8")
    return Config(
        database_url=f"sqlite:///{folder}/quizferry.db",
        public_url=f"http://localhost:{any_free()}",
        quizzes=quizzes,
        allow_private_addresses=True,
    )


def _answers(url: str) -> bool:
    with requests.Session() as session:
        session.trust_env = False
        try:
            session.get(url, timeout=5, allow_redirects=False)
        except requests.RequestException:
            return False
    return True


def take_quiz(page: Page | FrameLocator) -> None:
    """Take the quiz with one of two answers right, from its first page on."""
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    press_enter(page.get_by_role("button", name="Start"))
    page.get_by_role("radio", name="Deep").press("Space")
    page.get_by_role("radio", name="Sugar").press("Space")
    press_enter(page.get_by_role("button", name="Submit quiz"))
    expect(page.get_by_role("heading", name="Your result: 1 of 2 points")).to_be_visible()
