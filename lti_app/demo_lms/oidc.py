"""Launches: login initiation, authorization endpoint and keyset (LTI security framework, section 5)."""

from collections.abc import Mapping
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, g, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from lti_app.demo_lms.claims import launch_claims, linking_claims
from lti_app.demo_lms.lms import PendingLaunch, PendingLinking, lms
from lti_app.demo_lms.sign_in import signed_in

bp = Blueprint("oidc", __name__)


@bp.get("/keys")
def keyset() -> Response:
    """Return the public keys of the platform."""
    return jsonify(lms().key.keyset())


@bp.get("/activities/<activity_id>/launch")
def launch(activity_id: str) -> BaseResponse | str:
    """Send the browser to the tool with a login initiation (OIDC core, section 4).

    ``?review=`` names whose submission is to be reviewed.
    """
    person, activity = signed_in(), lms().course.activity(activity_id)
    if person is None:
        return redirect(url_for("pages.home"))
    if activity is None:
        abort(404)
    student = lms().course.person(request.args.get("review"))
    return initiate_login(PendingLaunch(person, activity, student), activity.title)


def initiate_login(pending: PendingLaunch | PendingLinking, title: str) -> BaseResponse | str:
    """Send the browser to the tool, which is to come back and ask for what is pending."""
    tool, behaviour = lms().tool, lms().behaviour
    fields = {
        "iss": lms().base_url,
        "target_link_uri": tool.launch_url,
        "login_hint": pending.person.id,
        "lti_message_hint": lms().begin_launch(pending),
        "client_id": tool.client_id,
        "lti_deployment_id": tool.deployment_id,
    }
    if request.headers.get("Sec-Fetch-Dest") == "iframe" and behaviour.keeps_for_tools:
        fields["lti_storage_target"] = "_parent"  # the page around the frame runs storage.js
    if behaviour.login_by_get:
        return redirect(f"{tool.login_url}?{urlencode(fields)}")
    return render_template("post.html", url=tool.login_url, fields=fields, title=title)


@bp.route("/authorize", methods=["GET", "POST"])
def authorize() -> BaseResponse | str:
    """Answer the tool's authentication request with an id_token, posted by the browser to the tool.

    Who is not the tool gets a page of the LMS and nothing leaves it; other faults are told to the tool.
    """
    asked = request.values.to_dict()
    if asked.get("client_id") != lms().tool.client_id:
        return _refuse("The client_id is not that of a tool which is registered here.")
    if asked.get("redirect_uri") not in lms().tool.redirect_urls:
        return _refuse("The redirect_uri is not one that the tool registered.")
    if signed_in() is None and "repost" not in asked:
        # The session cookie is SameSite=Lax: it is absent when a page of the tool sent the browser here. A request
        # that comes from a page of this site brings it (so does Moodle).
        fields = {**asked, "repost": "true"}
        return render_template("post.html", url=url_for("oidc.authorize"), fields=fields, title="Signing in")
    try:
        pending = _launch_asked_for(asked)
    except _AuthorizationError as fault:
        return _answer(asked, {"error": fault.error, "error_description": str(fault)})
    if isinstance(pending, PendingLinking):
        g.room = lms().rooms[pending.course_id]
        claims = linking_claims(lms(), pending, asked["nonce"])
    else:
        g.room = lms().room_with(pending.activity.id)
        claims = launch_claims(lms(), pending, asked["nonce"])
    return _answer(asked, {"id_token": lms().key.sign(claims)})


REQUIRED_VALUES = {
    "response_type": ("id_token", "unsupported_response_type"),
    "response_mode": ("form_post", "invalid_request"),
    "prompt": ("none", "invalid_request"),
    "scope": ("openid", "invalid_scope"),
}


class _AuthorizationError(Exception):
    def __init__(self, error: str, sentence: str) -> None:
        super().__init__(sentence)
        self.error = error


def _launch_asked_for(asked: Mapping[str, str]) -> PendingLaunch | PendingLinking:
    """Return the launch that a request is about and forget it; raise _AuthorizationError for a bad request."""
    for name, (value, error) in REQUIRED_VALUES.items():
        if asked.get(name) != value:
            raise _AuthorizationError(error, f"{name} must be {value}.")
    if not asked.get("nonce"):
        raise _AuthorizationError("invalid_request", "A nonce is needed.")
    person = signed_in()
    if person is None or asked.get("login_hint") != person.id:
        raise _AuthorizationError("login_required", "The login_hint is not that of the person who is signed in.")
    pending = lms().pending.pop(asked.get("lti_message_hint", ""), None)
    if pending is None or pending.person != person:
        raise _AuthorizationError("invalid_request", "The lti_message_hint is not that of a launch that was begun.")
    return pending


def _answer(asked: Mapping[str, str], fields: Mapping[str, str]) -> str:
    """Return a page that posts the fields to the tool, with the state it sent (OAuth 2.0 form post response mode)."""
    state = {"state": asked["state"]} if "state" in asked else {}
    return render_template("post.html", url=asked["redirect_uri"], fields={**fields, **state}, title="Opening the tool")


def _refuse(sentence: str) -> Response:
    return Response(render_template("refused.html", sentence=sentence), 400)
