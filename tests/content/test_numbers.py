import string
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.numbers import (
    Exact,
    Margin,
    NumericAnswer,
    PercentMargin,
    Range,
    SignificantDigits,
    is_out_of_range,
    is_sane,
    read_number,
    unsigned_zero,
    write_number,
)
from tests.content.strategies.questions import numbers, numeric_answers


class TestRead:
    @pytest.mark.parametrize(
        ("text", "digits"),
        [
            ("5", "5"),
            (" 1.50 ", "1.50"),
            ("-3", "-3"),
            ("\u22123", "-3"),
            ("+3.", "3"),
            (".5", "0.5"),
            ("1,5", "1.5"),
            ("0,500", "0.500"),
            (",500", "0.500"),
            ("1500,250", "1500.250"),
            ("12_000", "12000"),
            ("12 000.5", "12000.5"),
            ("1\u202f234\u202f567,25", "1234567.25"),
            ("1 500,250", "1500.250"),
            ("1'500.5", "1500.5"),
            ("1\u2019500,5", "1500.5"),
            ("1.234,5", "1234.5"),
            ("1,234.5", "1234.5"),
            ("12.345.678,90", "12345678.90"),
            ("12,345,678", "12345678"),
            ("12.345.678e3", "12345678E+3"),
            ("٣", "3"),
            ("٣٫٥", "3.5"),
            ("\u200f\u2212١٬٢٣٤٫٥", "-1234.5"),
            ("۱۲", "12"),
            ("1e5", "1E+5"),
            ("1.2E-3", "0.0012"),
            ("9" * 50, "9" * 50),
            ("-0", "0"),
            ("\u22120.00", "0.00"),
        ],
    )
    def test_numbers_are_read_as_people_write_them(self, text: str, digits: str) -> None:
        number = read_number(text)
        assert number is not None
        assert number == Decimal(digits)
        assert number.as_tuple() == Decimal(digits).as_tuple()

    @pytest.mark.parametrize(
        "text",
        [
            *("", " ", ".", ",", "-", "e5", "five", "1.2.3", "1,2,3", "5 m", "5%", "1/2", "0x10", "--1", "1e", "1e1.5"),
            *("1,500", "12,345", "1 0", "10 00", "1__000", "_1", "nan", "inf", "1e100", "1e-100", "1e9999"),
            *("9" * 51, "0." + "0" * 62 + "1", "½", "²", "1\n2"),
            *("1.234.5", "1,234,5", "1.234,567,8", "1.23,4", "1.234.567.8", "1.234,567.8", "1,2.5", "1.234 567"),
        ],
    )
    def test_what_means_no_number_or_could_mean_two_is_none(self, text: str) -> None:
        assert read_number(text) is None

    @pytest.mark.parametrize(
        "text", ["1e100", "-1e-100", "1e999", "\u0663e999", "1e" + "9" * 100, "9" * 51, "0." + "9" * 51]
    )
    def test_a_number_can_be_out_of_range(self, text: str) -> None:
        assert is_out_of_range(text)
        assert read_number(text) is None

    @pytest.mark.parametrize("text", ["", "-", "1e", "1e-", "five", "1,500", "1.2.3", "1e99", "-1e-99", "9" * 50])
    def test_what_is_no_number_or_could_be_an_answer_is_not_out_of_range(self, text: str) -> None:
        assert not is_out_of_range(text)

    @given(st.text(string.digits + " .,-+eE_\u2212\u2009", max_size=70) | st.text(max_size=20))
    def test_whatever_is_typed_it_is_a_finite_number_or_none(self, text: str) -> None:
        number = read_number(text)
        assert number is None or number.is_finite()

    @given(numbers())
    def test_a_written_number_reads_the_same_to_the_last_digit(self, number: Decimal) -> None:
        read = read_number(write_number(number))
        assert read is not None
        assert read.as_tuple() == unsigned_zero(number).as_tuple()


@pytest.mark.parametrize(
    ("number", "text"), [("1.50", "1.50"), ("0.0000001", "0.0000001"), ("1E+2", "1E+2"), ("1E-60", "1E-60")]
)
def test_a_number_is_written_without_a_power_where_it_can_be(number: str, text: str) -> None:
    assert write_number(Decimal(number)) == text


def d(text: str) -> Decimal:
    return Decimal(text)


class TestBounds:
    @pytest.mark.parametrize(
        ("answer", "low", "high"),
        [
            (Exact(value=d("1.50")), "1.5", "1.5"),
            (Margin(value=d("123456.78901"), margin=d("0.00001")), "123456.78900", "123456.78902"),
            (PercentMargin(value=d("-200"), percent=d("2.5")), "-205", "-195"),
            (PercentMargin(value=d("0"), percent=d("5")), "0", "0"),
            (Range(low=d("0.00011"), high=d("0.00019")), "0.00011", "0.00019"),
            (SignificantDigits(value=d("3.14159"), digits=3), "3.135", "3.145"),
            (SignificantDigits(value=d("9.99"), digits=2), "9.95", "10.05"),
            (SignificantDigits(value=d("1200"), digits=2), "1150", "1250"),
            (SignificantDigits(value=d("1.5"), digits=4), "1.4995", "1.5005"),
            (SignificantDigits(value=d("-0.00125"), digits=2), "-0.00135", "-0.00125"),
        ],
    )
    def test_they_are_exact_and_belong_to_the_answer(self, answer: NumericAnswer, low: str, high: str) -> None:
        bounds = answer.bounds()
        assert bounds == (d(low), d(high))
        assert all(map(answer.accepts, bounds))

    @given(numeric_answers())
    def test_they_are_in_order_and_what_lies_beyond_them_is_not_accepted(self, answer: NumericAnswer) -> None:
        low, high = answer.bounds()
        assert low <= high
        assert answer.accepts(low)
        assert answer.accepts(high)
        assert not answer.accepts(low.next_minus())
        assert not answer.accepts(high.next_plus())

    @given(numbers(), numbers().map(abs))
    def test_a_margin_is_never_rounded(self, value: Decimal, margin: Decimal) -> None:
        low, high = Margin(value=value, margin=margin).bounds()
        assert Fraction(high) - Fraction(value) == Fraction(value) - Fraction(low) == Fraction(margin)

    @given(numbers(), numbers().map(abs))
    def test_a_percentage_is_never_rounded(self, value: Decimal, percent: Decimal) -> None:
        low, high = PercentMargin(value=value, percent=percent).bounds()
        margin = abs(Fraction(value)) * Fraction(percent) / 100
        assert (Fraction(low), Fraction(high)) == (Fraction(value) - margin, Fraction(value) + margin)

    @given(numbers().filter(bool), st.integers(1, 30))
    def test_significant_digits_accept_the_number_itself(self, value: Decimal, digits: int) -> None:
        assert SignificantDigits(value=value, digits=digits).accepts(value)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1E+100", "1E-100", "9" * 51])
def test_an_answer_of_numbers_beyond_all_limits_is_not_sane(number: str) -> None:
    assert not is_sane(Exact(value=Decimal(number)))
    assert is_sane(Exact(value=Decimal(1)))
