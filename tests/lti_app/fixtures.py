"""What tests of the tool stand on; their conftest modules import the fixtures from here."""

import itertools
import shutil
from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from structlog.testing import capture_logs
from werkzeug.test import TestResponse

from lti_app.app import create_app
from lti_app.config import Config
from lti_app.models import Database, Deployment, Launch, Registration, User
from lti_app.web.tool import Tool
from tests.lti_app.compiled import compile_once
from tests.lti_app.gradebook_server import GradebookServer, serving_gradebook
from tests.lti_app.platform import CLIENT_ID, DEPLOYMENT_ID, Platform, running_platform
from tests.servers import Postgres, Redis, running_postgres, running_redis

compile_once()

# The fixtures: what a conftest takes over as a whole.
__all__ = [
    "app",
    "browser",
    "client",
    "config",
    "database",
    "database_kind",
    "database_url",
    "empty_database_url",
    "gradebook",
    "new_database",
    "new_postgres_database",
    "platform",
    "postgres",
    "redis",
    "refusals",
    "registration",
]


@pytest.fixture(scope="session")
def new_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a database as the first start of the tool leaves it; making one takes a moment."""
    path = tmp_path_factory.mktemp("new") / "quizferry.db"
    app = create_app(Config(database_url=f"sqlite:///{path}"))
    tool: Tool = app.extensions["quizferry"]
    tool.database.close()
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server, one for each process that runs tests."""
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def redis() -> Iterator[Redis]:
    """A Redis server, one for each process that runs tests."""
    with running_redis() as server:
        yield server


@pytest.fixture(scope="session")
def new_postgres_database(postgres: Postgres) -> str:
    """The name of a PostgreSQL database as the first start of the tool leaves it; tests have it in turn."""
    app = create_app(Config(database_url=postgres.create("new")))
    tool: Tool = app.extensions["quizferry"]
    tool.database.close()
    postgres.remember("new")
    return "new"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """Which database the test runs on; it runs on each in its turn."""
    kind: str = request.param
    return kind


@pytest.fixture
def empty_database_url(request: pytest.FixtureRequest, database_kind: str, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without any table."""
    if database_kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
    else:
        postgres: Postgres = request.getfixturevalue("postgres")
        name = f"test{next(_numbers)}"
        yield postgres.create(name)
        postgres.drop(name)


@pytest.fixture
def database_url(request: pytest.FixtureRequest, database_kind: str, tmp_path: Path) -> Iterator[str]:
    """The URL of a database that is as new."""
    if database_kind == "sqlite":
        yield f"sqlite:///{shutil.copy(request.getfixturevalue('new_database'), tmp_path)}"
    else:
        name = request.getfixturevalue("new_postgres_database")
        postgres: Postgres = request.getfixturevalue("postgres")
        yield postgres.url(name)
        postgres.rewind(name)


_numbers = itertools.count()


@pytest.fixture
def config(database_url: str) -> Config:
    """The settings of a tool whose database is as new."""
    return Config(database_url=database_url, allow_private_addresses=True)


@pytest.fixture
def app(config: Config) -> Iterator[Flask]:
    """The tool."""
    app = create_app(config)
    app.testing = True
    yield app
    tool: Tool = app.extensions["quizferry"]
    tool.database.close()


@pytest.fixture
def database(app: Flask) -> Database:
    """The database of `app`."""
    tool: Tool = app.extensions["quizferry"]
    return tool.database


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser that keeps its cookies."""
    return app.test_client()


@pytest.fixture
def gradebook() -> Iterator[GradebookServer]:
    """An LMS's services for grades, which answer by script."""
    with serving_gradebook() as gradebook:
        yield gradebook


@pytest.fixture
def platform() -> Iterator[Platform]:
    with running_platform() as platform:
        yield platform


@pytest.fixture
def registration(database: Database, platform: Platform) -> Registration:
    """The registration of `platform`, with its deployment."""
    return register(database, platform)


def register(database: Database, platform: Platform, name: str = "Loopback", **changes: str) -> Registration:
    """Register a platform; ``changes`` are to its values."""
    values = {**platform.registration_values(), **changes}
    row = Registration(name=name, deployments=[Deployment(deployment_id=DEPLOYMENT_ID)], **values)
    with database.writing() as session:
        session.add(row)
    return row


@dataclass(frozen=True, slots=True)
class BegunLogin:
    """What a login gave: the query of the authentication request, and the response that redirects to it."""

    response: TestResponse
    request: Mapping[str, str]

    @property
    def state(self) -> str:
        return self.request["state"]

    @property
    def nonce(self) -> str:
        return self.request["nonce"]


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser that goes back and forth between platform and tool."""

    client: FlaskClient
    platform: Platform

    def begin(self, method: str = "POST", headers: Mapping[str, str] | None = None, **changes: Any) -> BegunLogin:
        """Begin a login as the platform would; a change to None leaves a parameter out."""
        response = self.send_login(method, headers, **changes)
        assert response.status_code == 302, response.text
        query = parse_qs(urlsplit(response.location).query, strict_parsing=True)
        return BegunLogin(response, {name: value for name, (value,) in query.items()})

    def send_login(
        self, method: str = "POST", headers: Mapping[str, str] | None = None, **changes: Any
    ) -> TestResponse:
        """Send a login initiation."""
        parameters = {
            "iss": self.platform.issuer,
            "login_hint": "hint-1",
            "target_link_uri": "http://localhost:8000/lti/launch",
            "lti_message_hint": "message-1",
            "client_id": CLIENT_ID,
            "lti_deployment_id": DEPLOYMENT_ID,
        }
        parameters = {name: value for name, value in {**parameters, **changes}.items() if value is not None}
        if method == "GET":
            return self.client.get("/lti/login", query_string=parameters, headers=headers)
        return self.client.post("/lti/login", data=parameters, headers=headers)

    def post(self, login: BegunLogin, id_token: str) -> TestResponse:
        """Post a token to the launch, with the state of the login."""
        return self.client.post("/lti/launch", data={"state": login.state, "id_token": id_token})

    def launch(self, login: BegunLogin | None = None, **changes: Any) -> TestResponse:
        """Launch with the good student's claims, changed by name."""
        login = login or self.begin()
        return self.post(login, self.platform.sign(self.platform.claims(login.nonce, **changes)))


@pytest.fixture
def browser(client: FlaskClient, platform: Platform, registration: Registration) -> Browser:
    """A browser at a platform that the tool knows."""
    return Browser(client, platform)


@dataclass(frozen=True, slots=True)
class Refusals:
    """Asserts that a launch was refused: a page with the code and a reference, a log line with both, no session."""

    database: Database
    log: list[MutableMapping[str, Any]]

    def assert_refused(self, response: TestResponse, code: str, detail: str = "") -> None:
        assert 400 <= response.status_code < 500 or code == "keys-unavailable", response.status
        (line,) = [line for line in self.log if line["event"] == "refused"]
        assert line["code"] == code, line
        assert detail in line["detail"]
        assert f"{code} {line['reference']}" in response.text
        assert "Traceback" not in response.text
        set_cookies = response.headers.getlist("Set-Cookie")
        assert not [cookie for cookie in set_cookies if not cookie.startswith("qf-login-")], "a session was opened"
        with self.database.reading() as session:
            assert session.scalars(select(Launch)).all() == []
            assert session.scalars(select(User)).all() == []


@pytest.fixture
def refusals(database: Database) -> Iterator[Refusals]:
    with capture_logs() as log:
        yield Refusals(database, log)
