"""Questions that are answered by typing: ``* text`` for a few words, ``= 5 +- 1`` for a number."""

import re
from collections.abc import Sequence
from decimal import Decimal

from content.numbers import Exact, Margin, NumericAnswer, PercentMargin, Range, SignificantDigits, read_number
from content.questions import Accepted, Numerical, ShortAnswer
from content.readers.quiz_text.answers import Answer, Built
from content.readers.quiz_text.report import Report
from content.readers.quiz_text.values import BadValueError, one_line

RANGE = re.compile(r"\[([^,\]]*),([^,\]]*)\]")
MARGIN = re.compile(r"\+-|±")
DIGITS = re.compile(r"([^,]*), *(\d{1,4}) significant (?:digits?|figures?)", re.ASCII)


def words(answers: Sequence[Answer], _report: Report) -> Built:
    """Return a short answer question."""
    accepted = tuple(Accepted(text=one_line(answer.block.text), feedback=answer.told) for answer in answers)
    return Built(ShortAnswer, {"answers": accepted}, [answer.block for answer in answers])


def numbers(answers: Sequence[Answer], report: Report) -> Built:
    """Return a numerical question."""
    read: list[NumericAnswer] = []
    blocks = []
    for answer in answers:
        block = answer.block
        try:
            read.append(_numeric(" ".join(block.text.split()), answer.told))
            blocks.append(block)
        except BadValueError as bad:
            report.error("bad-number", block.line, bad.sentence, bad.remedy, column=block.column)
    return Built(Numerical, {"answers": tuple(read)}, blocks, broken=len(read) < len(answers))


def _numeric(text: str, told: str) -> NumericAnswer:
    ends = RANGE.fullmatch(text)
    if ends:
        return Range(low=_number(ends[1]), high=_number(ends[2]), feedback=told)
    rounded = DIGITS.fullmatch(text)
    if rounded:
        return SignificantDigits(value=_number(rounded[1]), digits=int(rounded[2]), feedback=told)
    value, *margin = MARGIN.split(text, maxsplit=1)
    if not margin:
        return Exact(value=_number(value), feedback=told)
    if margin[0].endswith("%"):
        return PercentMargin(value=_number(value), percent=_number(margin[0][:-1]), feedback=told)
    return Margin(value=_number(value), margin=_number(margin[0]), feedback=told)


def _number(text: str) -> Decimal:
    number = None if "," in text else read_number(text)
    if number is None:
        raise BadValueError(
            f"'{text.strip()[:40]}' is not a number.",
            "Write '= 3.14', '= 3.14 +- 0.01', '= 3.14 +- 1%', '= [3, 3.5]' or '= 3.14, 3 significant digits'.",
        )
    return number
