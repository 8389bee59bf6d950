import io
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from rich.console import Console

from lti_app.demo.check import Journey, print_grades
from lti_app.demo.course import Embedded

SHIPS = Embedded("1", "ships", "Ships", Decimal(4), Path("ships.md"))


@pytest.mark.parametrize(
    ("arrived", "verdict"),
    [
        (Fraction(7, 3), "right"),
        (Fraction("2.33333333333333"), "right"),  # as a double writes it
        (Fraction("2.33"), "wrong"),
        (Fraction(0), "wrong"),
        (None, "missing"),
    ],
)
def test_a_grade_is_right_when_it_is_what_was_computed_by_hand(arrived: Fraction | None, verdict: str) -> None:
    assert Journey(SHIPS, "ada", Fraction(7, 3)).verdict(arrived) == verdict


def test_all_grades_are_right_only_when_each_is() -> None:
    journeys = [Journey(SHIPS, "ada", Fraction(4)), Journey(SHIPS, "ben", Fraction(1))]
    output = io.StringIO()
    console = Console(file=output, width=100)
    assert print_grades(journeys, {("1", "ada"): Fraction(4), ("1", "ben"): Fraction(1)}, console)
    assert not print_grades(journeys, {("1", "ada"): Fraction(4)}, console)
    assert not print_grades(journeys, {("1", "ada"): Fraction(4), ("1", "ben"): Fraction(2)}, console)
    journeys[1].trouble = "[the page] is wrong"
    assert not print_grades(journeys, {("1", "ada"): Fraction(4), ("1", "ben"): Fraction(1)}, console)
    assert "Ships, Ben: [the page] is wrong" in output.getvalue()
    assert "1 of 2 grades arrived and are right." in output.getvalue()
