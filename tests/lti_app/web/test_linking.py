"""Picking quizzes for a course (deep linking), as the server's pages let a teacher."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import jwt
import pytest
import time_machine
from sqlalchemy import select

from lti_app.lti.claims import HISTORY_PARAMETERS
from lti_app.models import (
    CourseQuiz,
    Deployment,
    LinkSettings,
    Placement,
    Quiz,
    Registration,
    ResourceLink,
    Role,
    utcnow,
)
from lti_app.services.quizzes import publish_all, published
from tests.lti_app.web.classroom import Classroom, Visitor, words
from tests.lti_app.web.quizzes import ALL_RIGHT

LINKING = "https://purl.imsglobal.org/spec/lti-dl/claim/"
CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"
TIDES = b"Quiz title: Tides\n\n1. High?\n*a) Yes\nb) No\n"
BROKEN = b"Quiz title: Tides\n\n1. High?\na) Yes\nb) No\n"


@pytest.fixture
def picker(classroom: Classroom) -> Visitor:
    return classroom.pick()


def answer_in(page: str, classroom: Classroom) -> dict[str, Any]:
    """The claims of the answer that a page sends, by the published key; its form goes where the LMS wants it."""
    assert 'action="https://lms.example.edu/answer?x=1"' in page
    token = re.search(r'name="JWT" value="([^"]+)"', page)
    assert token is not None
    (key,) = classroom.app.test_client().get("/lti/jwks").get_json()["keys"]
    assert jwt.get_unverified_header(token[1])["kid"] == key["kid"]
    return jwt.decode(token[1], jwt.PyJWK(key), ["RS256"], audience="https://lms.example.edu")


def add(picker: Visitor, classroom: Classroom, *quiz_ids: str, **fields: str) -> list[dict[str, Any]]:
    """Send quizzes to the LMS; return the content items."""
    form = {f"title.{quiz_id}": f"The {quiz_id}" for quiz_id in quiz_ids}
    form |= {name.replace("__", "."): value for name, value in fields.items()}
    response = picker.post("/link/settings", quiz=list(quiz_ids), **form)
    assert response.status_code == 200, words(response.text)
    items: list[dict[str, Any]] = answer_in(response.text, classroom)[f"{LINKING}content_items"]
    return items


def upload(picker: Visitor, name: str, data: bytes) -> Any:
    """Send a file as browsers do; the test client would keep a long one in a file of its own."""
    parts = [
        b'Content-Disposition: form-data; name="csrf_token"\r\n\r\n' + picker.csrf_token.encode(),
        f'Content-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode() + data,
    ]
    body = b"".join(b"--border\r\n" + part + b"\r\n" for part in parts) + b"--border--\r\n"
    return picker.client.post(f"{picker.home}/link/", data=body, content_type="multipart/form-data; boundary=border")


class TestPicking:
    def test_it_lists_the_quizzes_with_what_they_hold(self, picker: Visitor) -> None:
        text = words(picker.get("/link/"))
        assert "added to “Seas & skies”" in text
        assert "The sea & <b>its salts</b> 3 questions · 4 points · 80% to pass" in text
        assert "1 multiple choice, 1 multiple response, 1 true or false" in text

    def test_a_search_narrows_the_list(self, picker: Visitor) -> None:
        text = words(picker.get("/link/?q=SKY"))
        assert "The sky" in text
        assert "its salts" not in text
        assert "No quiz has that in its title." in words(picker.get("/link/?q=nothing-like-it"))

    def test_where_one_is_taken_one_can_be_picked(self, classroom: Classroom) -> None:
        picker = classroom.pick(accepts_several=False)
        assert 'type="radio"' in picker.get("/link/")
        assert words(picker.get("/link/settings?quiz=sea&quiz=sky")).count("What students read") == 1

    def test_where_no_links_are_taken_it_says_so_and_lets_one_leave(self, classroom: Classroom) -> None:
        picker = classroom.pick(accepts_links=False)
        text = words(picker.get("/link/"))
        assert "takes no links to quizzes" in text
        assert "Continue" not in text
        assert picker.client.get(f"{picker.home}/link/settings?quiz=sea").status_code == 303
        assert answer_in(picker.post("/link/none").text, classroom)[f"{LINKING}content_items"] == []

    def test_a_preview_shows_the_key(self, picker: Visitor) -> None:
        assert "Deep Right TOLD-DEEP" in words(picker.get("/link/preview/sea"))
        picker.get("/link/preview/nowhere", status=404)

    def test_settings_without_a_pick_lead_back(self, picker: Visitor) -> None:
        assert picker.client.get(f"{picker.home}/link/settings").location == f"{picker.home}/link/"

    def test_nobody_else_sees_the_visit(self, classroom: Classroom, picker: Visitor) -> None:
        other = classroom.app.test_client()
        assert other.get(f"{picker.home}/link/").status_code == 403
        ada = classroom.launch("Ada", quiz_id="sea")
        assert ada.client.get(f"{ada.home}/link/").status_code == 403
        assert picker.client.get(f"{picker.home}/").status_code == 403

    def test_the_lms_alone_may_frame_it(self, picker: Visitor) -> None:
        policy = picker.client.get(f"{picker.home}/link/").headers["Content-Security-Policy"]
        assert "frame-ancestors 'self' https://lms.example.edu" in policy


class TestAnswer:
    def test_it_is_what_deep_linking_asks_for(self, classroom: Classroom) -> None:
        picker = classroom.pick(data="kept::as it was")
        response = picker.post("/link/settings", quiz="sea", **{"title.sea": "Sea", "points.sea": "10"})
        claims = answer_in(response.text, classroom)
        assert (claims["iss"], claims["sub"]) == ("client", "client")
        assert claims[f"{CLAIM}message_type"] == "LtiDeepLinkingResponse"
        assert (claims[f"{CLAIM}version"], claims[f"{CLAIM}deployment_id"]) == ("1.3.0", "1")
        assert claims[f"{LINKING}data"] == "kept::as it was"
        assert claims["exp"] - claims["iat"] == 300
        assert len(claims["nonce"]) >= 16
        policy = response.headers["Content-Security-Policy"]
        assert "form-action 'self' https://lms.example.edu;" in policy

    def test_no_data_is_sent_where_none_came(self, classroom: Classroom, picker: Visitor) -> None:
        assert f"{LINKING}data" not in answer_in(picker.post("/link/none").text, classroom)

    def test_an_item_has_all_that_was_set(self, classroom: Classroom, picker: Visitor) -> None:
        (item,) = add(
            picker,
            classroom,
            "sea",
            title__sea="Week 1 <sea>",
            points__sea="2.5",
            attempts__sea="2",
            opens__sea="2026-03-01T08:00",
            due__sea="2026-03-08T23:59",
            zone="Europe/Berlin",
        )
        placement = item["custom"].pop("placement")
        assert item == {
            "type": "ltiResourceLink",
            "title": "Week 1 <sea>",
            "text": "3 questions",
            "url": f"http://localhost/lti/launch?quiz=sea&placement={placement}",
            "custom": {"quiz": "sea", "due": "$ResourceLink.submission.endDateTime", **HISTORY_PARAMETERS},
            "lineItem": {
                "label": "Week 1 <sea>",
                "scoreMaximum": 2.5,
                "resourceId": "quizferry-sea",
                "tag": "quiz",
                "submissionReview": {
                    "reviewableStatus": ["Completed"],
                    "label": "Answers",
                    "url": "http://localhost/lti/launch",
                },
            },
            "iframe": {"width": 1000, "height": 800},
            "available": {"startDateTime": "2026-03-01T07:00:00Z"},
            "submission": {"endDateTime": "2026-03-08T22:59:00Z"},
        }

    def test_several_come_in_one_answer(self, classroom: Classroom, picker: Visitor) -> None:
        items = add(picker, classroom, "sky", "sea")
        assert [item["title"] for item in items] == ["The sea", "The sky"]
        assert items[0]["custom"]["placement"] != items[1]["custom"]["placement"]
        assert all("lineItem" not in item for item in items)  # no points

    @pytest.mark.parametrize(
        ("changes", "absent", "present"),
        [
            ({"accepts_line_items": False}, {"lineItem"}, {"iframe"}),
            ({"targets": ("window", "frame")}, {"iframe"}, {"window", "lineItem"}),
            ({"targets": ("embed",)}, {"iframe", "window"}, {"lineItem"}),
        ],
    )
    def test_only_what_the_lms_takes_is_in_it(
        self, classroom: Classroom, changes: dict[str, Any], absent: set[str], present: set[str]
    ) -> None:
        (item,) = add(classroom.pick(**changes), classroom, "sea", points__sea="4")
        assert not absent & item.keys()
        assert present <= item.keys()

    def test_moodle_s_items_have_no_url(self, classroom: Classroom) -> None:
        (item,) = add(classroom.pick(product_family="moodle"), classroom, "sea")
        assert "url" not in item

    def test_a_visit_is_answered_once(self, classroom: Classroom, picker: Visitor) -> None:
        add(picker, classroom, "sea")
        again = picker.post("/link/settings", quiz="sea", **{"title.sea": "Sea"})
        assert again.status_code == 409
        assert "linking-answered" in again.text
        with classroom.database.reading() as session:
            assert len(session.scalars(select(Placement)).all()) == 1

    @pytest.mark.parametrize(
        ("name", "value", "sentence"),
        [
            ("title", " ", "The title must have 1 to 255 characters."),
            ("title", "x" * 256, "The title must have"),
            ("points", "0", "Points must be a number above 0"),
            ("points", "-1", "Points must be"),
            ("points", "1e3", "Points must be"),
            ("points", "٣", "Points must be"),
            ("attempts", "0", "Attempts must be"),
            ("attempts", "1.5", "Attempts must be"),
            ("due", "tomorrow", "This is no date"),
            ("due", "0001-01-01T00:00", "This is no date"),
            ("due", "2026-03-01T07:00", "due after it opens"),
        ],
    )
    def test_what_makes_no_sense_is_said_and_nothing_is_sent(
        self, classroom: Classroom, picker: Visitor, name: str, value: str, sentence: str
    ) -> None:
        form = {"title.sea": "Sea", "opens.sea": "2026-03-01T08:00", f"{name}.sea": value, "zone": "Asia/Tokyo"}
        response = picker.post("/link/settings", quiz="sea", **form)
        assert response.status_code == 422
        assert sentence in words(response.text)
        assert "JWT" not in response.text
        with classroom.database.reading() as session:
            assert session.scalars(select(Placement)).all() == []

    def test_a_time_zone_that_is_none_is_said(self, picker: Visitor) -> None:
        form = {"title.sea": "Sea", "due.sea": "2026-03-01T08:00", "zone": "../../etc/passwd"}
        assert picker.post("/link/settings", quiz="sea", **form).status_code == 422
        form["zone"] = "Mars/Olympus"
        assert "knows no time zone 'Mars/Olympus'" in words(picker.post("/link/settings", quiz="sea", **form).text)

    def test_without_the_token_nothing_is_sent(self, picker: Visitor) -> None:
        for path in ("/link/settings", "/link/none", "/link/"):
            assert picker.client.post(picker.home + path, data={"quiz": "sea"}).status_code == 403


class TestLaunchOfALink:
    def launched(self, classroom: Classroom, placement: str, name: str = "Ada", **claims: Any) -> Visitor:
        return classroom.launch(name, placement_id=placement, **claims)

    def placed(self, classroom: Classroom, **fields: str) -> str:
        (item,) = add(classroom.pick(), classroom, "sea", **fields)
        placement: str = item["custom"]["placement"]
        return placement

    def test_it_has_the_quiz_and_its_settings(self, classroom: Classroom) -> None:
        placement = self.placed(classroom, points__sea="10", attempts__sea="2", due__sea="2026-03-08T23:59")
        ada = self.launched(classroom, placement)
        text = words(ada.get())
        assert "0 of 2 Attempts" in text or "Attempts 0 of 2" in text
        assert "8 March, 23:59 UTC" in text
        assert "You have 2 attempts; your best attempt counts. It is worth 10 points in the gradebook." in text

    def test_attempts_end_with_the_last(self, classroom: Classroom) -> None:
        ada = self.launched(classroom, self.placed(classroom, attempts__sea="1"))
        ada.take(1, **ALL_RIGHT)
        assert "Try again" not in ada.get("/attempts/1/result")
        assert "You have had every attempt" in words(ada.get())
        assert ada.post("/attempts").location == f"{ada.home}/"
        ada.get("/attempts/2", status=404)

    def test_a_running_attempt_goes_on(self, classroom: Classroom) -> None:
        ada = self.launched(classroom, self.placed(classroom, attempts__sea="1"))
        ada.post("/attempts")
        assert "Continue" in words(ada.get())
        assert ada.post("/attempts").location.endswith("/attempts/1")

    def test_it_opens_when_it_was_set_to(self, classroom: Classroom) -> None:
        tomorrow = utcnow() + timedelta(days=1)
        ada = self.launched(classroom, self.placed(classroom, opens__sea=f"{tomorrow:%Y-%m-%dT%H:%M}"))
        assert "This quiz opens" in words(ada.get())
        assert ada.post("/attempts").location == f"{ada.home}/"
        with time_machine.travel(utcnow() + timedelta(days=1, hours=1)):
            ada = self.launched(classroom, self.placed(classroom))
            assert "Start" in words(ada.get())

    def test_the_lms_s_own_due_date_counts_more(self, classroom: Classroom) -> None:
        placement = self.placed(classroom, due__sea="2026-03-08T23:59")
        ada = self.launched(classroom, placement, due=datetime(2026, 4, 1, 12, tzinfo=UTC))
        assert "1 April, 12:00 UTC" in words(ada.get())
        assert "1 April, 12:00 UTC" in words(self.launched(classroom, placement).get())

    def test_a_copy_of_the_course_begins_with_the_same_settings(self, classroom: Classroom) -> None:
        placement = self.placed(classroom, attempts__sea="1")
        self.launched(classroom, placement).take(1, **ALL_RIGHT)
        copy = self.launched(classroom, placement, context_id="copy", resource_link_id="copied")
        assert "You have one attempt." in words(copy.get())

    def test_a_copy_that_is_known_by_its_history_does_too(self, classroom: Classroom) -> None:
        self.launched(classroom, self.placed(classroom, attempts__sea="1"), resource_link_id="old")
        copy = classroom.launch("Ada", context_id="copy", resource_link_id="new", link_history=("old",))
        assert "You have one attempt." in words(copy.get())

    def test_another_school_s_placement_is_none(self, classroom: Classroom) -> None:
        placement = self.placed(classroom, attempts__sea="1")
        with classroom.database.writing() as session:
            row = session.scalars(select(Registration)).one()
            values = {name: getattr(row, name) for name in ("issuer", "auth_login_url", "auth_token_url", "jwks_url")}
            other = Deployment(registration=Registration(name="B", client_id="b", **values), deployment_id="1")
            session.add(other)
            session.flush()
            classroom.registration_id, classroom.deployment_id = other.registration_id, other.id
        assert "No quiz here yet" in words(self.launched(classroom, placement).get())

    def test_editing_changes_the_links_that_are_there(self, classroom: Classroom) -> None:
        placement = self.placed(classroom, attempts__sea="1", points__sea="4")
        self.launched(classroom, placement)
        copy = self.launched(classroom, placement, "Bob", context_id="copy", resource_link_id="copied")
        editor = classroom.pick(placement_id=placement)
        assert "Change this quiz" in words(editor.get("/link/"))
        assert "checked" in editor.get("/link/")
        page = editor.get("/link/settings?quiz=sea")
        assert 'name="attempts.sea" value="1"' in page
        (item,) = add(editor, classroom, "sea", attempts__sea="3", points__sea="8")
        assert item["custom"]["placement"] == placement
        assert "You have 3 attempts" in words(self.launched(classroom, placement).get())
        assert "You have one attempt." in words(copy.get())  # another course

    def test_picking_another_quiz_while_editing_makes_a_new_placement(self, classroom: Classroom) -> None:
        placement = self.placed(classroom)
        (item,) = add(classroom.pick(placement_id=placement), classroom, "sky")
        assert item["custom"]["placement"] != placement

    def test_a_placement_of_another_course_is_not_edited(self, classroom: Classroom) -> None:
        placement = self.placed(classroom)
        assert "Change this quiz" not in classroom.pick(placement_id=placement, context_id="other").get("/link/")

    def test_settings_are_kept_when_the_lms_sends_no_placement_any_more(self, classroom: Classroom) -> None:
        self.launched(classroom, self.placed(classroom, attempts__sea="1"))
        assert "You have one attempt." in words(classroom.launch("Bob").get())
        with classroom.database.reading() as session:
            assert session.scalars(select(LinkSettings)).one().points is None
            assert session.scalars(select(ResourceLink)).one().quiz_id == "sea"


class TestUpload:
    def test_its_quiz_is_in_the_list_and_can_be_added(self, classroom: Classroom, picker: Visitor) -> None:
        done = upload(picker, "../week 3.md", TIDES)
        assert done.status_code == 200
        assert "week 3.md is in the list and picked." in words(done.text)
        with classroom.database.reading() as session:
            quiz_id = session.scalars(select(CourseQuiz.quiz_id)).one()
        assert re.fullmatch(r"week-3-[0-9a-f]{16}", quiz_id)
        assert re.search(rf'value="{quiz_id}"[^>]*checked', done.text)
        (item,) = add(picker, classroom, quiz_id)
        assert "Start" in words(classroom.launch("Ada", placement_id=item["custom"]["placement"]).get())

    def test_problems_are_shown_with_their_lines(self, classroom: Classroom, picker: Visitor) -> None:
        refused = upload(picker, "broken.md", BROKEN)
        assert refused.status_code == 422
        assert "broken.md cannot be taken yet." in words(refused.text)
        assert "Line 3 No choice of this question is marked as right." in words(refused.text)
        with classroom.database.reading() as session:
            assert session.scalars(select(CourseQuiz)).all() == []

    @pytest.mark.parametrize(
        ("name", "data", "sentence"),
        [
            ("a.pdf", b"%PDF-1.7", "This is a PDF"),
            ("a.md", b"", "The file is empty"),
            ("a.md", b"\xff\xfe\x00", "zero bytes"),
            ("a.md", "Quiz title: é".encode("latin-1"), "not in UTF-8"),
            ("<script>.md", b"\x00", "&lt;script&gt;.md"),
        ],
    )
    def test_what_is_no_quiz_gets_one_sentence(self, picker: Visitor, name: str, data: bytes, sentence: str) -> None:
        refused = upload(picker, name, data)
        assert refused.status_code == 422
        assert sentence in (refused.text if "&" in sentence else words(refused.text))

    def test_a_file_that_is_too_long_gets_a_page(self, picker: Visitor) -> None:
        assert upload(picker, "a.md", b"x" * 5_000_001).status_code == 413

    def test_a_long_file_is_read_elsewhere_it_is_refused(self, picker: Visitor) -> None:
        long = TIDES + b"\n" + b"# " + b"x" * 600_000
        assert upload(picker, "a.md", long).status_code in (200, 422)
        assert picker.post("/link/none", x="x" * 600_000).status_code == 413

    def test_no_file_is_asked_for(self, picker: Visitor) -> None:
        assert "Choose a file first" in words(picker.post("/link/").text)

    def test_a_second_upload_is_a_new_revision(self, classroom: Classroom, picker: Visitor) -> None:
        upload(picker, "tides.md", TIDES)
        upload(picker, "tides.md", TIDES.replace(b"High?", b"Low?"))
        with classroom.database.reading() as session:
            quiz_id = session.scalars(select(CourseQuiz.quiz_id)).one()
        assert "Low?" in words(picker.get(f"/link/preview/{quiz_id}"))

    def test_only_its_course_is_offered_it(self, classroom: Classroom, picker: Visitor) -> None:
        upload(picker, "tides.md", TIDES)
        with classroom.database.reading() as session:
            quiz_id = session.scalars(select(CourseQuiz.quiz_id)).one()
        other = classroom.pick(context_id="other")
        assert "Tides" not in words(other.get("/link/"))
        other.get(f"/link/preview/{quiz_id}", status=404)
        assert other.client.get(f"{other.home}/link/settings?quiz={quiz_id}").status_code == 303
        teacher = classroom.launch("Eve", Role.INSTRUCTOR, context_id="other", resource_link_id="x")
        assert "Tides" not in words(teacher.get("/teach/quiz"))
        teacher.get(f"/teach/preview?quiz={quiz_id}", status=404)
        assert teacher.post("/teach/quiz", quiz_id=quiz_id).status_code == 422
        own = classroom.launch("Grace", Role.INSTRUCTOR, resource_link_id="x")
        assert own.post("/teach/quiz", quiz_id=quiz_id).status_code == 303

    def test_two_courses_may_have_files_of_one_name(self, classroom: Classroom) -> None:
        for context in ("one", "two"):
            assert upload(classroom.pick(context_id=context), "tides.md", TIDES).status_code == 200
        with classroom.database.reading() as session:
            assert len(session.scalars(select(CourseQuiz)).all()) == 2
            for course_id in session.scalars(select(CourseQuiz.course_id)):
                assert [quiz.title for quiz in published(session, course_id)].count("Tides") == 1

    def test_it_is_offered_still_when_the_tool_starts_again(self, classroom: Classroom, picker: Visitor) -> None:
        upload(picker, "tides.md", TIDES)
        publish_all(classroom.database, classroom.config)
        with classroom.database.reading() as session:
            quiz_id = session.scalars(select(CourseQuiz.quiz_id)).one()
            assert session.get_one(Quiz, quiz_id).offered


def test_points_of_a_placement_are_exact(classroom: Classroom, picker: Visitor) -> None:
    add(picker, classroom, "sea", points__sea="0.1")
    with classroom.database.reading() as session:
        assert session.scalars(select(Placement.points)).one() == Decimal("0.1")
