"""The answer to a deep linking request (Deep Linking 2.0, section 3): quizzes as content items, signed by the tool."""

import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode, urlsplit

from lti_app.config import Config
from lti_app.lti.claims import CLAIM, HISTORY_PARAMETERS, LinkingClaims
from lti_app.lti.keys import sign_token
from lti_app.lti.line_items import number
from lti_app.lti.message_failures import LinkingAnswerForeign
from lti_app.models import Database, Registration

LINKING = "https://purl.imsglobal.org/spec/lti-dl/claim/"
LIFETIME = 300  # seconds
DUE_VARIABLE = "$ResourceLink.submission.endDateTime"
NOTHING_ADDED = "No quiz was added."
"""What the platform may show to the teacher who went back with nothing."""

FRAME = {"width": 1000, "height": 800}


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedQuiz:
    """A quiz to be linked. ``points`` is None for one without a grade; ``text`` is a line about it."""

    quiz_id: str
    placement_id: str
    title: str
    text: str
    points: Decimal | None
    resource_id: str
    tag: str
    opens: datetime | None
    due: datetime | None


def require_own_host(claims: LinkingClaims, registration: Registration, *, shares_issuer: bool) -> None:
    """Raise LinkingAnswerForeign unless the answer goes to the platform.

    Its hosts are those of its registration; where one issuer stands for many schools also those that the signed message
    itself gives as the school's.
    """
    urls = [registration.issuer, registration.auth_login_url, registration.auth_token_url, registration.jwks_url]
    if shares_issuer:
        urls += [claims.platform_url, claims.return_url or ""]
    host = _host(claims.answer_url)
    if host is None or host not in map(_host, urls):
        raise LinkingAnswerForeign(f"{registration.name}: deep_link_return_url is {claims.answer_url!r:.300}")


def content_item(
    quiz: LinkedQuiz, config: Config, *, shown_in: str, with_url: bool, with_line_item: bool
) -> dict[str, Any]:
    """Return the quiz as an ``ltiResourceLink`` item. What a platform has no use for it leaves out (Moodle: dates)."""
    ids = {"quiz": quiz.quiz_id, "placement": quiz.placement_id}
    item: dict[str, Any] = {
        "type": "ltiResourceLink",
        "title": quiz.title,
        "text": quiz.text,
        "custom": {**ids, "due": DUE_VARIABLE, **HISTORY_PARAMETERS},
    }
    launch_url = f"{config.public_url}/lti/launch"
    if with_url:
        item["url"] = f"{launch_url}?{urlencode(ids)}"
    if quiz.points is not None and with_line_item:
        item["lineItem"] = {
            "label": quiz.title,
            "scoreMaximum": number(quiz.points),
            "resourceId": quiz.resource_id,
            "tag": quiz.tag,
            "submissionReview": {"reviewableStatus": ["Completed"], "label": "Answers", "url": launch_url},
        }
    if shown_in:
        item[shown_in] = FRAME if shown_in == "iframe" else {"targetName": "_blank"}
    if quiz.opens is not None:
        item["available"] = {"startDateTime": _iso(quiz.opens)}
    if quiz.due is not None:
        item["submission"] = {"endDateTime": _iso(quiz.due)}
    return item


def signed_answer(
    database: Database,
    registration: Registration,
    deployment_id: str,
    items: Sequence[dict[str, Any]],
    data: str | None,
) -> str:
    """Return the answer as a JWT: what was picked, also if that is nothing, and the request's ``data`` as it was."""
    now = int(time.time())
    claims: dict[str, Any] = {
        "iss": registration.client_id,
        "sub": registration.client_id,  # Blackboard wants it
        "aud": registration.issuer,
        "iat": now,
        "exp": now + LIFETIME,
        "nonce": secrets.token_urlsafe(16),
        f"{CLAIM}message_type": "LtiDeepLinkingResponse",
        f"{CLAIM}version": "1.3.0",
        f"{CLAIM}deployment_id": deployment_id,
        f"{LINKING}content_items": list(items),
    }
    if data is not None:
        claims[f"{LINKING}data"] = data
    if not items:
        claims[f"{LINKING}msg"] = NOTHING_ADDED
    return sign_token(database, claims)


def _host(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
