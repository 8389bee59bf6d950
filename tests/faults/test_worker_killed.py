"""A worker that is killed loses no grade and sends none twice."""

import signal
import threading
from collections.abc import Iterator

import pytest

from lti_app.lti.keys import ensure_key
from lti_app.models import PassbackState
from tests.faults.worker_process import running_worker
from tests.lti_app.gradebook_server import GradebookServer, Reply
from tests.lti_app.school import ALL_RIGHT, HALF_RIGHT, School, open_school

STUDENTS = [f"s{number}" for number in range(20)]  # more than are on their way to an LMS at once


@pytest.fixture
def school(database_url: str, gradebook: GradebookServer) -> Iterator[School]:
    school = open_school(database_url, lineitem_url=gradebook.lineitem_url, token_url=gradebook.token_url)
    ensure_key(school.database)
    yield school
    school.database.close()


def taken(gradebook: GradebookServer) -> list[str]:
    """Whose scores the LMS took, each as often as it took one."""
    return sorted(user for user, _, status in gradebook.log if status == 200)


def told_again(gradebook: GradebookServer) -> set[str]:
    """Whose scores the LMS was sent again after it had taken them, and refused."""
    return {user for user, _, status in gradebook.log if status == 409}


@pytest.mark.parametrize("refusals", [1, 10])
def test_grades_arrive_once_though_the_worker_was_killed_while_the_lms_refused_them(
    school: School, gradebook: GradebookServer, refusals: int
) -> None:
    gradebook.always = Reply(503)
    for name in STUDENTS:
        school.submit(school.student(name), ALL_RIGHT)
    with running_worker(school.config) as process:
        gradebook.wait_until(lambda: len(gradebook.log) >= refusals)
        process.kill()
    assert process.returncode == -signal.SIGKILL
    assert taken(gradebook) == []

    gradebook.always = None
    school.fast_forward()
    with running_worker(school.config) as process:
        gradebook.wait_until(lambda: len(gradebook.scores) == len(STUDENTS))
    assert process.returncode == 0
    assert taken(gradebook) == sorted(STUDENTS)
    assert {row.state for row in school.passbacks()} == {PassbackState.SENT}


def test_grades_count_once_though_the_worker_was_killed_before_it_heard_that_they_were_taken(
    school: School, gradebook: GradebookServer
) -> None:
    silence = threading.Event()
    gradebook.during = lambda: silence.wait(60) and None
    for name in STUDENTS:
        school.submit(school.student(name), HALF_RIGHT)
    with running_worker(school.config) as process:
        gradebook.wait_until(lambda: len(gradebook.log) >= 4)
        process.kill()
    unheard = set(taken(gradebook))
    silence.set()
    assert {row.state for row in school.passbacks()} == {PassbackState.WAITING, PassbackState.SENDING}

    school.fast_forward()
    with running_worker(school.config):
        gradebook.wait_until(lambda: unheard <= told_again(gradebook) and len(gradebook.scores) == len(STUDENTS))
    assert taken(gradebook) == sorted(STUDENTS)
    assert {row.state for row in school.passbacks()} == {PassbackState.SENT}
