"""The student's pages, as the server sends them."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from sqlalchemy import update
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from content.questions import Essay, FileUpload, Matching, Pair
from content.quiz import Shown
from lti_app.models import Attempt, PassbackState, Quiz, Role, utcnow
from lti_app.services.files import LARGEST_FILE
from lti_app.services.quizzes import publish
from lti_app.services.responses import LONGEST_ESSAY
from tests.lti_app.fixtures import database_kind
from tests.lti_app.web.classroom import LINE_ITEM, Classroom, Visitor, words
from tests.lti_app.web.quizzes import ALL_RIGHT, PARTLY_RIGHT, SEA

__all__ = ["database_kind"]  # these run on both databases


class TestStart:
    def test_it_says_what_to_expect(self, ada: Visitor) -> None:
        text = words(ada.get())
        for expected in ("Questions 3", "Points 4", "To pass 80%", "Attempts No limit", "Start"):
            assert expected in text
        assert "All about <em>water</em>." in ada.get()

    def test_every_page_says_whose_it_is(self, ada: Visitor) -> None:
        ada.take(**ALL_RIGHT)
        ada.post("/attempts")
        for path in ("/", "/attempts/1/result", "/attempts/2"):
            assert "Signed in as Ada Seas & skies Not you?" in words(ada.get(path))

    def test_a_person_whose_name_the_lms_keeps_to_itself_has_one_of_ours(self, classroom: Classroom) -> None:
        assert re.search(r"Signed in as Student \d+ ", words(classroom.launch("", quiz_id="sea").get()))

    def test_a_quiz_without_a_pass_mark_names_none(self, classroom: Classroom) -> None:
        assert "To pass" not in words(classroom.launch("Ada", quiz_id="sky").get())

    def test_while_no_quiz_is_chosen_it_says_so_and_starts_nothing(self, classroom: Classroom) -> None:
        ada = classroom.launch("Ada")
        assert "No quiz here yet" in words(ada.get())
        assert ada.post("/attempts").location == f"{ada.home}/"

    def test_a_running_attempt_is_offered_to_be_continued(self, ada: Visitor) -> None:
        assert ada.post("/attempts").location == f"{ada.home}/attempts/1"
        assert f'href="{ada.home}/attempts/1">Continue' in ada.get()
        assert ada.post("/attempts").location == f"{ada.home}/attempts/1"

    def test_finished_attempts_are_listed_and_the_best_is_marked(self, ada: Visitor) -> None:
        ada.take(1, **ALL_RIGHT)
        ada.take(2, **PARTLY_RIGHT)
        text = words(ada.get())
        assert re.search(r"Attempts 2 so far.*Try again.*Attempt 2 .* 1\.67 of 4 .*Attempt 1 .* 4 of 4 Counts", text)
        assert text.count("Counts") == 1

    def test_those_who_teach_are_led_to_their_own_pages(self, teacher: Visitor) -> None:
        assert teacher.client.get(teacher.home + "/").location == f"{teacher.home}/teach/"
        assert teacher.post("/attempts").location == f"{teacher.home}/teach/"


class TestAttempt:
    def test_the_next_one_begins_where_time_was_up_and_nobody_has_submitted(self, ada: Visitor) -> None:
        ada.post("/attempts")
        with ada.client.application.extensions["quizferry"].database.writing() as session:
            session.execute(update(Attempt).values(ends_at=utcnow() - timedelta(minutes=1)))
        assert ada.post("/attempts").location == f"{ada.home}/attempts/2"
        assert "Attempt 1" in words(ada.get())

    def test_every_question_is_asked_with_its_natural_control(self, ada: Visitor) -> None:
        ada.post("/attempts")
        page = ada.get("/attempts/1")
        assert re.findall(r'<input type="(radio|checkbox)" name="q\.(\w+)" value="(\d)"', page) == [
            *[("radio", "depth", str(place)) for place in range(2)],
            *[("checkbox", "salts", str(place)) for place in range(4)],
            *[("radio", "wet", str(place)) for place in range(2)],
        ]
        assert words(page).count("Choose all that apply") == 1
        assert "0 of 3 answered" in words(page)

    def test_prose_is_rendered_with_formulas_and_code(self, ada: Visitor) -> None:
        ada.post("/attempts")
        page = ada.get("/attempts/1")
        assert "<math" in page
        assert '<code dir="ltr">Deep</code>' in page

    def test_saved_answers_are_shown_again(self, ada: Visitor) -> None:
        ada.post("/attempts")
        ada.save(1, "salts", [0, 3], sequence=7)
        page = ada.get("/attempts/1")
        assert re.findall(r'name="q\.salts" value="(\d)" checked', page) == ["0", "3"]
        assert 'data-question="salts" data-number="2" data-sequence="7"' in page
        assert "1 of 3 answered" in words(page)

    def test_after_the_submission_it_leads_to_the_result(self, ada: Visitor) -> None:
        ada.take(**ALL_RIGHT)
        assert ada.client.get(f"{ada.home}/attempts/1").location == f"{ada.home}/attempts/1/result"

    def test_the_result_of_a_running_attempt_leads_back_to_it(self, ada: Visitor) -> None:
        ada.post("/attempts")
        assert ada.client.get(f"{ada.home}/attempts/1/result").location == f"{ada.home}/attempts/1"

    @pytest.mark.parametrize("path", ["/attempts/1", "/attempts/1/result", "/attempts/7", f"/attempts/{10**20}"])
    def test_another_students_attempt_is_not_there(self, classroom: Classroom, ada: Visitor, path: str) -> None:
        ada.take(**ALL_RIGHT)
        bob = classroom.launch("Bob", quiz_id="sea")
        bob.get(path, status=404)
        assert bob.save(1, "depth", [0]).status_code == 404
        assert bob.post("/attempts/1/submit").status_code == 404

    def test_an_attempt_at_another_link_is_not_there(self, classroom: Classroom, ada: Visitor) -> None:
        ada.take(**ALL_RIGHT)
        classroom.launch("Ada", quiz_id="sea", resource_link_id="week-2").get("/attempts/1/result", status=404)


class TestSubmit:
    def test_open_questions_are_named_once_and_what_was_answered_is_saved(self, ada: Visitor) -> None:
        ada.post("/attempts")
        response = ada.post("/attempts/1/submit", **{"q.depth": ["", "1"], "q.salts": "", "q.wet": ""})
        assert response.location == f"{ada.home}/attempts/1?check=open#finish"
        page = ada.get("/attempts/1?check=open")
        assert "2 questions have no answer" in words(page)
        assert 'name="confirmed" value="yes">Submit anyway' in page
        assert 'name="q.depth" value="1" checked' in page
        assert [number for number in "123" if f'<li id="open-{number}"><a' in page] == ["2", "3"]

    def test_with_everything_answered_nothing_is_asked(self, ada: Visitor) -> None:
        ada.post("/attempts")
        fields = {f"q.{question_id}": picks for question_id, picks in ALL_RIGHT.items()}
        assert ada.post("/attempts/1/submit", **fields).location == f"{ada.home}/attempts/1/result"

    def test_an_essay_of_spaces_is_open_as_its_page_says(self, classroom: Classroom) -> None:
        with classroom.database.writing() as session:
            publish(session, replace(SEA, id="essay", parts=(Essay(id="why", stem="Why?"),)))
        ada = classroom.launch("Ada", quiz_id="essay", resource_link_id="essay")
        ada.post("/attempts")
        asked = ada.post("/attempts/1/submit", **{"q.why": "  \r\n "})
        assert asked.location == f"{ada.home}/attempts/1?check=open#finish"
        assert "1 question has no answer" in words(ada.get("/attempts/1?check=open"))

    def test_a_page_of_more_than_a_thousand_fields_is_taken_without_scripts(self, classroom: Classroom) -> None:
        pairs = tuple(Pair(left=f"Sea {number}", right=f"Depth {number}") for number in range(20))
        questions = tuple(Matching(id=f"seas-{number}", stem="Match them.", pairs=pairs) for number in range(60))
        with classroom.database.writing() as session:
            publish(session, replace(SEA, id="long", parts=questions))
        ada = classroom.launch("Ada", quiz_id="long", resource_link_id="long")
        ada.post("/attempts")
        names = re.findall(r'name="(q\.[^"]+\.\d+)"', ada.get("/attempts/1"))
        assert len(names) == 1200
        sent = {"csrf_token": ada.csrf_token, **dict.fromkeys(names, "0")}
        response = ada.client.post(f"{ada.home}/attempts/1/submit", data=sent, content_type="multipart/form-data")
        assert response.location == f"{ada.home}/attempts/1/result"

    def test_several_large_files_and_an_essay_are_taken_at_once_without_scripts(self, classroom: Classroom) -> None:
        questions = (Essay(id="why", stem="Why?"), *(FileUpload(id=name, stem="Your map") for name in ("map", "chart")))
        with classroom.database.writing() as session:
            publish(session, replace(SEA, id="files", parts=questions))
        ada = classroom.launch("Ada", quiz_id="files", resource_link_id="files")
        ada.post("/attempts")
        data = b"%PDF-1.7" + bytes(LARGEST_FILE - 8)
        sent = {f"q.{name}": FileStorage(BytesIO(data), f"{name}.pdf") for name in ("map", "chart")}
        boundary, body = encode_multipart({"csrf_token": ada.csrf_token, "q.why": "x" * LONGEST_ESSAY, **sent})
        kind = f"multipart/form-data; boundary={boundary}"
        response = ada.client.post(f"{ada.home}/attempts/1/submit", data=body, content_type=kind)
        assert response.location == f"{ada.home}/attempts/1/result"

    def test_a_form_takes_back_what_is_no_longer_picked(self, ada: Visitor) -> None:
        ada.post("/attempts")
        ada.save(1, "salts", [0, 1])
        ada.post("/attempts/1/submit", confirmed="yes", **{"q.salts": ""})
        assert "0 of 4 points" in words(ada.get("/attempts/1/result"))

    def test_saved_answers_count_where_the_form_does_not_show_the_question(self, ada: Visitor) -> None:
        ada.post("/attempts")
        ada.save(1, "depth", [1])
        ada.post("/attempts/1/submit", confirmed="yes")
        assert "1 of 4 points" in words(ada.get("/attempts/1/result"))

    def test_twice_is_harmless(self, ada: Visitor) -> None:
        ada.take(**ALL_RIGHT)
        again = ada.post("/attempts/1/submit", **{"q.depth": "0"})
        assert again.location == f"{ada.home}/attempts/1/result"
        assert "4 of 4 points" in words(ada.get("/attempts/1/result"))

    @pytest.mark.parametrize("picks", ["7", "-1", "x", ["0", "1"], "9" * 5000])
    def test_positions_that_the_page_does_not_offer_are_refused_and_nothing_is_stored(
        self, ada: Visitor, picks: object
    ) -> None:
        ada.post("/attempts")
        response = ada.post("/attempts/1/submit", confirmed="yes", **{"q.salts": "1", "q.depth": picks})
        assert response.status_code == 422
        assert "0 of 3 answered" in words(ada.get("/attempts/1"))

    def test_questions_without_a_way_back_are_not_asked_for_again(self, classroom: Classroom) -> None:
        settings = replace(SEA.settings, one_question_at_a_time=True, cant_go_back=True)
        with classroom.database.writing() as session:
            publish(session, replace(SEA, id="one-way", settings=settings))
        ada = classroom.launch("Ada", quiz_id="one-way", resource_link_id="one-way")
        ada.post("/attempts")
        for step in (0, 1):
            ada.post("/attempts/1/submit", step=step, go=step + 1)
        asked = ada.post("/attempts/1/submit", step=2)
        assert "1 question has no answer" in words(ada.get("/attempts/1?check=open"))
        assert "check=open" in asked.location
        submitted = ada.post("/attempts/1/submit", step=2, **{"q.wet": "0"})
        assert submitted.location.endswith("/attempts/1/result")
        assert "1 of 4 points" in words(ada.get("/attempts/1/result"))


class TestResult:
    def test_it_shows_score_picks_key_and_feedback(self, ada: Visitor) -> None:
        ada.take(**PARTLY_RIGHT)
        text = words(ada.get("/attempts/1/result"))
        assert "1.67 of 4 points" in text
        assert "Not passed yet 80% needed, you have 41.6%" in text
        assert "Question 1 Wrong 0 of 1 point" in text
        assert "Shallow Your answer, wrong TOLD-SHALLOW Deep Right answer TOLD-WHEN-WRONG TOLD-ALWAYS" in text
        assert "Question 2 Partly right 0.67 of 2 points" in text
        assert "Sodium chloride Your answer, right TOLD-SODIUM Sugar Your answer, wrong TOLD-SUGAR" in text
        assert "Magnesium sulfate Your answer, right Potassium chloride Right answer" in text
        assert "Question 3 Right 1 of 1 point" in text
        assert "TOLD-DEEP" not in text
        assert "TOLD-WHEN-RIGHT" not in text

    def test_it_says_passed(self, ada: Visitor) -> None:
        ada.take(**ALL_RIGHT)
        assert "4 of 4 points Passed 80% needed, you have 100%" in words(ada.get("/attempts/1/result"))

    def test_an_open_question_is_no_wrong_one(self, ada: Visitor) -> None:
        ada.take(wet=[0])
        assert "Question 1 No answer 0 of 1 point" in words(ada.get("/attempts/1/result"))

    def test_a_quiz_that_keeps_its_key_marks_ones_own_picks_only(self, classroom: Classroom) -> None:
        settings = replace(SEA.settings, show_answers=Shown.NEVER)
        with classroom.database.writing() as session:
            publish(session, replace(SEA, id="quiet", settings=settings))
        ada = classroom.launch("Ada", quiz_id="quiet")
        ada.take(**PARTLY_RIGHT)
        text = words(ada.get("/attempts/1/result"))
        assert "Shallow Your answer, wrong TOLD-SHALLOW Deep TOLD-WHEN-WRONG" in text
        assert "Right answer" not in text

    def test_a_new_attempt_can_be_started_or_continued(self, ada: Visitor) -> None:
        ada.take(**ALL_RIGHT)
        assert "Try again" in words(ada.get("/attempts/1/result"))
        ada.post("/attempts")
        assert "Continue your attempt" in words(ada.get("/attempts/1/result"))

    @pytest.mark.parametrize(
        ("state", "sentence", "final"),
        [
            (PassbackState.WAITING, "On its way to your course’s gradebook", False),
            (PassbackState.SENDING, "On its way to your course’s gradebook", False),
            (PassbackState.SENT, "In the gradebook since 3 May, 14:02 UTC", True),
            (PassbackState.FAILED, "Stuck on its way to the gradebook. Your teacher can see why.", True),
        ],
    )
    def test_it_says_how_far_the_grade_is(
        self, classroom: Classroom, ada: Visitor, state: PassbackState, sentence: str, final: bool
    ) -> None:
        ada.take(**ALL_RIGHT)
        classroom.set_grade(state, sent_at=datetime(2026, 5, 3, 14, 2, 59, tzinfo=UTC), last_error="SECRET-REASON")
        for page in (ada.get("/attempts/1/result"), ada.get("/grade")):
            assert sentence in words(page)
            assert ('data-final="true"' in page) is final
            assert "SECRET-REASON" not in page

    def test_where_the_lms_keeps_no_grade_it_says_so(self, classroom: Classroom) -> None:
        ada = classroom.launch("Ada", quiz_id="sea", lineitem_url=None)
        ada.take(**ALL_RIGHT)
        assert "no place in your course’s gradebook" in words(ada.get("/attempts/1/result"))

    def test_while_a_person_grades_it_says_that_the_grade_goes_out_then(self, classroom: Classroom) -> None:
        with classroom.database.writing() as session:
            publish(session, replace(SEA, parts=(Essay(id="why", stem="Why?"),)))
        ada, grace = classroom.launch("Ada", quiz_id="sea"), classroom.launch("Grace", Role.INSTRUCTOR)
        ada.take(why=["The moon."])
        for page in (ada.get("/attempts/1/result"), ada.get("/grade")):
            assert "Goes to your course’s gradebook once all of it is graded" in words(page)
            assert "no place" not in words(page)
        (user_id,) = re.findall(r"/students/(\d+)/attempts/1", grace.get("/teach/"))
        assert "Not sent yet" in words(grace.get(f"/teach/students/{user_id}/attempts/1"))
        grace.post(f"/teach/students/{user_id}/attempts/1/grades/why", points="1")
        assert "On its way to your course’s gradebook" in words(ada.get("/attempts/1/result"))

    def test_an_attempt_is_shown_with_the_quiz_that_it_was_taken_with(self, classroom: Classroom, ada: Visitor) -> None:
        ada.take(**ALL_RIGHT)
        with classroom.database.writing() as session:
            session.get_one(Quiz, "sea").title = "Another"
        assert "The sea" in words(ada.get("/attempts/1/result"))


class TestMarkup:
    HOSTILE = "<script>alert(1)</script>\"'&"

    def test_in_names_and_titles_is_text(self, classroom: Classroom) -> None:
        mallory = classroom.launch(self.HOSTILE, quiz_id="sea", context_title=self.HOSTILE, lineitem_url=LINE_ITEM)
        mallory.take(**ALL_RIGHT)
        mallory.post("/attempts")
        for path in ("/", "/attempts/1/result", "/attempts/2"):
            page = mallory.get(path)
            assert "<script>alert" not in page
            assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 2
            assert "The sea &amp; &lt;b&gt;its salts&lt;/b&gt;" in page

    def test_no_page_has_a_script_of_its_own(self, ada: Visitor) -> None:
        ada.take(**ALL_RIGHT)
        ada.post("/attempts")
        for path in ("/", "/attempts/1/result", "/attempts/2"):
            page = ada.get(path)
            assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", page))
            assert not re.search(r"<[^>]+ on\w+=|<style", page)


class TestForms:
    @pytest.mark.parametrize("path", ["/attempts", "/attempts/1/submit"])
    def test_without_the_token_nothing_happens(self, ada: Visitor, path: str) -> None:
        ada.post("/attempts")
        assert ada.client.post(ada.home + path, data={"q.depth": "1"}).status_code == 403
        assert "0 of 3 answered" in words(ada.get("/attempts/1"))

    def test_without_the_token_no_answer_is_saved(self, ada: Visitor) -> None:
        ada.post("/attempts")
        url = f"{ada.home}/attempts/1/answers/depth"
        assert ada.client.put(url, json={"response": [1], "sequence": 1}).status_code == 403
