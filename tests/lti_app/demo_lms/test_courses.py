import requests

from lti_app.demo_lms import Lms
from tests.lti_app.demo_lms.stub_tool import ITEMS, StubTool, Visitor, authentication_request, posted_by
from tests.lti_app.demo_lms.test_launch import AGS, CLAIM, claims_of
from tests.lti_app.demo_lms.test_scores import body, send


def copy(lms: Lms, visitor: Visitor) -> str:
    """Copy the course that a visitor is in; return the copy's address."""
    response = visitor.post("/course/copy")
    assert response.status_code == 303
    visitor.get(response.headers["Location"])
    return str(response.headers["Location"])


def launched(lms: Lms, tool: StubTool, path: str, person: str = "clara") -> dict[str, object]:
    visitor = Visitor(lms, person)
    login = posted_by(visitor.get(path))[1]
    return claims_of(lms, posted_by(visitor.get("/authorize", **authentication_request(login, tool)))[1]["id_token"])


def test_a_teacher_copies_the_course_with_its_activities_and_without_its_grades(lms: Lms, tool: StubTool) -> None:
    send(lms, tool, body(scoreGiven=2))
    clara = Visitor(lms, "clara")
    assert copy(lms, clara) == "/courses/course-2"
    assert "/activities/7-2" in clara.get("/course").text
    assert "<data" not in clara.get("/gradebook").text
    clara.get("/courses/course-1")
    assert "<data" in clara.get("/gradebook").text


def test_only_a_teacher_copies(lms: Lms) -> None:
    assert Visitor(lms, "ada").post("/course/copy").status_code == 403
    assert "Copy this course" not in Visitor(lms, "ada").get("/course").text
    assert requests.post(f"{lms.base_url}/course/copy", timeout=10, allow_redirects=False).status_code == 302


def test_a_course_that_there_is_not(lms: Lms) -> None:
    assert Visitor(lms).get("/courses/course-9").status_code == 404


def test_a_launch_in_a_copy_of_a_copy_tells_what_it_is_a_copy_of(lms: Lms, tool: StubTool) -> None:
    clara = Visitor(lms, "clara")
    copy(lms, clara)
    copy(lms, clara)
    claims = launched(lms, tool, "/activities/7-2-3/launch")
    assert claims[f"{CLAIM}/custom"] == {"quiz": "scaling"}
    assert claims[f"{CLAIM}/context"]["id"] == "course-3"  # type: ignore[index]
    assert "/services/course-3/lineitems/1/" in claims[AGS]["lineitem"]  # type: ignore[index]
    room = lms.room_with("7-2-3")
    assert room is not None
    assert (room.course.history, room.course.activities[0].history) == (("course-2", "course-1"), ("7-2", "7"))


def test_a_launch_is_of_its_activity_s_course_also_after_a_look_at_another(lms: Lms, tool: StubTool) -> None:
    clara = Visitor(lms, "clara")
    copy(lms, clara)
    login = clara.begin_launch("7")
    clara.get("/courses/course-2")
    token = posted_by(clara.get("/authorize", **authentication_request(login, tool)))[1]["id_token"]
    assert claims_of(lms, token)[f"{CLAIM}/context"]["id"] == "course-1"  # type: ignore[index]


def test_each_course_has_services_of_its_own(lms: Lms, tool: StubTool) -> None:
    copy(lms, Visitor(lms, "clara"))
    for number, link in ((1, "7"), (2, "7-2")):
        url = f"{lms.base_url}/services/course-{number}/lineitems?deployment=7"
        found = tool.call(lms, "lineitem", "GET", url, accept=ITEMS).json()
        assert found[0]["resourceLinkId"] == link
        assert f"/services/course-{number}/" in found[0]["id"]


def test_a_review_is_asked_for_by_a_message_of_its_own(lms: Lms, tool: StubTool) -> None:
    claims = launched(lms, tool, "/activities/7/launch?review=ada")
    assert claims[f"{CLAIM}/message_type"] == "LtiSubmissionReviewRequest"
    assert claims[f"{CLAIM}/for_user"] == {"user_id": "ada", "name": "Ada Osei"}
    assert claims["sub"] == "clara"


def test_each_grade_leads_to_its_submission(lms: Lms, tool: StubTool) -> None:
    send(lms, tool, body(scoreGiven=2))
    clara = Visitor(lms, "clara")
    assert 'href="/activities/7/submissions/ada"' in clara.get("/gradebook").text
    assert 'src="/activities/7/launch?review=ada"' in clara.get("/activities/7/submissions/ada").text
    assert clara.get("/activities/7/submissions/nobody").status_code == 404


def test_a_frame_is_told_where_the_lms_keeps_data_for_it(lms: Lms) -> None:
    visitor = Visitor(lms)
    visitor.session.headers["Sec-Fetch-Dest"] = "iframe"
    assert visitor.begin_launch()["lti_storage_target"] == "_parent"
