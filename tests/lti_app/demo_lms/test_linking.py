"""Adding content from the tool: the request that the LMS sends, and the answers that it takes."""

import secrets
import time
from collections.abc import Iterator
from typing import Any

import jwt
import pytest
import requests

from lti_app.demo_lms import Lms, serving_demo_lms
from lti_app.demo_lms.behaviours import BEHAVIOURS
from tests.lti_app.demo_lms.stub_tool import StubTool, Visitor, authentication_request, posted_by, table

CLAIM = "https://purl.imsglobal.org/spec/lti/claim"
LINKING = "https://purl.imsglobal.org/spec/lti-dl/claim"
ITEM = {
    "type": "ltiResourceLink",
    "title": "Tides",
    "custom": {"quiz": "tides", "due": "$ResourceLink.submission.endDateTime"},
    "lineItem": {"scoreMaximum": 12.5, "resourceId": "r", "tag": "t"},
    "submission": {"endDateTime": "2026-03-08T22:59:00Z"},
}


@pytest.fixture
def moodle(tool: StubTool) -> Iterator[Lms]:
    """A demo LMS in Moodle's way."""
    with serving_demo_lms(tool.registration, [], behaviour=BEHAVIOURS["moodle"]) as lms:
        yield lms


def asked(lms: Lms, tool: StubTool) -> dict[str, Any]:
    """The claims of a deep linking request that the teacher has begun."""
    clara = Visitor(lms, "clara")
    login = posted_by(clara.get("/course/add/launch"))[1]
    _, fields = posted_by(clara.get("/authorize", **authentication_request(login, tool)))
    return jwt.decode(fields["id_token"], options={"verify_signature": False})


def answer(
    lms: Lms, tool: StubTool, data: str | None, *items: Any, key: Any = None, url: str = "", **changes: Any
) -> requests.Response:
    """Send the tool's answer, with ``data`` unless that is None, to the usual address or another."""
    now = int(time.time())
    claims = {
        "iss": "stub-client",
        "aud": lms.base_url,
        "iat": now,
        "exp": now + 60,
        "nonce": secrets.token_hex(),
        f"{CLAIM}/message_type": "LtiDeepLinkingResponse",
        f"{CLAIM}/version": "1.3.0",
        f"{CLAIM}/deployment_id": "7",
        f"{LINKING}/content_items": list(items),
    }
    if data is not None:
        claims[f"{LINKING}/data"] = data
    claims |= {name if name in claims else f"{CLAIM}/{name}": value for name, value in changes.items()}
    token = jwt.encode(claims, key or tool.key, algorithm="RS256", headers={"kid": tool.kid})
    return requests.post(url or f"{lms.base_url}/course/add/return", data={"JWT": token}, timeout=10)


def test_a_teacher_s_request_says_what_is_taken_and_where(lms: Lms, tool: StubTool) -> None:
    claims = asked(lms, tool)
    settings = claims[f"{LINKING}/deep_linking_settings"]
    assert claims[f"{CLAIM}/message_type"] == "LtiDeepLinkingRequest"
    assert f"{CLAIM}/resource_link" not in claims
    assert settings["deep_link_return_url"] == f"{lms.base_url}/course/add/return"
    assert settings["accept_types"] == ["ltiResourceLink"]


@pytest.mark.parametrize("path", ["/course/add", "/course/add/launch"])
def test_students_add_nothing(lms: Lms, path: str) -> None:
    assert Visitor(lms, "ada").get(path).status_code == 403


def test_an_item_becomes_an_activity_with_a_column(lms: Lms, tool: StubTool) -> None:
    data = asked(lms, tool)[f"{LINKING}/deep_linking_settings"]["data"]
    assert answer(lms, tool, data, ITEM, {**ITEM, "title": "Free", "lineItem": None}).status_code == 200
    graded, free = lms.course.activities[-2:]
    assert (graded.title, graded.points, free.title, free.points) == (
        "Tides",
        lms.gradebook.columns()[-1].score_maximum,
        "Free",
        0,
    )
    column = lms.gradebook.columns()[-1]
    assert (column.resource_link_id, column.resource_id, column.tag) == (graded.id, "r", "t")
    clara = Visitor(lms, "clara")
    assert "due 2026-03-08 22:59:00 UTC" in clara.get("/course").text
    assert "Tides of 12.5" in table(clara.get("/gradebook"), "grades")[0]
    login = clara.begin_launch(graded.id)
    _, fields = posted_by(clara.get("/authorize", **authentication_request(login, tool)))
    custom = jwt.decode(fields["id_token"], options={"verify_signature": False})[f"{CLAIM}/custom"]
    assert custom == {"quiz": "tides", "due": "2026-03-08T22:59:00Z"}


def test_an_lms_without_data_knows_its_request_by_the_query_and_takes_no_data(moodle: Lms, tool: StubTool) -> None:
    settings = asked(moodle, tool)[f"{LINKING}/deep_linking_settings"]
    assert "data" not in settings
    assert settings["accept_presentation_document_targets"] == ["frame", "iframe", "window"]
    url = settings["deep_link_return_url"]
    assert answer(moodle, tool, "made up", ITEM, url=url).status_code == 400
    url = asked(moodle, tool)[f"{LINKING}/deep_linking_settings"]["deep_link_return_url"]
    assert answer(moodle, tool, None, ITEM, url=url).status_code == 200
    assert moodle.course.activities[-1].due == ""  # Moodle leaves the dates
    assert answer(moodle, tool, None, ITEM, url=url).status_code == 400


def test_an_answer_is_taken_once(lms: Lms, tool: StubTool) -> None:
    data = asked(lms, tool)[f"{LINKING}/deep_linking_settings"]["data"]
    assert "Nothing was added" in answer(lms, tool, data).text
    assert answer(lms, tool, data, ITEM).status_code == 400
    assert len(lms.course.activities) == 2


@pytest.mark.parametrize(
    ("items", "changes"),
    [
        ([{"type": "link"}], {}),
        (["x"], {}),
        ([{**ITEM, "submission": []}], {}),
        ([{**ITEM, "lineItem": {}}], {}),
        ([{**ITEM, "lineItem": {"scoreMaximum": "many"}}], {}),
        ([ITEM] * 51, {}),
        ([ITEM], {"aud": "https://elsewhere.example"}),
        ([ITEM], {"iss": "another"}),
        ([ITEM], {"exp": 1}),
        ([ITEM], {"deployment_id": "8"}),
        ([ITEM], {"message_type": "LtiResourceLinkRequest"}),
    ],
    ids=lambda answer: str(answer)[:80],
)
def test_a_wrong_answer_adds_nothing(lms: Lms, tool: StubTool, items: list[Any], changes: dict[str, Any]) -> None:
    data = asked(lms, tool)[f"{LINKING}/deep_linking_settings"]["data"]
    assert answer(lms, tool, data, *items, **changes).status_code == 400
    assert len(lms.course.activities) == 2


def test_what_is_no_jwt_is_refused(lms: Lms) -> None:
    for text in ("", "x", "a.b.c"):
        response = requests.post(f"{lms.base_url}/course/add/return", data={"JWT": text}, timeout=10)
        assert response.status_code == 400
