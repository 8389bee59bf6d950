"""A quiz whose sections are graded apart: each one's points come into its column, and nothing counts twice."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace

from sqlalchemy import event, select

from lti_app.lti.ags import SCORE_SCOPE
from lti_app.lti.claims import LaunchClaims
from lti_app.lti.line_items import LINE_ITEM_SCOPE
from lti_app.models import PassbackState, Role, User
from lti_app.services.claims import claim
from lti_app.services.columns import OUTSIDE, Kind
from lti_app.services.delivery import read
from lti_app.services.launches import open_launch
from lti_app.services.outcomes import Outcome
from lti_app.services.passback import status
from lti_app.services.refusals import Problem
from lti_app.services.sending_again import Which, send_again, tries
from tests.lti_app.gradebook_server import GradebookServer, Reply
from tests.lti_app.graded import set_link
from tests.lti_app.school import School
from tests.lti_app.sections import APART, BLUE, LOOKING, READING, RIGHT
from tests.lti_app.sections_apart import LOOKED, READ, REST, audited, deliver_all, edit, kind, school

__all__ = ["school"]


@contextmanager
def counted_queries(school: School) -> Iterator[list[str]]:
    """Note the queries that are made meanwhile."""
    made: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        made.append(statement)

    event.listen(school.database.engine, "before_cursor_execute", note)
    yield made
    event.remove(school.database.engine, "before_cursor_execute", note)


def test_each_section_s_points_go_to_a_column_of_its_own(school: School, gradebook: GradebookServer) -> None:
    school.submit(school.student(), {**RIGHT, "wet": [1]})
    assert gradebook.columns_made == 0  # not in the student's request
    assert deliver_all(school) == [Outcome.SENT] * 3
    assert gradebook.points("ada") == {READ: (2, 3), LOOKED: (3, 3), REST: (4, 4)}
    made = {item["label"]: item for item in gradebook.line_items}
    assert [made[label]["scoreMaximum"] for label in (READ, LOOKED, REST)] == [3, 3, 4]
    ids = [(made[label]["resourceId"], made[label]["tag"]) for label in (READ, LOOKED, REST)]
    assert ids == [
        ("quizferry-sea__reading", "section"),
        ("quizferry-sea__looking", "section"),
        ("quizferry-sea", "rest"),
    ]
    # As soon as a second is tied to the link Moodle's launches name none, and Canvas shows one in its gradebook.
    assert not any("resourceLinkId" in item for item in gradebook.line_items)


def test_what_many_deliveries_need_is_read_in_as_many_queries_as_for_one(school: School) -> None:
    for name in ("Ada", "Ben", "Cleo", "Dan"):
        school.submit(school.student(name), RIGHT)
    claims = claim(school.database, school.config, 12)
    assert len(claims) == 12
    with counted_queries(school) as of_one:
        read(school.database, claims[:1])
    with counted_queries(school) as of_many:
        assert all(errand.score is not None for errand in read(school.database, claims))
    assert len(of_many) == len(of_one)


def test_later_grades_find_the_columns(school: School, gradebook: GradebookServer) -> None:
    for name in ("Ada", "Ben"):
        school.submit(school.student(name), RIGHT)
        deliver_all(school)
    assert gradebook.columns_made == 3
    assert gradebook.points("ben") == gradebook.points("ada")


def test_columns_are_found_again_after_a_copy_of_the_course_with_other_titles(
    school: School, gradebook: GradebookServer
) -> None:
    found = [("looking", "section"), ("reading", "section")]
    gradebook.line_items = [
        {"id": f"{gradebook.url}/lineitems/{n}?type=2", "label": "?", "resourceId": f"quizferry-sea__{one}", "tag": tag}
        for n, (one, tag) in enumerate(found, start=1)
    ]
    # The LMS has a column for the link itself, too, and one that another section of that name would have.
    gradebook.line_items.append({"id": f"{gradebook.url}/lineitems/3?type=2", "label": "Quiz", "resourceLinkId": "r"})
    gradebook.columns_made = 3
    edit(school, replace(APART, title="Water", parts=(replace(READING, title="Books"), BLUE, LOOKING)))
    school.submit(school.student(), RIGHT)
    deliver_all(school)
    assert gradebook.columns_made == 4
    assert [gradebook.by_column[n, "ada"]["scoreGiven"] for n in (1, 2, 4)] == [3, 3, 4]
    assert (3, "ada") not in gradebook.by_column


def test_nothing_goes_to_the_column_of_the_link_itself(school: School, gradebook: GradebookServer) -> None:
    set_link(school, lineitem_url=f"{gradebook.url}/lineitems/9?type=2")
    assert kind(school) is Kind.APART
    school.submit(school.student(), RIGHT)
    deliver_all(school)
    assert sorted(gradebook.points("ada")) == [REST, READ, LOOKED]
    assert {row.section_id for row in school.passbacks()} == {"reading", "looking", OUTSIDE}


def test_of_first_grades_that_come_at_once_each_has_its_rows(school: School) -> None:
    launches = [school.student(name) for name in ("Ada", "Ben", "Cleo", "Dan")]
    together = threading.Barrier(len(launches))

    def submit(launch_id: str) -> None:
        together.wait()
        school.submit(launch_id, RIGHT)

    with ThreadPoolExecutor(len(launches)) as pool:
        list(pool.map(submit, launches))
    rows = {(row.user_id, row.section_id): row.wanted_revision for row in school.passbacks()}
    assert len(rows) == 12
    assert set(rows.values()) == {1}


def test_what_waits_for_a_section_that_is_gone_is_not_needed(school: School, gradebook: GradebookServer) -> None:
    school.submit(school.student(), RIGHT)
    edit(school, replace(APART, parts=(READING,)))
    deliver_all(school)
    assert sorted(gradebook.points("ada")) == [READ]
    states = {row.section_id: (row.state, row.last_problem) for row in school.passbacks()}
    assert states["looking"] == (PassbackState.NOT_NEEDED, Problem.SECTION_GONE)
    assert states["reading"] == (PassbackState.SENT, "")


def test_each_column_has_its_own_state_tries_and_sending_again(school: School, gradebook: GradebookServer) -> None:
    school.submit(school.student(), RIGHT)
    gradebook.script += [Reply(400), Reply(200), Reply(200)]
    deliver_all(school)
    with school.database.writing() as session:
        link, ada = school.link(session), session.scalars(select(User)).one()
        now = {grade.column.title: grade.state for grade in status(session, link, ada)}
        assert now == {"Reading": "failed", "Section 2": "sent", "Other questions": "sent"}
        made = tries(session, link, ada)
        assert sorted((one.column.title, one.taken) for one in made) == [
            ("Other questions", True),
            ("Reading", False),
            ("Section 2", True),
        ]
        assert send_again(session, link, ada, Which.STUCK) == 1
        assert send_again(session, link, ada, Which.ONE, ada.id, "looking") == 1
        assert send_again(session, link, ada, Which.ALL) == 3
    assert {row.section_id: row.wanted_revision for row in school.passbacks()} == {"reading": 3, "looking": 3, "-": 2}
    assert [one.get("section") for one in audited(school, "grade.sent_again")][:2] == ["reading", "looking"]


def test_a_column_that_is_deleted_is_made_again_with_all_its_grades(school: School, gradebook: GradebookServer) -> None:
    for name in ("Ada", "Ben"):
        school.submit(school.student(name), RIGHT)
        deliver_all(school)
    gone = next(item for item in gradebook.line_items if item["label"] == READ)
    gradebook.line_items.remove(gone)
    with school.database.writing() as session:
        ada = session.scalars(select(User).where(User.sub == "ada")).one()
        send_again(session, school.link(session), ada, Which.ONE, ada.id, "reading")
    gradebook.script.append(Reply(404))
    for _ in range(3):
        deliver_all(school)
    assert gradebook.columns_made == 4
    assert {sub for column, sub in gradebook.by_column if column == 4} == {"ada", "ben"}
    assert {row.lineitem_url for row in school.passbacks() if row.section_id != "reading"} == {
        item["id"] for item in gradebook.line_items if item["label"] != READ
    }


def test_grades_from_before_the_lms_let_the_tool_make_columns_are_sent_once_it_does(
    school: School, gradebook: GradebookServer
) -> None:
    set_link(school, lineitems_url=None)
    school.submit(school.student(), RIGHT)
    assert school.passbacks() == []
    with school.database.writing() as session:
        course = school.link(session).course
        claims = LaunchClaims(
            registration_id=course.deployment.registration_id,
            deployment_id=course.deployment_id,
            context_id=course.context_id,
            sub="teacher",
            role=Role.INSTRUCTOR,
            resource_link_id="r",
            lineitems_url=gradebook.lineitems_url,
            ags_scopes=(SCORE_SCOPE, LINE_ITEM_SCOPE),
        )
        open_launch(session, claims, school.config)
        open_launch(session, claims, school.config)
    assert [(row.section_id, row.wanted_revision) for row in school.passbacks()] == [
        ("reading", 1),
        ("looking", 1),
        (OUTSIDE, 1),
    ]
