"""A platform's configuration, fetched and checked (OpenID discovery 1.0; LTI dynamic registration 1.0, section 3.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests

from content.sentences import Sentence, together
from lti_app.lti.addresses import address_problem, origin
from lti_app.lti.no_answer import why_no_answer
from lti_app.lti.registration_failures import (
    ConfigurationAddressRefused,
    ConfigurationUnreachable,
    ConfigurationUnusable,
    IssuerForeign,
    LmsUnsuited,
)

PLATFORM_CONFIGURATION = "https://purl.imsglobal.org/spec/lti-platform-configuration"

# Where one issuer stands for all schools, its configuration is at other hosts of the same vendor.
SHARED_ISSUERS = {
    "https://canvas.instructure.com": {"sso.canvaslms.com", "canvas.instructure.com"},
    "https://canvas.beta.instructure.com": {"sso.beta.canvaslms.com", "canvas.beta.instructure.com"},
    "https://canvas.test.instructure.com": {"sso.test.canvaslms.com", "canvas.test.instructure.com"},
    "https://blackboard.com": {"developer.blackboard.com", "developer.anthology.com"},
}

# Brightspace's token endpoint wants this audience, the same for all schools, and does not take its own address.
BRIGHTSPACE_TOKEN_HOST = "auth.brightspace.com"  # noqa: S105
BRIGHTSPACE_AUDIENCE = "https://api.brightspace.com/auth/token"

LONGEST_TEXT = 200
NO_LTI = Sentence("Your LMS’s configuration says nothing of LTI; it seems to be that of another service.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformConfiguration:
    """What a platform says of itself. ``scopes``, ``messages`` and ``variables`` are None where it does not say them.

    ``product`` is its product family code in lower case, ``school`` what it calls itself; both may be empty.
    ``messages`` gives each message's placements.
    """

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    registration_endpoint: str
    audience: str | None
    product: str
    version: str
    school: str
    scopes: frozenset[str] | None
    messages: Mapping[str, frozenset[str]] | None
    variables: frozenset[str] | None

    @property
    def host(self) -> str:
        """The host (and port) of the issuer, by which people know their LMS."""
        return urlsplit(self.issuer).netloc


def fetch_configuration(http: requests.Session, url: str, *, http_allowed: bool) -> PlatformConfiguration:
    """Return the configuration at the address that an LMS gave; raise RegistrationRefused for what is none."""
    problem = address_problem(url, http_allowed=http_allowed)
    if problem:
        refused = Sentence(
            "The address of your LMS’s configuration, “%(url)s”, cannot be used.", url=url[:LONGEST_TEXT]
        )
        raise ConfigurationAddressRefused(together(refused, problem))
    return read_configuration(_fetch(http, url), url, http_allowed=http_allowed)


def _fetch(http: requests.Session, url: str) -> dict[str, Any]:
    shown = url[:LONGEST_TEXT]
    try:
        answer = http.get(url, headers={"Accept": "application/json"})
    except requests.RequestException as error:
        unread = Sentence("Your LMS’s configuration at %(url)s cannot be read.", url=shown)
        why = why_no_answer(error, url)
        raise ConfigurationUnreachable(together(unread, why), f"{type(error).__name__}: {error}") from error
    if answer.status_code != 200:
        raise ConfigurationUnreachable(
            Sentence(
                "Your LMS’s configuration at %(url)s cannot be read: it answers with status %(status)s.",
                url=shown,
                status=answer.status_code,
            )
        )
    try:
        document = answer.json()
    except (ValueError, RecursionError) as error:
        no_json = Sentence("What is at %(url)s is no configuration: it is not JSON.", url=shown)
        raise ConfigurationUnusable(no_json) from error
    if not isinstance(document, dict):
        no_object = Sentence("What is at %(url)s is no configuration: it is not a JSON object.", url=shown)
        raise ConfigurationUnusable(no_object)
    return document


def read_configuration(document: Mapping[str, Any], url: str, *, http_allowed: bool) -> PlatformConfiguration:
    """Return what a configuration document says; ``url`` is where it was found. Raises RegistrationRefused."""
    issuer = _address(document, "issuer", http_allowed=http_allowed)
    _check_issuer(issuer, url)
    _check_algorithms(document)
    token_endpoint = _address(document, "token_endpoint", http_allowed=http_allowed)
    lti = document.get(PLATFORM_CONFIGURATION)
    if not isinstance(lti, dict):
        raise LmsUnsuited(NO_LTI)
    return PlatformConfiguration(
        issuer=issuer,
        authorization_endpoint=_address(document, "authorization_endpoint", http_allowed=http_allowed),
        token_endpoint=token_endpoint,
        jwks_uri=_address(document, "jwks_uri", http_allowed=http_allowed),
        registration_endpoint=_address(document, "registration_endpoint", http_allowed=http_allowed),
        audience=_audience(document.get("authorization_server"), token_endpoint),
        product=_text(lti.get("product_family_code")).lower(),
        version=_text(lti.get("version")),
        school=_text(lti.get("https://canvas.instructure.com/lti/account_name")),
        scopes=_texts(document.get("scopes_supported")),
        messages=_messages(lti.get("messages_supported")),
        variables=_texts(lti.get("variables")),
    )


def _address(document: Mapping[str, Any], name: str, *, http_allowed: bool) -> str:
    url = document.get(name)
    if not isinstance(url, str) or not url:
        raise ConfigurationUnusable(Sentence("Your LMS’s configuration has no “%(name)s”.", name=name))
    problem = address_problem(url, http_allowed=http_allowed)
    if problem:
        unusable = Sentence(
            "In your LMS’s configuration, “%(name)s” is “%(url)s”, which cannot be used.",
            name=name,
            url=url[:LONGEST_TEXT],
        )
        raise ConfigurationUnusable(together(unusable, problem))
    return url


def _check_issuer(issuer: str, url: str) -> None:
    """Raise IssuerForeign unless who serves the configuration may speak for the issuer.

    Else anybody could register as another school's LMS and sign launches in its name.
    """
    vendor_hosts = SHARED_ISSUERS.get(issuer.rstrip("/"), set())
    if origin(issuer) != origin(url) and urlsplit(url).hostname not in vendor_hosts:
        raise IssuerForeign(
            Sentence(
                "The configuration at %(origin)s names another issuer, “%(issuer)s”. A configuration must come from "
                "the issuer’s own host.",
                origin=origin(url),
                issuer=issuer[:LONGEST_TEXT],
            )
        )


def _check_algorithms(document: Mapping[str, Any]) -> None:
    signing = _texts(document.get("id_token_signing_alg_values_supported"))
    if signing is not None and "RS256" not in signing:
        raise LmsUnsuited(Sentence("Your LMS does not sign launches with RS256, which LTI 1.3 asks for."))
    methods = _texts(document.get("token_endpoint_auth_methods_supported"))
    if methods is not None and "private_key_jwt" not in methods:
        raise LmsUnsuited(
            Sentence("Your LMS’s token endpoint does not take “private_key_jwt”, which LTI 1.3 asks for.")
        )


def _audience(server: object, token_endpoint: str) -> str | None:
    """Return the audience of token requests, None where it is the token endpoint.

    What is no URL is left out: Canvas names its bare host there and takes its token endpoint.
    """
    if urlsplit(token_endpoint).hostname == BRIGHTSPACE_TOKEN_HOST:
        return BRIGHTSPACE_AUDIENCE
    if not isinstance(server, str) or server == token_endpoint or address_problem(server, http_allowed=True):
        return None
    return server


def _messages(listed: object) -> Mapping[str, frozenset[str]] | None:
    if not isinstance(listed, list):
        return None
    messages = [message for message in listed if isinstance(message, dict)]
    return {_text(message.get("type")): _texts(message.get("placements")) or frozenset() for message in messages}


def _texts(values: object) -> frozenset[str] | None:
    return frozenset(value for value in values if isinstance(value, str)) if isinstance(values, list) else None


def _text(value: object) -> str:
    return " ".join(value.split())[:LONGEST_TEXT] if isinstance(value, str) else ""
