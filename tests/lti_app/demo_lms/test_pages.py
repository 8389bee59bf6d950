from decimal import Decimal

import pytest
import requests

from lti_app.demo_lms import Lms, serving_demo_lms
from lti_app.demo_lms.behaviours import BEHAVIOURS
from tests.lti_app.demo_lms.conftest import ACTIVITIES
from tests.lti_app.demo_lms.stub_tool import StubTool, Visitor, table
from tests.lti_app.demo_lms.test_scores import body, send


def test_a_click_on_a_person_signs_in(lms: Lms) -> None:
    start = requests.get(lms.base_url, timeout=10)
    assert all(name in start.text for name in ("Ada Osei", "Ben Larsen", "Clara Ruiz"))
    visitor = Visitor(lms, "ben")
    page = visitor.get("/course")
    assert "Ben Larsen" in page.text
    assert "Scaling" in page.text


def test_switching_persons_stays_at_the_activity(lms: Lms) -> None:
    assert Visitor(lms).post("/sign-in", person="ben", activity="8").headers["Location"] == "/activities/8"
    assert Visitor(lms).post("/sign-in", person="ben", activity="99").headers["Location"] == "/course"


def test_nobody_signs_in_as_someone_unknown(lms: Lms) -> None:
    assert Visitor(lms).post("/sign-in", person="nobody").status_code == 404


@pytest.mark.parametrize("path", ["/course", "/activities/7", "/gradebook"])
def test_who_is_not_signed_in_is_sent_to_the_start(lms: Lms, path: str) -> None:
    assert "Who are you today?" in requests.get(lms.base_url + path, timeout=10).text


def test_an_activity_frames_the_tool(lms: Lms) -> None:
    page = Visitor(lms).get("/activities/7")
    assert 'src="/activities/7/launch"' in page.text
    assert Visitor(lms).get("/activities/99").status_code == 404


def test_pages_may_frame_the_tool_and_nobody_else_may_frame_them(lms: Lms, tool: StubTool) -> None:
    policy = Visitor(lms).get("/activities/7").headers["Content-Security-Policy"]
    assert f"frame-src 'self' {tool.url};" in policy
    assert f"form-action 'self' {tool.url};" in policy
    assert "frame-ancestors 'self';" in policy


@pytest.mark.parametrize("path", ["/sign-in", "/outage"])
def test_forms_of_other_sites_are_refused(lms: Lms, path: str) -> None:
    form = {"person": "ada", "outage": "none"}
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert requests.post(lms.base_url + path, data=form, headers=headers, timeout=10).status_code == 403


def test_the_teacher_sees_all_grades(lms: Lms, tool: StubTool) -> None:
    send(lms, tool, body(scoreGiven=2.333333333333333))
    page = Visitor(lms, "clara").get("/gradebook")
    assert table(page, "grades") == [
        ["Student", "Scaling of 3", "Serving of 4"],
        ["Ada Osei", "2.33", "–"],
        ["Ben Larsen", "–", "–"],
    ]
    assert '<data value="2.33333333333333">2.33</data>' in page.text


def test_a_student_sees_the_own_grades_only(lms: Lms, tool: StubTool) -> None:
    send(lms, tool, body())
    send(lms, tool, body(userId="ben", scoreGiven=1))
    page = Visitor(lms, "ben").get("/gradebook")
    assert table(page, "grades")[1:] == [["Ben Larsen", "1", "–"]]
    assert [row[1] for row in table(page, "history")[1:]] == ["Ben Larsen"]
    assert "Your grade: 1 of 3" in Visitor(lms, "ben").get("/course").text


def test_what_a_tool_sends_is_escaped(lms: Lms, tool: StubTool) -> None:
    send(lms, tool, body(userId="<script>alert(1)</script>"))
    page = Visitor(lms, "clara").get("/gradebook").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("strict", ["Scaling", "Second", "Free"]),
        ("moodle", ["Scaling", "Second", "Free"]),
        ("canvas", ["Scaling", "Free"]),
        ("openedx", ["Scaling"]),
    ],
)
def test_the_gradebook_shows_the_columns_that_each_lms_does(tool: StubTool, name: str, shown: list[str]) -> None:
    """Canvas the first line item of an assignment, and one without a link as an assignment; Open edX only a link's."""
    with serving_demo_lms(tool.registration, ACTIVITIES[:1], behaviour=BEHAVIOURS[name]) as lms:
        lms.gradebook.add(label="Second", score_maximum=Decimal(1), resource_link_id="7")
        lms.gradebook.add(label="Free", score_maximum=Decimal(1))
        heads, *_ = table(Visitor(lms, "clara").get("/gradebook"), "grades")
    assert [head.partition(" of ")[0] for head in heads[1:]] == shown
