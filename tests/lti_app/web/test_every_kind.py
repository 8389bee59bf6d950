"""Pages of a quiz with questions of every kind: what may be seen, files and images, and what a person grades."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import update

from content.identity import with_ids
from content.quiz import Seen, Settings, Shown
from content.quizzes import showcase
from content.readers import read_file
from lti_app.models import Attempt, ResourceLink, Role, utcnow
from lti_app.services.attempts import settle_overdue
from lti_app.services.quizzes import publish
from tests.lti_app.web.classroom import Classroom, Visitor, words

Give = Callable[..., Visitor]
LATER = utcnow() + timedelta(days=1)


@pytest.fixture
def give(classroom: Classroom) -> Give:
    """Publishes the showcase with these settings; returns a student who has begun it."""
    read = read_file(showcase()).quiz
    assert read is not None

    def give(**settings: Any) -> Visitor:
        with classroom.database.writing() as session:
            publish(session, replace(with_ids(read), settings=Settings(**settings)))
        ada = classroom.launch("Ada", quiz_id="showcase", resource_link_id="all")
        ada.post("/attempts")
        return ada

    return give


def grace(classroom: Classroom) -> Visitor:
    return classroom.launch("Grace", Role.INSTRUCTOR, resource_link_id="all")


def hand_in(student: Visitor, data: bytes = b"%PDF-1.7") -> Any:
    return student.post("/attempts/1/files/model-card", **{"q.model-card": (BytesIO(data), "../my card.pdf")})


class TestPolicy:
    @pytest.mark.parametrize(
        ("settings", "says"),
        [
            ({"show_feedback": Shown.NEVER}, "does not show its results here"),
            ({"show_feedback": Shown.AFTER_CLOSE, "closes": LATER}, "when the quiz has closed"),
            ({"show_feedback": Shown.AFTER_CLOSE}, "Your teacher decides"),
            ({"show_feedback": Shown.AFTER_LAST_ATTEMPT, "attempts": 2}, "once you have had your last attempt"),
            ({"show_after": LATER}, "You can see your result from"),
        ],
    )
    def test_a_result_that_is_not_shown_yet_is_not_in_any_page(
        self, give: Give, settings: dict[str, Any], says: str
    ) -> None:
        ada = give(**settings)
        ada.post("/attempts/1/submit", confirmed="yes")
        assert says in words(ada.get("/attempts/1/result"))
        for path in ("/", "/attempts/1/result"):
            assert "33.75 points" not in words(ada.get(path))
            assert "overfits" not in ada.get(path)

    def test_after_the_last_attempt_the_results_of_all_are_shown(self, give: Give) -> None:
        ada = give(show_feedback=Shown.AFTER_LAST_ATTEMPT, attempts=2)
        ada.post("/attempts/1/submit", confirmed="yes")
        ada.take(2)
        for number in (1, 2):
            assert "of 33.75 points" in words(ada.get(f"/attempts/{number}/result"))

    @pytest.mark.parametrize(
        ("level", "told"),
        [
            (Seen.SCORE, 0),
            (Seen.OWN_ANSWERS, 2),
            (Seen.RIGHT_OR_WRONG, 3),
            (Seen.EVERYTHING, 6),
        ],
    )
    def test_students_see_as_much_as_the_quiz_says(
        self, classroom: Classroom, give: Give, level: Seen, told: int
    ) -> None:
        ada = give(students_see=level)
        ada.put("/attempts/1/answers/canary", {"q.canary": ["crow"]}, 1)
        ada.put("/attempts/1/answers/postmortem", {"q.postmortem": ["my essay"]}, 1)
        ada.post("/attempts/1/submit", confirmed="yes")
        grace(classroom).post("/teach/students/1/attempts/1/grades/postmortem", points="1", comment="Well done")
        page = words(ada.get("/attempts/1/result"))
        assert "of 33.75 points" in page
        everything = ["crow", "my essay", "Not right", "named after a bird", "canary deployment", "Well done"]
        assert [one for one in everything if one in page] == everything[:told]
        assert "1 of 33.75" in words(ada.get())

    def test_the_key_can_wait_longer_than_the_feedback(self, give: Give) -> None:
        ada = give(show_answers=Shown.AFTER_CLOSE, closes=LATER)
        ada.put("/attempts/1/answers/canary", {"q.canary": ["crow"]}, 1)
        ada.post("/attempts/1/submit", confirmed="yes")
        page = words(ada.get("/attempts/1/result"))
        assert "It is named after a bird." in page
        assert "canary deployment" not in page


class TestTime:
    def test_who_has_to_wait_is_told_before_and_until_when_and_a_forged_start_is_refused(self, give: Give) -> None:
        ada = give(wait_between_attempts=90, show_feedback=Shown.NEVER)
        assert "Between two attempts you wait at least 90 minutes." in words(ada.get())
        ada.post("/attempts/1/submit", confirmed="yes")
        refused = ada.post("/attempts")
        assert refused.location == ada.home + "/"
        for path in ("/", "/attempts/1/result"):
            page = ada.get(path)
            assert re.search(r"Your next attempt is possible from \w+ .* on\.", words(page))
            assert "Try again" not in page
        ada.get("/attempts/2", status=404)

    def test_a_wait_that_ends_after_the_quiz_is_told_as_such(self, give: Give) -> None:
        ada = give(wait_between_attempts=90, closes=utcnow() + timedelta(minutes=80))
        ada.post("/attempts/1/submit", confirmed="yes")
        for path in ("/", "/attempts/1/result"):
            assert "but the quiz closes before." in words(ada.get(path))
            assert "Try again" not in ada.get(path)

    def test_the_page_says_when_it_ends_and_what_comes_then(self, give: Give) -> None:
        ada = give(time_limit=75)
        assert re.search(r"You have time until .*submitted by itself", words(ada.get("/attempts/1")))
        assert "Time 75 min" in words(ada.get())

    def test_who_comes_back_reads_that_the_clock_runs(self, give: Give) -> None:
        text = words(give(time_limit=75).get())
        assert "The clock runs, also while you are away." in text
        assert "The clock starts" not in text

    def test_a_quiz_that_closes_before_ones_time_is_up_says_so_before_the_start(self, give: Give) -> None:
        soon = "The quiz closes before your time would be up: if you start now, you have until"
        ada = give(time_limit=75, closes=utcnow() + timedelta(minutes=5))
        ada.post("/attempts/1/submit", confirmed="yes")
        assert soon in words(ada.get())
        ada = give(time_limit=75, closes=LATER)
        ada.post("/attempts/2/submit", confirmed="yes")
        assert soon not in words(ada.get())
        ada = give(closes=LATER)
        assert "but what is saved when the quiz closes is submitted by itself" in words(ada.get())

    def test_all_that_there_is_to_know_stands_above_the_button(self, classroom: Classroom, give: Give) -> None:
        ada = give(time_limit=75, due=LATER)
        ada.post("/attempts/1/submit", confirmed="yes")
        with classroom.database.writing() as session:
            session.execute(update(ResourceLink).values(late_percent=7))
        page = words(ada.get())
        costs = "Each begun day after the due date costs 7% of the points."
        assert page.index("The clock starts with") < page.index(costs) < page.index("Try again Your attempts")

    def test_an_attempt_whose_time_is_up_is_submitted_when_nobody_comes_back(
        self, classroom: Classroom, give: Give
    ) -> None:
        ada = give(time_limit=75)
        ada.put("/attempts/1/answers/gradient", {"q.gradient": ["1.5"]}, 1)
        with classroom.database.writing() as session:
            session.execute(update(Attempt).values(ends_at=utcnow() - timedelta(minutes=1)))
        assert settle_overdue(classroom.database) == 1
        assert ada.put("/attempts/1/answers/gradient", {"q.gradient": ["2"]}, 2).status_code == 409
        assert "1.5 of 33.75 points" in words(ada.get("/attempts/1/result"))


class TestFiles:
    def test_a_file_comes_back_to_its_student_and_teacher_and_to_nobody_else(
        self, classroom: Classroom, give: Give
    ) -> None:
        ada = give()
        assert hand_in(ada).json == {"saved": True, "name": "my card.pdf", "sequence": 1}
        own = ada.client.get(f"{ada.home}/attempts/1/files/model-card")
        assert (own.data, own.content_type) == (b"%PDF-1.7", "application/pdf")
        assert own.headers["Content-Disposition"].startswith("attachment")
        assert "sandbox" in own.headers["Content-Security-Policy"]
        teacher = grace(classroom)
        page = teacher.get("/teach/students/1/attempts/1")
        link = re.search(r'href="([^"]+/files/model-card)"', page)
        assert link is not None
        assert teacher.client.get(link[1]).data == b"%PDF-1.7"
        bob = classroom.launch("Bob", resource_link_id="all")
        bob.get("/attempts/1/files/model-card", status=404)

    def test_a_file_of_another_kind_is_refused_in_a_sentence(self, give: Give) -> None:
        ada = give()
        refused = hand_in(ada, b"MZ\x90\x00\xff")
        assert refused.status_code == 422
        assert "not taken" in refused.json["sentence"]
        ada.get("/attempts/1/files/model-card", status=404)

    def test_a_page_with_such_a_file_stores_nothing_and_says_why(self, give: Give) -> None:
        ada = give()
        fake = (BytesIO(b"GIF89a"), "card.pdf")
        refused = ada.post("/attempts/1/submit", confirmed="yes", **{"q.gradient": "1.5", "q.model-card": fake})
        assert refused.status_code == 422
        assert "One of your answers cannot be taken This file is not what its name says" in words(refused.text)
        assert "0 of 18 answered" in words(ada.get("/attempts/1"))

    def test_an_essay_that_is_too_long_says_how_long_it_may_be(self, give: Give) -> None:
        ada = give()
        essay = {"q.postmortem": "x" * 1_000_000}
        refused = ada.post("/attempts/1/submit", confirmed="yes", **essay)
        assert refused.status_code == 422
        assert "it has 1,000,000 characters, and 100,000 are allowed" in words(refused.text)
        assert 'value="yes"' not in ada.get("/attempts/1")


class TestPictures:
    def test_an_image_of_the_quiz_is_at_its_digest_and_runs_no_script(self, give: Give) -> None:
        ada = give()
        addresses = set(re.findall(r'src="(/pictures/\w{64})"', ada.get("/attempts/1")))
        assert len(addresses) == 2
        for address in addresses:
            picture = ada.client.get(address)
            assert picture.content_type in {"image/png", "image/svg+xml"}
            assert "sandbox" in picture.headers["Content-Security-Policy"]
            assert "immutable" in picture.headers["Cache-Control"]
        assert ada.client.get("/pictures/" + "0" * 64).status_code == 404


class TestGradingByHand:
    PATH = "/teach/students/1/attempts/1"

    @pytest.fixture
    def teacher(self, classroom: Classroom, give: Give) -> Visitor:
        """The teacher of a student who has written an essay and nothing else."""
        ada = give()
        ada.put("/attempts/1/answers/postmortem", {"q.postmortem": ["A <b>clock</b> was wrong."]}, 1)
        ada.post("/attempts/1/submit", confirmed="yes")
        return grace(classroom)

    def test_until_then_the_results_say_what_the_attempt_waits_for(self, teacher: Visitor) -> None:
        text = words(teacher.get("/teach/"))
        assert "Started 1 Submitted 1" in text
        assert "Ada: Attempt 1 (to grade) – Waits to be graded" in text
        (student,) = re.findall(r"/teach/students/(\d+)/", teacher.get("/teach/"))
        assert "Answers wait to be graded by hand" in words(teacher.get(f"/teach/students/{student}/grade"))

    def test_points_and_a_comment_reach_the_student(self, classroom: Classroom, teacher: Visitor) -> None:
        assert "Not final yet" in words(teacher.get(self.PATH))
        assert "A &lt;b&gt;clock&lt;/b&gt; was wrong." in teacher.get(self.PATH)
        given = teacher.post(f"{self.PATH}/grades/postmortem", points="2,5", comment="<i>Good.</i>")
        assert given.status_code == 303
        assert "Not final yet" not in words(teacher.get(self.PATH))
        result = classroom.launch("Ada", resource_link_id="all").get("/attempts/1/result")
        assert "2.5 of 33.75 points" in words(result)
        assert "&lt;i&gt;Good.&lt;/i&gt;" in result

    @pytest.mark.parametrize(("points", "says"), [("9", "from 0 to 5"), ("-1", "from 0 to 5"), ("many", "a number")])
    def test_points_that_cannot_be_given_come_back_with_the_comment(
        self, teacher: Visitor, points: str, says: str
    ) -> None:
        refused = teacher.post(f"{self.PATH}/grades/postmortem", points=points, comment="Long and wise.")
        assert refused.status_code == 422
        assert says in words(refused.text)
        assert f'value="{points}"' in refused.text
        assert "Long and wise.</textarea>" in refused.text
        assert "Not final yet" in words(teacher.get(self.PATH))

    def test_only_what_a_person_grades_can_be_graded(self, teacher: Visitor) -> None:
        refused = teacher.post(f"{self.PATH}/grades/gradient", points="1", comment="")
        assert refused.status_code == 422

    def test_a_student_cannot_grade(self, classroom: Classroom, teacher: Visitor) -> None:
        del teacher
        ada = classroom.launch("Ada", resource_link_id="all")
        assert ada.post(f"{self.PATH}/grades/postmortem", points="5", comment="").status_code == 403
