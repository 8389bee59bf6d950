import pytest

from lti_app.demo_lms import Lms
from tests.lti_app.demo_lms.stub_tool import MEMBERS, StubTool

ROLE = "http://purl.imsglobal.org/vocab/lis/v2/membership#"


def test_everyone_in_the_course_is_listed(lms: Lms, tool: StubTool) -> None:
    url = f"{lms.base_url}/services/course-1/members?deployment=7"
    response = tool.call(lms, "members", "GET", url, accept=MEMBERS)
    assert (response.status_code, response.headers["Content-Type"]) == (200, MEMBERS)
    document = response.json()
    assert document["id"] == url
    assert document["context"] == {"id": "course-1", "label": "ML 201", "title": "Machine Learning in Production"}
    assert [(one["user_id"], one["roles"]) for one in document["members"]] == [
        ("ada", [f"{ROLE}Learner"]),
        ("ben", [f"{ROLE}Learner"]),
        ("clara", [f"{ROLE}Instructor"]),
    ]
    assert document["members"][0] == {
        "user_id": "ada",
        "status": "Active",
        "roles": [f"{ROLE}Learner"],
        "name": "Ada Osei",
        "given_name": "Ada",
        "family_name": "Osei",
        "email": "ada@pier.example.edu",
    }


@pytest.mark.parametrize(
    ("scope", "path", "accept", "status"),
    [
        ("score", "course-1/members?deployment=7", MEMBERS, 403),
        ("members", "course-1/members?deployment=7", "*/*", 406),
        ("members", "course-1/members", MEMBERS, 404),
        ("members", "course-2/members?deployment=7", MEMBERS, 404),
    ],
)
def test_a_wrong_request_is_refused(lms: Lms, tool: StubTool, scope: str, path: str, accept: str, status: int) -> None:
    url = f"{lms.base_url}/services/{path}"
    assert tool.call(lms, scope, "GET", url, accept=accept).status_code == status
