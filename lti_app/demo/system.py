"""The demo's three processes: the demo LMS, the tool, and the worker that delivers grades."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import requests

from lti_app.config import Config
from lti_app.demo.course import Embedded
from lti_app.demo.processes import Processes
from lti_app.demo_lms.behaviours import BEHAVIOURS, Behaviour
from lti_app.lti.claims import HISTORY_PARAMETERS
from lti_app.models import Database
from lti_app.models.migrations import upgrade
from lti_app.services.platforms import PlatformValues, add_platform, tool_values

CLIENT_ID = "quizferry-demo"
DEPLOYMENT_ID = "1"
STARTING = 40.0
"""Seconds that the processes may take to answer."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """The ports of the demo. Tool and LMS are two sites to a browser: ``localhost`` and ``127.0.0.1``."""

    tool_port: int
    lms_port: int

    @property
    def tool(self) -> str:
        """Where browsers reach the tool."""
        return f"http://localhost:{self.tool_port}"

    @property
    def lms(self) -> str:
        """Where browsers reach the demo LMS."""
        return f"http://127.0.0.1:{self.lms_port}"


@contextmanager
def running(
    addresses: Addresses, quizzes: list[Embedded], folder: Path, behave_as: str = "strict"
) -> Iterator[Processes]:
    """Run demo LMS, tool and worker until the block ends, with a new database in ``folder``, where their logs are too.

    ``behave_as`` is one of `lti_app.demo_lms.behaviours.BEHAVIOURS`. Yield when both sites
    answer. Raise ProcessEnded or TimeoutError when they do not come up.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    config = Config(
        database_url=f"sqlite:///{folder.resolve()}/quizferry.db",
        public_url=addresses.tool,
        allow_private_addresses=True,  # the demo LMS is at one
    )
    _register(config, addresses, BEHAVIOURS[behave_as])
    settings = {
        "QUIZFERRY_DATABASE_URL": config.database_url,
        "QUIZFERRY_PUBLIC_URL": config.public_url,
        "QUIZFERRY_ALLOW_PRIVATE_ADDRESSES": "true",
    }
    with Processes(folder) as processes:
        processes.start("lms", _lms_command(config, addresses, quizzes, behave_as), settings)
        processes.start("tool", _command("serve", "--no-worker", "--port", str(addresses.tool_port)), settings)
        processes.start("worker", _command("worker"), settings)
        for url in (f"{addresses.lms}/keys", tool_values(config).jwks_url):
            processes.wait_until(partial(_answers, url), STARTING)
        yield processes


def _register(config: Config, addresses: Addresses, behaviour: Behaviour) -> None:
    """Make the database and enter the demo LMS there, as an admin does."""
    values = PlatformValues(
        issuer=addresses.lms,
        client_id=CLIENT_ID,
        auth_login_url=f"{addresses.lms}{behaviour.authorize_path}",
        auth_token_url=f"{addresses.lms}/token",
        jwks_url=f"{addresses.lms}/keys",
        deployment_ids=[DEPLOYMENT_ID],
        auth_audience=behaviour.assertion_audience or None,
    )
    database = Database(config.database_url)
    upgrade(database)
    with database.writing() as session:
        add_platform(session, config, "Demo LMS", values)
    database.close()


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "lti_app.cli", *arguments]


def _lms_command(config: Config, addresses: Addresses, quizzes: list[Embedded], behave_as: str) -> list[str]:
    """Return the command of the demo LMS, which is told of the tool what an admin enters into any LMS."""
    tool = tool_values(config)
    options = {
        "--port": str(addresses.lms_port),
        "--tool-name": "Quizferry",
        "--client-id": CLIENT_ID,
        "--deployment-id": DEPLOYMENT_ID,
        "--login-url": tool.login_url,
        "--launch-url": tool.redirect_url,
        "--keyset-url": tool.jwks_url,
        "--behave-as": behave_as,
    }
    command = [sys.executable, "-m", "lti_app.demo_lms"]
    for option, value in options.items():
        command += [option, value]
    for name, variable in HISTORY_PARAMETERS.items():
        command += ["--custom", f"{name}={variable}"]
    for quiz in quizzes:
        command += ["--activity", quiz.activity_id, quiz.title, str(quiz.points), f"quiz={quiz.quiz_id}"]
    return command


def _answers(url: str) -> bool:
    session = requests.Session()
    session.trust_env = False
    with session:
        try:
            return session.get(url, timeout=5, allow_redirects=False).ok
        except requests.RequestException:
            return False
