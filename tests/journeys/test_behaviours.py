"""The tool with the demo LMS in the ways of each LMS: launch, grade, column, roster and self-test over real HTTP."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from sqlalchemy import select

from lti_app.cli import main
from lti_app.demo.check import follow, launch, signed_in
from lti_app.demo.visitor import Visitor
from lti_app.demo_lms import Activity, Outage
from lti_app.demo_lms.behaviours import BEHAVIOURS
from lti_app.demo_lms.gradebook import Score
from lti_app.demo_lms.lms import Room
from lti_app.models import GradePassback, PassbackState, Registration, ResourceLink, User
from lti_app.services.findings import Outcome as Found
from lti_app.services.invitations import invite
from lti_app.services.platforms import kind_of
from lti_app.services.self_test import run_self_test
from tests.journeys.school_site import CLIENT_ID, SchoolSite, running_school
from tests.lti_app.school import ALL_RIGHT, HALF_RIGHT, QUIZ, School
from tests.lti_app.waiting import wait_for

NAMES = [name for name in BEHAVIOURS if name != "strict"]
ACTIVITIES = [
    Activity(one, f"The sea, {one}", Decimal(12), {"quiz": QUIZ.id})
    for one in ("graded", "newer", "left", "busy", "columnless", "roster")
]


@pytest.fixture(scope="module", params=NAMES)
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, new_database: Path
) -> Iterator[SchoolSite]:
    folder = tmp_path_factory.mktemp(request.param)
    shutil.copy(new_database, folder)
    with running_school(folder, ACTIVITIES, BEHAVIOURS[request.param]) as site:
        yield site


def take(site: SchoolSite, person: str, activity: str, answers: dict[str, list[int]] = HALF_RIGHT) -> None:
    """Open an activity and submit answers, as a browser without scripts does."""
    with signed_in(site.lms.base_url, person) as visitor:
        launch(visitor, activity)
        visitor.submit(visitor.form("/attempts"))
        form = visitor.form("/submit")
        picks = [(f"q.{question}", str(pick)) for question, chosen in answers.items() for pick in chosen]
        visitor.submit(form, [("csrf_token", form.fields["csrf_token"]), *picks])
        assert visitor.url.endswith("/result")


def delivered(site: SchoolSite, person: str, activity: str) -> PassbackState:
    """Bring what waits to the LMS, twice, since a search for a column comes before the grade; return what became."""
    for _ in range(2):
        School(site.tool.database, site.tool.config).fast_forward()
        site.deliver()
    with site.tool.database.reading() as session:
        return session.scalars(
            select(GradePassback.state)
            .join(ResourceLink, ResourceLink.id == GradePassback.resource_link_id)
            .join(User, User.id == GradePassback.user_id)
            .where(ResourceLink.resource_link_id == activity, User.sub == person)
        ).one()


def column_of(site: SchoolSite, activity: str) -> str:
    (column,) = site.lms.gradebook.columns({"resource_link_id": activity})
    return column.id


def share(site: SchoolSite, person: str, activity: str) -> Fraction | None:
    """Return the share of the points that a person has in the gradebook."""
    score = site.lms.gradebook.score(column_of(site, activity), person)
    return score and (Fraction(score.given or 0) / Fraction(score.maximum)).limit_denominator(1000)


def test_the_lms_is_known_for_what_it_is(site: SchoolSite) -> None:
    with signed_in(site.lms.base_url, "ada") as visitor:
        launch(visitor, "graded")
    with site.tool.database.reading() as session:
        assert kind_of(session.scalars(select(Registration)).one()).name == site.lms.behaviour.name


def test_a_grade_arrives_and_a_better_one_replaces_it(site: SchoolSite) -> None:
    take(site, "ada", "graded")
    assert delivered(site, "ada", "graded") is PassbackState.SENT
    assert share(site, "ada", "graded") == Fraction(5, 12)
    take(site, "ada", "graded", ALL_RIGHT)
    # A second later than the first: LMSs compare whole seconds, and a time to come would bar what comes after.
    wait_for(lambda: delivered(site, "ada", "graded") is PassbackState.SENT)
    assert share(site, "ada", "graded") == 1
    assert all(receipt.accepted for receipt in site.lms.gradebook.history() if receipt.column == "The sea, graded")


def test_a_grade_that_is_newer_there_stays(site: SchoolSite) -> None:
    take(site, "ben", "newer")
    by_hand = Score(
        line_item_id=column_of(site, "newer"),
        person_id="ben",
        given=Decimal(12),
        maximum=Decimal(12),
        timestamp=datetime.now(UTC) + timedelta(hours=1),
        final=True,
    )
    site.lms.gradebook.record(by_hand)
    assert delivered(site, "ben", "newer") is PassbackState.NOT_NEEDED
    assert share(site, "ben", "newer") == 1


def test_the_grade_of_somebody_who_has_left_is_no_failure(site: SchoolSite) -> None:
    take(site, "ben", "left")
    room = next(iter(site.lms.rooms.values()))
    without_ben = replace(room.course, people=tuple(one for one in room.course.people if one.id != "ben"))
    site.lms.rooms[room.course.id] = Room(without_ben, room.gradebook)
    state = delivered(site, "ben", "left")
    site.lms.rooms[room.course.id] = room
    others = {
        "Canvas": PassbackState.BLOCKED,  # says the same where the course is not published yet, which can be mended
        "Open edX": PassbackState.SENT,  # keeps scores by user id, whoever that is
    }
    assert state is others.get(site.lms.behaviour.name, PassbackState.NOT_NEEDED)


def test_too_many_calls_are_waited_out(site: SchoolSite) -> None:
    take(site, "ada", "busy")
    site.lms.outage.set(Outage.BUSY)
    assert delivered(site, "ada", "busy") is PassbackState.WAITING
    site.lms.outage.set(Outage.NONE)
    assert delivered(site, "ada", "busy") is PassbackState.SENT


def test_a_column_is_made_where_there_is_none(site: SchoolSite) -> None:
    site.lms.gradebook.remove(column_of(site, "columnless"))
    take(site, "ada", "columnless")
    assert delivered(site, "ada", "columnless") is PassbackState.SENT
    assert share(site, "ada", "columnless") == Fraction(5, 12)


def test_a_teacher_sees_all_pages_of_the_roster(site: SchoolSite) -> None:
    with signed_in(site.lms.base_url, "clara") as visitor:
        launch(visitor, "roster")
        assert waiting(visitor) == ["Ada Osei", "Ben Larsen"]


def waiting(visitor: Visitor) -> list[str]:
    return [" ".join(one.text_content().split()) for one in visitor.page.xpath("//*[@id='roster']//li")]


def test_a_teacher_adds_a_quiz_and_its_grade_arrives(site: SchoolSite) -> None:
    with signed_in(site.lms.base_url, "clara") as visitor:
        visitor.open("/course/add/launch")
        follow(visitor)
        visitor.open(f"{visitor.url}settings?quiz={QUIZ.id}")
        form = visitor.form("/settings")
        form.fields[f"title.{QUIZ.id}"] = "Added"
        form.fields[f"points.{QUIZ.id}"] = "30"
        form.fields[f"due.{QUIZ.id}"] = "2036-03-01T12:00"
        visitor.submit(form)
        assert "1 quiz for your course" in visitor.page.text_content()
        visitor.submit(visitor.form("/course/add/return"))
        assert "1 activity is in the course" in visitor.page.text_content()
    added = next(iter(site.lms.rooms.values())).course.activities[-1]
    take(site, "ada", added.id)
    assert delivered(site, "ada", added.id) is PassbackState.SENT
    assert share(site, "ada", added.id) == Fraction(5, 12)
    with site.tool.database.reading() as session:
        link = session.scalars(select(ResourceLink).where(ResourceLink.resource_link_id == added.id)).one()
        assert link.settings is not None
        # Also where the LMS has dropped it.
        assert (link.settings.points, link.settings.due) == (30, datetime(2036, 3, 1, 12, tzinfo=UTC))


def test_a_teacher_who_adds_nothing_comes_back(site: SchoolSite) -> None:
    with signed_in(site.lms.base_url, "clara") as visitor:
        visitor.open("/course/add/launch")
        follow(visitor)
        visitor.submit(visitor.form("/none"))
        visitor.submit(visitor.form("/course/add/return"))
        assert "Nothing was added" in visitor.page.text_content()


def test_the_self_test_finds_nothing_broken(site: SchoolSite) -> None:
    take(site, "ada", "roster")
    with site.tool.database.reading() as session:
        registration = session.scalars(select(Registration)).one()
    with closing(run_self_test(site.tool.database, site.tool.config, registration, "ada")) as findings:
        assert [finding for finding in findings if finding.outcome is Found.FAILED] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_lms_registers_by_an_invitation_and_all_of_it_works(tmp_path: Path, new_database: Path, name: str) -> None:
    shutil.copy(new_database, tmp_path)
    with running_school(tmp_path, ACTIVITIES[:1], BEHAVIOURS[name]) as site:
        with site.tool.database.writing() as session:
            url = invite(session, site.tool.config, timedelta(days=1)).url
        with signed_in(site.lms.base_url, "clara") as visitor:
            visitor.open("/tools")
            form = visitor.first("//input[@name='registration_url']/ancestor::form")
            visitor.submit(form, [("registration_url", url)])
            visitor.open(visitor.first("//iframe").get("src", ""))
            visitor.submit(visitor.form("/register/"))
        take(site, "ada", "graded")
        assert delivered(site, "ada", "graded") is PassbackState.SENT
        with site.tool.database.reading() as session:
            new = session.scalars(select(Registration).order_by(Registration.id)).all()[-1]
        assert new.client_id == site.lms.tool.client_id != CLIENT_ID
        with closing(run_self_test(site.tool.database, site.tool.config, new, "ada")) as findings:
            assert [finding for finding in findings if finding.outcome is Found.FAILED] == []


def test_the_demo_command_names_every_one() -> None:
    (option,) = [one for one in main.commands["demo"].params if one.name == "behave_as"]
    assert list(option.type.choices) == list(BEHAVIOURS)
