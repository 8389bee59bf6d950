"""How questions are answered: each kind of answer has a mark of its own, and a function that builds its questions.

A new kind is one more entry in `KINDS`, with its function in a module beside this one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from content.readers.quiz_text import arranged, choices, handed_in, placed, typed
from content.readers.quiz_text.answers import Answer, Built
from content.readers.quiz_text.report import Report

Build: TypeAlias = Callable[[Sequence[Answer], Report], Built]
"""From the answers of one question to what they make of it; what is wrong with one of them is reported."""

SPACE = r"(?=[ \t\xa0]|$)"
"""What must follow a mark that could also begin an ordinary text."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of answer: the pattern of its mark, how a question is built, and whether an answer may have a feedback."""

    pattern: str
    build: Build
    feedback: bool = True


KINDS: Mapping[str, Kind] = {
    "letter": Kind(rf"\*?[A-Za-z](?:\)|\.{SPACE})", choices.letters),
    "box": Kind(r"\[[ \t\xa0]?\]|\[\*\]", choices.boxes),
    "word": Kind(rf"\*{SPACE}", typed.words),
    "number": Kind(rf"={SPACE}", typed.numbers),
    "pair": Kind(rf">{SPACE}", arranged.pairs),
    "item": Kind(rf"~{SPACE}", arranged.items, feedback=False),
    "blank": Kind(rf"<>{SPACE}", placed.blanks, feedback=False),
    "dropdown": Kind(r"\{[ \t\xa0]?\}|\{\*\}", placed.dropdowns),
    "essay": Kind(r"_{3,}[ \t]*$", handed_in.essay, feedback=False),
    "upload": Kind(r"\^{3,}[ \t]*$", handed_in.upload, feedback=False),
}
