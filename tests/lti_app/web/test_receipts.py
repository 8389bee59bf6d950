"""Receipts: what students get for a submission, and what teachers are told of it."""

import re
from dataclasses import replace

import pytest
from sqlalchemy import select

from content.quiz import Settings, Shown
from lti_app.models import Role, ToolSecret
from lti_app.services.quizzes import publish
from tests.lti_app.web.classroom import Classroom, Visitor, words
from tests.lti_app.web.quizzes import ALL_RIGHT, PARTLY_RIGHT, SEA

CODE = re.compile(r"(?:\w{4}-){3}\w{4}")


def code_on(page: str) -> str:
    found = CODE.search(words(page))
    assert found is not None
    return found[0]


def text_of(visitor: Visitor, number: int = 1) -> str:
    return visitor.get(f"/attempts/{number}/receipt")


def told(teacher: Visitor, receipt: str) -> str:
    response = teacher.post("/teach/receipts", receipt=receipt)
    assert response.status_code == 200
    return words(response.text)


def test_a_student_gets_a_code_that_the_teacher_can_check(ada: Visitor, teacher: Visitor) -> None:
    ada.take(**PARTLY_RIGHT)
    page = told(teacher, code_on(ada.get("/attempts/1/result")))
    assert "This receipt is genuine." in page
    assert "Student Ada Quiz The sea & <b>its salts</b>, attempt 1 Submitted" in page
    assert "Answered 3 of 3 questions" in page


def test_the_text_holds_what_was_submitted_and_no_score(ada: Visitor, teacher: Visitor) -> None:
    ada.take(depth=[0], salts=[0, 1])
    text = text_of(ada)
    for line in ("Quiz: The sea & <b>its salts</b>", "Course: Seas & skies", "Student: Ada", "Attempt: 1"):
        assert f"\n{line}\n" in text
    assert re.search(r"\nSubmitted: \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\nAnswered: 2 of 3 questions\n", text)
    assert not re.search("point|score|%|right|wrong|Deep", text, re.IGNORECASE)
    assert "This receipt is genuine." in told(teacher, text)
    changed = told(teacher, text.replace("2 of 3", "3 of 3"))
    assert "is not as it was given out" in changed
    assert "Answered 2 of 3 questions" in changed


def test_it_is_a_file_to_keep(ada: Visitor) -> None:
    ada.take(**ALL_RIGHT)
    response = ada.client.get(f"{ada.home}/attempts/1/receipt")
    code = code_on(ada.get("/attempts/1/result"))
    assert response.headers["Content-Disposition"] == f"attachment; filename=receipt-{code}.txt"
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"


def test_where_results_are_not_shown_there_is_a_receipt_all_the_same(classroom: Classroom, ada: Visitor) -> None:
    with classroom.database.writing() as session:
        publish(session, replace(SEA, settings=Settings(show_feedback=Shown.NEVER)))
    ada.take(**ALL_RIGHT)
    page = ada.get("/attempts/1/result")
    assert "Your answers are submitted" in page
    assert code_on(page) in text_of(ada)


def test_each_slip_and_each_forgery_has_its_sentence(classroom: Classroom, ada: Visitor, teacher: Visitor) -> None:
    ada.take(**ALL_RIGHT)
    code = code_on(ada.get("/attempts/1/result"))
    slip = code[:-1] + ("0" if code[-1] != "0" else "1")
    assert "There is a slip in this code" in told(teacher, slip)
    assert "has given out none with this code" in told(teacher, "0000-0000-0000-0000")
    assert "There is no receipt code in this" in told(teacher, "<script>alert(1)</script>")
    other = classroom.launch("Hal", Role.INSTRUCTOR, context_id="other", resource_link_id="other", quiz_id="sea")
    page = told(other, text_of(ada))
    assert "This receipt is from another course." in page
    assert "Student Ada" not in page.partition("Receipt code, or the whole text")[0]


def test_another_quiz_of_the_course_checks_it_too(classroom: Classroom, ada: Visitor) -> None:
    ada.take(**ALL_RIGHT)
    code = code_on(ada.get("/attempts/1/result"))
    other = classroom.launch("Grace", Role.INSTRUCTOR, resource_link_id="week-2", quiz_id="sky")
    page = other.post("/teach/receipts", receipt=code).text
    assert "This receipt is genuine." in page
    assert "See the attempt" not in page  # which that link does not lead to


@pytest.mark.parametrize(
    ("language", "title", "last"),
    [
        ("de", "Quittung", "Signatur:"),
        ("es", "Comprobante", "Firma:"),
        ("fr", "Reçu", "Signature:"),
        ("ar", "إيصال", "التوقيع:"),
    ],
)
def test_its_text_is_in_the_students_language(
    classroom: Classroom, teacher: Visitor, language: str, title: str, last: str
) -> None:
    ada = classroom.launch("Ada", quiz_id="sea", locale=language)
    ada.take(**ALL_RIGHT)
    text = text_of(ada)
    assert text.startswith(f"{title}\n\n")
    assert f"\n\n{last} " in text
    assert "This receipt is genuine." in told(teacher, text)


def test_a_course_whose_name_looks_like_a_code_is_none(classroom: Classroom) -> None:
    course = {"context_id": "fall", "context_title": "MATH-2026-FALL-EXAM", "resource_link_id": "fall"}
    ada = classroom.launch("Ada", quiz_id="sea", **course)
    ada.take(**ALL_RIGHT)
    teacher = classroom.launch("Grace", Role.INSTRUCTOR, **course)
    assert "This receipt is genuine." in told(teacher, text_of(ada))


def test_a_running_attempt_and_somebody_elses_have_none(classroom: Classroom, ada: Visitor) -> None:
    ada.post("/attempts")
    ada.get("/attempts/1/receipt", status=404)
    ada.post("/attempts/1/submit", confirmed="yes")
    classroom.launch("Bob", quiz_id="sea").get("/attempts/1/receipt", status=404)


def test_students_cannot_check_receipts(ada: Visitor) -> None:
    assert ada.post("/teach/receipts", receipt="0000-0000-0000-0000").status_code == 403


def test_a_name_of_several_lines_cannot_forge_another_line(classroom: Classroom) -> None:
    eve = classroom.launch("Eve\nAnswered: 9 of 9 questions", quiz_id="sea")
    eve.take()
    assert "\nAnswered: 0 of 3 questions\n" in text_of(eve)
    assert "\nAnswered: 9" not in text_of(eve)


def test_the_secret_is_on_no_page(classroom: Classroom, ada: Visitor, teacher: Visitor) -> None:
    ada.take(**ALL_RIGHT)
    with classroom.database.reading() as session:
        secret = session.scalars(select(ToolSecret.secret)).one()
    pages = (ada.get("/attempts/1/result"), text_of(ada), teacher.post("/teach/receipts", receipt=text_of(ada)).text)
    assert not any(secret in page for page in pages)
