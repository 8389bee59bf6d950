"""A platform under a test's full control: it signs whatever claims it is told to, and answers services by script.

Its keyset, token endpoint and line items are real HTTP on a loopback port.
"""

import json
import threading
import time
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from lti_app.lti.ags import SCORE_SCOPE

CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"
AGS_ENDPOINT = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
LTI_CLAIMS = {
    "context",
    "custom",
    "deployment_id",
    "for_user",
    "launch_presentation",
    "message_type",
    "resource_link",
    "role_scope_mentor",
    "roles",
    "target_link_uri",
    "version",
}
MEMBERSHIP = "http://purl.imsglobal.org/vocab/lis/v2/membership"
CLIENT_ID = "quizferry-client"
DEPLOYMENT_ID = "deployment-1"


@lru_cache
def rsa_key(name: str, bits: int = 2048) -> rsa.RSAPrivateKey:
    """Return a key; the same for the same name, as making one takes a moment."""
    del name
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


def public_jwk(key: rsa.RSAPrivateKey, kid: str, **more: str) -> dict[str, Any]:
    """Return the public half of a key as a platform publishes it."""
    return {**RSAAlgorithm.to_jwk(key.public_key(), as_dict=True), "kid": kid, "use": "sig", "alg": "RS256", **more}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An HTTP answer by script."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of_json(cls, body: Any, status: int = 200, **headers: str) -> "Answer":
        """Return an answer with a JSON body."""
        return cls(
            status=status, body=json.dumps(body).encode(), headers={"Content-Type": "application/json", **headers}
        )


@dataclass(frozen=True, slots=True)
class Call:
    """A request that arrived at the platform."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


class Platform:
    """The platform. ``script`` holds answers for paths, used up one after the other before the usual ones."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.issuer = base_url
        self.login_url = f"{base_url}/auth"
        self.token_url = f"{base_url}/token"
        self.jwks_url = f"{base_url}/jwks"
        self.lineitem_url = f"{base_url}/courses/2/lineitems/7/lineitem?type_id=3"
        self.keys = {"key-1": rsa_key("key-1")}
        self.script: defaultdict[str, deque[Answer]] = defaultdict(deque)
        self.calls: list[Call] = []

    def calls_to(self, path: str) -> list[Call]:
        """Return the requests that arrived for a path, whatever their query."""
        return [call for call in self.calls if call.path.partition("?")[0] == path]

    def registration_values(self) -> dict[str, str]:
        """Return what the tool's admin registers of the platform."""
        return {
            "issuer": self.issuer,
            "client_id": CLIENT_ID,
            "auth_login_url": self.login_url,
            "auth_token_url": self.token_url,
            "jwks_url": self.jwks_url,
        }

    def claims(self, nonce: str, **changes: Any) -> dict[str, Any]:
        """Return the claims of a good student launch, changed by name (LTI's own by their last word).

        A change to None leaves the claim out.
        """
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "sub": "student-1",
            "iat": now,
            "exp": now + 300,
            "nonce": nonce,
            "name": "Ada Example",
            "email": "ada@example.edu",
            f"{CLAIM}version": "1.3.0",
            f"{CLAIM}message_type": "LtiResourceLinkRequest",
            f"{CLAIM}deployment_id": DEPLOYMENT_ID,
            f"{CLAIM}target_link_uri": "http://localhost:8000/lti/launch",
            f"{CLAIM}roles": [f"{MEMBERSHIP}#Learner"],
            f"{CLAIM}resource_link": {"id": "link-1", "title": "Week 1 quiz"},
            f"{CLAIM}context": {"id": "course-1", "title": "Chemistry"},
            AGS_ENDPOINT: {
                "scope": [SCORE_SCOPE],
                "lineitem": self.lineitem_url,
                "lineitems": f"{self.base_url}/courses/2/lineitems?type_id=3",
            },
        }
        changes = {CLAIM + name if name in LTI_CLAIMS else name: value for name, value in changes.items()}
        return {name: value for name, value in {**claims, **changes}.items() if value is not None}

    def sign(self, claims: Mapping[str, Any], kid: str | None = "key-1", key: Any = None, alg: str = "RS256") -> str:
        """Return the claims as a signed token; by another ``key`` than the one of that ``kid`` if given."""
        headers = {"kid": kid} if kid is not None else {}
        return jwt.encode(dict(claims), key if key is not None else self.keys[kid or "key-1"], alg, headers)

    def answer(self, call: Call) -> Answer:
        """Return the answer to a request."""
        path = call.path.partition("?")[0]
        if self.script[path]:
            return self.script[path].popleft()
        if path == "/jwks":
            return Answer.of_json({"keys": [public_jwk(key, kid) for kid, key in self.keys.items()]})
        if path == "/token":
            token = f"token-{len(self.calls_to('/token'))}"
            return Answer.of_json({"access_token": token, "token_type": "Bearer", "expires_in": 3600})
        return Answer(status=200 if path.endswith("/scores") else 404)


@contextmanager
def running_platform() -> Iterator[Platform]:
    """Run a platform on a free loopback port."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        server.daemon_threads = True
        host, port = server.server_address[:2]
        platform = _Handler.platforms[port] = Platform(f"http://{host!s}:{port}")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield platform
        finally:
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    platforms: dict[int, Platform] = {}  # noqa: RUF012

    def do_GET(self) -> None:
        platform = self.platforms[self.server.server_address[1]]
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        call = Call(self.command, self.path, dict(self.headers), body)
        platform.calls.append(call)
        answer = platform.answer(call)
        self.send_response(answer.status)
        for name, value in {**answer.headers, "Content-Length": str(len(answer.body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body)

    do_POST = do_PUT = do_GET  # noqa: N815

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""
