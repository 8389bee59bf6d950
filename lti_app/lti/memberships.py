"""Names and Role Provisioning Services 2.0: who is in a course."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from lti_app.config import Config
from lti_app.lti.claims import ID_LENGTH, text_of
from lti_app.lti.connector import PlatformConnector
from lti_app.lti.http import PlatformSession
from lti_app.lti.paging import pages, with_query
from lti_app.lti.roles import learns_in_context
from lti_app.models import Database, Registration

MEMBERSHIP_SCOPE: Final = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"
CONTAINER = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"
TEST_USER = "http://purl.imsglobal.org/vocab/lti/system/person#TestUser"


@dataclass(frozen=True, slots=True)
class Member:
    """A person on a roster; name and e-mail are empty where the platform keeps them to itself."""

    sub: str
    name: str
    email: str
    learns: bool
    active: bool


def read_members(
    database: Database,
    config: Config,
    registration: Registration,
    url: str,
    *,
    resource_link_id: str | None,
    page: int | None,
) -> list[Member]:
    """Return everybody on the roster, each once, without the previews of Canvas and Blackboard; raise ServiceError.

    ``resource_link_id`` asks for those who have that link, ``page`` for so many people at a time; both only of
    platforms that can (see `lti_app.platforms`). Filters by role are left to the tool: Moodle loses them in its pages.
    """
    parameters: dict[str, str | int] = {}
    if resource_link_id is not None:
        parameters["rlid"] = resource_link_id
    if page is not None:
        parameters["limit"] = page
    with PlatformSession(allow_private_addresses=config.allow_private_addresses) as http:
        connector = PlatformConnector(database, registration, http)
        found = pages(connector, MEMBERSHIP_SCOPE, with_query(url, **parameters) if parameters else url, CONTAINER)
        return list({member.sub: member for one in found for member in _members(one)}.values())


def _members(page: object) -> Iterator[Member]:
    members = page.get("members") if isinstance(page, Mapping) else None
    for member in members if isinstance(members, list) else []:
        if isinstance(member, Mapping):
            sub, roles = member.get("user_id"), _roles(member)
            if isinstance(sub, str) and 0 < len(sub) <= ID_LENGTH and "\0" not in sub and TEST_USER not in roles:
                yield Member(
                    sub, _name(member), text_of(member.get("email")), learns_in_context(roles), _active(member)
                )


def _roles(member: Mapping[str, Any]) -> list[str]:
    roles = member.get("roles")
    return [role for role in roles if isinstance(role, str)] if isinstance(roles, list) else []


def _name(member: Mapping[str, Any]) -> str:
    parts = (text_of(member.get("given_name")), text_of(member.get("family_name")))
    return text_of(member.get("name")) or " ".join(filter(None, parts))


def _active(member: Mapping[str, Any]) -> bool:
    """Return whether the person is in the course still. No status means so (NRPS 2.0, 2.3); Coursera has capitals."""
    status = member.get("status")
    return not isinstance(status, str) or status.casefold() == "active"
