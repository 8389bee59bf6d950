import time

import jwt
import pytest
import requests

from lti_app.demo_lms import Lms
from tests.lti_app.demo_lms.stub_tool import StubTool, Visitor, authentication_request, posted_by

CLAIM = "https://purl.imsglobal.org/spec/lti/claim"
AGS = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
NRPS = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"


def launched(lms: Lms, tool: StubTool, person: str = "ada", activity: str = "7") -> tuple[str, dict[str, str]]:
    """Go through a launch without a fault; return where the id_token is posted, and what with it."""
    visitor = Visitor(lms, person)
    return posted_by(visitor.get("/authorize", **authentication_request(visitor.begin_launch(activity), tool)))


def claims_of(lms: Lms, token: str) -> dict[str, object]:
    keyset = jwt.PyJWKSet.from_dict(requests.get(f"{lms.base_url}/keys", timeout=10).json())
    header = jwt.get_unverified_header(token)
    assert header["alg"] == "RS256"
    key = next(key for key in keyset.keys if key.key_id == header["kid"])
    return jwt.decode(token, key, algorithms=["RS256"], audience="stub-client", issuer=lms.base_url)


def test_a_launch_begins_with_a_login_initiation_posted_to_the_tool(lms: Lms, tool: StubTool) -> None:
    address, fields = posted_by(Visitor(lms).get("/activities/7/launch"))
    assert address == f"{tool.url}/login"
    assert fields.pop("lti_message_hint")
    assert fields == {
        "iss": lms.base_url,
        "target_link_uri": f"{tool.url}/launch",
        "login_hint": "ada",
        "client_id": "stub-client",
        "lti_deployment_id": "7",
    }


def test_the_id_token_is_posted_with_the_state_and_verifies_with_the_keyset(lms: Lms, tool: StubTool) -> None:
    address, fields = launched(lms, tool)
    assert address == f"{tool.url}/launch"
    assert fields["state"] == "the-state"
    claims = claims_of(lms, fields["id_token"])
    assert claims["nonce"] == "the-nonce"
    assert claims["sub"] == "ada"
    assert claims["name"] == "Ada Osei"
    assert claims[f"{CLAIM}/custom"] == {"quiz": "scaling"}
    assert claims[f"{CLAIM}/resource_link"] == {"id": "7", "title": "Scaling"}
    assert claims[f"{CLAIM}/deployment_id"] == "7"
    assert claims[f"{CLAIM}/target_link_uri"] == f"{tool.url}/launch"
    assert claims[AGS]["lineitem"].startswith(f"{lms.base_url}/services/course-1/lineitems/1/lineitem?")
    assert claims[NRPS]["context_memberships_url"]


def test_an_id_token_lives_for_a_minute(lms: Lms, tool: StubTool) -> None:
    claims = claims_of(lms, launched(lms, tool)[1]["id_token"])
    assert claims["exp"] - claims["iat"] == 60
    assert abs(claims["iat"] - time.time()) < 5


@pytest.mark.parametrize(("person", "role"), [("ada", "Learner"), ("clara", "Instructor")])
def test_the_role_is_that_of_the_person(lms: Lms, tool: StubTool, person: str, role: str) -> None:
    claims = claims_of(lms, launched(lms, tool, person)[1]["id_token"])
    assert claims[f"{CLAIM}/roles"] == [f"http://purl.imsglobal.org/vocab/lis/v2/membership#{role}"]


def test_no_line_item_is_named_where_the_activity_has_two(lms: Lms, tool: StubTool) -> None:
    lms.gradebook.add(label="Second column", score_maximum=1, resource_link_id="7")
    claims = claims_of(lms, launched(lms, tool)[1]["id_token"])
    assert "lineitem" not in claims[AGS]
    assert claims[AGS]["lineitems"]


def test_the_authentication_request_may_be_posted(lms: Lms, tool: StubTool) -> None:
    visitor = Visitor(lms)
    page = visitor.post("/authorize", **authentication_request(visitor.begin_launch(), tool))
    assert "id_token" in posted_by(page)[1]


def test_any_of_the_registered_redirect_urls_will_do(lms: Lms, tool: StubTool) -> None:
    visitor = Visitor(lms)
    asked = authentication_request(visitor.begin_launch(), tool, redirect_uri=f"{tool.url}/other")
    assert posted_by(visitor.get("/authorize", **asked))[0] == f"{tool.url}/other"


@pytest.mark.parametrize(
    "changes",
    [
        {"client_id": "another"},
        {"client_id": ""},
        {"redirect_uri": "http://localhost:1/launch"},
        {"redirect_uri": ""},
    ],
    ids=str,
)
def test_nothing_is_sent_to_an_address_that_is_not_the_tools(lms: Lms, tool: StubTool, changes: dict[str, str]) -> None:
    visitor = Visitor(lms)
    page = visitor.get("/authorize", **authentication_request(visitor.begin_launch(), tool, **changes))
    assert page.status_code == 400
    assert "This launch cannot go on" in page.text
    assert 'id="post"' not in page.text


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"response_type": "code"}, "unsupported_response_type"),
        ({"response_mode": "query"}, "invalid_request"),
        ({"response_mode": ""}, "invalid_request"),
        ({"scope": "profile"}, "invalid_scope"),
        ({"prompt": "login"}, "invalid_request"),
        ({"nonce": ""}, "invalid_request"),
        ({"login_hint": "ben"}, "login_required"),
        ({"lti_message_hint": "made-up"}, "invalid_request"),
        ({"lti_message_hint": ""}, "invalid_request"),
    ],
    ids=str,
)
def test_the_tool_is_told_of_any_other_fault(lms: Lms, tool: StubTool, changes: dict[str, str], error: str) -> None:
    visitor = Visitor(lms)
    page = visitor.get("/authorize", **authentication_request(visitor.begin_launch(), tool, **changes))
    address, fields = posted_by(page)
    assert address == f"{tool.url}/launch"
    assert fields.pop("error_description")
    assert fields == {"error": error, "state": "the-state"}


def test_a_launch_gives_one_id_token(lms: Lms, tool: StubTool) -> None:
    visitor = Visitor(lms)
    asked = authentication_request(visitor.begin_launch(), tool)
    assert "id_token" in posted_by(visitor.get("/authorize", **asked))[1]
    assert posted_by(visitor.get("/authorize", **asked))[1]["error"] == "invalid_request"


def test_a_launch_is_that_of_the_person_who_began_it(lms: Lms, tool: StubTool) -> None:
    ben, ada = Visitor(lms, "ben"), Visitor(lms, "ada")
    asked = authentication_request(ben.begin_launch(), tool, login_hint="ada")
    assert posted_by(ada.get("/authorize", **asked))[1]["error"] == "invalid_request"


def test_a_browser_without_the_session_is_sent_round_once_and_then_refused(lms: Lms, tool: StubTool) -> None:
    asked = authentication_request(Visitor(lms).begin_launch(), tool)
    address, fields = posted_by(requests.get(f"{lms.base_url}/authorize", params=asked, timeout=10))
    assert address == "/authorize"
    assert fields == {**asked, "repost": "true"}
    second = requests.post(f"{lms.base_url}/authorize", data=fields, timeout=10)
    assert posted_by(second)[1]["error"] == "login_required"


def test_who_is_not_signed_in_launches_nothing(lms: Lms) -> None:
    page = requests.get(f"{lms.base_url}/activities/7/launch", timeout=10)
    assert "Who are you today?" in page.text


def test_an_activity_that_is_not_there_is_not_found(lms: Lms) -> None:
    assert Visitor(lms).get("/activities/99/launch").status_code == 404


def test_what_comes_from_a_request_is_escaped(lms: Lms, tool: StubTool) -> None:
    visitor = Visitor(lms)
    asked = authentication_request(visitor.begin_launch(), tool, state='"><script>alert(1)</script>')
    page = visitor.get("/authorize", **asked)
    assert "<script>alert" not in page.text
    assert posted_by(page)[1]["state"] == '"><script>alert(1)</script>'
