"""Access tokens of platforms, kept in the database: a platform that is asked for one at every call soon refuses.

All workers share them. One at a time asks for a new one, early, while the others still use the old one. Each process
remembers what it read until a new one is due; a token that was dropped meanwhile the platform refuses, and then it is
read anew.
"""

import contextlib
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import requests
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from content.sentences import Sentence
from lti_app.lti.service_errors import FailureKind, ServiceError, refusal
from lti_app.models import AccessToken, Database, Registration, utcnow

# A token is not used in its last minute: it must live until the call arrives.
MARGIN = timedelta(seconds=60)
# A new one is asked for so long before that, or in the last quarter of a short life.
EARLY = timedelta(minutes=5)
# For platforms that do not say how long a token lives, and for those that say nonsense.
DEFAULT_SECONDS = 300
LONGEST_SECONDS = 24 * 3600

# Longer than a request for a token may take: who asks for one and dies is followed by another after that.
TURN = timedelta(seconds=30)
LOOK_AGAIN = 0.05  # seconds


class Token(NamedTuple):
    """An access token; ``kept`` tells one that was there from one that the platform has just given out."""

    text: str
    kept: bool


_Key = tuple[int, str, str, str]
_remembered: WeakKeyDictionary[Database, dict[_Key, tuple[str, datetime]]] = WeakKeyDictionary()
"""By database: the tokens that this process knows, each with the moment from which a new one is due."""


def access_token(
    database: Database, registration: Registration, scopes: str, ask: Callable[[], requests.Response]
) -> Token:
    """Return a token for exactly these scopes (sorted, joined by blanks): the kept one, else what ``ask`` brings.

    While another worker asks, wait for what it gets. Raises ServiceError.
    """
    known, renew_at = _known(database).get(_identity(registration, scopes), ("", utcnow()))
    if renew_at > utcnow():
        return Token(known, kept=True)
    patience = time.monotonic() + 2 * TURN.total_seconds()
    while time.monotonic() < patience:
        kept = _kept(database, registration, scopes)
        if kept is not None and kept.renew_at is not None and kept.renew_at > utcnow():
            _known(database)[_identity(registration, scopes)] = (kept.token or "", kept.renew_at)
            return Token(kept.token or "", kept=True)
        if _take_turn(database, registration, scopes):
            return _ask_for_one(database, registration, scopes, ask, kept)
        if kept is not None:
            return Token(kept.token or "", kept=True)
        time.sleep(LOOK_AGAIN)
    raise ServiceError(FailureKind.NO_ANSWER, why=Sentence("The LMS has not answered another request for a token yet."))


def renew_token(
    database: Database, registration: Registration, scopes: str, ask: Callable[[], requests.Response]
) -> None:
    """Keep what ``ask`` brings in place of the token that is kept, be it good or not. Raises ServiceError."""
    token, life = _granted(scopes, ask())
    # Another worker may begin the row at the same moment; its token is as good.
    with contextlib.suppress(IntegrityError):
        _keep(database, registration, scopes, token, life)


def forget_token(database: Database, registration: Registration, scopes: str, token: str) -> None:
    """Drop a token that the platform takes no more; one that another worker has fetched since stays."""
    known = _known(database)
    if known.get(_identity(registration, scopes), ("",))[0] == token:
        known.pop(_identity(registration, scopes), None)
    this = AccessToken.registration_id == registration.id, AccessToken.scopes == scopes, AccessToken.token == token
    with database.writing() as session:
        session.execute(update(AccessToken).where(*this).values(token=None, renew_at=None, expires_at=None))


def _known(database: Database) -> dict[_Key, tuple[str, datetime]]:
    return _remembered.setdefault(database, {})


def _identity(registration: Registration, scopes: str) -> _Key:
    """Return what a token is for. A registration that is deleted may be followed by another with its id."""
    return registration.id, registration.client_id, registration.auth_token_url, scopes


def _key(registration: Registration, scopes: str) -> dict[str, Any]:
    return {"registration_id": registration.id, "client_id": registration.client_id, "scopes": scopes}


def _kept(database: Database, registration: Registration, scopes: str) -> AccessToken | None:
    """Return the kept token if it still serves."""
    with database.reading() as session:
        row = session.get(AccessToken, _key(registration, scopes))
    serves = row is not None and row.token and row.expires_at and row.expires_at - MARGIN > utcnow()
    return row if serves else None


def _take_turn(database: Database, registration: Registration, scopes: str) -> bool:
    """Return whether this worker is the one that asks now."""
    try:
        with database.writing() as session:
            row, now = _row(session, registration, scopes), utcnow()
            if (row.asking_until and row.asking_until > now) or (row.renew_at and row.renew_at > now):
                return False
            row.asking_until = now + TURN
    except IntegrityError:
        return False  # another worker began the row a moment ago
    return True


def _ask_for_one(
    database: Database,
    registration: Registration,
    scopes: str,
    ask: Callable[[], requests.Response],
    kept: AccessToken | None,
) -> Token:
    try:
        token, life = _granted(scopes, ask())
    except Exception as error:
        _end_turn(database, registration, scopes)
        if kept is None or not isinstance(error, ServiceError):
            raise
        return Token(kept.token or "", kept=True)
    _keep(database, registration, scopes, token, life)
    return Token(token, kept=False)


def _end_turn(database: Database, registration: Registration, scopes: str) -> None:
    with database.writing() as session:
        _row(session, registration, scopes).asking_until = None


def _keep(database: Database, registration: Registration, scopes: str, token: str, life: timedelta) -> None:
    now = utcnow()
    with database.writing() as session:
        row = _row(session, registration, scopes)
        row.token, row.asking_until, row.expires_at = token, None, now + life
        row.renew_at = now + life - MARGIN - min(EARLY, life / 4)


def _row(session: Session, registration: Registration, scopes: str) -> AccessToken:
    row = session.get(AccessToken, _key(registration, scopes), with_for_update=True)
    if row is None:
        row = AccessToken(**_key(registration, scopes))
        session.add(row)
    return row


def _granted(scopes: str, answer: requests.Response) -> tuple[str, timedelta]:
    """Return the token that a token endpoint answered with and its life; raise ServiceError if there is none."""
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
    return token, timedelta(seconds=min(max(seconds, 0), LONGEST_SECONDS))


def _require_granted(wanted: str, granted: object) -> None:
    """Raise ServiceError if the answer says that not all scopes are granted; Open edX answers 200 even for none."""
    if isinstance(granted, str) and not set(wanted.split()) <= set(granted.split()):
        raise ServiceError(
            FailureKind.NO_TOKEN,
            status=200,
            body=f"wanted the scopes {wanted!r}, granted are {granted!r:.300}",
            why=Sentence("It grants other permissions than those that it is asked for."),
        )
