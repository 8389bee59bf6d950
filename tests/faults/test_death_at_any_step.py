"""A process may die before or after any statement, of a submission or of a delivery: at each of them, one after the
other, it does; what comes after must find nothing lost and send nothing anew.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import event

from lti_app.lti.keys import ensure_key
from lti_app.lti.tokens import TURN
from lti_app.models import Database, PassbackState, utcnow
from lti_app.services.claims import claim
from lti_app.services.delivery import deliver
from lti_app.services.gradebook import gradebook as table
from tests.lti_app.gradebook_server import GradebookServer
from tests.lti_app.school import ALL_RIGHT, School, open_school


class Death(BaseException):
    """No handler of errors sees it, as none sees a `kill -9`."""


@contextmanager
def dying_at(step: int, database: Database) -> Iterator[None]:
    """Let the process die at this step of its work with the database: before a statement, or before or after a commit.

    What was not committed is not there afterwards, as after a kill: SQLAlchemy rolls it back.
    """
    steps = count()

    def maybe_die(*_arguments: object) -> None:
        if next(steps) == step:
            raise Death

    real = database.engine.dialect.do_commit

    def commit(connection: object) -> None:
        maybe_die()
        real(connection)  # type: ignore[arg-type]
        maybe_die()

    event.listen(database.engine, "before_cursor_execute", maybe_die)
    database.engine.dialect.do_commit = commit  # type: ignore[assignment]
    try:
        yield
    finally:
        event.remove(database.engine, "before_cursor_execute", maybe_die)
        database.engine.dialect.do_commit = real  # type: ignore[method-assign]


@pytest.fixture
def reopen(tmp_path: Path, gradebook: GradebookServer) -> Callable[[], School]:
    """Give the same school anew, with its gradebook, each time that it is called."""
    url = f"sqlite:///{tmp_path}/new.db"
    made = open_school(url, lineitem_url=gradebook.lineitem_url, token_url=gradebook.token_url)
    ensure_key(made.database)
    made.student()
    made.database.close()

    def reopen() -> School:
        shutil.copy(tmp_path / "new.db", tmp_path / "school.db")
        gradebook.scores.clear()
        gradebook.log.clear()
        return School(Database(f"sqlite:///{tmp_path}/school.db"), made.config)

    return reopen


def die_at_each_step(
    reopen: Callable[[], School], prepare: Callable[[School], None], act: Callable[[School], None]
) -> Iterator[tuple[School, bool]]:
    """Yield a school whose process died at a step of the act, for each of its steps; and one in which none died."""
    for step in count():
        school, died = reopen(), True
        prepare(school)
        try:
            with dying_at(step, school.database):
                act(school)
            died = False
        except Death:
            school.database.close()
            school = School(Database(str(school.database.url)), school.config)  # another process
        yield school, died
        school.database.close()
        if not died:
            assert step > 10
            return


def deliver_all(school: School) -> None:
    while claims := claim(school.database, school.config, 10):
        for claimed in claims:
            deliver(school.database, school.config, claimed)


def test_of_a_submission_there_is_all_or_nothing(reopen: Callable[[], School]) -> None:
    def submit(school: School) -> None:
        school.submit("launch-Ada", ALL_RIGHT)

    for school, died in die_at_each_step(reopen, lambda _: None, submit):
        with school.database.reading() as session:
            submitted = [row.score is not None for row in table(session, school.link(session))]
        assert [row.state for row in school.passbacks()] == [PassbackState.WAITING] * len(submitted)
        assert died or submitted == [True]


def test_a_grade_arrives_once_though_its_worker_died_at_any_step(
    reopen: Callable[[], School], gradebook: GradebookServer
) -> None:
    def submit(school: School) -> None:
        school.submit("launch-Ada", ALL_RIGHT)

    for school, _ in die_at_each_step(reopen, submit, deliver_all):
        with time_machine.travel(utcnow() + TURN):  # which is longer than a lease
            deliver_all(school)
        assert [entry for entry in gradebook.log if entry[2] == 200] == [("ada", 4, 200)]
        (row,) = school.passbacks()
        assert (row.state, row.sent_revision, row.last_error) == (PassbackState.SENT, 1, "")
