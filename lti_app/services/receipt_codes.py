"""Codes for people: numbers in letters and digits that are read aloud and typed without mistakes, or with noticed ones.

The letters are those of Crockford's Base32, which has no I, L, O and U; who writes 1 as I or 0 as O is understood.
"""

import re

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
"""With the check character, which is the last one."""

BITS = 5 * (LENGTH - 1)
"""How large a number in a code may be."""

_GROUP = 4
_SPACING = re.compile(r"[\s.\-\u2010-\u2015\u2212]+")
_SAME = str.maketrans("ILO", "110")
_IN_TEXT = re.compile(r"(?=\b(\w{4}(?:[-\u2010-\u2015\u2212]\w{4}){3})\b)")


class NoCode(ValueError):  # noqa: N818
    """There is nothing that looks like a code."""


class MistypedCode(ValueError):  # noqa: N818
    """The check character says that another one is wrong, or that two are swapped."""


def write_code(number: int) -> str:
    """Return the code of a number of at most BITS bits: four groups of four characters."""
    places = [number >> 5 * place & 31 for place in reversed(range(LENGTH - 1))]
    code = "".join(ALPHABET[place] for place in [*places, _check(places)])
    return "-".join(code[at : at + _GROUP] for at in range(0, LENGTH, _GROUP))


def read_code(text: str) -> int:
    """Return the number of the code that the text is, or that stands in it.

    Of several it is the last: in a receipt names stand before it, and ``MATH-2026-FALL-EXAM`` looks like a code, too.

    Raise NoCode where there is none, MistypedCode where none is as it was written.
    """
    found = _IN_TEXT.findall(text) or [text]
    codes = [_SPACING.sub("", one).upper().translate(_SAME) for one in reversed(found)]
    read = [_number(code) for code in codes if len(code) == LENGTH]
    if not read:
        raise NoCode
    numbers = [number for number in read if number is not None]
    if not numbers:
        raise MistypedCode
    return numbers[0]


def _number(code: str) -> int | None:
    """Return the number that a code means, None where its check character does not fit."""
    places = [ALPHABET.find(letter) for letter in code]
    if -1 in places or _check(places[:-1]) != places[-1]:
        return None
    number = 0
    for place in places[:-1]:
        number = number << 5 | place
    return number


def _check(places: list[int]) -> int:
    """Return the check character's place.

    Each place is multiplied by another power of 2 in the field of 32 elements (x⁵ + x² + 1), and all are added up: then
    no single change and no swap of two leaves the sum as it was.
    """
    total = 0
    for place in places:
        total = (total ^ place) << 1
        if total & 32:
            total ^= 0b100101
    return total
