"""Launches as platforms in use send them, signed again and launched."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from lti_app.models import Database, Launch, ResourceLink, Role
from tests.lti_app.fixtures import Browser, Refusals, register
from tests.lti_app.platform import CLAIM, Platform
from tests.shared import FOLDER, shared

SAMPLES = "samples/lti"
MESSAGES = ("launch", "submission-review")
RECORDED = sorted(
    str(path.relative_to(FOLDER / SAMPLES))
    for message in MESSAGES
    for path in (FOLDER / SAMPLES).glob(f"*/{message}*.json")
)
# What each person may do in the course; all others are students there.
TEACHERS = {
    "blackboard/launch-deep-linked.json",
    "blackboard/launch-teacher-ungraded.json",
    "blackboard/launch-teacher.json",
    "canvas/launch-teacher.json",
    "d2l/launch-teacher.json",
    "moodle/launch-admin.json",
    "moodle/launch-deep-linked-teacher.json",
    "moodle/launch-nonediting-teacher.json",
    "moodle/launch-teacher-no-pii.json",
    "moodle/launch-teacher.json",
    "moodle/submission-review-deep-linked.json",
    "moodle/submission-review.json",
    "openedx/launch-admin.json",
    "openedx/launch-limited-staff.json",
    "openedx/launch-teacher-instructor.json",
    "openedx/launch-teacher-staff.json",
    "sakai/launch-admin.json",
    "sakai/launch-teacher.json",
    "sakai/launch-teaching-assistant.json",
    "spec/submission-review.json",
}
ANOTHER_AUDIENCE = "moodle/launch-activity-own-consumer-key.json"
REFUSED = {
    # An activity with a consumer key of its own: the log names the cause.
    ANOTHER_AUDIENCE: ("audience-wrong", "consumer key of its own"),
    # Signed for a student who opened the address of another one's review.
    "moodle/submission-review-other-student.json": ("review-not-own", "'36'"),
    # Only the claims of OpenID Connect are known of it.
    "schoology/launch.partial.json": ("claim-missing", f"{CLAIM}message_type"),
}


def test_there_are_recorded_launches() -> None:
    shared(SAMPLES)
    assert {"canvas", "moodle", "openedx"} <= {name.partition("/")[0] for name in RECORDED}
    assert set(RECORDED) >= TEACHERS


@pytest.mark.parametrize("name", sorted(set(RECORDED) - set(REFUSED)))
def test_a_recorded_launch_opens_with_the_rights_of_its_roles(
    browser: Browser, platform: Platform, database: Database, name: str
) -> None:
    recording = Recording(shared(SAMPLES) / name)
    register(database, platform, name, client_id=recording.client_id)
    login = browser.begin(client_id=recording.client_id, **recording.hints)
    token = platform.sign(recording.claims(platform, login.nonce))
    response = browser.client.post("/lti/launch", data={**recording.form, "state": login.state, "id_token": token})
    assert response.status_code == 303, response.text
    with database.reading() as session:
        launch = session.scalars(
            select(Launch).options(
                joinedload(Launch.user), joinedload(Launch.resource_link).joinedload(ResourceLink.course)
            )
        ).one()
    said = recording.sent
    assert launch.role is (Role.INSTRUCTOR if name in TEACHERS else Role.LEARNER)
    assert launch.user.sub == said["sub"]
    assert launch.resource_link.resource_link_id == said[f"{CLAIM}resource_link"]["id"]
    endpoint = said.get("https://purl.imsglobal.org/spec/lti-ags/claim/endpoint", {})
    assert launch.resource_link.lineitem_url == endpoint.get("lineitem")
    assert launch.resource_link.course.context_id == said.get(f"{CLAIM}context", {}).get("id", "")


@pytest.mark.parametrize("name", REFUSED)
def test_a_recorded_launch_that_cannot_open_is_refused_by_its_cause(
    browser: Browser, platform: Platform, database: Database, refusals: Refusals, name: str
) -> None:
    recording = Recording(shared(SAMPLES) / name)
    client_id = recording.parameters.get("client_id", recording.client_id)
    register(database, platform, name, client_id=client_id)
    login = browser.begin(client_id=client_id)
    response = browser.post(login, platform.sign(recording.claims(platform, login.nonce)))
    refusals.assert_refused(response, *REFUSED[name])


class Recording:
    """A recorded launch."""

    def __init__(self, path: Path) -> None:
        recorded = json.loads(path.read_text(encoding="utf-8"))
        self.sent: dict[str, Any] = recorded["id_token"]["claims"]
        self.parameters: dict[str, str] = recorded.get("login_initiation", {}).get("params", {})
        self.form: dict[str, str] = recorded.get("launch_post", {}).get("form", {})
        audience = self.sent["aud"]
        self.client_id: str = audience[0] if isinstance(audience, list) else audience

    @property
    def hints(self) -> dict[str, str | None]:
        """What the platform sent at login to be echoed."""
        return {name: self.parameters.get(name, "hint") for name in ("login_hint", "lti_message_hint")}

    def claims(self, platform: Platform, nonce: str) -> dict[str, Any]:
        """The claims as if made now, for the tool of the tests; the distances between times are kept."""
        later = int(time.time()) - self.sent["iat"]
        times = {name: self.sent[name] + later for name in ("iat", "exp", "nbf") if name in self.sent}
        own = {"iss": platform.issuer, "nonce": nonce, f"{CLAIM}target_link_uri": "http://localhost:8000/lti/launch"}
        return {**self.sent, **times, **own, f"{CLAIM}deployment_id": "deployment-1"}
