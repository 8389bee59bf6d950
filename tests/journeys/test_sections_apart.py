"""A quiz whose sections are graded apart, in the ways of each LMS: what stands in its gradebook in the end."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import select

from lti_app.demo.check import follow, launch, signed_in
from lti_app.demo_lms import Activity
from lti_app.demo_lms.behaviours import BEHAVIOURS
from lti_app.models import ResourceLink
from lti_app.services.quizzes import publish
from tests.journeys.school_site import SchoolSite, running_school
from tests.lti_app.school import School
from tests.lti_app.sections import APART, RIGHT

QUIZ = replace(APART, id="apart", title="Apart")
BY_HAND = Activity("9", "By hand", Decimal(20), {"quiz": QUIZ.id})
ALL_WRONG = {"depth": [0], "wet": [1], "salt": [1], "blue": [1]}
IN_EACH = pytest.mark.parametrize("site", ["moodle", "canvas"], indirect=True)


@pytest.fixture
def site(request: pytest.FixtureRequest, tmp_path: Path, new_database: Path) -> Iterator[SchoolSite]:
    shutil.copy(new_database, tmp_path)
    with running_school(tmp_path, [BY_HAND], BEHAVIOURS[request.param]) as site:
        with site.tool.database.writing() as session:
            publish(session, QUIZ)
        yield site


def take(site: SchoolSite, activity: str, answers: dict[str, list[int]]) -> None:
    """Have Ada open an activity and submit answers, and the worker bring the grades to the LMS."""
    with signed_in(site.lms.base_url, "ada") as visitor:
        launch(visitor, activity)
        visitor.submit(visitor.form("/attempts"))
        form = visitor.form("/submit")
        picks = [(f"q.{question}", str(pick)) for question, chosen in answers.items() for pick in chosen]
        visitor.submit(form, [("csrf_token", form.fields["csrf_token"]), *picks])
        assert visitor.url.endswith("/result")
    for _ in range(2):  # a search for a column comes before the grade
        School(site.tool.database, site.tool.config).fast_forward()
        site.deliver()


def gradebook(site: SchoolSite) -> dict[str, str]:
    """Return what Ada has in each column of the gradebook that a teacher sees: its points, of how many."""
    with signed_in(site.lms.base_url, "clara") as visitor:
        visitor.open("/gradebook")
        heads = [" ".join(one.text_content().split()) for one in visitor.page.xpath("//*[@id='grades']//thead//th")]
        cells = visitor.page.xpath("//*[@id='grades']//tr[@data-person='ada']/*")
        points = [" ".join(cell.text_content().split()) for cell in cells]
        return dict(zip(heads[1:], points[1:], strict=True))


def add_to_course(site: SchoolSite) -> str:
    """Have the teacher pick the quiz for the course; return the new activity."""
    with signed_in(site.lms.base_url, "clara") as visitor:
        visitor.open("/course/add/launch")
        follow(visitor)
        visitor.open(f"{visitor.url}settings?quiz={QUIZ.id}")
        visitor.submit(visitor.form("/settings"))
        visitor.submit(visitor.form("/course/add/return"))
    return next(iter(site.lms.rooms.values())).course.activities[-1].id


def results(site: SchoolSite, activity: str) -> str:
    """Open an activity as its teacher; return what the page of results says, and that which compares."""
    with signed_in(site.lms.base_url, "clara") as visitor:
        launch(visitor, activity)
        said = visitor.page.text_content()
        visitor.open(f"{visitor.url}compare")
        return " ".join(f"{said} {visitor.page.text_content()}".split())


@IN_EACH
def test_each_section_has_a_column_and_nothing_counts_twice(site: SchoolSite) -> None:
    added = add_to_course(site)
    take(site, added, {**RIGHT, "wet": [1]})
    assert gradebook(site) == {
        "By hand of 20": "–",
        "Apart: Reading of 3": "2",
        "Apart: Section 2 of 3": "3",
        "Apart: Other questions of 4": "4",
    }
    take(site, BY_HAND.id, {**RIGHT, "salt": [1]})
    assert gradebook(site) == {
        "By hand of 20": "–",
        "Apart: Reading of 3": "2",
        "Apart: Section 2 of 3": "3",
        "Apart: Other questions of 4": "4",
        "By hand: Reading of 3": "3",
        "By hand: Section 2 of 3": "0",
        "By hand: Other questions of 4": "4",
    }
    of_hand, of_added = results(site, BY_HAND.id), results(site, added)
    idle = "The column that your course has for the link itself gets no grades"
    assert (idle in of_hand, idle in of_added) == (site.lms.behaviour.names_column, False)
    for said in (of_hand, of_added):
        assert "Each section has a gradebook column of its own." in said
        assert said.count("The gradebook has every grade as Quizferry counts it.") == 3
    with site.tool.database.reading() as session:
        link = session.scalars(select(ResourceLink).where(ResourceLink.resource_link_id == BY_HAND.id)).one()
    # Its launches name its own column still: no other is tied to it.
    assert (link.lineitem_url is not None) == site.lms.behaviour.names_column


@IN_EACH
def test_a_better_attempt_is_in_each_column(site: SchoolSite) -> None:
    take(site, BY_HAND.id, {**ALL_WRONG, "depth": [1]})
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=1)):  # LMSs compare whole seconds
        take(site, BY_HAND.id, RIGHT)
    shown = gradebook(site)
    titles = "Reading of 3", "Section 2 of 3", "Other questions of 4"
    assert [shown[f"By hand: {title}"] for title in titles] == ["3", "3", "4"]


@IN_EACH
def test_a_copied_course_has_columns_of_its_own(site: SchoolSite) -> None:
    take(site, BY_HAND.id, RIGHT)
    with signed_in(site.lms.base_url, "clara") as visitor:
        visitor.open("/course")
        visitor.submit(visitor.form("/course/copy"))
    copy = list(site.lms.rooms.values())[-1]
    take(site, copy.course.activities[0].id, {**ALL_WRONG, "salt": [0]})
    scores = {column.label: copy.gradebook.score(column.id, "ada") for column in copy.gradebook.columns()}
    assert {label: score and score.given for label, score in scores.items()} == {
        "By hand": None,
        "By hand: Reading": 0,
        "By hand: Section 2": 3,
        "By hand: Other questions": 0,
    }


@pytest.mark.parametrize("site", ["openedx"], indirect=True)
def test_an_lms_that_shows_no_columns_of_sections_gets_one_grade(site: SchoolSite) -> None:
    added = add_to_course(site)
    take(site, added, {**RIGHT, "wet": [1]})
    assert gradebook(site) == {"By hand of 20": "–", "Apart of 10": "9"}
    assert "so the whole quiz has one grade" in results(site, added)
