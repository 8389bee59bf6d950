"""GIFT as Moodle cuts it: blank lines part questions, the first brace opens the answers, the next one closes them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from qti_export.preflight.model import Place
from qti_export.preflight.moodle_bank.source import TextFile

COMMENT = re.compile(r"^\s*//.*$", re.MULTILINE)
OPENS, CLOSES = re.compile(r"(?<!\\)\{"), re.compile(r"(?<!\\)\}")
NAMED = re.compile(r"::((?:[^:\\]|\\.|:(?!:))*)::", re.DOTALL)
ANSWER = re.compile(r"(?<!\\)([=~])((?:[^=~\\]|\\.)*)", re.DOTALL)
WEIGHT = re.compile(r"\s*%([^%]*)%")
TRUE_FALSE = re.compile(r"\s*(T|TRUE|F|FALSE)\s*(#.*)?$", re.DOTALL)
FEEDBACK = re.compile(r"(?<!\\)#")
ESCAPE = re.compile(r"\\([~=#{}:])")


@dataclass(frozen=True)
class Answer:
    """An answer: its sign (``=`` or ``~``), the weight between percent signs if it has one, its text."""

    sign: str
    weight: str | None
    text: str
    feedback: str


@dataclass(frozen=True)
class Question:
    """A question between two blank lines."""

    block: str
    line: int

    def place(self, node: etree._Element | None) -> Place:  # noqa: ARG002 - text has no elements
        """Return the place of its first line."""
        return Place("", self.line)

    @cached_property
    def name(self) -> str:
        """Its name."""
        found = NAMED.match(self.block)
        return _unescaped(found[1].strip()) if found else ""

    @cached_property
    def text(self) -> str:
        """Its text, without the answers."""
        rest = self.block[found.end() :] if (found := NAMED.match(self.block)) else self.block
        opened = OPENS.search(rest)
        return _unescaped((rest[: opened.start()] if opened else rest).strip())

    @cached_property
    def braces(self) -> str | None:
        """What is between the braces; None where there are none."""
        opened = OPENS.search(self.block)
        closed = CLOSES.search(self.block, opened.end()) if opened else None
        return self.block[opened.end() : closed.start()] if opened and closed else None

    @cached_property
    def answers(self) -> list[Answer]:
        """The answers between the braces, but for true/false."""
        inside = (self.braces or "").partition("####")[0]
        return [_answer(*found.groups()) for found in ANSWER.finditer(inside)]

    @cached_property
    def type(self) -> str:
        """Moodle's type."""
        inside = self.braces
        if inside is None:
            return "description"
        bare = inside.strip()
        if not bare or bare.startswith("####"):
            return "essay"
        if bare.startswith("#"):
            return "numerical"
        if TRUE_FALSE.match(bare):
            return "truefalse"
        if any("->" in one.text for one in self.answers):
            return "match"
        return "multichoice" if any(one.sign == "~" for one in self.answers) else "shortanswer"

    @property
    def is_single(self) -> bool:
        """Whether one choice is to be picked: one of them is right alone."""
        return any(one.sign == "=" or one.weight == "100" for one in self.answers)


def _answer(sign: str, body: str) -> Answer:
    weighed = WEIGHT.match(body)
    rest = body[weighed.end() :] if weighed else body
    parts = FEEDBACK.split(rest, maxsplit=1)
    told = parts[1].strip() if len(parts) > 1 else ""
    return Answer(sign, weighed[1].strip() if weighed else None, _unescaped(parts[0].strip()), told)


def _unescaped(text: str) -> str:
    return ESCAPE.sub(r"\1", text)


def questions_of(file: TextFile) -> Iterator[Question]:
    """Yield the questions, each with the line of its first word."""
    line = 1
    for block in re.split(r"(\n[ \t]*(?:\n[ \t]*)+)", file.text):
        bare = COMMENT.sub("", block)
        words = "\n".join(one for one in bare.split("\n") if not one.lstrip().startswith("$CATEGORY"))
        if words.strip():
            before = block[: len(block) - len(block.lstrip())] + "".join(_leading_lines(block.lstrip()))
            yield Question(words.strip(), line + before.count("\n"))
        line += block.count("\n")


def _leading_lines(block: str) -> Iterator[str]:
    """Yield the comments and categories that stand above the question itself."""
    for one in block.split("\n"):
        if not one.lstrip().startswith(("//", "$CATEGORY")):
            return
        yield f"{one}\n"
