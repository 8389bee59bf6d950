"""The tool's own signing keys, and how one follows another.

A platform may keep the keyset that it fetched for a day. So a new key is published for a while before it signs, and
an old one stays published for as long after its last signature: at every moment a platform that fetched the keyset
within that time knows the key of what it is sent. All moments are in the database, so that all processes change keys
at the same one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any, cast

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from pylti1p3.registration import Registration
from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_app.models import Database, ToolKey, utcnow

PUBLISHED_AHEAD = timedelta(hours=24)
# What the tool signs is valid for some minutes; a platform's old copy of the keyset is the longer wait.
KEPT_AFTER = timedelta(hours=24)


class KeyState(StrEnum):
    """What a published key does."""

    WAITING = "published, does not sign yet"
    SIGNING = "signs"
    RETIRING = "signs no more, still published"


@dataclass(frozen=True, slots=True)
class PublishedKey:
    """A key in the keyset. ``until`` is the end of its present state, None where nothing ends it."""

    kid: str
    state: KeyState
    signs_from: datetime
    until: datetime | None


class RotationUnderWay(Exception):  # noqa: N818
    """A new key waits for its first signature already; ``signs_from`` is when that is due."""

    def __init__(self, signs_from: datetime) -> None:
        super().__init__(f"a new key is published already and signs from {signs_from}")
        self.signs_from = signs_from


def ensure_key(database: Database) -> None:
    """Make a signing key if the tool has none."""
    with database.exclusive() as session:
        if session.scalar(select(ToolKey).limit(1)) is None:
            session.add(_new_key(utcnow()))


def rotate_key(database: Database, now: datetime | None = None, ahead: timedelta = PUBLISHED_AHEAD) -> ToolKey:
    """Make the key that signs from ``ahead`` on, and delete those that have had their time; return the new one.

    Raises RotationUnderWay.
    """
    now = now or utcnow()
    with database.exclusive() as session:
        keys = _keys(session)
        if keys[-1].signs_from > now:
            raise RotationUnderWay(keys[-1].signs_from)
        published = _published(keys, now)
        for key in keys:
            if key not in published:
                session.delete(key)
        new = _new_key(now + ahead)
        session.add(new)
    return new


def signing_key(database: Database, now: datetime | None = None) -> ToolKey:
    """Return the key that signs at this moment: the last one whose time has come."""
    with database.reading() as session:
        return _signing(_keys(session), now or utcnow())


def sign_token(database: Database, claims: Mapping[str, Any]) -> str:
    """Return the claims as a JWT (RS256) by the key that signs at this moment."""
    key = signing_key(database)
    return jwt.encode(dict(claims), _load(key), "RS256", {"kid": key.kid})


def published_keys(database: Database, now: datetime | None = None) -> list[PublishedKey]:
    """Return the keys of the keyset, in the order of their use."""
    now = now or utcnow()
    with database.reading() as session:
        keys = _keys(session)
    signing, successor = _signing(keys, now), dict(pairwise(keys))
    found = []
    for key in _published(keys, now):
        follower = successor.get(key)
        if key is signing:
            state, until = KeyState.SIGNING, follower.signs_from if follower else None
        elif key.signs_from > now:
            state, until = KeyState.WAITING, key.signs_from
        else:
            state, until = KeyState.RETIRING, follower.signs_from + KEPT_AFTER if follower else None
        found.append(PublishedKey(key.kid, state, key.signs_from, until))
    return found


def public_key_set(database: Database, now: datetime | None = None) -> dict[str, list[dict[str, str]]]:
    """Return the JSON Web Key Set of the published keys' public halves, each with ``kid``, ``alg`` and ``use``."""
    with database.reading() as session:
        keys = _published(_keys(session), now or utcnow())
    return {"keys": [_public_jwk(_load(key)) for key in reversed(keys)]}


def _keys(session: Session) -> Sequence[ToolKey]:
    return session.scalars(select(ToolKey).order_by(ToolKey.signs_from, ToolKey.created_at, ToolKey.kid)).all()


def _signing(keys: Sequence[ToolKey], now: datetime) -> ToolKey:
    # Where the clock was set back before the first key, that one signs.
    return [key for key in keys if key.signs_from <= now or key is keys[0]][-1]


def _published(keys: Sequence[ToolKey], now: datetime) -> list[ToolKey]:
    """Return all keys but those that have been followed by another for longer than they are kept."""
    over = {key for key, follower in pairwise(keys) if follower.signs_from + KEPT_AFTER <= now}
    return [key for key in keys if key not in over]


def _new_key(signs_from: datetime) -> ToolKey:
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return ToolKey(kid=_public_jwk(private)["kid"], private_pem=pem.decode(), signs_from=signs_from)


def _load(key: ToolKey) -> rsa.RSAPrivateKey:
    # The check of a key takes longer than all else, and this one is the tool's own.
    private = serialization.load_pem_private_key(
        key.private_pem.encode(), password=None, unsafe_skip_rsa_key_validation=True
    )
    return cast("rsa.RSAPrivateKey", private)


def _public_jwk(private: rsa.RSAPrivateKey) -> dict[str, str]:
    """Return the public half; its ``kid`` is the key's thumbprint (RFC 7638)."""
    pem = private.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return dict(Registration.get_jwk(pem.decode()))
