"""Dynamic registration of a tool (LTI dynamic registration 1.0), as strict as Moodle's and with its words."""

import secrets
import time
from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import Blueprint, Response, abort, g, jsonify, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from lti_app.demo_lms.course import Person
from lti_app.demo_lms.lms import ToolRegistration, lms
from lti_app.demo_lms.pages import for_people
from lti_app.demo_lms.service import text_of
from lti_app.demo_lms.tokens import PERMITTED

bp = Blueprint("registration", __name__)

TOKEN_LIFETIME = 3600  # seconds
PLATFORM_CONFIGURATION = "https://purl.imsglobal.org/spec/lti-platform-configuration"
TOOL_CONFIGURATION = "https://purl.imsglobal.org/spec/lti-tool-configuration"
VARIABLES = ("ResourceLink.id.history", "Context.id.history", "ResourceLink.submission.endDateTime")
MESSAGES = (
    {"type": "LtiResourceLinkRequest"},
    {"type": "LtiDeepLinkingRequest", "placements": ["ContentArea"]},
    {"type": "LtiSubmissionReviewRequest"},
)


class _RefusedError(Exception):
    def __init__(self, word: str, status: int = 400) -> None:
        super().__init__(word)
        self.status = status


@bp.errorhandler(_RefusedError)
def refuse(refusal: _RefusedError) -> Response:
    """Answer in plain text, as Moodle does."""
    return Response(str(refusal), refusal.status, content_type="text/html; charset=utf-8")


@bp.get("/.well-known/openid-configuration")
def configuration() -> Response:
    """Say what this platform is and offers."""
    url, audience = lms().base_url, lms().behaviour.assertion_audience
    return jsonify(
        {
            "issuer": url,
            "authorization_endpoint": f"{url}{lms().behaviour.authorize_path}",
            "token_endpoint": f"{url}/token",
            "jwks_uri": f"{url}/keys",
            "registration_endpoint": f"{url}/tools/clients",
            **({"authorization_server": audience} if audience else {}),
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
            "token_endpoint_auth_signing_alg_values_supported": ["RS256"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "response_types_supported": ["id_token"],
            "subject_types_supported": ["public"],
            "scopes_supported": ["openid", *sorted(PERMITTED)],
            "claims_supported": ["sub", "iss", "name", "given_name", "family_name", "email"],
            PLATFORM_CONFIGURATION: {
                "product_family_code": lms().behaviour.product_family,
                "version": "1",
                "messages_supported": list(MESSAGES),
                "variables": list(VARIABLES),
            },
        }
    )


@bp.route("/tools", methods=["GET", "POST"])
@for_people
def show_tools(person: Person) -> BaseResponse | str:
    """Show the tool that is registered and, once its registration URL is entered, the tool's page in a frame."""
    if not person.teaches:
        abort(403)
    url = request.form.get("registration_url", "")
    if urlsplit(url).scheme not in ("http", "https"):
        return render_template("tools.html", tool=lms().tool)
    token = secrets.token_urlsafe(24)
    lms().registration_tokens[token] = time.time() + TOKEN_LIFETIME
    query = {
        "openid_configuration": f"{lms().base_url}/.well-known/openid-configuration",
        "registration_token": token,
    }
    g.framed_url = url
    return render_template("tools.html", tool=lms().tool, frame=f"{url}{'&' if '?' in url else '?'}{urlencode(query)}")


@bp.post("/tools/clients")
def register() -> Response:
    """Register the tool in the place of the one before; its token is used up by a registration that is accepted."""
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not token:
        raise _RefusedError("missing_registration_token", 401)
    if lms().registration_tokens.get(token, 0) < time.time():
        raise _RefusedError("token_already_used", 401)
    document = request.get_json(silent=True)
    if not isinstance(document, dict):
        raise _RefusedError("invalid_json")
    tool = _registration(document)
    lms().registration_tokens.pop(token, None)
    lms().register(tool)
    configuration = {**document[TOOL_CONFIGURATION], "version": "1.3.0", "deployment_id": tool.deployment_id}
    return jsonify({**document, "client_id": tool.client_id, TOOL_CONFIGURATION: configuration})


def _registration(document: dict[str, Any]) -> ToolRegistration:
    configuration = document.get(TOOL_CONFIGURATION)
    if not isinstance(configuration, dict):
        raise _RefusedError("invalid_lti_tool_configuration")
    for name in ("client_name", "initiate_login_uri", "jwks_uri"):
        if not text_of(document, name):
            raise _RefusedError(f"missing required attribute {name}")
    _check(document, configuration)
    target = text_of(configuration, "target_link_uri")
    custom = configuration.get("custom_parameters") or {}
    return ToolRegistration(
        name=text_of(document, "client_name"),
        client_id=secrets.token_urlsafe(12),
        deployment_id=str(int(lms().tool.deployment_id) + 1),
        login_url=text_of(document, "initiate_login_uri"),
        launch_url=target,
        redirect_urls=tuple(document["redirect_uris"]),
        keyset_url=text_of(document, "jwks_uri"),
        custom={str(name): str(value) for name, value in custom.items()},
    )


def _check(document: dict[str, Any], configuration: dict[str, Any]) -> None:
    domain, target = text_of(configuration, "domain"), text_of(configuration, "target_link_uri")
    if not domain:
        raise _RefusedError("missing_domain")
    if urlsplit(target).netloc != domain:
        raise _RefusedError("domain_targetlinkuri_mismatch")
    if not isinstance(document.get("redirect_uris"), list) or not document["redirect_uris"]:
        raise _RefusedError("invalid_redirect_uris")
    if document.get("token_endpoint_auth_method") != "private_key_jwt":
        raise _RefusedError("invalid_token_endpoint_auth_method")
    if "id_token" not in document.get("response_types", []):
        raise _RefusedError("invalid_response_types")
