"""The operator's way into the admin pages: a link that the command makes, good for one browser."""

import secrets
from datetime import timedelta

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from lti_app.lti.login_states import hash_secret
from lti_app.models import AdminAccess, utcnow

LINK_LIFETIME = timedelta(hours=1)
SESSION_LIFETIME = timedelta(hours=8)


def make_link_token(session: Session) -> str:
    """Return the token of a new link; only its hash is stored."""
    session.execute(delete(AdminAccess).where(AdminAccess.expires_at < utcnow()))
    return _add(session, opened=False, lifetime=LINK_LIFETIME)


def open_session(session: Session, token: str) -> str | None:
    """Return the secret of a new session, None if the token is of no link that can be used; the link is used up."""
    link = (AdminAccess.secret_hash == hash_secret(token)) & ~AdminAccess.opened & (AdminAccess.expires_at > utcnow())
    used = session.scalar(
        update(AdminAccess).where(link).values(expires_at=utcnow()).returning(AdminAccess.secret_hash)
    )
    return _add(session, opened=True, lifetime=SESSION_LIFETIME) if used else None


def is_open(session: Session, secret: str) -> bool:
    """Return whether the secret is that of a session that has not ended."""
    found = session.get(AdminAccess, hash_secret(secret))
    return found is not None and found.opened and found.expires_at > utcnow()


def _add(session: Session, *, opened: bool, lifetime: timedelta) -> str:
    secret = secrets.token_urlsafe(32)
    session.add(AdminAccess(secret_hash=hash_secret(secret), opened=opened, expires_at=utcnow() + lifetime))
    return secret
