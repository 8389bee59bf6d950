from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.quiz import WhichAttempt
from lti_app.models import Attempt
from lti_app.services.grading import Rule, counted

START = datetime(2026, 1, 1, tzinfo=UTC)
BEST = Rule(WhichAttempt.HIGHEST)


def attempt(
    number: int, points: Fraction | int | None, possible: int | None = 4, *, needs_grading: bool = False
) -> Attempt:
    submitted_at = START + timedelta(days=number) if points is not None else None
    return Attempt(
        number=number,
        points=Fraction(points) if points is not None else None,
        possible=Decimal(possible) if points is not None and possible else None,
        submitted_at=submitted_at,
        needs_grading=needs_grading,
    )


def test_nothing_counts_before_a_submission() -> None:
    assert counted([], BEST) is None
    assert counted([attempt(1, None)], BEST) is None


def test_the_highest_attempt_counts_exactly() -> None:
    score = counted([attempt(1, 1), attempt(2, Fraction(5, 3)), attempt(3, Fraction(4, 3)), attempt(4, None)], BEST)
    assert score is not None
    assert (score.attempt_number, score.points, score.possible) == (2, Fraction(5, 3), 4)
    assert score.submitted_at == START + timedelta(days=2)


def test_of_equal_attempts_the_earliest_counts_so_that_none_is_late() -> None:
    score = counted([attempt(3, 2), attempt(2, 2), attempt(1, 1)], BEST)
    assert score is not None
    assert score.attempt_number == 2


def test_attempts_at_a_changed_quiz_are_compared_by_their_share() -> None:
    score = counted([attempt(1, 3, possible=4), attempt(2, 5, possible=8)], BEST)
    assert score is not None
    assert score.attempt_number == 1


@pytest.mark.parametrize("which", list(WhichAttempt))
def test_where_nothing_can_be_earned_the_share_is_none_of_it(which: WhichAttempt) -> None:
    attempts = [attempt(1, 0), attempt(2, 0)]
    for one in attempts:
        one.possible = Decimal(0)
    score = counted(attempts, Rule(which))
    assert score is not None
    assert (score.share, score.points) == (0, 0)


@given(st.lists(st.integers(0, 4), min_size=1, max_size=6), st.integers(0, 4))
def test_a_further_attempt_never_lowers_the_score(points: list[int], further: int) -> None:
    attempts = [attempt(number, one) for number, one in enumerate(points, start=1)]
    before, after = counted(attempts, BEST), counted([*attempts, attempt(len(points) + 1, further)], BEST)
    assert before is not None
    assert after is not None
    assert after.share >= before.share
    assert (after.attempt_number == len(points) + 1) == (further > max(points))


@pytest.mark.parametrize(
    ("which", "points", "comment"),
    [
        (WhichAttempt.HIGHEST, 3, "Attempt 2 of 3 counts."),
        (WhichAttempt.FIRST, 1, "Attempt 1 of 3 counts."),
        (WhichAttempt.LATEST, 2, "Attempt 3 of 3 counts."),
        (WhichAttempt.AVERAGE, 2, "Average of 3 attempts."),
    ],
)
def test_the_rule_says_which_attempt_counts(which: WhichAttempt, points: int, comment: str) -> None:
    score = counted([attempt(1, 1), attempt(2, 3), attempt(3, 2), attempt(4, None)], Rule(which))
    assert score is not None
    assert (score.points, score.comment) == (points, comment)


def test_an_average_is_exact() -> None:
    score = counted([attempt(1, 1), attempt(2, 0), attempt(3, 1)], Rule(WhichAttempt.AVERAGE))
    assert score is not None
    assert score.points == Fraction(2, 3)


@pytest.mark.parametrize(
    ("late", "points", "days"),
    [
        (timedelta(0), 3, 0),
        (timedelta(microseconds=1), Fraction(26, 10), 1),
        (timedelta(days=1), Fraction(26, 10), 1),
        (timedelta(days=1, seconds=1), Fraction(22, 10), 2),
        (timedelta(days=30), 0, 30),
    ],
)
def test_each_begun_day_late_costs_a_part_of_the_possible_points(
    late: timedelta, points: Fraction | int, days: int
) -> None:
    due = START + timedelta(days=1) - late
    score = counted([attempt(1, 3)], Rule(late_percent=10, due=due))
    assert score is not None
    assert (score.points, score.days_late) == (points, days)


def test_lateness_decides_which_of_two_attempts_is_the_higher() -> None:
    score = counted([attempt(1, 3), attempt(5, 4)], Rule(late_percent=10, due=START + timedelta(days=2)))
    assert score is not None
    assert (score.attempt_number, score.points) == (1, 3)


@pytest.mark.parametrize("which", WhichAttempt)
def test_an_attempt_counts_once_a_person_has_graded_the_rest_of_it(which: WhichAttempt) -> None:
    assert counted([attempt(1, 3, needs_grading=True)], Rule(which)) is None
    score = counted([attempt(1, 1), attempt(2, 4, needs_grading=True)], Rule(which))
    assert score is not None
    assert score.attempt_number == 1
