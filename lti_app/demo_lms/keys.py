"""The keys: the platform's own, and the tool's as its keyset gives them."""

import secrets
import threading
from typing import Any

import jwt
import requests
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm


class PlatformKey:
    """The RSA key that signs id_tokens; made anew at each start."""

    def __init__(self) -> None:
        self._private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.kid = secrets.token_hex(8)

    def sign(self, claims: dict[str, Any]) -> str:
        """Return the claims as a JWT, signed with RS256, its key named in the header."""
        return jwt.encode(claims, self._private, algorithm="RS256", headers={"kid": self.kid})

    def keyset(self) -> dict[str, Any]:
        """Return the public half as a JSON Web Key Set."""
        key = RSAAlgorithm.to_jwk(self._private.public_key(), as_dict=True)
        return {"keys": [{**key, "kid": self.kid, "alg": "RS256", "use": "sig"}]}


class ToolKeys:
    """The tool's public keys. Its keyset is fetched when a ``kid`` is not known yet, so that the tool may rotate."""

    def __init__(self, keyset_url: str) -> None:
        self._url = keyset_url
        self._keys: dict[str, jwt.PyJWK] = {}
        self._lock = threading.Lock()

    def find(self, kid: str) -> jwt.PyJWK | None:
        """Return the key with this id, or None; raise OSError where the keyset is out of reach or is none."""
        with self._lock:
            if kid not in self._keys:
                self._keys = self._fetch()
            return self._keys.get(kid)

    def _fetch(self) -> dict[str, jwt.PyJWK]:
        response = requests.get(self._url, timeout=5, allow_redirects=False)
        response.raise_for_status()
        try:
            keyset = jwt.PyJWKSet.from_dict(response.json())
        except jwt.PyJWTError as error:
            raise OSError(f"{self._url} is no keyset: {error}") from error
        return {key.key_id: key for key in keyset.keys if key.key_id}
