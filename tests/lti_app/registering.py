"""What a registration is tried with: recorded openid-configurations and answers, served by a platform of the test's."""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from lti_app.config import Config
from lti_app.lti.registration_configuration import PLATFORM_CONFIGURATION
from lti_app.lti.registration_request import TOOL_CONFIGURATION
from lti_app.models import Database, Registration
from lti_app.services.invitations import invite
from lti_app.services.platforms import list_platforms
from tests.lti_app.platform import CLIENT_ID, DEPLOYMENT_ID, Answer, Call, Platform
from tests.shared import shared

CONFIGURATION_PATH = "/configuration"
REGISTRATION_PATH = "/registrations"
TOKEN = "registration-token"
ANSWER = {"client_id": CLIENT_ID, TOOL_CONFIGURATION: {"deployment_id": DEPLOYMENT_ID}}
"""What an LMS answers to a registration, as the specification has it."""


def recorded(name: str) -> Any:
    """Return a recorded exchange."""
    return json.loads(shared(f"samples/lti/{name}.json").read_text(encoding="utf-8"))


def configuration(platform: Platform, sample: str | None = None, **changes: Any) -> dict[str, Any]:
    """Return an openid-configuration of the platform, the recorded one at its addresses; None leaves a field out."""
    document: dict[str, Any] = recorded(sample)["response"]["body"] if sample else {PLATFORM_CONFIGURATION: {}}
    document |= {
        "issuer": platform.issuer,
        "authorization_endpoint": platform.login_url,
        "token_endpoint": platform.token_url,
        "jwks_uri": platform.jwks_url,
        "registration_endpoint": platform.base_url + REGISTRATION_PATH,
    }
    return {name: value for name, value in (document | changes).items() if value is not None}


@dataclass(frozen=True, slots=True)
class Admin:
    """An LMS's admin, who opens an invitation link inside the LMS."""

    client: FlaskClient
    platform: Platform
    database: Database
    config: Config

    def invite(self, lifetime: timedelta = timedelta(days=1), **options: Any) -> str:
        """Return the path of a new invitation."""
        with self.database.writing() as session:
            return invite(session, self.config, lifetime, **options).url.removeprefix(self.config.public_url)

    def serve(self, *documents: Any) -> None:
        """Have the platform answer with these configurations, one after the other."""
        self.platform.script[CONFIGURATION_PATH].extend(map(Answer.of_json, documents))

    def serve_answer(self, answer: Answer) -> None:
        self.platform.script[REGISTRATION_PATH].append(answer)

    def open(self, path: str, **changes: str) -> TestResponse:
        """Open the link as the LMS does."""
        return self.client.get(path, query_string=self.parameters() | changes)

    def confirm(self, path: str, **changes: str) -> TestResponse:
        """Press the page's button."""
        return self.client.post(path, data=self.parameters() | changes)

    def register(self, configuration: Any, answer: Any, **options: Any) -> TestResponse:
        """Do it all: an invitation, the page, the button."""
        path = self.invite(**options)
        self.serve(configuration, configuration)
        self.serve_answer(Answer.of_json(answer))
        assert self.open(path).status_code == 200
        return self.confirm(path)

    def parameters(self) -> dict[str, str]:
        url = self.platform.base_url + CONFIGURATION_PATH
        return {"openid_configuration": url, "registration_token": TOKEN}

    def registered(self) -> list[Registration]:
        with self.database.reading() as session:
            return list(list_platforms(session))

    def registration_calls(self) -> list[Call]:
        return self.platform.calls_to(REGISTRATION_PATH)
