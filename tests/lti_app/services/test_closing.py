"""A quiz closes, or allows no further attempt, while somebody is still at it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from time_machine import Traveller, travel

from content.quiz import Settings, Shown
from lti_app.models import Attempt, Launch, QuizRevision
from lti_app.services.attempts import settle_overdue, start_attempt, submit_attempt
from lti_app.services.overview import overview
from lti_app.services.policy import Sight
from lti_app.services.quizzes import publish
from lti_app.services.timing import GRACE
from tests.lti_app.school import ALL_RIGHT, QUIZ, School

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def clock() -> Iterator[Traveller]:
    with travel(NOON, tick=False) as clock:
        yield clock


def give(school: School, **settings: Any) -> None:
    with school.database.writing() as session:
        publish(session, replace(QUIZ, settings=Settings(**settings)))


def start(school: School, launch_id: str) -> None:
    with school.database.writing() as session:
        start_attempt(session, session.get_one(Launch, launch_id))


def running(school: School) -> Attempt:
    with school.database.reading() as session:
        return session.scalars(select(Attempt).where(Attempt.submitted_at.is_(None))).one()


def sight_of(school: School, launch_id: str) -> Sight:
    with school.database.reading() as session:
        here = overview(session, session.get_one(Launch, launch_id))
        assert here is not None
        return here.sight


@pytest.mark.parametrize("shown", [Shown.AFTER_LAST_ATTEMPT, Shown.AFTER_CLOSE])
def test_no_key_is_shown_while_answers_on_their_way_are_still_taken(
    school: School, clock: Traveller, shown: Shown
) -> None:
    give(school, attempts=2, closes=NOON + HOUR, show_answers=shown)
    ada = school.student("Ada")
    school.submit(ada, ALL_RIGHT)
    start(school, ada)
    clock.move_to(NOON + HOUR)
    assert not sight_of(school, ada).key
    clock.move_to(NOON + HOUR + GRACE)
    settle_overdue(school.database)
    assert sight_of(school, ada).key


def test_no_key_is_shown_to_somebody_while_another_students_answers_are_still_taken(
    school: School, clock: Traveller
) -> None:
    give(school, closes=NOON + HOUR, show_answers=Shown.AFTER_CLOSE)
    ada = school.student("Ada")
    school.submit(ada, ALL_RIGHT)
    clock.move_to(NOON + HOUR)
    assert not sight_of(school, ada).key
    clock.move_to(NOON + HOUR + GRACE)
    assert sight_of(school, ada).key


def test_fewer_attempts_than_were_begun_show_no_key_before_the_last_is_submitted(school: School) -> None:
    give(school, attempts=2, show_answers=Shown.AFTER_LAST_ATTEMPT)
    ada = school.student("Ada")
    school.submit(ada, ALL_RIGHT)
    start(school, ada)
    give(school, attempts=1, show_answers=Shown.AFTER_LAST_ATTEMPT)
    assert not sight_of(school, ada).key
    with school.database.writing() as session:
        submit_attempt(session, session.get_one(Attempt, running(school).id))
    assert sight_of(school, ada).key


def test_an_attempt_that_cannot_be_submitted_stands_in_the_way_of_no_other(school: School, clock: Traveller) -> None:
    give(school, closes=NOON + HOUR, attempts=1)
    start(school, school.student("Ada"))
    broken = running(school).revision_id
    give(school, closes=NOON + HOUR, attempts=2)
    start(school, school.student("Ben"))
    with school.database.writing() as session:
        session.execute(update(QuizRevision).where(QuizRevision.id == broken).values(text="no quiz"))
    clock.move_to(NOON + HOUR + GRACE)
    assert settle_overdue(school.database) == 1
    assert running(school).revision_id == broken


@pytest.mark.parametrize(("closes", "ends"), [(2 * HOUR, 2 * HOUR), (4 * HOUR, 3 * HOUR), (None, 3 * HOUR)])
def test_a_running_attempt_ends_when_the_quiz_closes_now(
    school: School, clock: Traveller, closes: timedelta | None, ends: timedelta
) -> None:
    give(school, time_limit=180, closes=NOON + HOUR)
    start(school, school.student("Ada"))
    assert running(school).ends_at == NOON + HOUR
    give(school, time_limit=10, closes=closes and NOON + closes)
    assert running(school).ends_at == NOON + ends


def test_of_an_attempt_that_a_new_date_ends_at_once_what_is_on_its_way_is_still_taken(
    school: School, clock: Traveller
) -> None:
    give(school)
    start(school, school.student("Ada"))
    clock.move_to(NOON + HOUR)
    give(school, closes=NOON - HOUR)
    assert running(school).ends_at == NOON + HOUR
    clock.move_to(NOON + HOUR + GRACE)
    assert settle_overdue(school.database) == 1
