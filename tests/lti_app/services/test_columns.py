"""Which gradebook columns the sections of a quiz have: as the quiz asks, as the LMS allows, as the link began."""

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import update

from content.quiz import Section, Settings
from lti_app.lti.ags import SCORE_SCOPE
from lti_app.models import LinkSettings, Placement, Registration
from lti_app.services.columns import ONLY, Kind, columns, is_apart
from tests.lti_app.gradebook_server import GradebookServer
from tests.lti_app.graded import set_link
from tests.lti_app.school import School
from tests.lti_app.sections import APART, BLUE, READING, RIGHT, SALT
from tests.lti_app.sections_apart import LOOKED, READ, REST, deliver_all, edit, kind, school, sent, titles

__all__ = ["school"]


@pytest.mark.parametrize("allowed", [False, True])
def test_an_lms_that_lets_the_tool_make_no_columns_or_shows_none_of_them_gets_one_grade(
    school: School, gradebook: GradebookServer, *, allowed: bool
) -> None:
    set_link(school, lineitem_url=gradebook.lineitem_url)
    if allowed:
        with school.database.writing() as session:
            openedx = "https://courses.example/api/lti_consumer/v1/launch/"
            session.execute(update(Registration).values(auth_login_url=openedx))
    else:
        set_link(school, ags_scopes=[SCORE_SCOPE])
    assert kind(school) is Kind.NOT_ALLOWED
    school.submit(school.student(), {**RIGHT, "wet": [1]})
    deliver_all(school)
    assert (gradebook.scores["ada"]["scoreGiven"], gradebook.scores["ada"]["scoreMaximum"]) == (9, 10)
    assert sent(school) == {"": 1}


def test_with_the_first_grade_the_kind_of_columns_is_fixed(school: School, gradebook: GradebookServer) -> None:
    edit(school, replace(APART, settings=Settings()))
    assert kind(school) is Kind.WHOLE
    school.submit(school.student(), RIGHT)
    edit(school, APART)
    assert kind(school) is Kind.TOO_LATE
    school.submit(school.student("Ben"), RIGHT)
    deliver_all(school)
    assert [item["label"] for item in gradebook.line_items] == ["Quiz"]
    assert gradebook.points("ben") == {"Quiz": (10, 10)}


def test_sections_stay_apart_when_the_setting_is_taken_away_later(school: School, gradebook: GradebookServer) -> None:
    school.submit(school.student(), RIGHT)
    edit(school, replace(APART, settings=Settings()))
    assert kind(school) is Kind.APART
    school.submit(school.student("Ben"), RIGHT)
    deliver_all(school)
    assert gradebook.points("ben") == {READ: (3, 3), LOOKED: (3, 3), REST: (4, 4)}


def test_before_the_first_grade_the_columns_follow_the_quiz(school: School) -> None:
    assert titles(school) == ["Reading", "Section 2", "Other questions"]
    edit(school, replace(APART, parts=(READING, Section(id="looking", title="Look", parts=(SALT, BLUE)))))
    assert titles(school) == ["Reading", "Look"]
    edit(school, replace(APART, settings=Settings()))
    assert titles(school) == [""]


def test_the_columns_share_the_points_that_the_teacher_gave_the_quiz(
    school: School, gradebook: GradebookServer
) -> None:
    with school.database.writing() as session:
        link = school.link(session)
        session.add(Placement(id="p1", course_id=link.course_id, quiz_id="sea", title="T", points=Decimal(5)))
        link.settings = LinkSettings(placement_id="p1", points=Decimal(5))
    school.submit(school.student(), {**RIGHT, "depth": [0]})
    deliver_all(school)
    assert {item["label"]: item["scoreMaximum"] for item in gradebook.line_items} == {READ: 1.5, LOOKED: 1.5, REST: 2}
    assert gradebook.points("ada") == {READ: (Decimal("0.5"), Decimal("1.5")), LOOKED: (1.5, 1.5), REST: (2, 2)}


def test_a_quiz_without_a_grade_has_no_columns(school: School) -> None:
    with school.database.writing() as session:
        school.link(session).settings = LinkSettings(placement_id="p1", points=None)
    school.submit(school.student(), RIGHT)
    assert school.passbacks() == []
    assert (titles(school), kind(school)) == ([""], Kind.WHOLE)


def test_a_link_that_asks_for_nothing_special_has_one_column(school: School) -> None:
    edit(school, replace(APART, settings=Settings()))
    with school.database.reading() as session:
        assert columns(session, school.link(session)) == (ONLY,)


@pytest.mark.parametrize(
    ("asked_for", "kept", "apart"),
    [(True, None, True), (False, None, False), (True, False, False), (False, True, True)],
)
def test_a_link_is_placed_without_a_column_where_its_sections_have_theirs(
    school: School, *, asked_for: bool, kept: bool | None, apart: bool
) -> None:
    edit(school, replace(APART, settings=Settings(grade_sections_apart=asked_for)))
    with school.database.writing() as session:
        link = school.link(session)
        placement = Placement(id="p1", course_id=link.course_id, quiz_id="sea", title="T", points=Decimal(5))
        session.add(placement)
        link.settings, link.graded_apart = LinkSettings(placement_id="p1", points=Decimal(5)), kept
        session.flush()
        assert is_apart(session, placement) is apart
