from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select, update

from content.quiz import WhichAttempt
from lti_app.config import Config
from lti_app.lti.claims import LaunchClaims
from lti_app.models import Attempt, Database, Deployment, Launch, Quiz, Registration, ResourceLink, Role
from lti_app.services.attempts import start_attempt, submit_attempt
from lti_app.services.launches import open_launch
from lti_app.services.quizzes import bind_quiz, publish
from tests.lti_app.fixtures import register
from tests.lti_app.platform import Platform
from tests.lti_app.school import ALL_RIGHT, QUIZ


@pytest.fixture(autouse=True)
def quizzes(database: Database) -> None:
    with database.writing() as session:
        publish(session, QUIZ)
        publish(session, replace(QUIZ, id="sky", parts=QUIZ.questions[:1]))


class Lms:
    """Launches links of courses of one registration."""

    def __init__(self, database: Database, config: Config, registration: Registration) -> None:
        self.database = database
        self.config = config
        self.registration = registration

    def launch(self, course: str, link: str, **claims: Any) -> Launch:
        told = {"deployment_id": self.registration.deployments[0].id, "sub": "ada", "role": Role.LEARNER, **claims}
        said = LaunchClaims(registration_id=self.registration.id, context_id=course, resource_link_id=link, **told)
        with self.database.writing() as session:
            return open_launch(session, said, self.config).launch

    def quiz_at(self, course: str, link: str, **claims: Any) -> str | None:
        """Launch a link; return the quiz that it leads to."""
        return self.launch(course, link, **claims).resource_link.quiz_id

    def choose(self, course: str, link: str, quiz: str) -> Launch:
        """Launch a link and choose its quiz, as a teacher does."""
        launch = self.launch(course, link)
        with self.database.writing() as session:
            bind_quiz(session, session.merge(launch).resource_link, quiz)
        return launch


@pytest.fixture
def lms(database: Database, config: Config, registration: Registration) -> Lms:
    return Lms(database, config, registration)


def test_a_copied_link_finds_its_quiz(lms: Lms) -> None:
    lms.choose("2025", "week-1", "sea")
    assert lms.quiz_at("2026", "copy", link_history=("week-1",), context_history=("2025",)) == "sea"


def test_a_copy_has_no_attempts_and_its_own_line_item(lms: Lms, database: Database) -> None:
    original = lms.launch("2025", "week-1", quiz_id="sea", lineitem_url="https://lms.example.edu/old")
    with database.writing() as session:
        launch = session.merge(original)
        submit_attempt(session, start_attempt(session, launch), ALL_RIGHT)
    copy = lms.launch(
        "2026", "copy", link_history=("week-1",), lineitem_url="https://lms.example.edu/new"
    ).resource_link
    with database.reading() as session:
        assert session.scalars(select(Attempt.resource_link_id)).all() == [original.resource_link_id]
        assert copy.id != original.resource_link_id
    assert copy.lineitem_url == "https://lms.example.edu/new"


def test_a_copy_s_attempts_count_by_the_rule_of_its_original(lms: Lms, database: Database) -> None:
    original = lms.choose("2025", "week-1", "sea").resource_link
    with database.writing() as session:
        changed = session.get_one(ResourceLink, original.id)
        changed.which_attempt, changed.late_percent = WhichAttempt.LATEST, 10
    copy = lms.launch("2026", "copy", link_history=("week-1",)).resource_link
    assert (copy.which_attempt, copy.late_percent) == (WhichAttempt.LATEST, 10)


def test_a_copy_without_a_line_item_does_not_use_its_original_s(lms: Lms) -> None:
    lms.launch("2025", "week-1", quiz_id="sea", lineitem_url="https://lms.example.edu/old")
    copy = lms.launch("2026", "copy", link_history=("week-1",)).resource_link
    assert (copy.quiz_id, copy.lineitem_url) == ("sea", None)


def test_of_copies_of_copies_the_latest_counts(lms: Lms) -> None:
    lms.choose("2024", "a", "sea")
    lms.choose("2025", "b", "sky")
    assert lms.quiz_at("2026", "c", link_history=("b", "a")) == "sky"


def test_a_copy_that_nobody_opened_or_bound_is_passed_over(lms: Lms) -> None:
    lms.choose("2023", "a", "sea")
    lms.launch("2025", "c")
    assert lms.quiz_at("2026", "d", link_history=("c", "never-opened", "a")) == "sea"


def test_a_copy_that_keeps_its_link_s_id_is_found_by_its_course_s_history(lms: Lms) -> None:
    lms.choose("2024", "week-1", "sky")
    lms.choose("2025", "week-1", "sea")
    assert lms.quiz_at("2026", "week-1", context_history=("2025", "2024")) == "sea"


def test_of_links_of_one_id_that_of_the_latest_course_counts(lms: Lms) -> None:
    lms.choose("2025", "week-1", "sea")
    lms.choose("elsewhere", "week-1", "sky")
    assert lms.quiz_at("2026", "copy", link_history=("week-1",), context_history=("2025",)) == "sea"


def test_a_link_of_the_same_id_in_a_course_that_is_no_original_says_nothing(lms: Lms) -> None:
    lms.choose("2025", "week-1", "sea")
    assert lms.quiz_at("another", "week-1", context_history=("2024",)) is None
    assert lms.quiz_at("a third", "week-1") is None


def test_a_quiz_that_a_teacher_chose_in_the_copy_stays(lms: Lms) -> None:
    lms.choose("2025", "week-1", "sea")
    lms.choose("2026", "copy", "sky")
    assert lms.quiz_at("2026", "copy", link_history=("week-1",)) == "sky"


def test_the_link_s_own_parameter_counts_more_than_its_history(lms: Lms) -> None:
    lms.choose("2025", "week-1", "sea")
    assert lms.quiz_at("2026", "copy", link_history=("week-1",), quiz_id="sky") == "sky"


def test_a_quiz_that_is_offered_no_more_runs_on_in_the_copy(lms: Lms, database: Database) -> None:
    lms.choose("2025", "week-1", "sea")
    with database.writing() as session:
        session.execute(update(Quiz).values(offered=False))
    assert lms.quiz_at("2026", "copy", link_history=("week-1",)) == "sea"


def test_another_deployment_of_the_registration_is_the_same_lms(lms: Lms, database: Database) -> None:
    lms.choose("2025", "week-1", "sea")
    with database.writing() as session:
        second = Deployment(registration_id=lms.registration.id, deployment_id="second")
        session.add(second)
    assert lms.quiz_at("2026", "copy", link_history=("week-1",), deployment_id=second.id) == "sea"


def test_a_history_never_reaches_into_another_registration(
    lms: Lms, database: Database, config: Config, platform: Platform
) -> None:
    other = Lms(database, config, register(database, platform, "Other", client_id="other"))
    other.choose("2025", "week-1", "sea")
    assert lms.quiz_at("2026", "copy", link_history=("week-1",), context_history=("2025",)) is None
    assert lms.quiz_at("2026", "week-1", link_history=("week-1",), context_history=("2025",)) is None


def test_a_link_that_names_itself_inherits_nothing(lms: Lms, database: Database) -> None:
    lms.launch("2026", "copy")
    assert lms.quiz_at("2026", "copy", link_history=("copy",), context_history=("2026",)) is None
    with database.reading() as session:
        assert len(session.scalars(select(ResourceLink)).all()) == 1


def test_a_history_of_a_hundred_ids(lms: Lms) -> None:
    lms.choose("2025", "week-1", "sea")
    ids = tuple(f"link-{number}" for number in range(99))
    assert lms.quiz_at("2026", "copy", link_history=(*ids, "week-1"), context_history=ids) == "sea"
