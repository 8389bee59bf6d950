"""The keys that platforms sign with, fetched from their keysets and kept for a while."""

import math
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import jwt
import requests
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from lti_app.lti.token_failures import KeysUnavailable, KeyUnknown

FRESH_SECONDS = 3600
# A key that is not in the kept set may be new (Brightspace changes its own every hour), so the set is fetched again;
# but not more often than this, since anybody can make up a key id.
SEARCH_SECONDS = 30
# So long nobody waits again for a keyset that could not be fetched: an LMS that hangs must not hold up everybody else.
FAILED_SECONDS = 5
KEY_BITS = range(2048, 8193)


@dataclass(frozen=True, slots=True)
class _KeySet:
    keys: Mapping[str, Mapping[str, Any]]
    fetched_at: float
    # When it was last fetched for the sake of a key that it did not have.
    searched_at: float = -math.inf


class KeySets:
    """The keysets of platforms by their URLs; shared by all threads of a process."""

    def __init__(self, http: requests.Session, clock: Callable[[], float] = time.monotonic) -> None:
        self._http = http
        self._clock = clock
        self._kept: dict[str, _KeySet] = {}
        # When a keyset could not be fetched, and why not.
        self._failed: dict[str, tuple[float, KeysUnavailable]] = {}
        self._lock = threading.Lock()

    def key(self, url: str, kid: str) -> RSAPublicKey:
        """Return the key with this id from the keyset at this URL.

        Raises KeysUnavailable where the keyset cannot be fetched or read, KeyUnknown where it has no such RSA key.
        """
        key_set = self._key_set(url, kid)
        if kid not in key_set.keys:
            raise KeyUnknown(f"kid {kid!r:.200} is not in {url}, which has {sorted(key_set.keys)!r:.500}")
        return _rsa_key(key_set.keys[kid])

    def _key_set(self, url: str, kid: str) -> _KeySet:
        now = self._clock()
        with self._lock:
            kept = self._kept.get(url)
            failed_at, failure = self._failed.get(url, (-math.inf, None))
        fresh = kept is not None and now - kept.fetched_at < FRESH_SECONDS
        if kept and fresh and (kid in kept.keys or now - kept.searched_at < SEARCH_SECONDS):
            return kept
        if failure and now - failed_at < FAILED_SECONDS:
            raise KeysUnavailable(f"{failure.detail} (asked some seconds ago)")
        fetched = _KeySet(self._fetch(url), now, now if fresh else -math.inf)
        with self._lock:
            self._kept[url] = fetched
        return fetched

    def _fetch(self, url: str) -> dict[str, Mapping[str, Any]]:
        try:
            return fetch_keys(self._http, url)
        except KeysUnavailable as failure:
            with self._lock:
                self._failed[url] = (self._clock(), failure)
            raise


def fetch_keys(http: requests.Session, url: str) -> dict[str, Mapping[str, Any]]:
    """Return the keys of a keyset by their ids; what among them is no key is left out.

    Raises KeysUnavailable.
    """
    try:
        answer = http.get(url, headers={"Accept": "application/json"})
    except requests.RequestException as error:
        raise KeysUnavailable(f"{url}: {type(error).__name__}: {error}") from error
    return keys_of(answer)


def keys_of(answer: requests.Response) -> dict[str, Mapping[str, Any]]:
    """Return the keys that a keyset's URL answered with, by their ids. Raises KeysUnavailable."""
    try:
        key_set = answer.json() if answer.status_code == 200 else None
    except (ValueError, RecursionError) as error:
        raise KeysUnavailable(f"{answer.url}: {type(error).__name__}: {error}") from error
    keys = key_set.get("keys") if isinstance(key_set, dict) else None
    if not isinstance(keys, list):
        raise KeysUnavailable(f"{answer.url} answers with status {answer.status_code} and no list of keys")
    return {key["kid"]: key for key in keys if isinstance(key, dict) and isinstance(key.get("kid"), str)}


def _rsa_key(jwk: Mapping[str, Any]) -> RSAPublicKey:
    try:
        # Some platforms' keys have no `alg`; what is accepted is decided here, not there.
        key = jwt.PyJWK(dict(jwk), algorithm="RS256").key
    except (jwt.PyJWTError, ValueError, TypeError) as error:
        raise KeyUnknown(f"kid {jwk['kid']!r} is no usable RSA key: {error}") from error
    if not isinstance(key, RSAPublicKey) or key.key_size not in KEY_BITS:
        raise KeyUnknown(f"kid {jwk['kid']!r} is no RSA public key of {KEY_BITS.start} bits or more")
    return key
