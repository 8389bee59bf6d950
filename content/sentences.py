"""Texts that people read in their own language: marked where they are written, translated where they are shown.

English is the text itself, and what the catalogues of other languages know it by (lti_app/translations).
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Protocol, Self

from content.numbers import write_number


class Sentence(str):
    """An English text which still knows its ``pattern`` and ``values``, so that who shows it can say it otherwise.

    ``Sentence("Points must be from 0 to %(most)s.", most=5)`` is the text with 5 in it. Values that are sentences
    themselves are translated, too, and numbers written as the language has them.
    """

    pattern: str
    values: Mapping[str, object]

    def __new__(cls, pattern: str, **values: object) -> Self:
        """Return the text with its values filled in; without any, a per cent sign is one."""
        shown = {name: _in_english(value) for name, value in values.items()}
        made = super().__new__(cls, pattern % shown if shown else pattern)
        made.pattern, made.values = pattern, values
        return made


class Counted(Sentence):
    """A sentence about a number of things, ``num``: every language has forms of its own for one, two, many."""

    one: str
    num: int

    def __new__(cls, one: str, many: str, num: int, **values: object) -> Self:
        """Return the text with its values filled in, of which the number is one."""
        made = super().__new__(cls, one if num == 1 else many, num=num, **values)
        made.one, made.pattern, made.num = one, many, num
        return made


def together(*sentences: str) -> Sentence:
    """Return several sentences as one text, of which each is translated by itself."""
    values: dict[str, object] = {f"part{number}": sentence for number, sentence in enumerate(sentences)}
    pattern = " ".join(f"%({name})s" for name in values)
    return Sentence(pattern, **values)


def _in_english(value: object) -> object:
    match value:
        case int():
            return f"{value:,}"
        case Decimal():
            return write_number(value)
        case _:
            return value


class Say(Protocol):
    """Says an English text, with values filled in, in the language of whoever reads it."""

    def __call__(self, pattern: str, /, **values: Any) -> str:
        """Return the text in that language."""


def in_english(pattern: str, /, **values: Any) -> str:
    """Say a text in English."""
    return Sentence(pattern, **values)
