"""The states of logins under way: given out once, used once, by one browser, within some minutes."""

import hashlib
import hmac
import secrets
from datetime import timedelta

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session, joinedload

from lti_app.lti.login_failures import CookieMissing, OtherBrowser, StateExpired, StateUnknown, StateUsed
from lti_app.models import Database, LoginState, utcnow

LIFETIME = timedelta(minutes=10)
# So that one who comes late is told so.
KEPT_AFTER_EXPIRY = timedelta(hours=1)


# What every launch asks for is built once: that takes longer than to run it.
LOGIN = select(LoginState).where(LoginState.state == bindparam("state")).options(joinedload(LoginState.registration))
ENDED_LONG_AGO = delete(LoginState).where(LoginState.expires_at < bindparam("moment"))
USE = (
    update(LoginState)
    .where(LoginState.state == bindparam("login"), LoginState.used_at.is_(None))
    .values(used_at=bindparam("now"))
    .returning(LoginState.state)
)


def save_state(session: Session, login: LoginState) -> None:
    """Store the state of a login that begins; forget those that ended long ago."""
    session.execute(ENDED_LONG_AGO, {"moment": utcnow() - KEPT_AFTER_EXPIRY})
    session.add(login)


def find_state(database: Database, state: str, browser_secret: str | None) -> LoginState:
    """Return the login that this browser began, with its registration.

    ``browser_secret`` is what its cookie holds, or what the platform kept in its place.

    Raises StateUnknown, StateUsed, StateExpired; CookieMissing where the browser kept no cookie of the login, and
    OtherBrowser where it sent another's.
    """
    with database.reading() as session:
        login = session.scalar(LOGIN, {"state": state})
    if login is None:
        raise StateUnknown(f"state {state[:60]!r}")
    if login.used_at is not None:
        raise StateUsed(f"{login.registration.name}: used at {login.used_at:%H:%M:%S} UTC")
    if login.expires_at <= utcnow():
        raise StateExpired(f"{login.registration.name}: expired at {login.expires_at:%H:%M:%S} UTC")
    if not browser_secret:
        raise CookieMissing(login)
    if not hmac.compare_digest(login.browser_secret_hash, hash_secret(browser_secret)):
        raise OtherBrowser(f"{login.registration.name}: the cookie is of another login")
    return login


def new_browser_secret(database: Database, state: str) -> str:
    """Return a new secret to tie the login to its browser; the one before, which the browser did not keep, is void."""
    secret = new_secret()
    login = update(LoginState).where(LoginState.state == state, LoginState.used_at.is_(None))
    with database.writing() as session:
        session.execute(login.values(browser_secret_hash=hash_secret(secret)))
    return secret


def use_state(session: Session, state: str) -> None:
    """Mark a state as used, in the transaction that opens its launch; raise StateUsed if another launch was faster."""
    if session.scalar(USE, {"login": state, "now": utcnow()}) is None:
        raise StateUsed("another launch used it a moment ago")


def new_secret() -> str:
    """Return a secret for a browser to prove itself by."""
    return secrets.token_urlsafe(32)


def hash_secret(secret: str) -> str:
    """Return what is stored of a browser's secret: its SHA-256."""
    return hashlib.sha256(secret.encode()).hexdigest()
