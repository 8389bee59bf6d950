from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from lti_app.models import Attempt
from lti_app.services.grading import highest

START = datetime(2026, 1, 1, tzinfo=UTC)


def attempt(number: int, points: Fraction | int | None, possible: int | None = 4) -> Attempt:
    submitted_at = START + timedelta(days=number) if points is not None else None
    return Attempt(
        number=number,
        points=Fraction(points) if points is not None else None,
        possible=Decimal(possible) if points is not None and possible else None,
        submitted_at=submitted_at,
    )


def test_nothing_counts_before_a_submission() -> None:
    assert highest([]) is None
    assert highest([attempt(1, None)]) is None


def test_the_highest_attempt_counts_exactly() -> None:
    score = highest([attempt(1, 1), attempt(2, Fraction(5, 3)), attempt(3, Fraction(4, 3)), attempt(4, None)])
    assert score is not None
    assert (score.attempt_number, score.points, score.possible) == (2, Fraction(5, 3), 4)
    assert score.submitted_at == START + timedelta(days=2)


def test_of_equal_attempts_the_earliest_counts_so_that_none_is_late() -> None:
    score = highest([attempt(3, 2), attempt(2, 2), attempt(1, 1)])
    assert score is not None
    assert score.attempt_number == 2


def test_attempts_at_a_changed_quiz_are_compared_by_their_share() -> None:
    score = highest([attempt(1, 3, possible=4), attempt(2, 5, possible=8)])
    assert score is not None
    assert score.attempt_number == 1


@given(st.lists(st.integers(0, 4), min_size=1, max_size=6), st.integers(0, 4))
def test_a_further_attempt_never_lowers_the_score(points: list[int], further: int) -> None:
    attempts = [attempt(number, one) for number, one in enumerate(points, start=1)]
    before, after = highest(attempts), highest([*attempts, attempt(len(points) + 1, further)])
    assert before is not None
    assert after is not None
    assert after.share >= before.share
    assert (after.attempt_number == len(points) + 1) == (further > max(points))
