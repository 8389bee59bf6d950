"""The least that a tool must be for the demo LMS to talk with it: a key, a keyset, the requests of a client."""

import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
import lxml.html
import requests
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from lti_app.demo_lms import Lms, ToolRegistration

SCORE = "application/vnd.ims.lis.v1.score+json"
ITEM = "application/vnd.ims.lis.v2.lineitem+json"
ITEMS = "application/vnd.ims.lis.v2.lineitemcontainer+json"
RESULTS = "application/vnd.ims.lis.v2.resultcontainer+json"
MEMBERS = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"

SCOPES = {
    "lineitem": "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem",
    "lineitem.readonly": "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem.readonly",
    "result": "https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly",
    "score": "https://purl.imsglobal.org/spec/lti-ags/scope/score",
    "members": "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly",
}


class StubTool:
    """A tool whose keyset is served on a port of its own."""

    def __init__(self, port: int) -> None:
        self.url = f"http://localhost:{port}"
        self.keyset_requests = 0
        self.rotate()

    def rotate(self) -> None:
        """Take a new key, under a new id."""
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.kid = secrets.token_hex(4)

    @property
    def registration(self) -> ToolRegistration:
        return ToolRegistration(
            name="Stub",
            client_id="stub-client",
            deployment_id="7",
            login_url=f"{self.url}/login",
            launch_url=f"{self.url}/launch",
            redirect_urls=(f"{self.url}/launch", f"{self.url}/other"),
            keyset_url=f"{self.url}/keys",
        )

    def keyset(self) -> dict[str, Any]:
        key = RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return {"keys": [{**key, "kid": self.kid, "alg": "RS256", "use": "sig"}]}

    def assertion(self, lms: Lms, *, kid: str | None = None, **changes: Any) -> str:
        """A client assertion; ``changes`` replace claims, None takes one away."""
        now = int(time.time())
        claims = {
            "iss": "stub-client",
            "sub": "stub-client",
            "aud": f"{lms.base_url}/token",
            "iat": now,
            "exp": now + 60,
            "jti": secrets.token_hex(),
        }
        claims = {name: value for name, value in {**claims, **changes}.items() if value is not None}
        return jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": kid or self.kid})

    def ask_token(self, lms: Lms, assertion: str, scope: str = SCOPES["score"], **changes: str) -> requests.Response:
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": assertion,
            "scope": scope,
        }
        return requests.post(f"{lms.base_url}/token", data={**form, **changes}, timeout=10)

    def call(
        self, lms: Lms, scope: str, method: str, url: str, *, accept: str = "", media: str = "", body: object = None
    ) -> requests.Response:
        """Call a service with a token for one scope, by its short name."""
        token = self.ask_token(lms, self.assertion(lms), SCOPES[scope]).json()["access_token"]
        # None keeps requests from sending its own "*/*".
        headers = {"Authorization": f"Bearer {token}", "Accept": accept or None, "Content-Type": media or None}
        data = body if isinstance(body, str) or body is None else json.dumps(body)
        return requests.request(method, url, headers=headers, data=data, timeout=10)


@contextmanager
def serving_stub_tool() -> Iterator[StubTool]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            tool.keyset_requests += 1
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(tool.keyset()).encode())

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        tool = StubTool(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield tool
        server.shutdown()
        thread.join()


class Visitor:
    """Someone at the LMS: a browser session without scripts, signed in as one person."""

    def __init__(self, lms: Lms, person: str = "ada") -> None:
        self.base_url = lms.base_url
        self.session = requests.Session()
        self.post("/sign-in", person=person)

    def get(self, path: str, **query: str) -> requests.Response:
        return self.session.get(self.base_url + path, params=query, timeout=10, allow_redirects=False)

    def post(self, path: str, **fields: str) -> requests.Response:
        return self.session.post(self.base_url + path, data=fields, timeout=10, allow_redirects=False)

    def begin_launch(self, activity: str = "7") -> dict[str, str]:
        """The fields that the LMS posts to the tool's login URL."""
        return posted_by(self.get(f"/activities/{activity}/launch"))[1]


def posted_by(response: requests.Response) -> tuple[str, dict[str, str]]:
    """The address and fields of the form on a page that posts itself."""
    assert response.status_code == 200, response.text
    form = lxml.html.fromstring(response.text).get_element_by_id("post")
    return form.action, dict(form.fields)


def authentication_request(login: dict[str, str], tool: StubTool, **changes: str) -> dict[str, str]:
    """What a right tool asks for after a login initiation, with some fields changed; "" takes a field away."""
    asked = {
        "scope": "openid",
        "response_type": "id_token",
        "response_mode": "form_post",
        "prompt": "none",
        "client_id": login["client_id"],
        "redirect_uri": tool.registration.launch_url,
        "login_hint": login["login_hint"],
        "lti_message_hint": login["lti_message_hint"],
        "state": "the-state",
        "nonce": "the-nonce",
    }
    return {name: value for name, value in {**asked, **changes}.items() if value}


def table(page: requests.Response, element_id: str) -> list[list[str]]:
    """The cells of a table, row by row, as one reads them."""
    rows = lxml.html.fromstring(page.text).get_element_by_id(element_id).iter("tr")
    return [[" ".join(cell.text_content().split()) for cell in row] for row in rows]
