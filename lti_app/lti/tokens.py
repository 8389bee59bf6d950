"""Access tokens of platforms, kept in the database: a platform that is asked for one at every call soon refuses."""

import contextlib
from datetime import timedelta
from typing import Any

import requests
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from lti_app.lti.service_errors import FailureKind, ServiceError, refusal
from lti_app.models import AccessToken, Database, Registration, utcnow

# A token is not used in its last minute: it must live until the call arrives.
MARGIN = timedelta(seconds=60)
# For platforms that do not say how long a token lives, and for those that say nonsense.
DEFAULT_SECONDS = 300
LONGEST_SECONDS = 24 * 3600


def kept_token(database: Database, registration: Registration, scopes: str) -> str | None:
    """Return a token for exactly these scopes (sorted, joined by blanks) that still lives, None if there is none."""
    with database.reading() as session:
        kept = session.get(AccessToken, (registration.id, scopes))
    return kept.token if kept and kept.expires_at - MARGIN > utcnow() else None


def keep_token(database: Database, registration: Registration, scopes: str, answer: requests.Response) -> str:
    """Return the token that a token endpoint answered with, and keep it; raise ServiceError if there is none."""
    if answer.status_code != 200:
        raise refusal(FailureKind.NO_TOKEN, answer)
    try:
        body: Any = answer.json()
        token, seconds = body["access_token"], int(body.get("expires_in", DEFAULT_SECONDS))
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError, OverflowError) as error:
        raise refusal(FailureKind.NO_TOKEN, answer) from error
    if not isinstance(token, str) or not token.isascii() or not token.isprintable():
        raise refusal(FailureKind.NO_TOKEN, answer)
    _require_granted(scopes, body.get("scope"))
    expires_at = utcnow() + timedelta(seconds=min(max(seconds, 0), LONGEST_SECONDS))
    row = AccessToken(registration_id=registration.id, scopes=scopes, token=token, expires_at=expires_at)
    # Another worker may keep one of its own at the same moment, which is as good.
    with contextlib.suppress(IntegrityError), database.writing() as session:
        session.merge(row)
    return token


def forget_tokens(database: Database, registration: Registration) -> None:
    """Drop every kept token of a registration."""
    with database.writing() as session:
        session.execute(delete(AccessToken).where(AccessToken.registration_id == registration.id))


def _require_granted(wanted: str, granted: object) -> None:
    """Raise ServiceError if the answer says that not all scopes are granted; Open edX answers 200 even for none."""
    if isinstance(granted, str) and not set(wanted.split()) <= set(granted.split()):
        raise ServiceError(
            FailureKind.NO_TOKEN, status=200, body=f"wanted the scopes {wanted!r}, granted are {granted!r:.300}"
        )
