"""A link whose launches name no gradebook column: one is found or made when the first grade is due."""

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from sqlalchemy import select, update

from lti_app.lti.ags import SCORE_SCOPE
from lti_app.models import LineItem, LinkSettings, PassbackState, Placement, Registration, ResourceLink, User, utcnow
from lti_app.services.claims import claim
from lti_app.services.delivery import deliver, read, send
from lti_app.services.line_items import follow_placement, gradebook_column, seek_column
from lti_app.services.outcomes import Outcome, store
from lti_app.services.passback import try_again, want_passback
from tests.lti_app.gradebook_server import GradebookServer, Reply
from tests.lti_app.graded import open_without_column, set_link
from tests.lti_app.platform import Answer, running_platform
from tests.lti_app.school import ALL_RIGHT, HALF_RIGHT, School


@pytest.fixture
def school(database_url: str, gradebook: GradebookServer) -> Iterator[School]:
    school = open_without_column(database_url, gradebook)
    yield school
    school.database.close()


def deliver_due(school: School) -> list[Outcome]:
    return [deliver(school.database, school.config, claimed) for claimed in claim(school.database, school.config, 10)]


def test_the_first_grade_makes_the_column_and_then_goes_there(school: School, gradebook: GradebookServer) -> None:
    school.submit(school.student(), ALL_RIGHT)
    assert gradebook.columns_made == 0  # not in the student's request
    assert deliver_due(school) == [Outcome.WAITING]
    assert deliver_due(school) == [Outcome.SENT]
    (column,) = gradebook.line_items
    assert (column["label"], column["scoreMaximum"], column["resourceLinkId"]) == ("Quiz", 4, "r")
    assert (column["resourceId"], column["tag"]) == ("quizferry-sea", "quiz")
    assert gradebook.log == [("ada", 4, 200)]


def test_later_grades_find_it(school: School, gradebook: GradebookServer) -> None:
    for name in ("Ada", "Ben"):
        school.submit(school.student(name), ALL_RIGHT)
        while deliver_due(school):
            pass
    assert gradebook.columns_made == 1
    assert {row.state for row in school.passbacks()} == {PassbackState.SENT}


def test_workers_that_need_it_at_once_make_one(school: School, gradebook: GradebookServer) -> None:
    for name in ("Ada", "Ben", "Cleo", "Dan"):
        school.submit(school.student(name), ALL_RIGHT)
    claims = claim(school.database, school.config, 10)
    together = threading.Barrier(len(claims))

    def work(claimed: object) -> Outcome:
        together.wait()
        return deliver(school.database, school.config, claimed)  # type: ignore[arg-type]

    with ThreadPoolExecutor(len(claims)) as pool:
        assert set(pool.map(work, claims)) == {Outcome.WAITING}
    assert gradebook.columns_made == 1
    school.fast_forward()
    assert deliver_due(school) == [Outcome.SENT] * 4


def test_who_may_only_send_scores_makes_none(school: School, gradebook: GradebookServer) -> None:
    set_link(school, ags_scopes=[SCORE_SCOPE])
    school.submit(school.student(), ALL_RIGHT)
    assert school.passbacks() == []


@pytest.mark.parametrize("status", [403, 404, 412])
def test_where_none_can_be_made_the_teacher_reads_why(school: School, gradebook: GradebookServer, status: int) -> None:
    gradebook.column_script += [Reply(status)] * 2
    school.submit(school.student(), ALL_RIGHT)
    assert deliver_due(school) == [Outcome.BLOCKED]
    (row,) = school.passbacks()
    assert "no gradebook column" in row.last_error
    gradebook.column_script.clear()
    assert seek_column(school.database, school.config, 1)  # the search has ended


def test_an_lms_in_trouble_is_asked_again(school: School, gradebook: GradebookServer) -> None:
    gradebook.column_script.append(Reply(503))
    school.submit(school.student(), ALL_RIGHT)
    assert deliver_due(school) == [Outcome.WAITING]
    school.fast_forward()
    assert deliver_due(school) == [Outcome.WAITING]
    assert deliver_due(school) == [Outcome.SENT]


def test_a_column_that_was_deleted_in_the_lms_is_made_anew_once(school: School, gradebook: GradebookServer) -> None:
    school.submit(school.student(), ALL_RIGHT)
    deliver_due(school)
    gradebook.line_items.clear()
    gradebook.script.append(Reply(404))
    assert deliver_due(school) == [Outcome.WAITING]
    assert deliver_due(school) == [Outcome.WAITING]
    gradebook.script.append(Reply(404))
    assert deliver_due(school) == [Outcome.BLOCKED]
    assert gradebook.columns_made == 2


def test_no_grade_waits_because_another_found_the_column_gone(school: School, gradebook: GradebookServer) -> None:
    with school.database.writing() as session:
        session.add(LineItem(resource_link_id=1, url=gradebook.lineitem_url))
    names = {"ada", "ben", "cleo"}
    for name in sorted(names):
        school.submit(school.student(name), ALL_RIGHT)
    gradebook.script += [Reply(404)] * 3
    claims = claim(school.database, school.config, 10)
    deliveries = [send(school.database, school.config, errand) for errand in read(school.database, claims)]
    assert store(school.database, deliveries) == [Outcome.WAITING] * 3  # of one batch
    while deliver_due(school):
        pass
    assert {name for name, _, status in gradebook.log if status == 200} == names
    assert gradebook.columns_made == 1


def test_a_column_made_anew_gets_the_grades_that_the_old_one_had(school: School, gradebook: GradebookServer) -> None:
    school.submit(school.student("Ada"), HALF_RIGHT)
    while deliver_due(school):
        pass
    gradebook.line_items.clear()
    gradebook.scores.clear()
    gradebook.script.append(Reply(404))
    school.submit(school.student("Ben"), ALL_RIGHT)
    while deliver_due(school):
        pass
    school.fast_forward()  # Ada's timestamp is a whole second later than before
    with time_machine.travel(utcnow() + timedelta(seconds=2)):
        deliver_due(school)
    assert set(gradebook.scores) == {"ada", "ben"}
    assert {row.lineitem_url for row in school.passbacks()} == {f"{gradebook.url}/lineitems/2?type=2"}


def test_a_column_that_stays_gone_is_looked_for_again_when_somebody_opens_the_quiz(
    school: School, gradebook: GradebookServer
) -> None:
    gradebook.script += [Reply(404)] * 2
    school.submit(school.student(), ALL_RIGHT)
    while deliver_due(school):
        pass
    assert school.passbacks()[0].state is PassbackState.BLOCKED
    gradebook.line_items.clear()
    gradebook.script.append(Reply(404))
    with school.database.writing() as session:
        try_again(session, school.link(session))
    while deliver_due(school):
        pass
    assert school.passbacks()[0].state is PassbackState.SENT


def test_two_links_of_one_quiz_have_a_column_each(school: School, gradebook: GradebookServer) -> None:
    school.submit(school.student(), ALL_RIGHT)
    deliver_due(school)
    for column in gradebook.line_items:
        del column["resourceLinkId"]  # as of a platform that does not keep it
    with school.database.writing() as session:
        first = school.link(session)
        of_gradebook = {"lineitems_url": first.lineitems_url, "ags_scopes": first.ags_scopes}
        session.add(ResourceLink(course_id=first.course_id, resource_link_id="r2", quiz_id="sea", **of_gradebook))
    assert seek_column(school.database, school.config, 2)
    assert gradebook.columns_made == 2


def test_a_grade_that_is_corrected_is_no_new_submission_in_canvas(school: School, gradebook: GradebookServer) -> None:
    with school.database.writing() as session:
        session.execute(update(Registration).values(product_family="canvas"))
        session.add(LineItem(resource_link_id=1, url=gradebook.lineitem_url))
    key = "https://canvas.instructure.com/lti/submission"
    with time_machine.travel(utcnow(), tick=False) as clock:
        launch_id = school.student()
        school.submit(launch_id, HALF_RIGHT)
        assert deliver_due(school) == [Outcome.SENT]
        assert key not in gradebook.scores["ada"]
        with school.database.writing() as session:
            link = school.link(session)
            want_passback(session, link, session.scalars(select(User)).one())
        clock.shift(2)
        assert deliver_due(school) == [Outcome.SENT]
        assert gradebook.scores["ada"][key] == {"new_submission": False}
        clock.shift(1)
        school.submit(launch_id, ALL_RIGHT)
        clock.shift(1)
        assert deliver_due(school) == [Outcome.SENT]
    assert key not in gradebook.scores["ada"]
    assert gradebook.scores["ada"]["comment"] == "Attempt 2 of 2 counts."


def test_a_link_says_where_its_grades_go(school: School) -> None:
    with school.database.writing() as session:
        link = school.link(session)
        assert gradebook_column(link) == ""
        session.add(LineItem(resource_link_id=link.id, url="https://lms.example.edu/own"))
        session.flush()
        session.expire(link)
        assert gradebook_column(link) == "https://lms.example.edu/own"
        link.lineitem_url = "https://lms.example.edu/named"
        assert gradebook_column(link) == "https://lms.example.edu/named"
        link.lineitem_url = link.lineitems_url = None
        assert gradebook_column(link) is None


def test_columns_of_the_tool_follow_an_edited_placement(school: School) -> None:
    with running_platform() as platform, school.database.writing() as session:
        link = school.link(session)
        session.get_one(Registration, 1).auth_token_url = platform.token_url
        placement = Placement(id="p1", course_id=link.course_id, quiz_id="sea", title="New", points=Decimal(7))
        link.settings = LinkSettings(placement_id="p1")
        link.line_items[""] = LineItem(section_id="", url=platform.lineitem_url)
        session.add(placement)
        session.commit()
        held = {"id": platform.lineitem_url, "label": "Old", "scoreMaximum": 4, "resourceLinkId": "r", "x": 1}
        platform.script["/courses/2/lineitems/7/lineitem"] += [Answer.of_json(held), Answer.of_json({})]
        follow_placement(school.database, school.config, placement)
        put = json.loads(platform.calls[-1].body)
        assert put == {**held, "label": "New", "scoreMaximum": 7}
        follow_placement(school.database, school.config, placement)  # a refusal is no error
