"""Answers that are typed or picked from a list, in the form in which Moodle compares and shows them."""

import re
from decimal import Decimal
from typing import NamedTuple

from content.characters import drop_forbidden
from content.numbers import EXACT, NumericAnswer

ANYTHING = "*"
"""The answer that every response matches. Answers are tried in their order, so it comes last."""

PICK_MAX_LENGTH = 255
"""Characters of what is picked in a matching question (``qtype_match_subquestions.answertext``)."""

BLUR = Decimal("1e-14")
"""What Moodle adds to every tolerance, times the answer where that is above 1, because it computes with floats
(``qtype_numerical_answer::get_tolerance_interval``)."""


class Tolerated(NamedTuple):
    """A number, and how far from it an answer may lie: the only kind of numeric answer that Moodle has."""

    value: Decimal
    tolerance: Decimal

    @property
    def is_blurred(self) -> bool:
        """Return whether Moodle's floats are too coarse for the digits of this answer."""
        finest = min((_unit(number) for number in self if number), default=Decimal(1))
        return EXACT.multiply(BLUR, max(Decimal(1), abs(self.value))) >= finest


def tolerated(answer: NumericAnswer) -> Tolerated:
    """Return the middle of what the answer accepts and the exact distance to either end."""
    low, high = answer.bounds()
    two = Decimal(2)
    return Tolerated(EXACT.divide(EXACT.add(low, high), two), EXACT.divide(EXACT.subtract(high, low), two))


def number(value: Decimal) -> str:
    """Return the number with a decimal point and without a power: Moodle reads ``3,14`` as 314."""
    return f"{value:f}"


def literally(text: str) -> str:
    r"""Return a typed answer as a pattern that only it matches: a bare ``*`` stands for anything, ``\*`` for itself.

    Blanks are folded, as in what it is compared with.
    """
    return " ".join(drop_forbidden(text).split()).replace("*", r"\*")


def picked(text: str) -> str:
    """Return what is picked from a list such that ``format_string``, which strips tags, shows all of it."""
    text = re.sub("&(?=[A-Za-z0-9#]{1,8};)", "&amp;", drop_forbidden(text))
    return text.replace("<", "&lt;")


def _unit(number: Decimal) -> Decimal:
    """Return one unit of the number's last digit that is not 0."""
    exponent = number.normalize(EXACT).as_tuple().exponent
    return Decimal(1).scaleb(int(exponent), EXACT)
