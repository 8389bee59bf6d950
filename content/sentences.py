"""Texts that people read in their own language: marked where they are written, translated where they are shown.

English is the text itself, and what the catalogues of other languages know it by (lti_app/translations).
"""

from collections.abc import Mapping
from typing import Any, Protocol, Self


class Sentence(str):
    """An English text which still knows its ``pattern`` and ``values``, so that who shows it can say it otherwise.

    ``Sentence("Points must be from 0 to %(most)s.", most=5)`` is the text with 5 in it. Values that are sentences
    themselves are translated, too.
    """

    pattern: str
    values: Mapping[str, object]

    def __new__(cls, pattern: str, **values: object) -> Self:
        """Return the text with its values filled in; without any, a per cent sign is one."""
        made = super().__new__(cls, pattern % values if values else pattern)
        made.pattern, made.values = pattern, values
        return made


class Say(Protocol):
    """Says an English text, with values filled in, in the language of whoever reads it."""

    def __call__(self, pattern: str, /, **values: Any) -> str:
        """Return the text in that language."""


def in_english(pattern: str, /, **values: Any) -> str:
    """Say a text in English."""
    return Sentence(pattern, **values)
