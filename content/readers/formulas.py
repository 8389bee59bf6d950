r"""The formulas of a quiz that was read from a file: those that cannot be read as TeX are reported.

What a browser shows of such a formula is an error in red, or the TeX itself.
"""

import re
from collections.abc import Iterator

from content.problem import Problem, Severity
from content.quiz import Part, Quiz
from content.readers.checked import with_parts_checked
from content.readers.places import Places
from content.readers.reading import Reading
from content.texts import texts_of

_NAME = (
    "alpha|beta|gamma|delta|epsilon|eta|theta|lambda|mu|pi|rho|sigma|tau|phi|omega|Delta|Sigma|Omega"
    "|cdot|times|pm|leq?|geq?|neq?|approx|in|to|infty|partial|nabla|ldots|cdots"
    "|log|ln|exp|sin|cos|max|min|sum|int"
)
_ATOM = rf"(?:[A-Za-z0-9)\]]|\\(?:{_NAME})(?![A-Za-z]))"
_SIGN = r"[ +*/=<>.,:;!|(\[-]"
_GROUP = rf"\{{(?:{_ATOM}|{_SIGN})+\}}"
_SCRIPT = rf"(?:[A-Za-z0-9]|{_GROUP})"
PLAIN = re.compile(rf"(?:(?:{_ATOM}|\\frac{_GROUP}{_GROUP}|\\sqrt{_GROUP})(?:_{_SCRIPT})?(?:\^{_SCRIPT})?|{_SIGN})+")
"""A formula of which it is plain that it can be read; most are. To read one takes a thousand times as long."""

TEX_SHOWN = 80


def with_formulas_checked(reading: Reading, text: str) -> Reading:
    """Return the reading with a warning for each formula that cannot be read; ``text`` is what it was read from."""
    return with_parts_checked(reading, text, _of_part)


def _of_part(part: Quiz | Part, places: Places) -> Iterator[Problem]:
    for text in texts_of(part):
        for tex in _formulas(text):
            fault = _fault(tex)
            if fault:
                place = places.find((tex.partition("\n")[0],), part.source)
                remedy = "Check its braces and commands: students would see it as it is written, or an error."
                yield Problem(Severity.WARNING, "bad-tex", fault, remedy, place)


def _formulas(text: str) -> list[str]:
    if ("$" not in text and "\\" not in text) or _is_plain(text):
        return []
    from content.prose import formulas  # readers can do without it where there is no formula

    return [tex for tex in formulas(text) if not PLAIN.fullmatch(tex)]


def _is_plain(text: str) -> bool:
    """Return whether whatever stands between two dollars can be read, be it a formula or prose."""
    between = text.split("$")[1:-1]
    return "\\(" not in text and "\\[" not in text and all(map(PLAIN.fullmatch, between))


def _fault(tex: str) -> str:
    """Return what is wrong with the formula in a sentence, or nothing."""
    from content.prose.mathml import to_mathml  # latex2mathml takes long to load

    try:
        to_mathml(tex, display=False)
    except ValueError as error:
        shown = " ".join(tex.split())
        shown = shown if len(shown) <= TEX_SHOWN else f"{shown[:TEX_SHOWN]}..."
        return f"The formula '{shown}' cannot be read. {error}"
    return ""
