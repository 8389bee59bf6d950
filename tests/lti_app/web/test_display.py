"""How values read on a page."""

from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_app.web.display import display_name, moment, percent


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (Fraction(0), "0%"),
        (Fraction(1), "100%"),
        (Fraction(4, 5), "80%"),
        (Fraction(2, 3), "66.6%"),
        (Fraction(7999999, 10000000), "79.9%"),
        (Fraction(1, 3000), "0%"),
    ],
)
def test_a_share_reads_in_per_cent(share: Fraction, text: str) -> None:
    assert percent(share) == text


@given(st.fractions(0, 1), st.integers(0, 100))
def test_nobody_reads_a_percentage_that_is_not_reached(share: Fraction, pass_mark: int) -> None:
    needed = Fraction(pass_mark, 100)
    shown = Fraction(percent(share).rstrip("%"))
    assert (shown >= pass_mark) == (share >= needed)


def test_a_moment_is_told_in_utc_for_those_without_scripts() -> None:
    when = datetime(2026, 5, 3, 16, 2, 59, 999, tzinfo=timezone(timedelta(hours=2)))
    assert moment(when) == '<time datetime="2026-05-03T14:02:59+00:00">3 May, 14:02 UTC</time>'
    assert moment(when) == moment(when.astimezone(UTC))


def test_a_person_without_a_name_gets_one() -> None:
    assert display_name(SimpleNamespace(id=7, name="")) == "Student 7"
    assert display_name(SimpleNamespace(id=7, name="Ada")) == "Ada"
