"""The instructor's pages, as the server sends them."""

import re

import pytest
from sqlalchemy import select, update

from lti_app.models import PassbackState, Quiz, ResourceLink, Role, User, utcnow
from tests.lti_app.web.classroom import Classroom, Visitor, words
from tests.lti_app.web.quizzes import ALL_RIGHT, PARTLY_RIGHT


@pytest.fixture
def unbound(classroom: Classroom) -> Visitor:
    """The teacher at a link where no quiz is chosen yet."""
    return classroom.launch("Grace", Role.INSTRUCTOR, resource_link_title="Week <1>")


def user_id(classroom: Classroom, name: str) -> int:
    with classroom.database.reading() as session:
        return session.scalars(select(User.id).where(User.name == name)).one()


class TestChoice:
    def test_without_a_quiz_the_way_leads_there(self, unbound: Visitor) -> None:
        assert unbound.client.get(f"{unbound.home}/").location == f"{unbound.home}/teach/"
        assert unbound.client.get(f"{unbound.home}/teach/").location == f"{unbound.home}/teach/quiz"

    def test_it_lists_the_quizzes_with_their_size(self, unbound: Visitor) -> None:
        page = unbound.get("/teach/")
        text = words(page)
        assert "Students will find it at “Week <1>” in your course." in text
        assert "The sea & <b>its salts</b> 3 questions · 4 points · 80% to pass Preview Use this quiz" in text
        assert "The sky 1 question · 1 point Preview Use this quiz" in text
        assert f'href="{unbound.home}/teach/preview?quiz=sea"' in page

    def test_the_chosen_quiz_is_bound(self, classroom: Classroom, unbound: Visitor) -> None:
        assert unbound.post("/teach/quiz", quiz_id="sea").location == f"{unbound.home}/teach/"
        with classroom.database.reading() as session:
            assert session.scalars(select(ResourceLink.quiz_id)).one() == "sea"
        assert "The sea" in words(unbound.get("/teach/"))
        assert "Start" in words(classroom.launch("Ada").get())

    def test_it_can_be_changed_until_somebody_has_begun(self, classroom: Classroom, teacher: Visitor) -> None:
        assert teacher.post("/teach/quiz", quiz_id="sky").status_code == 303
        classroom.launch("Ada").post("/attempts")
        refused = teacher.post("/teach/quiz", quiz_id="sea")
        assert refused.status_code == 409
        assert "Students have begun the quiz that is here" in words(refused.text)
        assert "The sky" in words(teacher.get("/teach/"))

    @pytest.mark.parametrize("quiz_id", ["nowhere", "", "<script>"])
    def test_a_quiz_that_is_not_offered_is_refused(self, unbound: Visitor, quiz_id: str) -> None:
        refused = unbound.post("/teach/quiz", quiz_id=quiz_id)
        assert refused.status_code == 422
        assert "no longer offered" in refused.text

    def test_without_the_token_nothing_is_bound(self, unbound: Visitor) -> None:
        assert unbound.client.post(f"{unbound.home}/teach/quiz", data={"quiz_id": "sea"}).status_code == 403
        assert "Choose a quiz" in words(unbound.get("/teach/"))

    def test_where_no_quiz_is_offered_it_says_what_to_do(self, classroom: Classroom, unbound: Visitor) -> None:
        with classroom.database.writing() as session:
            session.execute(update(Quiz).values(offered=False))
        assert "No quizzes are offered yet." in words(unbound.get("/teach/quiz"))


class TestPreview:
    def test_it_shows_key_and_every_feedback(self, teacher: Visitor) -> None:
        text = words(teacher.get("/teach/preview"))
        assert "3 questions, 4 points, 80% to pass." in text
        assert "Shallow TOLD-SHALLOW Deep Right TOLD-DEEP" in text
        assert "Told when right TOLD-WHEN-RIGHT Told when not right TOLD-WHEN-WRONG Told always TOLD-ALWAYS" in text
        assert "Use this quiz" not in text

    def test_another_quiz_can_be_looked_at_and_chosen(self, teacher: Visitor) -> None:
        text = words(teacher.get("/teach/preview?quiz=sky"))
        assert "Blue Right Plaid" in text
        assert "Use this quiz" in text

    @pytest.mark.parametrize("path", ["/teach/preview?quiz=nowhere", "/teach/preview"])
    def test_a_quiz_that_is_not_there_is_a_404(self, unbound: Visitor, path: str) -> None:
        unbound.get(path, status=404)


class TestResults:
    def test_before_anyone_has_begun_it_says_so(self, teacher: Visitor) -> None:
        assert "Nobody has started yet." in words(teacher.get("/teach/"))

    def test_it_shows_who_has_done_what(self, classroom: Classroom, ada: Visitor, teacher: Visitor) -> None:
        ada.take(1, **PARTLY_RIGHT)
        ada.take(2, **ALL_RIGHT)
        ada.post("/attempts")
        classroom.launch("Bob").take(**PARTLY_RIGHT)
        classroom.launch("", sub="nameless").post("/attempts")
        text = words(teacher.get("/teach/"))
        assert "Started 3 Submitted 2 Passed 1" in text
        assert re.search(r"Ada Ada: Attempt 1 Ada: Attempt 2 Ada: Attempt 3 \(not submitted\) 4 of 4 On its way", text)
        assert re.search(r"Bob Bob: Attempt 1 1\.67 of 4 On its way", text)
        assert re.search(r"Student \d+ Student \d+: Attempt 1 \(not submitted\) – Nothing submitted yet", text)

    @pytest.mark.parametrize(
        ("state", "sentence"),
        [
            (PassbackState.SENT, r"Sent \d+ \w+, \d\d:\d\d UTC"),
            (PassbackState.FAILED, r"Stuck\. Not enrolled <b>\."),
            (PassbackState.WAITING, r"On its way: Not enrolled <b>\. It is tried again by itself\."),
        ],
    )
    def test_it_says_where_each_grade_is_and_why(
        self, classroom: Classroom, ada: Visitor, teacher: Visitor, state: PassbackState, sentence: str
    ) -> None:
        ada.take(**ALL_RIGHT)
        classroom.set_grade(state, last_error="Not enrolled <b>.", sent_at=utcnow())
        text = words(teacher.get("/teach/"))
        assert re.search(sentence, text)
        assert ("Grades stuck 1" in text) is (state is PassbackState.FAILED)

    def test_a_quiz_without_a_pass_mark_counts_no_passes(self, classroom: Classroom) -> None:
        teacher = classroom.launch("Grace", Role.INSTRUCTOR, quiz_id="sky")
        classroom.launch("Ada").take(colour=[0])
        text = words(teacher.get("/teach/"))
        assert "1 of 1" in text
        assert "Passed" not in text

    def test_students_of_another_link_are_not_listed(self, classroom: Classroom, teacher: Visitor) -> None:
        classroom.launch("Eve", quiz_id="sea", resource_link_id="week-2").take(**ALL_RIGHT)
        assert "Eve" not in teacher.get("/teach/")
        teacher.get(f"/teach/students/{user_id(classroom, 'Eve')}/attempts/1", status=404)


class TestAttempt:
    def test_it_shows_answers_key_and_score(self, classroom: Classroom, ada: Visitor, teacher: Visitor) -> None:
        ada.take(**PARTLY_RIGHT)
        text = words(teacher.get(f"/teach/students/{user_id(classroom, 'Ada')}/attempts/1"))
        assert "1.67 of 4 points Not passed 80% needed, 41.6% reached On its way" in text
        assert "Shallow Picked, wrong TOLD-SHALLOW Deep Right answer" in text

    def test_a_running_one_shows_what_is_saved_so_far(
        self, classroom: Classroom, ada: Visitor, teacher: Visitor
    ) -> None:
        ada.post("/attempts")
        ada.save(1, "depth", [1])
        text = words(teacher.get(f"/teach/students/{user_id(classroom, 'Ada')}/attempts/1"))
        assert "saved so far" in text
        assert "Deep Picked, right" in text
        assert "Passed" not in text

    def test_others_of_the_student_are_a_click_away(self, classroom: Classroom, ada: Visitor, teacher: Visitor) -> None:
        ada.take(1, **PARTLY_RIGHT)
        ada.take(2, **ALL_RIGHT)
        page = teacher.get(f"/teach/students/{user_id(classroom, 'Ada')}/attempts/2")
        assert "/attempts/1" in page
        assert 'attempts/2" aria-current="page"' in page

    @pytest.mark.parametrize(
        "path",
        [
            "/teach/students/99/attempts/1",
            "/teach/students/1/attempts/9",
            f"/teach/students/{10**20}/attempts/{10**20}",
        ],
    )
    def test_one_that_is_not_there_is_a_404(self, ada: Visitor, teacher: Visitor, path: str) -> None:
        ada.take(**ALL_RIGHT)
        teacher.get(path, status=404)


@pytest.mark.parametrize(
    "path", ["/teach/", "/teach/quiz", "/teach/preview", "/teach/preview?quiz=sea", "/teach/students/1/attempts/1"]
)
def test_learners_see_none_of_it(ada: Visitor, path: str) -> None:
    ada.take(**ALL_RIGHT)
    assert "TOLD-" not in ada.get(path, status=403)


def test_learners_bind_no_quiz(classroom: Classroom, ada: Visitor) -> None:
    assert ada.post("/teach/quiz", quiz_id="sky").status_code == 403
    with classroom.database.reading() as session:
        assert session.scalars(select(ResourceLink.quiz_id)).one() == "sea"


def test_markup_in_a_students_name_is_text(classroom: Classroom, teacher: Visitor) -> None:
    name = "<img src=x onerror=alert(1)>"
    classroom.launch(name).take(**ALL_RIGHT)
    for path in ("/teach/", f"/teach/students/{user_id(classroom, name)}/attempts/1"):
        page = teacher.get(path)
        assert "<img" not in page
        assert "&lt;img src=x onerror=alert(1)&gt;" in page
