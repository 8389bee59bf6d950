"""How questions are answered: each kind of answer has a mark of its own, and a function that builds its questions.

A new kind is one more entry in `KINDS`, with its function in a module of its own.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from content.questions import Question
from content.readers.quiz_text.answers import Answer
from content.readers.quiz_text.choices import boxes, letters

Build: TypeAlias = Callable[[Sequence[Answer]], tuple[type[Question], dict[str, Any]]]
"""From the answers of one question to its class, and to the fields that only this class has."""

SPACE = r"(?=[ \t\xa0]|$)"
"""What must follow a mark that could also begin an ordinary text."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of answer: the pattern of its mark, and how a question is built from such answers."""

    pattern: str
    build: Build


@dataclass(frozen=True, slots=True)
class UnreadKind:
    """A kind of answer that text2qti has and that is not read yet: the pattern of its mark, and its name."""

    pattern: str
    name: str


KINDS: Mapping[str, Kind] = {
    "letter": Kind(rf"\*?[A-Za-z](?:\)|\.{SPACE})", letters),
    "box": Kind(r"\[[ \t\xa0]?\]|\[\*\]", boxes),
}

UNREAD_KINDS: Mapping[str, UnreadKind] = {
    "short": UnreadKind(rf"\*{SPACE}", "Short answers ('*')"),
    "number": UnreadKind(rf"={SPACE}", "Numerical answers ('=')"),
    "essay": UnreadKind(r"_{3,}[ \t]*$", "Essays ('___')"),
    "upload": UnreadKind(r"\^{3,}[ \t]*$", "File uploads ('^^^')"),
}

ANSWER_PATTERNS: Mapping[str, str] = {
    **{name: kind.pattern for name, kind in KINDS.items()},
    **{name: kind.pattern for name, kind in UNREAD_KINDS.items()},
}
