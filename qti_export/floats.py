"""Numbers in LMSs that reckon with floats, which hold about 15 digits."""

from decimal import Decimal

from content.numbers import NumericAnswer


def is_rounded(number: Decimal) -> bool:
    """Return whether the number is none that a float can be written as."""
    return Decimal(repr(float(number))) != number


def has_rounded(answer: NumericAnswer) -> bool:
    """Return whether one of the numbers that are written for the answer is rounded by a float."""
    return any(map(is_rounded, (*answer.bounds(), getattr(answer, "value", Decimal(0)))))
