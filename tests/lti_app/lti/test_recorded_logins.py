"""Login initiations as platforms in use send them: with their method, their parameters, and no others."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from lti_app.models import Database
from tests.lti_app.fixtures import register
from tests.lti_app.platform import Platform
from tests.shared import FOLDER, shared

SAMPLES = "samples/lti"


def recorded_logins() -> dict[str, dict[str, Any]]:
    """The logins by file; of a file with several cases, each by its step. The method is POST where none is told."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted((FOLDER / SAMPLES).glob("*/*.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        for case in document.get("cases", [document]):
            if isinstance(case, dict) and "params" in case.get("login_initiation", {}):
                name = f"{path.parent.name}/{path.stem} {case.get('step', '')}".strip()
                found[name] = {"method": "POST", **case["login_initiation"]}
    return found


LOGINS = recorded_logins()


def test_there_are_recorded_logins() -> None:
    shared(SAMPLES)
    assert {Path(name).parts[0] for name in LOGINS} >= {"blackboard", "canvas", "moodle", "openedx", "schoology"}


@pytest.mark.parametrize("name", LOGINS)
def test_a_recorded_login_leads_back_to_its_platform(
    client: FlaskClient, platform: Platform, database: Database, name: str
) -> None:
    login = LOGINS[name]
    sent = {**login["params"], "target_link_uri": "http://localhost:8000/lti/launch"}
    row = register(database, platform, issuer=sent["iss"], client_id=sent.get("client_id", "told by nobody"))
    place = {"query_string": sent} if login["method"] == "GET" else {"data": sent}
    headers = {"Sec-Fetch-Dest": "document"}
    response = client.open("/lti/login", method=login["method"], headers=headers, **place)
    assert response.status_code == 302, response.text
    assert response.location.startswith(f"{platform.login_url}?")
    asked = {key: value for key, (value,) in parse_qs(urlsplit(response.location).query).items()}
    assert asked["client_id"] == row.client_id
    assert asked["login_hint"] == sent["login_hint"]
    assert asked.get("lti_message_hint") == sent.get("lti_message_hint")
