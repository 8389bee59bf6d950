"""Exact numbers: how they are read and written, and the answers of a numerical question that accept them."""

import re
import unicodedata
from abc import ABC, abstractmethod
from dataclasses import dataclass, fields
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TypeAlias

MAX_LENGTH = 64
"""Characters of a number. Nobody types more, and more could keep a processor busy."""

MAX_FIGURES = 50
"""Digits of a number: with them it can always be written within `MAX_LENGTH`."""

MAX_EXPONENT = 99
"""Powers of ten, up and down, between which every number of a quiz lies; floats end at 308."""

MAX_DIGITS = 30
"""Significant digits that a question may ask for."""

EXACT = Context(prec=4 * (MAX_LENGTH + MAX_EXPONENT), rounding=ROUND_HALF_UP)
"""Digits enough that no sum, product or bound of numbers within these limits is ever rounded."""

SPACES = " \xa0\u2009\u202f_'\u2019"
"""What may stand between thousands: blanks of several widths, Switzerland's apostrophe, text2qti's underscore."""

THOUSANDS = (
    rf"\d{{1,3}}(?:[{SPACES}]\d{{3}})+",
    # Points and commas part thousands where they cannot be the decimal mark: before the other one, and more than once.
    r"\d{1,3}(?:\.\d{3})+(?=,)",
    r"\d{1,3}(?:,\d{3})+(?=\.)",
    r"\d{1,3}(?:\.\d{3}){2,}(?!\.)",
    r"\d{1,3}(?:,\d{3}){2,}(?!,)",
)

NUMBER = re.compile(
    rf"(?P<sign>[+-]?)(?P<whole>{'|'.join(THOUSANDS)}|\d*)(?:(?P<mark>[.,])(?P<part>\d*))?"
    r"(?:[eE](?P<exponent>[+-]?\d{1,3}))?",
    re.ASCII,
)

AMBIGUOUS = re.compile(r"(?P<whole>[+-]?[1-9]\d{0,2})(?P<mark>[.,])(?P<part>\d{3})", re.ASCII)
"""``1,500``, a thousand and a half thousand to some and one and a half to others; so is ``1.500``."""

PLAIN = re.compile(r"[+-]?(?:\d+[.,]?\d*|[.,]\d+)(?:[eE](?P<exponent>[+-]?\d+))?", re.ASCII)
"""A number of any size, its thousands not parted."""

SAME = str.maketrans("\u2212\u066b\u066c\u060c", "-._,", "\u200e\u200f\u061c")
"""The typographic minus, the marks of Arabic numbers, and marks of direction, which come along unseen."""


def read_number(text: str) -> Decimal | None:
    """Return the number that a text means, with the digits that it has (``1.50`` stays so); None where it means none.

    It may have a sign (a typographic minus too), parted thousands, and a power of ten (``1.2e-5``), in the digits of
    any script. Its decimals stand behind a point. A comma does as well, but for ``1,500``, which is one number to some
    and another to others.
    """
    text = in_ascii(text)
    found = NUMBER.fullmatch(text) if len(text) <= MAX_LENGTH else None
    if found is None or not (found["whole"] or found["part"]):
        return None
    whole = re.sub(f"[{SPACES}.,]", "", found["whole"])
    part = found["part"] or ""
    if found["mark"] == "," and _could_part_thousands(found["whole"], part):
        return None
    number = unsigned_zero(Decimal(f"{found['sign']}{whole}.{part}E{found['exponent'] or 0}"))
    return number if _is_within_limits(number) else None


def is_out_of_range(text: str) -> bool:
    """Return whether the text is a number beyond those that `read_number` takes, such as ``1e999``."""
    found = PLAIN.fullmatch(in_ascii(text))
    if found is None:
        return False
    far = len(found["exponent"] or "") > len("-999")  # before anybody counts so far
    return far or not _is_within_limits(Decimal(found[0].replace(",", ".")))


def in_ascii(text: str) -> str:
    """Return a typed number in ASCII's digits and marks, as far as it is one."""
    text = text.strip()[: 2 * MAX_LENGTH].translate(SAME)
    return "".join(str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in text)


def _could_part_thousands(whole: str, part: str) -> bool:
    return len(part) == 3 and len(whole) in {1, 2, 3} and not whole.startswith("0")


def unsigned_zero(number: Decimal) -> Decimal:
    """Return the number, of ``-0.0`` without its sign, which no teacher means and an LMS would show."""
    return number or number.copy_abs()


def write_number(number: Decimal) -> str:
    """Return the number such that `read_number` reads it back with the same digits; without a power where it can."""
    plain = f"{number:f}"
    _, _, exponent = number.as_tuple()
    return plain if isinstance(exponent, int) and exponent <= 0 and len(plain) <= MAX_LENGTH // 2 else str(number)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer(ABC):
    """What all numeric answers share: ``feedback`` is told to those whose number it accepts (Markdown)."""

    feedback: str = ""

    @abstractmethod
    def bounds(self) -> tuple[Decimal, Decimal]:
        """Return the least and the greatest number that the answer accepts, exact."""

    def accepts(self, number: Decimal) -> bool:
        """Return whether the number lies within the bounds; a bound itself does."""
        low, high = self.bounds()
        return low <= number <= high


@dataclass(frozen=True, slots=True, kw_only=True)
class Exact(_Answer):
    """Just this number, however many zeros are typed behind its point."""

    value: Decimal

    def bounds(self) -> tuple[Decimal, Decimal]:
        """Return the number twice."""
        return self.value, self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Margin(_Answer):
    """A number, and how far from it an answer may lie."""

    value: Decimal
    margin: Decimal

    def bounds(self) -> tuple[Decimal, Decimal]:
        """Return the number less and plus the margin."""
        return EXACT.subtract(self.value, self.margin), EXACT.add(self.value, self.margin)


@dataclass(frozen=True, slots=True, kw_only=True)
class PercentMargin(_Answer):
    """A number, and how many percent of it an answer may lie away."""

    value: Decimal
    percent: Decimal

    def bounds(self) -> tuple[Decimal, Decimal]:
        """Return the number less and plus so many percent of its size."""
        margin = EXACT.multiply(self.value.copy_abs(), self.percent).scaleb(-2, EXACT)
        return EXACT.subtract(self.value, margin), EXACT.add(self.value, margin)


@dataclass(frozen=True, slots=True, kw_only=True)
class Range(_Answer):
    """Every number from the low one to the high one, both included."""

    low: Decimal
    high: Decimal

    def bounds(self) -> tuple[Decimal, Decimal]:
        """Return the two ends."""
        return self.low, self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class SignificantDigits(_Answer):
    """Every number that can be rounded to so many significant digits of this one.

    The digits are counted in ``value``, as Canvas's "precise answer" does: with two of 9.99 numbers are rounded to
    tenths. A number halfway between two rounded ones can be rounded to either.
    """

    value: Decimal
    digits: int

    def bounds(self) -> tuple[Decimal, Decimal]:
        """Return the rounded number less and plus half a unit of its last significant digit."""
        unit = Decimal(1).scaleb(self.value.adjusted() - self.digits + 1, EXACT)
        rounded = self.value.quantize(unit, context=EXACT)
        half = EXACT.multiply(unit, Decimal("0.5"))
        return EXACT.subtract(rounded, half), EXACT.add(rounded, half)


NumericAnswer: TypeAlias = Exact | Margin | PercentMargin | Range | SignificantDigits


def is_sane(answer: NumericAnswer) -> bool:
    """Return whether every number of the answer is one that `read_number` could have returned."""
    values = (getattr(answer, field.name) for field in fields(answer))
    return all(_is_within_limits(value) for value in values if isinstance(value, Decimal))


def _is_within_limits(number: Decimal) -> bool:
    if not number.is_finite():
        return False
    return len(number.as_tuple().digits) <= MAX_FIGURES and abs(number.adjusted()) <= MAX_EXPONENT
