"""The registration itself: the request posted, and the platform's answer read (LTI dynamic registration, 3.5)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import requests

from content.sentences import Sentence, together
from lti_app.lti.no_answer import why_no_answer
from lti_app.lti.registration_configuration import PlatformConfiguration
from lti_app.lti.registration_failures import AnswerUnusable, LmsRefused
from lti_app.lti.registration_request import TOOL_CONFIGURATION

LONGEST_ID = 255
LONGEST_REASON = 300
LONGEST_URL = 200


@dataclass(frozen=True, slots=True)
class RegisteredClient:
    """What the platform calls this tool. ``deployment_id`` is None where the first launch has to bring it."""

    client_id: str
    deployment_id: str | None


def register_client(
    http: requests.Session, platform: PlatformConfiguration, token: str, document: Mapping[str, Any]
) -> RegisteredClient:
    """Post the registration; return the client that the platform made. Raises LmsRefused or AnswerUnusable."""
    url = platform.registration_endpoint
    headers = {"Accept": "application/json", "Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    try:
        answer = http.post(url, data=json.dumps(document), headers=headers)
    except requests.RequestException as error:
        raise LmsRefused(
            together(
                Sentence("Your LMS did not answer the registration at %(url)s.", url=url[:LONGEST_URL]),
                why_no_answer(error, url),
            ),
            f"{type(error).__name__}: {error}",
        ) from error
    if answer.status_code not in (200, 201):
        raise LmsRefused(_refusal(answer), f"status {answer.status_code}: {answer.text[:LONGEST_REASON]}")
    return _client(answer)


def _client(answer: requests.Response) -> RegisteredClient:
    try:
        body = answer.json()
    except (ValueError, RecursionError) as error:
        raise AnswerUnusable(Sentence("Your LMS accepted the registration, but its answer is not JSON.")) from error
    client_id = _identifier(body.get("client_id")) if isinstance(body, dict) else None
    if client_id is None:
        raise AnswerUnusable(Sentence("Your LMS accepted the registration, but its answer names no usable client ID."))
    configuration = body.get(TOOL_CONFIGURATION)
    inner = configuration.get("deployment_id") if isinstance(configuration, dict) else None
    # Canvas has it at the top, Moodle and Sakai in the configuration, as the specification does; some have none.
    return RegisteredClient(client_id, _identifier(body.get("deployment_id")) or _identifier(inner))


def _identifier(value: object) -> str | None:
    """Return an id as text, None for what is none. Some platforms' ids are numbers."""
    text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    return text if text.strip() and text.isprintable() and len(text) <= LONGEST_ID else None


def _refusal(answer: requests.Response) -> Sentence:
    """Return a sentence with the platform's own reason, where it gives one in words: Moodle says it in plain text."""
    reason = " ".join(answer.text.split())
    if not reason or "<" in reason:
        return Sentence(
            "Your LMS refused the registration (status %(status)s) without saying why.", status=answer.status_code
        )
    return Sentence(
        "Your LMS refused the registration (status %(status)s): “%(reason)s”.",
        status=answer.status_code,
        reason=reason[:LONGEST_REASON],
    )
