"""The pages of a quiz whose sections are graded apart: where each section's grade is, for students and teachers."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import select

from content.quiz import Settings
from lti_app.lti.ags import SCORE_SCOPE
from lti_app.lti.line_items import LINE_ITEM_SCOPE
from lti_app.models import DeliveryTry, GradePassback, PassbackState, Role, utcnow
from lti_app.services.quizzes import publish
from lti_app.services.refusals import SENTENCES, Problem
from tests.lti_app.sections import APART, BLUE, LOOKING, READING, RIGHT
from tests.lti_app.web.classroom import Classroom, Visitor, words
from tests.lti_app.web.picking import add

MAY_MAKE_COLUMNS = {
    "lineitems_url": "https://lms.example.edu/lineitems",
    "ags_scopes": (SCORE_SCOPE, LINE_ITEM_SCOPE),
}


@pytest.fixture
def classroom(database_url: str) -> Iterator[Classroom]:
    classroom = Classroom(database_url, APART)
    yield classroom
    classroom.close()


def launch(classroom: Classroom, name: str, role: Role = Role.LEARNER, **claims: object) -> Visitor:
    return classroom.launch(name, role, APART.id, **{**MAY_MAKE_COLUMNS, **claims})


def teacher(classroom: Classroom, **claims: object) -> Visitor:
    return launch(classroom, "Grace", Role.INSTRUCTOR, **claims)


def set_state(classroom: Classroom, section_id: str, state: PassbackState, problem: Problem | None = None) -> None:
    with classroom.database.writing() as session:
        row = session.scalars(select(GradePassback).where(GradePassback.section_id == section_id)).one()
        row.state, row.last_error, row.sent_at = state, SENTENCES[problem] if problem else "", utcnow()
        session.add(DeliveryTry(passback_id=row.id, number=1, problem=problem or "", status=None))


def wanted(classroom: Classroom) -> dict[str, int]:
    with classroom.database.reading() as session:
        return {row.section_id: row.wanted_revision for row in session.scalars(select(GradePassback))}


def test_a_student_sees_how_far_the_grade_of_each_section_is(classroom: Classroom) -> None:
    ada = launch(classroom, "Ada")
    ada.take(**RIGHT)
    set_state(classroom, "looking", PassbackState.BLOCKED, Problem.NOT_ALLOWED)
    way = "On its way to your course’s gradebook"
    text = words(ada.get("/attempts/1/result"))
    stuck = "Section 2 Stuck on its way to the gradebook. Your teacher can see why."
    assert f"Reading {way} {stuck} Other questions {way}" in text
    assert 'data-final="false"' in ada.get("/grade")
    for section_id in ("reading", "-"):
        set_state(classroom, section_id, PassbackState.SENT)
    assert 'data-final="true"' in ada.get("/grade")


def test_a_teacher_sees_each_with_its_problem_and_its_tries(classroom: Classroom) -> None:
    launch(classroom, "Ada").take(**{**RIGHT, "wet": [1]})
    set_state(classroom, "looking", PassbackState.FAILED, Problem.REFUSED)
    grace = teacher(classroom)
    text = words(grace.get("/teach/"))
    stuck = f"Section 2 Stuck. {SENTENCES[Problem.REFUSED]}"
    assert f"Reading On its way {stuck} Other questions On its way" in text
    assert "Send the 1 stuck grade again" in text
    assert "All 3 grades take the place" in text
    text = words(grace.get("/teach/students/1/grade"))
    assert f"9 of 10 points Reading 2 of 3 On its way Section 2 3 of 3 Stuck. {SENTENCES[Problem.REFUSED]}" in text
    assert f"Section 2 – {SENTENCES[Problem.REFUSED]}" in text
    assert stuck in words(grace.get("/teach/students/1/attempts/1"))
    grace.post("/teach/grades", which="stuck")
    assert wanted(classroom) == {"reading": 1, "looking": 2, "-": 1}
    grace.post("/teach/grades", which="one", user_id=1, section="reading")
    grace.post("/teach/grades", which="one", user_id=1, section="unheard of")
    assert wanted(classroom) == {"reading": 2, "looking": 2, "-": 1}
    grace.post("/teach/grades", which="one", user_id=1)
    assert wanted(classroom) == {"reading": 3, "looking": 3, "-": 2}


def test_the_teacher_reads_where_grades_go_and_where_not(classroom: Classroom) -> None:
    launch(classroom, "Ada").take(**RIGHT)
    apart, idle = "Each section has a gradebook column of its own.", "for the link itself gets no grades"
    text = words(teacher(classroom).get("/teach/"))
    assert apart in text
    assert idle in text
    text = words(teacher(classroom, lineitem_url=None).get("/teach/"))
    assert apart in text
    assert idle not in text


def test_the_teacher_reads_why_all_goes_to_one_column(classroom: Classroom) -> None:
    launch(classroom, "Ada", ags_scopes=(SCORE_SCOPE,)).take(**RIGHT)
    assert wanted(classroom) == {"": 1}
    text = words(teacher(classroom, ags_scopes=(SCORE_SCOPE,)).get("/teach/"))
    assert "so the whole quiz has one grade" in text
    text = words(teacher(classroom).get("/teach/"))
    assert "add the quiz to your course anew" in text
    with classroom.database.writing() as session:
        publish(session, replace(APART, settings=Settings()))
    assert "column for each section" not in words(teacher(classroom).get("/teach/"))


def test_a_regrade_is_shown_section_by_section(classroom: Classroom) -> None:
    launch(classroom, "Ada").take(**RIGHT)
    with classroom.database.writing() as session:
        publish(session, replace(APART, parts=(READING, replace(LOOKING, parts=(*LOOKING.parts, BLUE)))))
    text = words(teacher(classroom).get("/teach/grading"))
    assert "1 of 2 grades would change" in text
    assert "Ada Section 2 3 of 3 7 of 7" in text


def test_such_a_quiz_is_added_without_a_column_unless_its_link_has_sent_grades_to_one(classroom: Classroom) -> None:
    picker = classroom.pick()
    page = words(picker.get(f"/link/settings?quiz={APART.id}"))
    assert "10 points · sections graded apart" in page
    assert "shared among the sections" in page
    (item,) = add(picker, classroom, APART.id, points__sea="5")
    assert "lineItem" not in item
    with classroom.database.writing() as session:
        publish(session, replace(APART, settings=Settings()))
    ada = launch(classroom, "Ada", placement_id=item["custom"]["placement"])
    ada.take(**RIGHT)
    with classroom.database.writing() as session:
        publish(session, APART)
    again = classroom.pick(placement_id=item["custom"]["placement"])
    (edited,) = add(again, classroom, APART.id, points__sea="6")
    assert edited["lineItem"]["scoreMaximum"] == 6
    assert add(classroom.pick(), classroom, APART.id, points__sea="6")[0].get("lineItem") is None
