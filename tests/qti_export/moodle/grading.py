"""What a response earns in Moodle, rewritten from its question types, independent of the exporter.

``qtype_shortanswer::compare_string_with_wildcard``, ``qtype_numerical_answer::get_tolerance_interval``,
``qtype_match``, ``qtype_ordering`` (absolute position), ``qtype_multianswer::grade_response``.
"""

import html
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from content.numbers import read_number

PHP_PRECISION = 14


@dataclass
class Part:
    """A question, or one within a question, as it lies in Moodle."""

    type: str
    answers: list[tuple[str, Fraction]] = field(default_factory=list)
    tolerances: list[str] = field(default_factory=list)
    case_sensitive: bool = False
    pairs: list[tuple[str, str]] = field(default_factory=list)
    parts: list["Part"] = field(default_factory=list)
    weight: Fraction = Fraction(1)

    def score(self, response: Any) -> Fraction:
        """The share 0..1 that the response earns. It is said as a student sees it: texts typed, texts picked."""
        if response is None:
            return Fraction(0)
        return GRADERS[self.type](self, response)


def _picks(part: Part, picks: Iterable[int]) -> Fraction:
    return min(Fraction(1), max(Fraction(0), sum((part.answers[pick][1] for pick in picks), Fraction(0))))


def _typed(part: Part, text: str) -> Fraction:
    for pattern, fraction in part.answers:
        if text.strip(" \t\n\r\0\x0b") and matches(text, pattern, case_sensitive=part.case_sensitive):
            return fraction
    return Fraction(0)


def matches(text: str, pattern: str, *, case_sensitive: bool) -> bool:
    text, pattern = (unicodedata.normalize("NFC", one) for one in (text.strip(" \t\n\r\0\x0b"), pattern))
    if not case_sensitive:
        text, pattern = text.lower(), pattern.lower()
    bits = re.split(r"(?<!\\)\*+", pattern)
    return re.fullmatch(".*".join(re.escape(bit.replace(r"\*", "*")) for bit in bits), text) is not None


def _number(part: Part, text: str) -> Fraction:
    number = read_number(text)
    for (answer, fraction), tolerance in zip(part.answers, part.tolerances, strict=True):
        if number is None:
            break
        if answer == "*":
            return fraction
        blurred = float(tolerance) + 10**-PHP_PRECISION * max(1, abs(float(answer)))
        if float(answer) - blurred <= float(number) <= float(answer) + blurred:
            return fraction
    return Fraction(0)


def _matched(part: Part, picked: Sequence[str | None]) -> Fraction:
    stems = [pair for pair in part.pairs if pair[0]]
    assert len(stems) == len(picked)
    assert {one for one in picked if one is not None} <= {right for _, right in part.pairs}
    return Fraction(sum(pick == right for pick, (_, right) in zip(picked, stems, strict=True)), len(stems))


def _ordered(part: Part, order: Sequence[int]) -> Fraction:
    return Fraction(sum(part.answers[item][1] == place for place, item in enumerate(order, start=1)), len(order))


def _embedded(part: Part, responses: Sequence[Any]) -> Fraction:
    earned = sum((one.weight * one.score(given) for one, given in zip(part.parts, responses, strict=True)), Fraction(0))
    return earned / sum((one.weight for one in part.parts), Fraction(0))


GRADERS = {
    "multichoice": _picks,
    "truefalse": _picks,
    "shortanswer": _typed,
    "numerical": _number,
    "match": _matched,
    "ordering": _ordered,
    "multianswer": _embedded,
}


ALTERNATIVE = re.compile(
    r"(=|%(-?[0-9]+(?:[.,][0-9]*)?)%)?(.+?(?<!\\|&)(?<!&amp;)(?=[~#}]|$))(#(.*?(?<!\\)(?=[~}]|$)))?", re.DOTALL
)
CODE = re.compile(
    r"\{([0-9]*)\s*:\s*(SHORTANSWER_C|SHORTANSWER|MULTICHOICE_S|MULTICHOICE|NUMERICAL):"
    rf"((?:{ALTERNATIVE.pattern})(?:~(?:{ALTERNATIVE.pattern}))*)\}}",
    re.DOTALL,
)


def cloze(text: str) -> list[Part]:
    """The questions within a text (``qtype_multianswer_extract_question``)."""
    return [_of_code(found) for found in CODE.finditer(text)]


def _of_code(found: re.Match[str]) -> Part:
    part = Part("shortanswer", case_sensitive=found[2].endswith("_C"), weight=Fraction(found[1] or 1))
    if found[2].startswith("MULTICHOICE"):
        part.type = "multichoice"
    rest = found[3]
    while rest:
        one = ALTERNATIVE.match(rest)
        assert one is not None
        answer = html.unescape(one[3]).replace(r"\}", "}").replace(r"\#", "#")
        part.answers.append((answer, Fraction(one[1] == "=")))
        rest = rest[one.end() :].removeprefix("~")
    return part
