"""Signatures that only the tool itself checks, by the secret that it keeps in its database."""

import hashlib
import hmac
import json
import secrets

from sqlalchemy.orm import Session

from lti_app.models import Database, ToolSecret


def ensure_secret(database: Database) -> None:
    """Make the secret if the tool has none."""
    with database.exclusive() as session:
        if session.get(ToolSecret, 1) is None:
            session.add(ToolSecret(id=1, secret=secrets.token_hex(32)))


def sign(session: Session, purpose: str, *facts: str | int) -> bytes:
    """Return the HMAC-SHA256 of the facts; what is signed for one purpose says nothing for another."""
    # Held by the session: a row that nobody holds is read anew.
    secret = session.info.setdefault(ToolSecret, session.get_one(ToolSecret, 1)).secret
    return hmac.digest(bytes.fromhex(secret), json.dumps([purpose, *facts]).encode(), hashlib.sha256)
