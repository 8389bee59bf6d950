"""The access tokens that the LMS gave out."""

import secrets
import threading
import time
from dataclasses import dataclass

LIFETIME = 3600  # seconds


@dataclass(frozen=True, slots=True)
class Token:
    """An access token: what it is good for, and until when (seconds of the epoch)."""

    scopes: frozenset[str]
    expires_at: float


class TokenStore:
    """The access tokens given out, and the assertions used; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tokens: dict[str, Token] = {}
        self._used: set[str] = set()

    def use_once(self, assertion_id: str) -> bool:
        """Return whether an assertion with this ``jti`` comes in for the first time."""
        with self._lock:
            first = assertion_id not in self._used
            self._used.add(assertion_id)
            return first

    def issue(self, scopes: frozenset[str]) -> str:
        """Return a new token for the scopes."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._tokens[token] = Token(scopes, time.time() + LIFETIME)
        return token

    def find(self, token: str) -> Token | None:
        """Return what a token is good for, or None where it is unknown or has expired."""
        found = self._tokens.get(token)
        return found if found and found.expires_at > time.time() else None

    def forget(self) -> None:
        """Make every token given out so far worthless, as an LMS does when its admin presses the button."""
        with self._lock:
            self._tokens.clear()
