"""What a verified launch says, in the tool's own words."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

from content.quiz import is_valid_id
from lti_app.lti.message_failures import (
    ClaimInvalid,
    ClaimMissing,
    LinkingRefused,
    MessageUnsupported,
    ReviewRefused,
    VersionUnsupported,
)
from lti_app.lti.roles import may_add_content, role_in_context
from lti_app.models import Role

BRIGHTSPACE = "http://www.brightspace.com"
CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"
NRPS_SERVICE = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"
AGS_ENDPOINT = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
DEPLOYMENT_ID = f"{CLAIM}deployment_id"
LINKING_SETTINGS = "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings"
FOR_USER = f"{CLAIM}for_user"
MESSAGE_TYPE = f"{CLAIM}message_type"
RESOURCE_LINK = f"{CLAIM}resource_link"
ROLES = f"{CLAIM}roles"
TARGET_LINK_URI = f"{CLAIM}target_link_uri"
VERSION = f"{CLAIM}version"

HISTORY_PARAMETERS: Final = {
    "link_history": "$ResourceLink.id.history",
    "context_history": "$Context.id.history",
}
"""The custom parameters that tell of a copied course, and the variables that a platform puts into them."""

# LTI 1.3 core, section 5.3, and security framework 1.0, section 5.1.2; all messages have these.
REQUIRED = ("iss", "aud", "sub", "exp", "iat", "nonce", DEPLOYMENT_ID, MESSAGE_TYPE, VERSION, ROLES, TARGET_LINK_URI)

# LTI 1.3 core limits the ids of users, deployments, contexts and resource links to this many characters.
ID_LENGTH = 255
# Enough for any name or title that is shown; the rest is cut off.
TEXT_LENGTH = 300
# Longer than any language's name with its script and region (BCP 47, section 4.4.1).
LOCALE_LENGTH = 35
# Of copies of copies, the latest that are looked at.
MOST_COPIES = 100
# No database keeps these.
NO_TEXT = re.compile(r"[\x00\ud800-\udfff]")
CONTROL_CHARACTERS = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What every verified message says: who has come, with which role, from which course.

    ``registration_id`` and ``deployment_id`` are ids of rows. Names, titles and e-mail are empty where the platform
    keeps them to itself; ``context_id`` is empty for a message from outside any course. ``return_url`` is the
    platform's page that it came from, ``locale`` the language there (``de-AT``, ``es_mx``), ``product_family`` what
    kind of platform it says that it is.
    """

    registration_id: int
    deployment_id: int
    sub: str
    role: Role
    name: str = ""
    email: str = ""
    context_id: str = ""
    context_title: str = ""
    return_url: str | None = None
    locale: str = ""
    product_family: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaunchClaims(Message):
    """A resource link launch request (LTI 1.3 core, section 5.3).

    ``quiz_id`` and ``placement_id`` are the custom parameters ``quiz`` and ``placement``, or those in the query of the
    target link URI; ``due`` is when the platform wants the link done. ``lineitem_url`` is None where the platform keeps
    no grade for the link. The histories are the ids of the links and courses that this link and its course are copies
    of, latest first.
    """

    resource_link_id: str
    resource_link_title: str = ""
    quiz_id: str | None = None
    placement_id: str | None = None
    due: datetime | None = None
    lineitem_url: str | None = None
    lineitems_url: str | None = None
    ags_scopes: tuple[str, ...] = ()
    memberships_url: str | None = None
    link_history: tuple[str, ...] = ()
    context_history: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewClaims(LaunchClaims):
    """A submission review request (LTI Submission Review 1.0): somebody looks at what ``for_user_sub`` submitted."""

    for_user_sub: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkingClaims(Message):
    """A deep linking request (Deep Linking 2.0, section 2): somebody who may is to pick content for the course.

    ``answer_url`` is where the answer goes, with ``data`` as it came; ``targets`` are the ways in which a link can be
    shown. ``placement_id`` is that of the link which is edited, if one is. ``platform_url`` is the platform's own
    address, empty where it does not say.
    """

    answer_url: str
    accepts_links: bool
    accepts_several: bool
    accepts_line_items: bool
    targets: tuple[str, ...] = ()
    data: str | None = None
    placement_id: str | None = None
    platform_url: str = ""


def require_claims(body: Mapping[str, Any]) -> None:
    """Raise ClaimMissing, which names them all, if claims that every message must have are absent."""
    missing = [claim for claim in REQUIRED if body.get(claim) is None]
    if missing:
        raise ClaimMissing(f"missing: {', '.join(missing)}")


def read_claims(body: Mapping[str, Any], registration_id: int, deployment_id: int) -> Message:
    """Return what a verified message says, by its type; ids of rows are passed in.

    What is optional and has not the form that it should have counts as absent. Raises LaunchRefused.
    """
    if body[VERSION] != "1.3.0":
        raise VersionUnsupported(f"version is {body[VERSION]!r:.60}")
    message_type = body[MESSAGE_TYPE]
    read = READERS.get(message_type) if isinstance(message_type, str) else None
    if read is None:
        raise MessageUnsupported(f"message_type is {message_type!r:.200}")
    return read(body, {"registration_id": registration_id, "deployment_id": deployment_id, **_sender(body)})


def _sender(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of `Message` that the claims say."""
    context = _mapping(body.get(f"{CLAIM}context"))
    presentation = _mapping(body.get(f"{CLAIM}launch_presentation"))
    return {
        "sub": identifier("sub", body["sub"]),
        "role": role_in_context(_roles(body[ROLES])),
        "name": _name(body),
        "email": text_of(body.get("email")),
        "context_id": identifier("context.id", context["id"]) if context.get("id") else "",
        "context_title": text_of(context.get("title")) or text_of(context.get("label")),
        "return_url": _url(presentation.get("return_url")),
        "locale": text_of(presentation.get("locale"))[:LOCALE_LENGTH],
        "product_family": text_of(_mapping(body.get(f"{CLAIM}tool_platform")).get("product_family_code")),
    }


def _place(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of `LaunchClaims` that are about the resource link."""
    link = body.get(RESOURCE_LINK)
    if not isinstance(link, Mapping) or not link.get("id"):
        raise ClaimMissing(f"missing: {RESOURCE_LINK} with its id")
    endpoint = _mapping(body.get(AGS_ENDPOINT))
    custom = _mapping(body.get(f"{CLAIM}custom"))
    # Canvas did not always send a deep-linked item's custom parameters back.
    query = _query(body[TARGET_LINK_URI])
    return {
        "resource_link_id": identifier("resource_link.id", link["id"]),
        "resource_link_title": text_of(link.get("title")),
        "quiz_id": _own_id(custom.get("quiz")) or _own_id(query.get("quiz")),
        "placement_id": _own_id(custom.get("placement")) or _own_id(query.get("placement")),
        "due": _moment(custom.get("due")),
        "lineitem_url": _url(endpoint.get("lineitem")),
        "lineitems_url": _url(endpoint.get("lineitems")),
        "memberships_url": _url(_mapping(body.get(NRPS_SERVICE)).get("context_memberships_url")),
        "ags_scopes": tuple(scope for scope in _list(endpoint.get("scope")) if isinstance(scope, str)),
        "link_history": _history(custom.get("link_history")),
        # Brightspace sends it unasked, in a claim of its own.
        "context_history": _history(custom.get("context_history"))
        or _history(_mapping(body.get(BRIGHTSPACE)).get("Context.id.history")),
    }


def _read_launch(body: Mapping[str, Any], sender: dict[str, Any]) -> LaunchClaims:
    return LaunchClaims(**sender, **_place(body))


def _read_review(body: Mapping[str, Any], sender: dict[str, Any]) -> ReviewClaims:
    for_user = _mapping(body.get(FOR_USER))
    if not for_user.get("user_id"):
        raise ClaimMissing(f"missing: {FOR_USER} with its user_id")
    for_user_sub = identifier("for_user.user_id", for_user["user_id"])
    # Moodle signs this message for whichever student opens the address, about whichever user it names.
    if sender["role"] is not Role.INSTRUCTOR and for_user_sub != sender["sub"]:
        raise ReviewRefused(f"{sender['sub']!r}, no instructor, asks for {for_user_sub!r}")
    return ReviewClaims(**sender, **_place(body), for_user_sub=for_user_sub)


def _read_linking(body: Mapping[str, Any], sender: dict[str, Any]) -> LinkingClaims:
    settings = _mapping(body.get(LINKING_SETTINGS))
    answer_url = _url(settings.get("deep_link_return_url"))
    if answer_url is None:
        raise ClaimMissing(f"missing: {LINKING_SETTINGS} with its deep_link_return_url")
    if not may_add_content(_roles(body[ROLES])):
        raise LinkingRefused(f"{sender['sub']!r} has the roles {body[ROLES]!r:.300}")
    data = settings.get("data")
    if isinstance(data, str) and NO_TEXT.search(data):
        raise ClaimInvalid(f"data of deep linking is {data!r:.200}; it cannot be sent back as it is")
    return LinkingClaims(
        **sender,
        answer_url=answer_url,
        accepts_links="ltiResourceLink" in _list(settings.get("accept_types")),
        accepts_several=settings.get("accept_multiple") is True,
        accepts_line_items=settings.get("accept_lineitem") is not False,
        targets=tuple(
            target for target in _list(settings.get("accept_presentation_document_targets")) if isinstance(target, str)
        ),
        data=data if isinstance(data, str) else None,
        placement_id=_own_id(_mapping(body.get(f"{CLAIM}custom")).get("placement")),
        platform_url=_url(_mapping(body.get(f"{CLAIM}tool_platform")).get("url")) or "",
    )


READERS: Final[dict[str, Callable[[Mapping[str, Any], dict[str, Any]], Message]]] = {
    "LtiResourceLinkRequest": _read_launch,
    "LtiSubmissionReviewRequest": _read_review,
    "LtiDeepLinkingRequest": _read_linking,
}
"""What reads each type of message; it is handed the claims, and the fields of `Message` that they say."""


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


def text_of(value: object) -> str:
    """Return a text fit to show. Platforms leave a variable that they do not know as it is: ``$Context.title``."""
    if not isinstance(value, str) or value.startswith("$"):
        return ""
    return CONTROL_CHARACTERS.sub(" ", value).strip()[:TEXT_LENGTH]


def _name(body: Mapping[str, Any]) -> str:
    parts = (text_of(body.get("given_name")), text_of(body.get("family_name")))
    return text_of(body.get("name")) or " ".join(part for part in parts if part)


def _moment(value: object) -> datetime | None:
    """Return a moment with its zone; a variable that the platform does not know stays as it is, and is none."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None


def _own_id(value: object) -> str | None:
    return value if isinstance(value, str) and is_valid_id(value) else None


def _history(value: object) -> tuple[str, ...]:
    """Return the ids of a history: joined by commas, each percent-encoded (LTI 1.3 core, appendix C)."""
    if not isinstance(value, str) or value.startswith("$"):
        return ()
    ids = (unquote(part.strip()) for part in value.split(",", MOST_COPIES)[:MOST_COPIES])
    return tuple(id_ for id_ in ids if 0 < len(id_) <= ID_LENGTH and not CONTROL_CHARACTERS.search(id_))


def _query(url: object) -> dict[str, str]:
    try:
        return dict(parse_qsl(urlsplit(url).query)) if isinstance(url, str) else {}
    except ValueError:
        return {}


def _url(value: object) -> str | None:
    if not isinstance(value, str) or CONTROL_CHARACTERS.search(value):
        return None
    return value if value.startswith(("https://", "http://")) else None
