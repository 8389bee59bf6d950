"""Celery workers, as real processes on a real Redis, with the outbox in PostgreSQL."""

from collections.abc import Iterator

import pytest

from lti_app.lti.keys import ensure_key
from lti_app.models import PassbackState
from tests.faults.worker_process import running_worker
from tests.lti_app.gradebook_server import GradebookServer
from tests.lti_app.school import ALL_RIGHT, School, open_school
from tests.lti_app.waiting import wait_for
from tests.servers import Redis


@pytest.fixture
def database_kind() -> str:
    return "postgresql"


@pytest.fixture
def school(database_url: str, gradebook: GradebookServer) -> Iterator[School]:
    school = open_school(database_url, lineitem_url=gradebook.lineitem_url, token_url=gradebook.token_url)
    ensure_key(school.database)
    yield school
    school.database.close()


def test_workers_share_the_queue_and_send_each_grade_once(
    school: School, gradebook: GradebookServer, redis: Redis
) -> None:
    for number in range(12):
        school.submit(school.student(f"S{number}"), ALL_RIGHT)
    with running_worker(school.config, "celery", redis.url), running_worker(school.config, "celery", redis.url):
        wait_for(lambda: {row.state for row in school.passbacks()} == {PassbackState.SENT})
    assert len(gradebook.log) == len(gradebook.scores) == 12


def test_grades_wait_for_redis_where_they_are(school: School, gradebook: GradebookServer, redis: Redis) -> None:
    with running_worker(school.config, "celery", redis.url):
        school.submit(school.student("Before"), ALL_RIGHT)
        gradebook.wait_until(lambda: len(gradebook.scores) == 1)
        redis.kill()
        school.submit(school.student("Meanwhile"), ALL_RIGHT)
        redis.start()
        gradebook.wait_until(lambda: len(gradebook.scores) == 2)
    assert len(gradebook.log) == 2
