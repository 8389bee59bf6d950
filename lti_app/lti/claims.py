"""What a verified launch says, in the tool's own words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from content.quiz import is_valid_id
from lti_app.lti.failures import ClaimInvalid, ClaimMissing, MessageUnsupported, VersionUnsupported
from lti_app.lti.roles import role_in_context
from lti_app.models import Role

CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"
AGS_ENDPOINT = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
DEPLOYMENT_ID = f"{CLAIM}deployment_id"
MESSAGE_TYPE = f"{CLAIM}message_type"
RESOURCE_LINK = f"{CLAIM}resource_link"
ROLES = f"{CLAIM}roles"
TARGET_LINK_URI = f"{CLAIM}target_link_uri"
VERSION = f"{CLAIM}version"

# LTI 1.3 core, section 5.3, and security framework 1.0, section 5.1.2; all messages have these.
REQUIRED = ("iss", "aud", "sub", "exp", "iat", "nonce", DEPLOYMENT_ID, MESSAGE_TYPE, VERSION, ROLES, TARGET_LINK_URI)

# LTI 1.3 core limits the ids of users, deployments, contexts and resource links to this many characters.
ID_LENGTH = 255
# Enough for any name or title that is shown; the rest is cut off.
TEXT_LENGTH = 300
CONTROL_CHARACTERS = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class LaunchClaims:
    """A verified resource link launch request (LTI 1.3 core, section 5.3).

    ``registration_id`` and ``deployment_id`` are ids of rows. Names, titles and e-mail are empty where the platform
    keeps them to itself; ``context_id`` is empty for a launch from outside any course. ``quiz_id`` is the custom
    parameter ``quiz``. ``lineitem_url`` is None where the platform keeps no grade for the link. ``return_url`` is the
    platform's page that the launch came from.
    """

    registration_id: int
    deployment_id: int
    sub: str
    role: Role
    resource_link_id: str
    name: str = ""
    email: str = ""
    context_id: str = ""
    context_title: str = ""
    resource_link_title: str = ""
    quiz_id: str | None = None
    lineitem_url: str | None = None
    lineitems_url: str | None = None
    ags_scopes: tuple[str, ...] = ()
    return_url: str | None = None


def require_claims(body: Mapping[str, Any]) -> None:
    """Raise ClaimMissing, which names them all, if claims that every message must have are absent."""
    missing = [claim for claim in REQUIRED if body.get(claim) is None]
    if missing:
        raise ClaimMissing(f"missing: {', '.join(missing)}")


def read_claims(body: Mapping[str, Any], registration_id: int, deployment_id: int) -> LaunchClaims:
    """Return what a verified resource link launch says; ids of rows are passed in.

    What is optional and has not the form that it should have counts as absent. Raises LaunchRefused.
    """
    if body[VERSION] != "1.3.0":
        raise VersionUnsupported(f"version is {body[VERSION]!r}")
    if body[MESSAGE_TYPE] != "LtiResourceLinkRequest":
        raise MessageUnsupported(f"message_type is {body[MESSAGE_TYPE]!r}")
    link, context = body.get(RESOURCE_LINK), _mapping(body.get(f"{CLAIM}context"))
    if not isinstance(link, Mapping) or not link.get("id"):
        raise ClaimMissing(f"missing: {RESOURCE_LINK} with its id")
    endpoint = _mapping(body.get(AGS_ENDPOINT))
    return LaunchClaims(
        registration_id=registration_id,
        deployment_id=deployment_id,
        sub=identifier("sub", body["sub"]),
        role=role_in_context(_roles(body[ROLES])),
        resource_link_id=identifier("resource_link.id", link["id"]),
        name=_name(body),
        email=_text(body.get("email")),
        context_id=identifier("context.id", context["id"]) if context.get("id") else "",
        context_title=_text(context.get("title")) or _text(context.get("label")),
        resource_link_title=_text(link.get("title")),
        quiz_id=_quiz_id(_mapping(body.get(f"{CLAIM}custom")).get("quiz")),
        lineitem_url=_url(endpoint.get("lineitem")),
        lineitems_url=_url(endpoint.get("lineitems")),
        ags_scopes=tuple(scope for scope in _list(endpoint.get("scope")) if isinstance(scope, str)),
        return_url=_url(_mapping(body.get(f"{CLAIM}launch_presentation")).get("return_url")),
    )


def identifier(name: str, value: object) -> str:
    """Return an id as the platform sent it; raise ClaimInvalid if it is none."""
    if not isinstance(value, str) or not 0 < len(value) <= ID_LENGTH or CONTROL_CHARACTERS.search(value):
        raise ClaimInvalid(f"{name} is {value!r:.200}; it must be text of 1 to {ID_LENGTH} printable characters")
    return value


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _roles(value: object) -> list[str]:
    if not isinstance(value, list):
        raise ClaimInvalid(f"roles is no list: {value!r:.200}")
    return [role for role in value if isinstance(role, str)]


def _text(value: object) -> str:
    """Return a text fit to show. Platforms leave a variable that they do not know as it is: ``$Context.title``."""
    if not isinstance(value, str) or value.startswith("$"):
        return ""
    return CONTROL_CHARACTERS.sub(" ", value).strip()[:TEXT_LENGTH]


def _name(body: Mapping[str, Any]) -> str:
    parts = (_text(body.get("given_name")), _text(body.get("family_name")))
    return _text(body.get("name")) or " ".join(part for part in parts if part)


def _quiz_id(value: object) -> str | None:
    return value if isinstance(value, str) and is_valid_id(value) else None


def _url(value: object) -> str | None:
    if not isinstance(value, str) or CONTROL_CHARACTERS.search(value):
        return None
    return value if value.startswith(("https://", "http://")) else None
