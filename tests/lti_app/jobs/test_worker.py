import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event, text

from lti_app.jobs.worker import deliver_until
from lti_app.models import Attempt, PassbackState
from lti_app.platforms import GENERIC
from tests.lti_app.gradebook_server import GradebookServer
from tests.lti_app.graded import school
from tests.lti_app.school import ALL_RIGHT, HALF_RIGHT, School

__all__ = ["school"]

AT_ONCE = GENERIC.grades_at_once


@contextmanager
def working(school: School) -> Iterator[Callable[[], None]]:
    """Run a worker; yield what asks it to stop. It has stopped when the block has ended."""
    stop = threading.Event()
    worker = threading.Thread(target=deliver_until, args=(stop, school.database, school.config))
    worker.start()
    try:
        yield stop.set
    finally:
        stop.set()
        worker.join(30)
        assert not worker.is_alive()


def states(school: School) -> set[PassbackState]:
    return {row.state for row in school.passbacks()}


def test_the_worker_delivers_what_is_there_and_what_comes(school: School, gradebook: GradebookServer) -> None:
    for number in range(AT_ONCE + 3):
        school.submit(school.student(f"Early{number}"), ALL_RIGHT)
    with working(school):
        school.submit(school.student("Late"), HALF_RIGHT)
        gradebook.wait_until(lambda: len(gradebook.scores) == AT_ONCE + 4)
    assert states(school) == {PassbackState.SENT}
    assert len(gradebook.log) == AT_ONCE + 4


def test_several_grades_are_on_their_way_at_once(school: School, gradebook: GradebookServer) -> None:
    together = threading.Barrier(AT_ONCE)
    gradebook.during = lambda: together.wait(30) and None
    for number in range(AT_ONCE):
        school.submit(school.student(f"S{number}"), ALL_RIGHT)
    with working(school):
        gradebook.wait_until(lambda: len(gradebook.scores) == AT_ONCE)
    assert not together.broken
    assert states(school) == {PassbackState.SENT}


def test_no_grade_is_claimed_before_it_can_be_sent(school: School, gradebook: GradebookServer) -> None:
    let_go = threading.Event()
    gradebook.during = lambda: let_go.wait(30) and None
    for number in range(2 * AT_ONCE):
        school.submit(school.student(f"S{number}"), ALL_RIGHT)
    with working(school) as stop:
        gradebook.wait_until(lambda: len(gradebook.log) == AT_ONCE)
        assert [row.state for row in school.passbacks()].count(PassbackState.SENDING) == AT_ONCE
        stop()
        let_go.set()
    assert {(row.state, row.tries) for row in school.passbacks()} <= {
        (PassbackState.SENT, 1),
        (PassbackState.WAITING, 0),
    }


def test_a_worker_that_is_asked_to_stop_finishes_what_it_has_in_hand(
    school: School, gradebook: GradebookServer
) -> None:
    let_go = threading.Event()
    gradebook.during = lambda: let_go.wait(30) and None
    school.submit(school.student(), ALL_RIGHT)
    with working(school) as stop:
        gradebook.wait_until(lambda: len(gradebook.log) == 1)
        stop()
        let_go.set()
    assert states(school) == {PassbackState.SENT}


def test_a_row_that_cannot_be_delivered_holds_up_no_other(school: School, gradebook: GradebookServer) -> None:
    school.submit(school.student("Broken"), ALL_RIGHT)
    with school.database.writing() as session:
        session.delete(session.get_one(Attempt, 1))
    for number in range(AT_ONCE):
        school.submit(school.student(f"S{number}"), ALL_RIGHT)
    with working(school):
        gradebook.wait_until(lambda: len(gradebook.scores) == AT_ONCE)
    broken, *others = school.passbacks()
    assert (broken.state, broken.last_problem) == (PassbackState.WAITING, "own error")
    assert {row.state for row in others} == {PassbackState.SENT}


def test_a_grade_that_takes_longer_than_a_lease_stays_with_its_worker(
    school: School, gradebook: GradebookServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lti_app.jobs.keeper.LEASE", timedelta(seconds=0.3))
    monkeypatch.setattr("lti_app.services.claims.LEASE", timedelta(seconds=0.5))
    let_go = threading.Event()
    gradebook.during = lambda: let_go.wait(30) and None
    school.submit(school.student(), ALL_RIGHT)
    with working(school), working(school):
        ends = set()
        while len(ends) < 12:  # of leases, each of which is over soon
            ends.add(school.passbacks()[0].due_at)
        let_go.set()
    assert len(gradebook.log) == 1
    assert [(row.state, row.tries) for row in school.passbacks()] == [(PassbackState.SENT, 1)]


def test_two_workers_send_each_grade_once(school: School, gradebook: GradebookServer) -> None:
    for number in range(20):
        school.submit(school.student(f"S{number}"), ALL_RIGHT)
    with working(school), working(school):
        gradebook.wait_until(lambda: len(gradebook.scores) == 20)
    assert len(gradebook.log) == 20
    assert {row.tries for row in school.passbacks()} == {1}


def test_the_worker_outlives_trouble_with_the_database(school: School, gradebook: GradebookServer) -> None:
    school.submit(school.student(), ALL_RIGHT)
    trouble = threading.Event()
    event.listen(school.database.engine, "handle_error", lambda _context: trouble.set())
    with school.database.writing() as session:
        session.execute(text("ALTER TABLE grade_passbacks RENAME TO elsewhere"))
    with working(school):
        assert trouble.wait(30)
        with school.database.writing() as session:
            session.execute(text("ALTER TABLE elsewhere RENAME TO grade_passbacks"))
        gradebook.wait_until(lambda: len(gradebook.scores) == 1)
    assert states(school) == {PassbackState.SENT}
