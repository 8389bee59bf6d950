"""The tool's own signing keys."""

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from pylti1p3.registration import Registration
from sqlalchemy import select

from lti_app.models import Database, ToolKey


def ensure_key(database: Database) -> None:
    """Make a signing key if the tool has none."""
    with database.exclusive() as session:
        if session.scalar(select(ToolKey).limit(1)) is None:
            session.add(_new_key())


def signing_key(database: Database) -> ToolKey:
    """Return the newest key, which signs."""
    with database.reading() as session:
        return session.scalars(select(ToolKey).order_by(ToolKey.created_at.desc(), ToolKey.kid).limit(1)).one()


def public_key_set(database: Database) -> dict[str, list[dict[str, str]]]:
    """Return the JSON Web Key Set of all keys' public halves, each with ``kid``, ``alg`` and ``use``."""
    with database.reading() as session:
        keys = session.scalars(select(ToolKey).order_by(ToolKey.created_at.desc(), ToolKey.kid)).all()
    return {"keys": [{**Registration.get_jwk(public_pem(key)), "kid": key.kid} for key in keys]}


def public_pem(key: ToolKey) -> str:
    """Return the public half of a key."""
    private = serialization.load_pem_private_key(key.private_pem.encode(), password=None)
    return (
        private.public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        .decode()
    )


def _new_key() -> ToolKey:
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    key = ToolKey(private_pem=pem)
    # The thumbprint of the key (RFC 7638), as pylti1p3 reckons it when it signs.
    key.kid = Registration.get_jwk(public_pem(key))["kid"]
    return key
