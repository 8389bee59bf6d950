"""Picking quizzes for a course (deep linking), as the server's pages let a teacher."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from content.quiz import Settings
from lti_app.lti.claims import HISTORY_PARAMETERS
from lti_app.models import Placement
from lti_app.services.quizzes import publish
from tests.lti_app.web.classroom import Classroom, Visitor, words
from tests.lti_app.web.picking import CLAIM, LINKING, add, answer_in
from tests.lti_app.web.quizzes import SKY


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

    def test_where_one_is_taken_one_can_be_picked_and_sent(self, classroom: Classroom) -> None:
        picker = classroom.pick(accepts_several=False)
        assert 'type="radio"' in picker.get("/link/")
        assert words(picker.get("/link/settings?quiz=sea&quiz=sky")).count("What students read") == 1
        assert len(add(picker, classroom, "sea", "sky")) == 1

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

    def test_settings_begin_with_what_the_quiz_says(self, classroom: Classroom, picker: Visitor) -> None:
        opens, due = (datetime(2036, 3, day, 8, tzinfo=ZoneInfo("Europe/Berlin")) for day in (1, 8))
        with classroom.database.writing() as session:
            publish(session, replace(SKY, settings=Settings(attempts=2, opens=opens, due=due)))
        page = picker.get("/link/settings?quiz=sky")
        for name, value in (
            ("title", "The sky"),
            ("points", "1"),
            ("attempts", "2"),
            ("opens", "2036-03-01T07:00"),
            ("due", "2036-03-08T07:00"),
        ):
            assert f'name="{name}.sky" value="{value}"' in page

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

    def test_leaving_sends_an_empty_list_and_says_so(self, classroom: Classroom, picker: Visitor) -> None:
        claims = answer_in(picker.post("/link/none").text, classroom)
        assert claims[f"{LINKING}content_items"] == []
        assert claims[f"{LINKING}msg"] == "No quiz was added."
        with classroom.database.reading() as session:
            assert session.scalars(select(Placement)).all() == []

    def test_what_was_picked_needs_no_message(self, classroom: Classroom, picker: Visitor) -> None:
        response = picker.post("/link/settings", quiz="sea", **{"title.sea": "Sea"})
        assert f"{LINKING}msg" not in answer_in(response.text, classroom)

    def test_no_data_is_sent_where_none_came(self, classroom: Classroom, picker: Visitor) -> None:
        assert f"{LINKING}data" not in answer_in(picker.post("/link/none").text, classroom)

    def test_an_item_has_all_that_was_set(self, classroom: Classroom, picker: Visitor) -> None:
        (item,) = add(
            picker,
            classroom,
            "sea",
            title__sea="Week 1 <sea>",
            points__sea="2,5",  # by a comma, as half the world writes it
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
        assert "knows no time zone “Mars/Olympus”" in words(picker.post("/link/settings", quiz="sea", **form).text)

    def test_without_the_token_nothing_is_sent(self, picker: Visitor) -> None:
        for path in ("/link/settings", "/link/none", "/link/"):
            assert picker.client.post(picker.home + path, data={"quiz": "sea"}).status_code == 403
