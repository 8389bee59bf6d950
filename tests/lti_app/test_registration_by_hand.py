"""LMSs that are entered by hand: with the values that they document, to the first launch."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from lti_app.app import create_app
from lti_app.cli import main
from lti_app.config import Config
from lti_app.models import Database, Registration
from lti_app.services.platforms import find_platform, kind_of
from tests.lti_app.fixtures import Browser
from tests.lti_app.platform import CLAIM, Platform
from tests.shared import shared


@pytest.fixture
def database_kind() -> str:
    return "sqlite"


@pytest.fixture
def client(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[FlaskClient]:
    """A browser at a tool whose settings the commands have, too."""
    monkeypatch.setenv("QUIZFERRY_DATABASE_URL", database_url)
    monkeypatch.setenv("QUIZFERRY_ALLOW_PRIVATE_ADDRESSES", "true")
    app = create_app(Config.from_environment())
    yield app.test_client()
    app.extensions["quizferry"].database.close()


def sample(name: str) -> Any:
    return json.loads(shared(f"samples/lti/{name}.json").read_text(encoding="utf-8"))


def platforms(*arguments: str) -> None:
    done = CliRunner().invoke(main, ["platforms", *arguments])
    assert done.exit_code == 0, done.output


def stored(client: FlaskClient, name: str) -> Registration:
    database: Database = client.application.extensions["quizferry"].database
    with database.reading() as session:
        return find_platform(session, name)


def test_brightspace_s_documented_values_give_its_own_audience(client: FlaskClient) -> None:
    values = sample("d2l/platform-values")["values"]
    platforms(
        "add",
        "Our Brightspace",
        *("--issuer", values["issuer"], "--client-id", values["client_id"]),
        *("--auth-login-url", values["oidc_auth_url"], "--jwks-url", values["keyset_url"]),
        *("--auth-token-url", values["access_token_url"], "--auth-audience", values["access_token_audience"]),
        *("--deployment-id", values["deployment_id"]),
    )
    row = stored(client, "Our Brightspace")
    assert (kind_of(row).name, row.auth_audience) == ("Brightspace", values["access_token_audience"])


def test_each_school_of_blackboard_s_one_issuer_launches_once_it_is_entered(
    client: FlaskClient, platform: Platform
) -> None:
    values, recorded = sample("blackboard/platform-values")["values"], sample("blackboard/launch-teacher")
    said = recorded["id_token"]["claims"]
    keyset = values["keyset_url_template"].format(client_id=said["aud"])
    platforms(
        "add",
        "Blackboard",
        *("--issuer", values["issuer"], "--client-id", said["aud"], "--jwks-url", keyset),
        *("--auth-login-url", values["oidc_auth_url"], "--auth-token-url", values["access_token_url"]),
        *("--deployment-id", "another school"),
    )
    assert kind_of(stored(client, "Blackboard")).name == "Blackboard"
    # From here on the platform of the test stands in for the gateway, with a key that the test can sign with.
    platforms("update", "Blackboard", "--jwks-url", platform.jwks_url)
    browser = Browser(client, platform)
    hints = {**sample("blackboard/login")["login_initiation"]["params"], "client_id": said["aud"]}
    hints["target_link_uri"] = "http://localhost:8000/lti/launch"

    def launch() -> Any:
        login = browser.begin("GET", {"Sec-Fetch-Dest": "document"}, **hints)
        assert login.response.location.startswith(values["oidc_auth_url"])
        claims = platform.claims(login.nonce) | said
        times = {name: platform.claims("")[name] for name in ("iat", "exp")}
        claims |= {**times, "nonce": login.nonce, f"{CLAIM}target_link_uri": hints["target_link_uri"]}
        return browser.post(login, platform.sign(claims))

    assert "deployment-unknown" in launch().text
    platforms("deploy", "Blackboard", said[f"{CLAIM}deployment_id"])
    opened = launch()
    assert opened.status_code == 303, opened.text
    assert client.get(opened.location, follow_redirects=True).request.path.endswith("/teach/quiz")
