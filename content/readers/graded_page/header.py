"""What stands above the questions of a page: title, grade, pass mark and total."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

PERCENT = r"\W{0,12}([0-9]{1,3}(?:\.[0-9]{1,4})?)\s{0,3}%"
GRADE = re.compile(
    rf"\b(?:latest\s+submission\s+|your\s+|overall\s+|final\s+)?grade(?:\s+received)?{PERCENT}", re.IGNORECASE
)
PASS_MARK = re.compile(
    rf"\b(?:to\s+pass|passing\s+(?:grade|score|mark)|pass\s+mark){PERCENT}(?:\s+or\s+(?:higher|more))?", re.IGNORECASE
)
TOTAL = re.compile(
    r"\btotal\s+points\W{0,8}(?:[0-9]{1,5}(?:\.[0-9]{1,4})?\s{0,4}/\s{0,4})?([0-9]{1,5}(?:\.[0-9]{1,4})?)",
    re.IGNORECASE,
)
SCORE = re.compile(
    r"\b(?:your\s+|total\s+|quiz\s+)?score\W{0,8}[0-9.]{1,8}\s{0,4}(?:/|of|out of)\s{0,4}[0-9.]{1,8}(?:\s{0,4}points)?",
    re.IGNORECASE,
)
PHRASES = re.compile(
    r"\bcongratulations\b|\byou passed\b|\btry again(?: once you are ready)?\b|\bkeep learning\b"
    r"|\[?go to next item\]?(?:\([^)\s]{0,80}\))?|\bnext item\b|\bview feedback\b|\bwe keep your highest score\b"
    r"|\b(?:graded|practice) quiz\b|\b[0-9]{1,3} (?:min(?:utes)?|questions)\b",
    re.IGNORECASE,
)
"""What course sites print around a graded quiz, besides its title."""

LATEX = re.compile(r"\\(?:text|math)[a-z]{0,4}\b|\\(?:quad|qquad)\b|\\[ ,;!]|[{}$]")
HASHES = re.compile(r"#{1,6}\s+")
LETTER = re.compile(r"[^\W\d_]")


@dataclass(slots=True)
class Header:
    """What the header says. ``grades`` and ``pass_mark`` are fractions.

    ``titles`` are the lines that may be the title, the likeliest first.
    """

    grades: list[Decimal] = field(default_factory=list)
    pass_mark: Decimal | None = None
    total: Decimal | None = None
    titles: list[str] = field(default_factory=list)

    @property
    def full(self) -> bool:
        """Whether the page as a whole earned 100 %. A page may show the best attempt's grade beside its own."""
        return bool(self.grades) and min(self.grades) == 1


def read_header(lines: Sequence[str]) -> Header:
    """Return what the lines above the first question say.

    A heading is the likeliest title, then the first other line.
    """
    header = Header()
    headings: list[str] = []
    others: list[str] = []
    for line in lines:
        plain = _plain(line)
        header.grades += [Decimal(grade) / 100 for grade in GRADE.findall(plain)]
        pass_mark = PASS_MARK.search(plain)
        header.pass_mark = Decimal(pass_mark[1]) / 100 if pass_mark else header.pass_mark
        total = TOTAL.search(plain)
        header.total = Decimal(total[1]) if total else header.total
        title = _title(plain)
        if title:
            (headings if HASHES.match(line.strip()) else others).append(title)
    header.titles = headings + others
    return header


def is_header(line: str) -> bool:
    """Return whether a line holds only what course sites print above a quiz."""
    return not _title(_plain(line))


def _plain(line: str) -> str:
    """Return the line without Markdown's emphasis and without the TeX that some converters put around a grade."""
    text = line.replace("**", " ").replace("__", " ")
    if "\\text" in text:
        text = LATEX.sub(" ", text).replace("\\%", "%")
    return text.strip()


def _title(plain: str) -> str:
    text = HASHES.sub("", plain, count=1)
    for phrase in (GRADE, PASS_MARK, TOTAL, SCORE, PHRASES):
        text = phrase.sub(" ", text)
    text = " ".join(text.split()).strip("•·|-–— ")
    return text if LETTER.search(text) else ""
