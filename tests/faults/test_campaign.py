"""Students submit while everything is killed at random moments. `make faults` does so at length.

FAULTS_KILLS, FAULTS_STUDENTS and FAULTS_SEED say how many, and which chance.
"""

import os
import random

import pytest
from sqlalchemy import select

from lti_app.lti.keys import ensure_key
from lti_app.models import Answer, Attempt, PassbackState, User
from tests.faults.campaign import Campaign
from tests.faults.students import Student, launch_students
from tests.lti_app.gradebook_server import GradebookServer
from tests.lti_app.school import School, open_school
from tests.lti_app.waiting import wait_for
from tests.servers import running_postgres, running_redis

KILLS = int(os.environ.get("FAULTS_KILLS", "4"))
STUDENTS = int(os.environ.get("FAULTS_STUDENTS", "12"))
SEED = int(os.environ.get("FAULTS_SEED", "7"))

pytestmark = pytest.mark.timeout(240 + 10 * KILLS)

UNTIL_ALL_IS_SENT = 60 + KILLS  # seconds; a row that was often unlucky waits the longer


def open_for(gradebook: GradebookServer, database_url: str) -> School:
    school = open_school(database_url, lineitem_url=gradebook.lineitem_url, token_url=gradebook.token_url)
    ensure_key(school.database)
    return school


def saved_answers(school: School) -> dict[tuple[str, int, str], list[int]]:
    with school.database.reading() as session:
        rows = session.execute(
            select(User.sub, Attempt.number, Answer.question_id, Answer.response)
            .join(Attempt, Attempt.user_id == User.id)
            .join(Answer, Answer.attempt_id == Attempt.id)
        )
        return {(sub, number, question): response for sub, number, question, response in rows}


def assert_nothing_is_lost_stale_or_doubled(
    school: School, gradebook: GradebookServer, students: list[Student]
) -> None:
    answers = saved_answers(school)
    for student in students:
        assert student.submitted == student.plan
        for (number, question), picks in student.saved.items():
            assert answers[student.name, number, question] == picks
        assert gradebook.scores[student.name]["scoreGiven"] == student.points
    taken = [stamp for stamp, entry in zip(gradebook.timestamps, gradebook.log, strict=True) if entry[2] == 200]
    assert len(taken) == len(set(taken))


def is_all_sent(school: School) -> bool:
    return {row.state for row in school.passbacks()} == {PassbackState.SENT}


def test_with_sqlite_and_embedded_workers(gradebook: GradebookServer, tmp_path_factory: pytest.TempPathFactory) -> None:
    school = open_for(gradebook, f"sqlite:///{tmp_path_factory.mktemp('campaign')}/school.db")
    students = launch_students(school, STUDENTS, random.Random(SEED))
    campaign = Campaign(school.config, gradebook, [], SEED)
    try:
        campaign.start()
        campaign.run(students, KILLS)
        wait_for(lambda: is_all_sent(school), UNTIL_ALL_IS_SENT)
    finally:
        campaign.end()
    assert_nothing_is_lost_stale_or_doubled(school, gradebook, students)
    school.database.close()


def test_with_postgresql_redis_and_celery(gradebook: GradebookServer) -> None:
    with running_postgres() as postgres, running_redis() as redis:
        school = open_for(gradebook, postgres.create("campaign"))
        students = launch_students(school, STUDENTS, random.Random(SEED))
        campaign = Campaign(school.config, gradebook, [postgres, redis], SEED)
        try:
            campaign.start(redis.url)
            campaign.run(students, KILLS)
            wait_for(lambda: is_all_sent(school), UNTIL_ALL_IS_SENT)
        finally:
            campaign.end()
        assert_nothing_is_lost_stale_or_doubled(school, gradebook, students)
        school.database.close()
