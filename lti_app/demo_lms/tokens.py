"""The token endpoint: client credentials with a signed assertion (LTI security framework, section 4.1)."""

from typing import Any

import jwt
from flask import Blueprint, Response, request

from lti_app.demo_lms.lms import lms
from lti_app.demo_lms.service import ServiceError, answer
from lti_app.demo_lms.token_store import LIFETIME

bp = Blueprint("tokens", __name__)

LINE_ITEM = "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem"
LINE_ITEM_READ = "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem.readonly"
RESULT_READ = "https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly"
SCORE = "https://purl.imsglobal.org/spec/lti-ags/scope/score"
MEMBERS_READ = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"
AGS_SCOPES = (LINE_ITEM, LINE_ITEM_READ, RESULT_READ, SCORE)
PERMITTED = frozenset((*AGS_SCOPES, MEMBERS_READ))

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


@bp.post("/token")
def grant() -> Response:
    """Give out a token for those of the scopes asked for that the tool may have."""
    if request.form.get("grant_type") != "client_credentials":
        raise ServiceError(400, "grant_type must be client_credentials, form-encoded.", "unsupported_grant_type")
    if request.form.get("client_assertion_type") != ASSERTION_TYPE:
        raise ServiceError(400, f"client_assertion_type must be {ASSERTION_TYPE}.", "invalid_request")
    _check_assertion(request.form.get("client_assertion", ""))
    scopes = PERMITTED.intersection(request.form.get("scope", "").split())
    if not scopes:
        raise ServiceError(400, "None of these scopes is this tool's to have.", "invalid_scope")
    token = lms().tokens.issue(scopes)
    response = answer(
        {"access_token": token, "token_type": "Bearer", "expires_in": LIFETIME, "scope": " ".join(sorted(scopes))},
        "application/json",
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _check_assertion(assertion: str) -> None:
    """Refuse an assertion that the tool did not sign, for this endpoint, just now, and for the first time."""
    client_id = lms().tool.client_id
    try:
        claims: dict[str, Any] = jwt.decode(
            assertion,
            _signing_key(assertion),
            algorithms=["RS256"],
            audience=lms().behaviour.assertion_audience or f"{lms().base_url}/token",
            issuer=client_id,
            options={"require": ["iss", "sub", "aud", "iat", "exp", "jti"]},
        )
    except jwt.PyJWTError as error:
        raise ServiceError(400, f"The client assertion is no good: {error}.", "invalid_client") from error
    if claims["sub"] != client_id:
        raise ServiceError(400, "The client assertion names another client.", "invalid_client")
    if not lms().tokens.use_once(claims["jti"]):
        raise ServiceError(400, "The client assertion was used before.", "invalid_client")


def _signing_key(assertion: str) -> jwt.PyJWK:
    kid = jwt.get_unverified_header(assertion).get("kid", "")
    try:
        key = lms().tool_keys.find(kid)
    except OSError as error:
        raise ServiceError(400, f"The tool's keyset cannot be read: {error}.", "invalid_client") from error
    if key is None:
        raise ServiceError(400, f"The tool's keyset has no key {kid!r}.", "invalid_client")
    return key


def require_scope(*scopes: str) -> None:
    """Refuse a request that brings no token (mostly 401), or one that is good for none of the scopes (mostly 403)."""
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    token = lms().tokens.find(value) if scheme.lower() == "bearer" else None
    behaviour = lms().behaviour
    if token is None:
        sentence = "An access token is needed; this one is absent, unknown or expired."
        raise ServiceError(behaviour.no_token, sentence, "invalid_token")
    if not token.scopes.intersection(scopes):
        raise ServiceError(behaviour.no_scope, f"The access token lacks the scope {scopes[0]}.", "insufficient_scope")
