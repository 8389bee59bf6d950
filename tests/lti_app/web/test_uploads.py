"""Uploading a quiz file where quizzes are picked."""

import re

import pytest
from sqlalchemy import select

from lti_app.models import CourseQuiz, Quiz, Role
from lti_app.services.quizzes import publish_all, published
from tests.lti_app.web.classroom import Classroom, Visitor, words
from tests.lti_app.web.picking import TIDES, add, upload

BROKEN = b"Quiz title: Tides\n\n1. High?\na) Yes\nb) No\n"


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
