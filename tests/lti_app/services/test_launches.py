from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload
from structlog.testing import capture_logs

from lti_app.config import Config
from lti_app.lti.claims import LaunchClaims
from lti_app.models import Course, Database, Launch, Registration, ResourceLink, Role, User, utcnow
from lti_app.services.attempts import start_attempt
from lti_app.services.launches import OpenedLaunch, find_launch, open_launch
from lti_app.services.quizzes import publish
from lti_app.services.rows import find_or_add
from tests.lti_app.school import QUIZ


@pytest.fixture
def claims(registration: Registration) -> LaunchClaims:
    return LaunchClaims(
        registration_id=registration.id,
        deployment_id=registration.deployments[0].id,
        sub="ada",
        role=Role.LEARNER,
        name="Ada",
        email="ada@example.edu",
        context_id="course-1",
        context_title="Chemistry",
        resource_link_id="link-1",
        resource_link_title="Week 1",
        lineitem_url="https://lms.example.edu/1",
        ags_scopes=("score",),
    )


def opened(database: Database, config: Config, claims: LaunchClaims, **changes: Any) -> OpenedLaunch:
    with database.writing() as session:
        return open_launch(session, replace(claims, **changes), config)


def the_link(database: Database) -> ResourceLink:
    with database.reading() as session:
        return session.scalars(select(ResourceLink).options(joinedload(ResourceLink.course))).one()


def count(database: Database, table: Any) -> int | None:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(table))


def test_a_launch_is_found_by_its_id_and_secret_with_all_that_pages_show(
    database: Database, config: Config, claims: LaunchClaims
) -> None:
    launch = opened(database, config, claims)
    with database.reading() as session:
        found = find_launch(session, launch.launch.id, launch.secret)
    assert found is not None
    link = found.resource_link
    assert (found.role, found.user.name, link.title, link.course.title) == (Role.LEARNER, "Ada", "Week 1", "Chemistry")
    assert link.course.deployment.registration.name == "Loopback"


def test_a_launch_is_not_found_by_another_secret(database: Database, config: Config, claims: LaunchClaims) -> None:
    first, second = opened(database, config, claims), opened(database, config, claims)
    with database.reading() as session:
        assert find_launch(session, first.launch.id, second.secret) is None
        assert find_launch(session, first.launch.id, first.launch.secret_hash) is None
        assert find_launch(session, first.launch.id, "") is None


def test_a_launch_ends_and_is_forgotten_at_the_next(database: Database, config: Config, claims: LaunchClaims) -> None:
    first = opened(database, config, claims)
    with time_machine.travel(utcnow() + config.launch_lifetime + timedelta(seconds=1), tick=False):
        with database.reading() as session:
            assert find_launch(session, first.launch.id, first.secret) is None
        opened(database, config, claims)
    assert count(database, Launch) == 1


def test_a_second_launch_brings_what_is_known_up_to_date(
    database: Database, config: Config, claims: LaunchClaims
) -> None:
    opened(database, config, claims)
    changes = {"name": "Ada L.", "context_title": "Chem 2", "resource_link_title": "Week 2", "lineitem_url": None}
    opened(database, config, claims, **changes)
    link = the_link(database)
    assert (link.title, link.course.title, link.lineitem_url, link.ags_scopes) == ("Week 2", "Chem 2", None, ["score"])
    with database.reading() as session:
        assert session.scalars(select(User.name)).all() == ["Ada L."]
    assert count(database, Launch) == 2


def test_links_of_the_same_id_in_two_courses_are_two(database: Database, config: Config, claims: LaunchClaims) -> None:
    opened(database, config, claims)
    opened(database, config, claims, context_id="course-2")
    assert (count(database, ResourceLink), count(database, Course), count(database, User)) == (2, 2, 1)


def test_people_of_the_same_id_at_two_platforms_are_two(
    database: Database, config: Config, claims: LaunchClaims
) -> None:
    values = {"client_id": "c", "auth_login_url": "", "auth_token_url": "", "jwks_url": ""}
    other = Registration(name="Other", issuer="https://other.example.edu", **values)
    with database.writing() as session:
        session.add(other)
    opened(database, config, claims)
    opened(database, config, claims, registration_id=other.id)
    assert count(database, User) == 2


class TestQuiz:
    @pytest.fixture(autouse=True)
    def quizzes(self, database: Database) -> None:
        with database.writing() as session:
            publish(session, QUIZ)
            publish(session, replace(QUIZ, id="sky", parts=QUIZ.questions[:1]))

    def test_the_link_s_parameter_binds_it(self, database: Database, config: Config, claims: LaunchClaims) -> None:
        opened(database, config, claims, quiz_id="sea")
        assert the_link(database).quiz_id == "sea"

    def test_a_quiz_that_there_is_not_is_not_bound_and_the_log_says_so(
        self, database: Database, config: Config, claims: LaunchClaims
    ) -> None:
        with capture_logs() as events:
            opened(database, config, claims, quiz_id="land")
        assert the_link(database).quiz_id is None
        assert [(event["quiz"], event["reason"]) for event in events] == [("land", "There is no quiz 'land'.")]

    def test_another_parameter_binds_its_quiz_until_somebody_has_begun(
        self, database: Database, config: Config, claims: LaunchClaims
    ) -> None:
        opened(database, config, claims, quiz_id="sea")
        launch = opened(database, config, claims, quiz_id="sky").launch
        assert the_link(database).quiz_id == "sky"
        with database.writing() as session:
            start_attempt(session, session.merge(launch))
        with capture_logs() as events:
            opened(database, config, claims, quiz_id="sea")
        assert the_link(database).quiz_id == "sky"
        assert "begun" in events[0]["reason"]


def test_a_row_that_another_launch_adds_meanwhile_is_used(
    database: Database, config: Config, claims: LaunchClaims, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on PostgreSQL, where two transactions look at the same time and see nothing."""
    opened(database, config, claims)
    with database.writing() as session:
        real, blind = session.scalar, iter([True])
        monkeypatch.setattr(session, "scalar", lambda *asked: None if next(blind, False) else real(*asked))
        user = find_or_add(session, User, registration_id=claims.registration_id, sub="ada")
        assert user.name == "Ada"
    assert count(database, User) == 1
