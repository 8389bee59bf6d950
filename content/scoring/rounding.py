"""Exact points on their way out: rounded once, for a gradebook or a page."""

from decimal import Decimal
from fractions import Fraction


def to_decimal(points: Fraction | Decimal, places: int = 5) -> Decimal:
    """Return the points rounded half up to so many places: the one step between exact points and the world.

    Rounded once, from the exact value: 1/3 becomes 0.33333, and 0.000005 becomes 0.00001.
    """
    exact = Fraction(points)
    units = int(abs(exact) * 10**places + Fraction(1, 2))
    return Decimal(f"{units if exact >= 0 else -units}E-{places}")


def format_points(points: Fraction | Decimal, places: int = 2) -> str:
    """Return the points as people write them: ``2.67``, ``1``, ``0.5``."""
    text = f"{to_decimal(points, places):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
