"""How a call of a platform's service can fail."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum

import requests

from content.sentences import Sentence
from lti_app.lti.no_answer import why_no_answer
from lti_app.models import utcnow

# Of an error's body; enough to read what is wrong, and no page of HTML.
BODY_LENGTH = 500


class FailureKind(StrEnum):
    """At which step a service call failed."""

    # No answer that can be used: no connection, a timeout, an address that must not be called.
    NO_ANSWER = "no answer"
    # The token endpoint gave no access token for what is asked.
    NO_TOKEN = "no token"  # noqa: S105
    # The service itself answered, and not with success.
    REFUSED = "refused"


class ServiceError(Exception):
    """A call of a platform's service that failed.

    ``status`` is the HTTP status, None where there was no answer; ``body`` the start of what came with it, or what
    kept the answer away, for the log; ``retry_after`` the seconds that the platform asks to wait. ``why`` says to an
    admin what kept a usable answer away, None where the platform's own answer says what is wrong.
    """

    def __init__(
        self,
        kind: FailureKind,
        *,
        status: int | None = None,
        body: str = "",
        retry_after: float | None = None,
        why: Sentence | None = None,
    ) -> None:
        body = body or why or ""
        super().__init__(f"{kind}, status {status}: {body}")
        self.kind = kind
        self.status = status
        self.body = body
        self.retry_after = retry_after
        self.why = why


def is_rate_limit(answer: requests.Response) -> bool:
    """Return whether the platform wants fewer calls. Canvas says so by 403 and an empty allowance."""
    spent = answer.headers.get("X-Rate-Limit-Remaining", "").strip() in ("0", "0.0")
    return answer.status_code == 429 or (answer.status_code == 403 and spent)


def is_page(answer: requests.Response) -> bool:
    """Return whether a page came in place of a service's answer: a login, say, or a notice of maintenance."""
    return answer.content.lstrip(b"\xef\xbb\xbf \t\r\n")[:14].lower().startswith((b"<!doctype html", b"<html"))


def unreachable(error: requests.RequestException, url: str) -> ServiceError:
    """Return the error for a call of the URL that had no usable answer."""
    body = f"{type(error).__name__}: {error}"[:BODY_LENGTH]
    return ServiceError(FailureKind.NO_ANSWER, body=body, why=why_no_answer(error, url))


def refusal(kind: FailureKind, answer: requests.Response) -> ServiceError:
    """Return the error for an answer that is no success; a rate limit has the status 429 in any case."""
    return ServiceError(
        kind,
        status=429 if is_rate_limit(answer) else answer.status_code,
        body=answer.text[:BODY_LENGTH],
        retry_after=_retry_after(answer.headers),
    )


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds of Retry-After, which is a number or a date (RFC 9110, section 10.2.3)."""
    text = headers.get("Retry-After", "").strip()
    if text.isdecimal():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, (_with_zone(moment) - utcnow()).total_seconds())


def _with_zone(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
