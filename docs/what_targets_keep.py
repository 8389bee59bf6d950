"""Writes docs/instructor/targets.md from the exporters' own reports: `python docs/what_targets_keep.py`.

Each row is a small quiz text with one thing in it, and one without; what the report of a target names for the first and
not for the second is what becomes of that thing there.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from content.media import Media
from content.problem import Problem
from content.quiz import Quiz
from content.readers.quiz_text import read_quiz_text
from qti_export import TARGETS, NotExportable, export

PAGE = Path(__file__).parent / "instructor" / "targets.md"

ASK = "1. Ask?\n*a) yes\nb) no\n"
BOXES = "1. Q\n[*] x\n[*] y\n[ ] z\n"
WORD = "1. Q\n* x\n"
NUMBER = "1. Q\n= 5\n"
PAIRS = "1. Q\n> a -> x\n> b -> y\n"

KINDS = {
    "Multiple choice": ASK,
    "Multiple response": BOXES,
    "True/false": "1. Q\n*a) True\nb) False\n",
    "Short answer": WORD,
    "Numerical": NUMBER,
    "Matching": PAIRS,
    "Ordering": "1. Q\n~ a\n~ b\n~ c\n",
    "Fill in blanks": "1. Q [x]\n<> [x] a\n",
    "Dropdowns": "1. Q [x]\n{*} [x] a\n{ } [x] b\n",
    "Essay": "1. Q\n___\n",
    "File upload": "1. Q\n^^^\n",
    "Text block": f"Text: Read this.\n\n{ASK}",
}
"""One question of each kind, as plain as can be."""

OF_QUESTIONS = {
    "Points such as 2.5": (ASK, f"Points: 2.5\n{ASK}"),
    "Partial credit: all or nothing": (BOXES, f"partial credit: all or nothing\n{BOXES}"),
    "Partial credit: right only": (BOXES, f"partial credit: right only\n{BOXES}"),
    "Several accepted answers": (WORD, f"{WORD}* y\n"),
    "Capital letters that count": (WORD, f"case sensitive: true\n{WORD}"),
    "Number with a margin": (NUMBER, "1. Q\n= 5 +- 0.5\n"),
    "Number with a margin in %": (NUMBER, "1. Q\n= 5 +- 10%\n"),
    "Number in a range": (NUMBER, "1. Q\n= [4, 6]\n"),
    "Number to significant digits": (NUMBER, "1. Q\n= 5.00, 3 significant digits\n"),
    "Right sides that belong to none": (PAIRS, f"{PAIRS}> -> z\n"),
    "Feedback: general": (ASK, ASK.replace("Ask?\n", "Ask?\n... General.\n")),
    "Feedback: correct and incorrect": (ASK, ASK.replace("Ask?\n", "Ask?\n+ Right.\n- Wrong.\n")),
    "Feedback of a choice": (ASK, ASK.replace("yes\n", "yes\n... Told.\n")),
    "Feedback of an accepted answer": (WORD, f"{WORD}... Told.\n"),
    "Feedback of a number": (NUMBER, f"{NUMBER}... Told.\n"),
    "Feedback of a pair": (PAIRS, f"{PAIRS}... Told.\n"),
    "Hints": (ASK, ASK.replace("Ask?\n", "Ask?\n? Think.\n")),
    "Tags": (ASK, f"tags: a\n{ASK}"),
    "Learning outcomes": (ASK, f"outcomes: a\n{ASK}"),
    "Formulas": (ASK, ASK.replace("Ask?", "What is $x^2$?")),
    "Tables": (ASK, ASK.replace("Ask?\n", "Ask?\n\n   | a | b |\n   |---|---|\n   | c | d |\n")),
    "Highlighted code": (ASK, ASK.replace("Ask?\n", "Ask?\n\n   ```python\n   x = 1\n   ```\n")),
    "Images": (ASK, ASK.replace("Ask?", "Ask ![a dot](dot.png)?")),
}
"""What a question may have: a quiz without it, and the same with it."""

OF_QUIZZES = {
    "Sections": f"SECTION\ntitle: Part\ntext: Read.\n{ASK}END_SECTION\n",
    "Groups (pick n of m)": f"GROUP\npick: 1\n{ASK}{ASK}END_GROUP\n",
    "Description": f"Quiz description: Read.\n\n{ASK}",
    "Time limit": f"time limit: 30 min\n\n{ASK}",
    "Attempts": f"attempts: 3\n\n{ASK}",
    "The highest of them counts": f"attempts: 3\nwhich attempt counts: highest\n\n{ASK}",
    "The latest counts": f"attempts: 3\nwhich attempt counts: latest\n\n{ASK}",
    "The first counts": f"attempts: 3\nwhich attempt counts: first\n\n{ASK}",
    "The average counts": f"attempts: 3\nwhich attempt counts: average\n\n{ASK}",
    "Wait between attempts": f"attempts: 3\nwait between attempts: 30 min\n\n{ASK}",
    "Pass mark": f"pass mark: 80%\n\n{ASK}",
    "Sections graded apart": f"grade sections apart: true\n\nSECTION\ntitle: Part\ntext: Read.\n{ASK}END_SECTION\n",
    "Shuffled questions": f"shuffle questions: true\n\n{ASK}",
    "Shuffled answers": f"shuffle answers: true\n\n{ASK}",
    "One question at a time": f"one question at a time: true\n\n{ASK}",
    "No way back": f"one question at a time: true\ncan't go back: true\n\n{ASK}",
    "Answers never shown": f"show answers: never\n\n{ASK}",
    "Answers after the last attempt": f"attempts: 3\nshow answers: after last attempt\n\n{ASK}",
    "Answers after it closes": f"closes: 2030-01-02 10:00 UTC\nshow answers: after close\n\n{ASK}",
    "Feedback at once": f"show feedback: at once\n\n{ASK}",
    "Feedback and answers at once": f"show answers: at once\nshow feedback: at once\n\n{ASK}",
    "Feedback never shown": f"show answers: never\nshow feedback: never\n\n{ASK}",
    "Feedback after it closes": (
        f"closes: 2030-01-02 10:00 UTC\nshow answers: after close\nshow feedback: after close\n\n{ASK}"
    ),
    "Students see their score only": f"students see: score\n\n{ASK}",
    "Students see their own answers": f"students see: own answers\n\n{ASK}",
    "Students see right or wrong": f"students see: right or wrong\n\n{ASK}",
    "Nothing shown before a moment": f"show after: 2030-01-02 10:00 UTC\n\n{ASK}",
    "Access code": f"access code: abc\n\n{ASK}",
    "Opens": f"opens: 2030-01-01 10:00 UTC\n\n{ASK}",
    "Due": f"due: 2030-01-01 10:00 UTC\n\n{ASK}",
    "Closes": f"closes: 2030-01-02 10:00 UTC\n\n{ASK}",
}
"""What a quiz may have besides its questions."""

INTRODUCTION = """\
# What each target keeps

*This page is made from the reports of the exporters themselves, by `make docs`; a test holds that it is up to date.*

**✓** arrives as you wrote it. A **number** names the note below that says what becomes of it. **–** means that it
cannot go to this target, or is left out there: `quizferry export` says so, and leaves nothing out in silence. With
`--strict` every note is an error.
"""


def _quiz(text: str) -> Quiz:
    reading = read_quiz_text(f"Quiz title: T\nid: t\n{text}", "t.md")
    if not reading.ok or reading.quiz is None:
        raise ValueError(f"{text}\n{reading.problems}")
    dot = Media("dot.png", _png(), "image/png")
    return replace(reading.quiz, media=(dot,)) if "dot.png" in text else reading.quiz


def _png() -> bytes:
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0\0")),
        (b"IEND", b""),
    )
    made = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(made)


class Notes:
    """The notes below the table; each sentence has one number, wherever it is said."""

    def __init__(self) -> None:
        self.sentences: dict[str, int] = {}

    def number(self, loss: Problem) -> int:
        """Return the number of what is said of the loss. A list of settings is the row's own, and left out."""
        sentence = f"{loss.sentence.partition(': ')[0]}." if loss.code == "settings" else loss.sentence
        said = f"{sentence} {loss.remedy}".strip()
        return self.sentences.setdefault(said, len(self.sentences) + 1)


def _cell(target: str, without: str | None, text: str, notes: Notes) -> str:
    """Return what becomes of what the one text has and the other has not; None stands for nothing at all.

    A loss that is there without it too, in other words, has its note already.
    """
    try:
        report = export(_quiz(text), target).report
    except NotExportable:
        return "–"
    if without is None and len(report.arrives) < len({one.kind for one in _quiz(text).questions}):
        return "–"
    try:
        earlier = {loss.code: loss for loss in export(_quiz(without), target).report.losses} if without else {}
    except NotExportable:
        return "–"
    losses = [loss for loss in report.losses if loss not in earlier.values()]
    numbers = sorted({notes.number(earlier.get(loss.code, loss)) for loss in losses})
    return ", ".join(map(str, numbers)) or "✓"


def _rows(notes: Notes) -> Iterator[list[str]]:
    """Yield the rows; one with a single cell is a heading."""
    yield ["Kinds of question"]
    for name, text in KINDS.items():
        yield [name, *(_cell(target, None, text, notes) for target in TARGETS)]
    yield ["What a question has"]
    for name, (without, text) in OF_QUESTIONS.items():
        yield [name, *(_cell(target, without, text, notes) for target in TARGETS)]
    yield ["What a quiz has"]
    for name, text in OF_QUIZZES.items():
        yield [name, *(_cell(target, ASK, text, notes) for target in TARGETS)]


def page() -> str:
    """Return the page as Markdown."""
    notes = Notes()
    lines = [INTRODUCTION]
    for row in _rows(notes):
        if len(row) == 1:
            columns = [row[0], *(f"`{target}`" for target in TARGETS)]
            lines += ["", f"| {' | '.join(columns)} |", f"|---|{':-:|' * len(TARGETS)}"]
        else:
            lines.append(f"| {' | '.join(row)} |")
    lines += ["", "## Notes", "", *(f"{number}. {said}" for said, number in notes.sentences.items())]
    return "\n".join(lines).replace("\n\n\n", "\n\n") + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
