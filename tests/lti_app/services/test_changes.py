"""Changes of one answer that come late, twice, out of order and from several pages."""

from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from lti_app.models import Answer, Attempt, Launch
from lti_app.services.attempts import start_attempt
from lti_app.services.changes import LARGEST_SEQUENCE, Change, is_newer, number_of
from lti_app.services.responses import InvalidResponse
from lti_app.services.saving import save_answer, save_answers
from lti_app.services.standing import browser_key, standing
from tests.lti_app.school import School

START = datetime(2026, 5, 3, 14, tzinfo=UTC)


def stored(change: Change, before: Answer | None = None) -> Answer:
    number = number_of(change, before)
    return Answer(sequence=number, page=change.page, page_sequence=change.sequence, changed_at=change.made_at)


@st.composite
def deliveries(draw: st.DrawFn) -> tuple[list[Change], list[Change]]:
    """Changes in the order in which a student makes them, and in one in which they may arrive, some twice."""
    pages = draw(st.lists(st.sampled_from("ABC"), min_size=1, max_size=8))
    counts = {page: draw(st.integers(0, 5)) for page in "ABC"}
    made = []
    for second, page in enumerate(pages):
        counts[page] += draw(st.integers(1, 3))
        made.append(Change(page=page, sequence=counts[page], made_at=START + timedelta(seconds=second)))
    again = draw(st.lists(st.sampled_from(made), max_size=4))
    return made, draw(st.permutations([*made, *again]))


@given(deliveries())
def test_whatever_arrives_when_the_change_that_was_made_last_stands(changes: tuple[list[Change], list[Change]]) -> None:
    made, arriving = changes
    answer, numbers = None, []
    for change in arriving:
        if answer is None or is_newer(change, answer):
            answer = stored(change, answer)
            numbers.append((answer.sequence, answer.page, answer.page_sequence))
    assert answer is not None
    assert (answer.page, answer.changed_at) == (made[-1].page, made[-1].made_at)
    # Each change that was stored has a number of its own, and they rise.
    told = [number for (number, *_), _ in groupby(numbers)]
    assert told == sorted(set(told))


@given(st.integers(0, 30), st.integers(0, 30))
def test_of_one_page_its_count_decides_however_slow_its_requests_are(late: int, quick: int) -> None:
    first = Change(page="A", sequence=1, made_at=START + timedelta(seconds=late))
    second = Change(page="A", sequence=2, made_at=START + timedelta(seconds=quick))
    assert is_newer(second, stored(first))
    assert not is_newer(first, stored(second))


def save(school: School, launch_id: str, response: Any, sequence: Any, **change: Any) -> tuple[bool, int]:
    """Return whether it stands, and the number of what is stored."""
    with school.database.writing() as session:
        attempt = start_attempt(session, session.get_one(Launch, launch_id))
        saved = save_answer(session, attempt, "depth", response, sequence, **change)
    return saved.stands, saved.sequence


def response_of(school: School) -> Any:
    with school.database.reading() as session:
        return session.get_one(Answer, (1, "depth")).response


@pytest.mark.parametrize(("age", "stands"), [(59_000, True), (61_000, False)])
def test_what_waited_on_one_device_replaces_only_what_is_older_on_another(
    school: School, age: int, stands: bool
) -> None:
    launch_id = school.student()
    with time_machine.travel(START, tick=False) as clock:
        with school.database.writing() as session:
            start_attempt(session, session.get_one(Launch, launch_id))
        clock.shift(timedelta(minutes=1))
        save(school, launch_id, [1], 1, page="phone")
        clock.shift(timedelta(minutes=1))
        saved = save(school, launch_id, [0], 9, page="train", age=age)
    assert saved == (stands, 9 if stands else 1)
    assert response_of(school) == ([0] if stands else [1])


def test_a_change_that_counts_lower_is_stored_with_a_higher_number(school: School) -> None:
    launch_id = school.student()
    save(school, launch_id, [1], 7, page="A")
    assert save(school, launch_id, [0], 2, page="B") == (True, 8)
    assert save(school, launch_id, [0], 2, page="B") == (True, 8)  # sent again
    assert save(school, launch_id, [1], 3, page="B") == (True, 9)  # made before B heard of the 8


def test_no_change_is_older_than_its_attempt(school: School) -> None:
    launch_id = school.student()
    save(school, launch_id, [1], 1, page="A", age=LARGEST_SEQUENCE)
    with school.database.reading() as session:
        assert session.get_one(Answer, (1, "depth")).changed_at == session.get_one(Attempt, 1).started_at


def test_what_a_form_holds_is_newer_than_what_is_on_its_way(school: School) -> None:
    launch_id = school.student()
    save(school, launch_id, [1], 4, page="A")
    with school.database.writing() as session:
        save_answers(session, session.get_one(Attempt, 1), {"depth": [0]})
    assert not save(school, launch_id, [1], 5, page="A", age=1000)[0]
    assert response_of(school) == [0]


@pytest.mark.parametrize(
    "change", [{"page": 1}, {"page": None}, {"page": "x" * 41}, {"age": -1}, {"age": 1.5}, {"age": "1"}, {"age": True}]
)
def test_a_change_that_no_page_sends_is_refused(school: School, change: dict[str, Any]) -> None:
    launch_id = school.student()
    with pytest.raises(InvalidResponse):
        save(school, launch_id, [1], 1, **change)


def test_how_an_attempt_stands(school: School) -> None:
    launch_id = school.student()
    save(school, launch_id, [1], 4, page="A")
    with school.database.writing() as session:
        attempt = session.get_one(Attempt, 1)
        now = standing(session, attempt)
        assert (now.over, now.ends_at, now.sequences) == (False, None, {"depth": 4})
        attempt.ends_at = attempt.started_at - timedelta(minutes=1)
        assert standing(session, attempt).over
        assert len(browser_key(session, attempt)) == 32
