import time
from typing import Any

import jwt
import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import rsa

from lti_app.demo_lms import Lms
from tests.lti_app.demo_lms.stub_tool import ITEMS, SCOPES, StubTool


def test_a_right_assertion_gets_a_token_for_what_was_asked_and_may_be_had(lms: Lms, tool: StubTool) -> None:
    asked = f"{SCOPES['score']} https://example.org/scope/launch-rockets"
    response = tool.ask_token(lms, tool.assertion(lms), asked)
    assert response.status_code == 200
    answer = response.json()
    assert answer.pop("access_token")
    assert answer == {"token_type": "Bearer", "expires_in": 3600, "scope": SCOPES["score"]}
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "another"},
        {"sub": "another"},
        {"aud": "https://lms.example.org/token"},
        {"exp": 1},
        {"iat": 4_000_000_000},
        *({name: None} for name in ("iss", "sub", "aud", "iat", "exp", "jti")),
    ],
    ids=str,
)
def test_an_assertion_with_a_wrong_claim_gets_none(lms: Lms, tool: StubTool, changes: dict[str, Any]) -> None:
    response = tool.ask_token(lms, tool.assertion(lms, **changes))
    assert (response.status_code, response.json()["error"]) == (400, "invalid_client")


def test_an_assertion_is_good_once(lms: Lms, tool: StubTool) -> None:
    assertion = tool.assertion(lms)
    assert tool.ask_token(lms, assertion).ok
    assert tool.ask_token(lms, assertion).json()["error"] == "invalid_client"


def test_an_assertion_signed_with_another_key_gets_none(lms: Lms, tool: StubTool) -> None:
    claims = jwt.decode(tool.assertion(lms), options={"verify_signature": False})
    stranger = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    forged = jwt.encode(claims, stranger, algorithm="RS256", headers={"kid": tool.kid})
    assert tool.ask_token(lms, forged).json()["error"] == "invalid_client"


def test_an_unsigned_assertion_gets_none(lms: Lms, tool: StubTool) -> None:
    claims = jwt.decode(tool.assertion(lms), options={"verify_signature": False})
    unsigned = jwt.encode(claims, None, algorithm="none", headers={"kid": tool.kid})
    assert tool.ask_token(lms, unsigned).json()["error"] == "invalid_client"


@pytest.mark.parametrize("junk", ["", "x", "a.b.c", "é", "e30.e30.e30"])
def test_junk_for_an_assertion_gets_none(lms: Lms, tool: StubTool, junk: str) -> None:
    assert tool.ask_token(lms, junk).json()["error"] == "invalid_client"


def test_an_unknown_key_id_gets_none(lms: Lms, tool: StubTool) -> None:
    assert tool.ask_token(lms, tool.assertion(lms, kid="unknown")).json()["error"] == "invalid_client"


def test_the_keyset_is_fetched_for_a_key_that_is_not_known_yet_and_then_kept(lms: Lms, tool: StubTool) -> None:
    fetched = tool.keyset_requests
    assert tool.ask_token(lms, tool.assertion(lms)).ok
    assert tool.ask_token(lms, tool.assertion(lms)).ok
    assert tool.keyset_requests == fetched + 1
    tool.rotate()
    assert tool.ask_token(lms, tool.assertion(lms)).ok


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"client_assertion_type": "jwt"}, "invalid_request"),
        ({"scope": ""}, "invalid_scope"),
        ({"scope": "https://example.org/scope/launch-rockets"}, "invalid_scope"),
    ],
    ids=str,
)
def test_a_wrong_request_is_told_what_is_wrong(lms: Lms, tool: StubTool, changes: dict[str, str], error: str) -> None:
    response = tool.ask_token(lms, tool.assertion(lms), **changes)
    assert (response.status_code, response.json()["error"]) == (400, error)


def call_line_items(lms: Lms, authorization: str | None) -> int:
    url = f"{lms.base_url}/services/course-1/lineitems?deployment=7"
    headers = {"Accept": ITEMS, "Authorization": authorization}
    return requests.get(url, headers=headers, timeout=10).status_code


def token_for(lms: Lms, tool: StubTool, scope: str) -> str:
    token = tool.ask_token(lms, tool.assertion(lms), SCOPES[scope]).json()["access_token"]
    return f"Bearer {token}"


@pytest.mark.parametrize("authorization", [None, "", "Bearer", "Bearer made-up", "Basic YTpi"])
def test_a_service_wants_a_token(lms: Lms, authorization: str | None) -> None:
    assert call_line_items(lms, authorization) == 401


def test_a_token_is_good_for_its_scopes_only(lms: Lms, tool: StubTool) -> None:
    assert call_line_items(lms, token_for(lms, tool, "lineitem")) == 200
    assert call_line_items(lms, token_for(lms, tool, "lineitem.readonly")) == 200
    assert call_line_items(lms, token_for(lms, tool, "score")) == 403


def test_a_token_expires(lms: Lms, tool: StubTool, monkeypatch: pytest.MonkeyPatch) -> None:
    authorization = token_for(lms, tool, "lineitem")
    later = time.time() + 3601
    monkeypatch.setattr("lti_app.demo_lms.token_store.time.time", lambda: later)
    assert call_line_items(lms, authorization) == 401


def test_tokens_can_be_made_worthless_before_their_time(lms: Lms, tool: StubTool) -> None:
    authorization = token_for(lms, tool, "lineitem")
    lms.tokens.forget()
    assert call_line_items(lms, authorization) == 401
