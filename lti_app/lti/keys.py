"""The tool's own signing keys."""

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
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
    return {"keys": [_public_jwk(_load(key)) for key in keys]}


def _new_key() -> ToolKey:
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return ToolKey(kid=_public_jwk(private)["kid"], private_pem=pem.decode())


def _load(key: ToolKey) -> PrivateKeyTypes:
    # The check of a key takes longer than all else, and this one is the tool's own.
    return serialization.load_pem_private_key(
        key.private_pem.encode(), password=None, unsafe_skip_rsa_key_validation=True
    )


def _public_jwk(private: PrivateKeyTypes) -> dict[str, str]:
    """Return the public half; its ``kid`` is the key's thumbprint (RFC 7638)."""
    pem = private.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return dict(Registration.get_jwk(pem.decode()))
