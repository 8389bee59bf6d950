import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_app.services.receipt_codes import ALPHABET, BITS, MistypedCode, NoCode, read_code, write_code

NUMBERS = st.integers(0, 2**BITS - 1)


@given(NUMBERS)
def test_a_code_is_read_as_it_was_written(number: int) -> None:
    code = write_code(number)
    assert re.fullmatch(r"(?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}", code)
    assert read_code(code) == number


@given(NUMBERS, st.integers(0, 18), st.sampled_from(ALPHABET))
def test_a_wrong_character_is_noticed(number: int, at: int, wrong: str) -> None:
    code = write_code(number)
    typed = code[:at] + wrong + code[at + 1 :]
    if code[at] == "-" or typed == code:
        return
    with pytest.raises(MistypedCode):
        read_code(typed)


@given(NUMBERS, st.integers(0, 15), st.integers(0, 15))
def test_two_characters_that_are_swapped_are_noticed(number: int, one: int, other: int) -> None:
    letters = list(write_code(number).replace("-", ""))
    if letters[one] == letters[other]:
        return
    letters[one], letters[other] = letters[other], letters[one]
    with pytest.raises(MistypedCode):
        read_code("".join(letters))


@pytest.mark.parametrize(
    "typed",
    [
        "0000-0000-0000-0104",
        "0000000000000104",
        " 0000 0000 0000 0104\n",
        "oOoO–0000–0000–0l04",
        "0000.0000.0000.0i04",
        "Dear teacher, my code is 0000-0000-0000-0104, best wishes, Ada. It has been rather long.",
        "Course: MATH-2026-FALL-EXAM\nReceipt code: 0000-0000-0000-0104",
        "Student: 0000-0000-0000-0000\nReceipt code: 0000-0000-0000-0104",
        "code-0000-0000-0000-0104",
    ],
)
def test_a_code_is_understood_however_it_is_typed(typed: str) -> None:
    assert read_code(typed) == read_code("0000-0000-0000-0104")


@pytest.mark.parametrize("typed", ["", "0000-0000-0001", "0000-0000-0000-01040", "Dear teacher", "\0", "🐚" * 17])
def test_what_is_no_code_is_told_apart_from_a_slip(typed: str) -> None:
    with pytest.raises(NoCode):
        read_code(typed)


@pytest.mark.parametrize("typed", ["UUUU-UUUU-UUUU-UUUU", "🐚" * 16, "٠" * 16, "ß" * 8])
def test_letters_that_no_code_has_are_a_slip(typed: str) -> None:
    with pytest.raises(MistypedCode):
        read_code(typed)
