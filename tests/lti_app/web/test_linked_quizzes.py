"""Quizzes that were linked by deep linking, as students and teachers find them."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import time_machine
from sqlalchemy import select

from lti_app.models import Deployment, LinkSettings, Placement, Registration, ResourceLink, utcnow
from tests.lti_app.web.classroom import Classroom, Visitor, words
from tests.lti_app.web.picking import add
from tests.lti_app.web.quizzes import ALL_RIGHT


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


def test_points_of_a_placement_are_exact(classroom: Classroom, picker: Visitor) -> None:
    add(picker, classroom, "sea", points__sea="0.1")
    with classroom.database.reading() as session:
        assert session.scalars(select(Placement.points)).one() == Decimal("0.1")
