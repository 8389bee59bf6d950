"""Rosters as the platforms in use give them (NRPS 2.0)."""

import json
from typing import Any

import pytest

from lti_app.config import Config
from lti_app.lti.ags import ServiceError
from lti_app.lti.memberships import MEMBERSHIP_SCOPE, Member, read_members
from lti_app.models import Database, Registration
from tests.lti_app.platform import Answer, Platform
from tests.shared import shared

PATH = "/courses/2/members"
LEARNER = "http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"


@pytest.fixture
def read(database: Database, config: Config, registration: Registration, platform: Platform) -> Any:
    def read(link: str | None = None, page: int | None = None) -> list[Member]:
        url = f"{platform.base_url}{PATH}?placement_id=_5_1"
        return read_members(database, config, registration, url, resource_link_id=link, page=page)

    return read


def serve(platform: Platform, *members: Any, **headers: str) -> None:
    platform.script[PATH].append(Answer.of_json({"id": "x", "members": list(members)}, **headers))


def recorded(name: str) -> list[dict[str, Any]]:
    document = json.loads((shared("samples/lti") / name).read_text(encoding="utf-8"))
    return [one["response"]["body"] for one in document.get("exchanges", [document])]


@pytest.mark.parametrize(
    "name",
    [
        "moodle/nrps-members.json",
        "moodle/nrps-no-pii.json",
        "openedx/nrps-members.json",
        "openedx/nrps-members-no-pii.json",
        "canvas/nrps-members.json",
        "sakai/nrps-members.json",
    ],
)
def test_a_recorded_roster_is_read(read: Any, platform: Platform, name: str) -> None:
    body = recorded(name)[0]
    platform.script[PATH].append(Answer.of_json(body))
    members = read()
    assert [member.sub for member in members] == [member["user_id"] for member in body["members"]]
    assert [member.name for member in members] == [member.get("name", "") for member in body["members"]]
    learners = [one["user_id"] for one in body["members"] if any(role.endswith("Learner") for role in one["roles"])]
    assert [member.sub for member in members if member.learns] == learners
    call = platform.calls_to(PATH)[0]
    assert call.headers["Accept"] == "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"
    assert MEMBERSHIP_SCOPE.rpartition("/")[2].encode() in platform.calls_to("/token")[0].body


def test_a_preview_user_is_left_out(read: Any, platform: Platform) -> None:
    body = recorded("blackboard/nrps-members.json")[0]
    platform.script[PATH].append(Answer.of_json(body))
    assert len(read()) == len(body["members"]) - 1


def test_statuses_count_in_any_case_and_none_means_active(read: Any, platform: Platform) -> None:
    body = json.loads((shared("samples/lti") / "spec/nrps-statuses.json").read_text(encoding="utf-8"))
    serve(platform, *body["members"])
    assert {member.sub: member.active for member in read()} == {"a": True, "b": True, "c": False, "d": False, "e": True}


def test_all_pages_are_read_and_nobody_twice(read: Any, platform: Platform) -> None:
    following = f'<{platform.base_url}{PATH}?page=2>; rel="next"'
    serve(platform, {"user_id": "a", "roles": ["Learner"]}, {"user_id": "b", "roles": ["Instructor"]}, Link=following)
    serve(platform, {"user_id": "b", "roles": ["Instructor"]}, {"user_id": "c", "roles": [LEARNER]})
    assert [(member.sub, member.learns) for member in read()] == [("a", True), ("b", False), ("c", True)]


def test_a_link_to_the_differences_is_no_page(read: Any, platform: Platform) -> None:
    since = f'<{platform.base_url}{PATH}?since=1>; rel="differences"'
    serve(platform, {"user_id": "a", "roles": ["Learner"]}, Link=since)
    assert [member.sub for member in read()] == ["a"]
    assert len(platform.calls_to(PATH)) == 1


@pytest.mark.parametrize(
    "role", ["Learner", LEARNER, "http://purl.imsglobal.org/vocab/lis/v2/membership/Learner#Learner"]
)
def test_short_and_full_roles_mean_the_same(read: Any, platform: Platform, role: str) -> None:
    teacher = role.replace("Learner", "Instructor")
    serve(platform, {"user_id": "a", "roles": [role]}, {"user_id": "b", "roles": [teacher]})
    assert [(member.sub, member.learns) for member in read()] == [("a", True), ("b", False)]


@pytest.mark.parametrize("listed", [True, False])
def test_what_a_member_would_be_launched_with_may_be_a_list_or_an_object(
    read: Any, platform: Platform, *, listed: bool
) -> None:
    message = {"https://purl.imsglobal.org/spec/lti/claim/message_type": "LtiResourceLinkRequest"}
    serve(platform, {"user_id": "a", "roles": [LEARNER], "message": [message] if listed else message})
    assert read("link") == [Member("a", "", "", learns=True, active=True)]


@pytest.mark.parametrize(
    ("link", "page", "query"),
    [
        (None, None, "placement_id=_5_1"),
        ("li nk", 200, "placement_id=_5_1&rlid=li+nk&limit=200"),
    ],
)
def test_only_what_the_platform_can_is_asked_for(
    read: Any, platform: Platform, link: str | None, page: int | None, query: str
) -> None:
    serve(platform)
    read(link, page)
    assert platform.calls_to(PATH)[0].path == f"{PATH}?{query}"


def test_odd_members_are_passed_over(read: Any, platform: Platform) -> None:
    odd = [
        None,
        "x",
        {},
        {"user_id": 3},
        {"user_id": ""},
        {"user_id": "x" * 4000},
        {"user_id": "nul\0"},
        {"user_id": "a", "roles": "Learner", "name": 7, "status": 3, "given_name": "Ann", "family_name": ""},
    ]
    serve(platform, *odd)
    assert read() == [Member("a", "Ann", "", learns=False, active=True)]


@pytest.mark.parametrize("body", [b"", b"<html>", b"[" * 100_000])
def test_what_is_no_json_is_an_error(read: Any, platform: Platform, body: bytes) -> None:
    platform.script[PATH].append(Answer(body=body))
    with pytest.raises(ServiceError):
        read()
