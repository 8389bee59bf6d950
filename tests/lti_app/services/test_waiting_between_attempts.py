"""Between two attempts students wait as long as the quiz says."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from time_machine import Traveller, travel

from content.quiz import Settings, Shown
from lti_app.models import Launch
from lti_app.services.attempts import NotGivenNow, settle_overdue, start_attempt
from lti_app.services.overview import Overview, overview
from lti_app.services.quizzes import publish
from tests.lti_app.school import ALL_RIGHT, QUIZ, School

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def clock() -> Iterator[Traveller]:
    with travel(NOON, tick=False) as clock:
        yield clock


def give(school: School, **settings: Any) -> str:
    with school.database.writing() as session:
        publish(session, replace(QUIZ, settings=Settings(wait_between_attempts=30, **settings)))
    return school.student()


def seen(school: School, launch_id: str) -> Overview:
    with school.database.reading() as session:
        here = overview(session, session.get_one(Launch, launch_id))
        assert here is not None
        return here


def start(school: School, launch_id: str) -> int:
    with school.database.writing() as session:
        return start_attempt(session, session.get_one(Launch, launch_id)).number


def test_nobody_waits_for_the_first_attempt(school: School, clock: Traveller) -> None:
    ada = give(school)
    assert (seen(school, ada).entry, seen(school, ada).waits_until) == ("open", None)
    assert start(school, ada) == 1


def test_the_next_attempt_starts_once_the_time_since_the_submission_has_passed(
    school: School, clock: Traveller
) -> None:
    ada = give(school)
    start(school, ada)
    clock.move_to(NOON + 10 * MINUTE)
    school.submit(ada, ALL_RIGHT)
    clock.move_to(NOON + 40 * MINUTE - timedelta(seconds=1))
    assert (seen(school, ada).entry, seen(school, ada).waits_until) == ("wait", NOON + 40 * MINUTE)
    with pytest.raises(NotGivenNow):
        start(school, ada)
    clock.move_to(NOON + 40 * MINUTE)
    assert seen(school, ada).entry == "open"
    assert start(school, ada) == 2


def test_of_an_attempt_whose_time_was_up_the_wait_begins_with_its_end(school: School, clock: Traveller) -> None:
    ada = give(school, time_limit=20)
    start(school, ada)
    clock.move_to(NOON + 45 * MINUTE)
    assert settle_overdue(school.database) == 1
    assert seen(school, ada).waits_until == NOON + 50 * MINUTE


def test_who_has_had_every_attempt_waits_for_none(school: School, clock: Traveller) -> None:
    ada = give(school, attempts=1)
    school.submit(ada, ALL_RIGHT)
    assert seen(school, ada).entry == "no attempts left"


@pytest.mark.parametrize(("closes", "entry", "reviews"), [(30, "closes before", True), (31, "wait", False)])
def test_an_attempt_is_the_last_where_the_quiz_closes_before_the_wait_is_over(
    school: School, clock: Traveller, closes: int, entry: str, reviews: bool
) -> None:
    ada = give(school, closes=NOON + closes * MINUTE, show_feedback=Shown.AFTER_LAST_ATTEMPT)
    school.submit(ada, ALL_RIGHT)
    assert (seen(school, ada).entry, seen(school, ada).sight.score) == (entry, reviews)
