"""What the tool asks of a platform when it is registered (LTI dynamic registration 1.0, section 3.4).

Only what the platform offers is asked for: Canvas refuses a registration as a whole for one unknown message or scope.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from lti_app.lti.claims import HISTORY_PARAMETERS
from lti_app.lti.deep_linking import DUE_VARIABLE
from lti_app.lti.registration_configuration import PlatformConfiguration

TOOL_CONFIGURATION: Final = "https://purl.imsglobal.org/spec/lti-tool-configuration"
TOOL_NAME: Final = "Quizferry"
DESCRIPTION: Final = "Quizzes inside the course, with their grades in the gradebook."

RESOURCE_LINK: Final = "LtiResourceLinkRequest"
DEEP_LINKING: Final = "LtiDeepLinkingRequest"
SUBMISSION_REVIEW: Final = "LtiSubmissionReviewRequest"
MESSAGES: Final = (RESOURCE_LINK, DEEP_LINKING, SUBMISSION_REVIEW)
# Moodle serves the submission review but does not list it.
UNLISTED: Final = {"moodle": {SUBMISSION_REVIEW}}

SCOPES: Final = (
    "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem",
    "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem.readonly",
    "https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly",
    "https://purl.imsglobal.org/spec/lti-ags/scope/score",
    "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly",
)
CLAIMS: Final = ("iss", "sub", "name", "given_name", "family_name", "email")

# Custom parameters of every launch: what a copied course is a copy of, and when a quiz is due.
CUSTOM: Final = {**HISTORY_PARAMETERS, "due": DUE_VARIABLE}

# Where teachers pick quizzes: in Canvas when they make an assignment and when they fill a module, elsewhere where they
# add activities. Of these sets the first that the platform has any of is asked for.
PLACEMENTS: Final = (
    (
        "https://canvas.instructure.com/lti/assignment_selection",
        "https://canvas.instructure.com/lti/link_selection",
    ),
    ("assignment_selection", "link_selection"),
    ("ContentArea",),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What is asked of one platform; ``lacking`` is what the tool could use and the platform does not offer."""

    messages: tuple[str, ...]
    placements: tuple[str, ...]
    scopes: tuple[str, ...]
    claims: tuple[str, ...]
    custom: Mapping[str, str]
    lacking: tuple[str, ...]


def wishes_for(platform: PlatformConfiguration) -> Wishes:
    """Return what to ask of this platform. Where it does not say what it offers, all is asked for."""
    listed = MESSAGES if platform.messages is None else (*platform.messages, *UNLISTED.get(platform.product, ()))
    # A platform that lists messages and not the resource link still has it: without it there are no launches.
    messages = tuple(message for message in MESSAGES if message in (RESOURCE_LINK, *listed))
    scopes = tuple(scope for scope in SCOPES if platform.scopes is None or scope in platform.scopes)
    return Wishes(
        messages=messages,
        placements=_placements(platform),
        scopes=scopes,
        claims=CLAIMS,
        custom={
            name: variable
            for name, variable in CUSTOM.items()
            if platform.variables is None or variable.removeprefix("$") in platform.variables
        },
        lacking=tuple(wish for wish in (*MESSAGES, *SCOPES) if wish not in (*messages, *scopes)),
    )


def registration_document(
    wishes: Wishes, *, login_url: str, redirect_url: str, target_link_uri: str, jwks_url: str, logo_url: str
) -> dict[str, Any]:
    """Return the client metadata that is posted to the platform."""
    return {
        "application_type": "web",
        "response_types": ["id_token"],
        "grant_types": ["implicit", "client_credentials"],
        "initiate_login_uri": login_url,
        "redirect_uris": [redirect_url],
        "client_name": TOOL_NAME,
        "logo_uri": logo_url,
        "jwks_uri": jwks_url,
        "token_endpoint_auth_method": "private_key_jwt",
        "scope": " ".join(wishes.scopes),
        TOOL_CONFIGURATION: {
            # With its port: Moodle compares it with the target link's.
            "domain": urlsplit(target_link_uri).netloc,
            "description": DESCRIPTION,
            "target_link_uri": target_link_uri,
            "custom_parameters": dict(wishes.custom),
            "claims": list(wishes.claims),
            "messages": [_message(message, wishes, target_link_uri) for message in wishes.messages],
        },
    }


def _message(message: str, wishes: Wishes, target_link_uri: str) -> dict[str, Any]:
    document: dict[str, Any] = {"type": message, "target_link_uri": target_link_uri}
    if message == DEEP_LINKING:
        document["label"] = f"{TOOL_NAME} quiz"
        if wishes.placements:
            document["placements"] = list(wishes.placements)
    return document


def _placements(platform: PlatformConfiguration) -> tuple[str, ...]:
    offered = (platform.messages or {}).get(DEEP_LINKING, frozenset())
    for places in PLACEMENTS:
        if found := tuple(place for place in places if place in offered):
            return found
    return ()
