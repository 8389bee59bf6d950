"""Adding content from the tool: what a teacher picks there becomes activities (Deep Linking 2.0)."""

import secrets
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import jwt
from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from lti_app.demo_lms.claims import LINKING_QUERY
from lti_app.demo_lms.course import Activity
from lti_app.demo_lms.lms import PendingLinking, lms
from lti_app.demo_lms.oidc import initiate_login
from lti_app.demo_lms.sign_in import signed_in

bp = Blueprint("linking", __name__, url_prefix="/course/add")

CLAIM = "https://purl.imsglobal.org/spec/lti/claim"
ITEMS = "https://purl.imsglobal.org/spec/lti-dl/claim/content_items"
DATA = "https://purl.imsglobal.org/spec/lti-dl/claim/data"
MOST_ITEMS = 50


@bp.get("")
def show() -> Response | str:
    """Show the tool's own page to pick content in a frame."""
    person = signed_in()
    if person is None:
        return redirect(url_for("pages.home"))
    if not person.teaches:
        abort(403)
    return render_template("add_content.html", tool=lms().tool, launch=url_for("linking.launch"))


@bp.get("/launch")
def launch() -> Response | str:
    """Send the browser to the tool with a login initiation, for a deep linking request."""
    person = signed_in()
    if person is None or not person.teaches:
        abort(403)
    data = secrets.token_urlsafe(16)
    lms().linking[data] = lms().course.id
    return initiate_login(PendingLinking(person, lms().course.id, data), "Add content")


@bp.post("/return")
def take() -> str | tuple[str, int]:
    """Make an activity of each item that the tool sends; its page posts here, so the JWT alone says who sends it."""
    try:
        claims = _verified(request.form.get("JWT", ""))
        items = _items(claims)
    except (jwt.PyJWTError, OSError, ValueError, LookupError, AttributeError, ArithmeticError) as error:
        return render_template("refused.html", sentence=f"The tool's answer is no good: {error}."), 400
    course_id = lms().linking.pop(_answered(claims), None)
    if course_id is None:
        sentence = "This answer is to no request of this LMS, or was here before."
        return render_template("refused.html", sentence=sentence), 400
    g.room = lms().rooms[course_id]
    for activity, column in items:
        lms().add_activity(course_id, activity, column)
    return render_template(
        "content_added.html", count=len(items), back=url_for("pages.enter_course", course_id=course_id)
    )


def _answered(claims: Mapping[str, Any]) -> str:
    """Return which request an answer is to, empty if it does not say so where it has to."""
    if lms().behaviour.linking_data:
        return str(claims.get(DATA, ""))
    # Data that was not sent cannot come back (Deep Linking 2.0, section 3.2).
    return request.args.get(LINKING_QUERY, "") if DATA not in claims else ""


def _verified(token: str) -> dict[str, Any]:
    """Return the claims of an answer by the tool; raise PyJWTError, or OSError where its keyset is out of reach."""
    key = lms().tool_keys.find(jwt.get_unverified_header(token).get("kid", ""))
    if key is None:
        raise jwt.InvalidKeyError("its key is not in the tool's keyset")
    tool = lms().tool
    required = ["iss", "aud", "iat", "exp", "nonce"]
    claims: dict[str, Any] = jwt.decode(
        token, key, ["RS256"], {"require": required}, audience=lms().base_url, issuer=tool.client_id
    )
    expected = {"message_type": "LtiDeepLinkingResponse", "version": "1.3.0", "deployment_id": tool.deployment_id}
    for name, value in expected.items():
        if claims.get(f"{CLAIM}/{name}") != value:
            raise jwt.InvalidTokenError(f"{name} must be {value}")
    return claims


def _items(claims: Mapping[str, Any]) -> list[tuple[Activity, dict[str, str] | None]]:
    """Return the items as activities, each with the fields of its column, None for one without a grade."""
    items = claims.get(ITEMS)
    if not isinstance(items, list) or len(items) > MOST_ITEMS:
        raise ValueError(f"content_items must be a list of at most {MOST_ITEMS}")
    return [_activity(item) for item in items]


def _activity(item: object) -> tuple[Activity, dict[str, str] | None]:
    if not isinstance(item, dict) or item.get("type") != "ltiResourceLink":
        raise ValueError("each item must be an ltiResourceLink")
    custom, line_item = item.get("custom", {}), item.get("lineItem")
    due = item.get("submission", {}).get("endDateTime", "") if lms().behaviour.keeps_item_dates else ""
    activity = Activity(
        id=secrets.token_hex(4),
        title=str(item.get("title") or lms().tool.name)[:200],
        points=Decimal(str(line_item["scoreMaximum"])) if line_item is not None else Decimal(0),
        custom={str(name): str(value) for name, value in custom.items()},
        due=str(due),
    )
    if line_item is None:
        return activity, None
    return activity, {"resource_id": str(line_item.get("resourceId", "")), "tag": str(line_item.get("tag", ""))}
