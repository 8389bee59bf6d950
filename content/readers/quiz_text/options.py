"""The lines of the form ``Name: value`` that stand above a question or at the top of the file."""

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from content.questions import PartialCredit
from content.quiz import Shown
from content.readers.quiz_text.blocks import Block
from content.readers.quiz_text.report import Report


class BadValueError(ValueError):
    """A value that the option cannot take; carries a sentence and a remedy for its author."""

    def __init__(self, sentence: str, remedy: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.remedy = remedy


class Option(NamedTuple):
    """An option: the field of the model that it fills, and how its text becomes the field's value."""

    field: str
    value: Callable[[str], Any]


class Value(NamedTuple):
    """A value, and the block where it stood."""

    value: Any
    block: Block


def name_of(block: Block) -> str:
    """Return the name of an option as the tables here know it."""
    return " ".join(block.written.rstrip(": \t").replace("’", "'").lower().split())


def values_of(blocks: Iterable[Block], options: Mapping[str, Option], report: Report) -> dict[str, Value]:
    """Return the values by field. An option that is empty, has a bad value or comes again is reported and left out."""
    values: dict[str, Value] = {}
    for block in blocks:
        option = options[name_of(block)]
        earlier = values.get(option.field)
        if earlier:
            sentence = f"'{block.written}' is given twice: here and on line {earlier.block.line}."
            report.error("duplicate-option", block.line, sentence, "Remove one of the two.")
            continue
        try:
            if not block.text:
                raise BadValueError(
                    f"Nothing stands behind '{block.written}'.", "Write its value there, or remove the line."
                )
            values[option.field] = Value(option.value(block.text), block)
        except BadValueError as bad:
            report.error("bad-option", block.line, bad.sentence, bad.remedy, column=block.column)
    return values


def _one_line(text: str) -> str:
    return re.sub(r"[ \t]*\n[ \t\n]*", " ", text)


def _truth(text: str) -> bool:
    words = {"true": True, "yes": True, "false": False, "no": False}
    try:
        return words[text.lower()]
    except KeyError:
        raise BadValueError(f"'{text[:40]}' is neither true nor false.", "Write true or false.") from None


def _shown_or_never(text: str) -> Shown:
    return Shown.AFTER_SUBMISSION if _truth(text) else Shown.NEVER


def _tags(text: str) -> tuple[str, ...]:
    tags = (tag.strip() for tag in _one_line(text).split(","))
    return tuple(dict.fromkeys(tag for tag in tags if tag))


NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,9})?|\.\d{1,9}")
"""Nine digits on either side: more would mean nothing in a gradebook, and the points of a quiz add up exactly."""


def _number(text: str, example: str) -> Decimal:
    if not NUMBER.fullmatch(text):
        raise BadValueError(f"'{text[:40]}' is not a number that can stand here.", f"Write it as in '{example}'.")
    return Decimal(text)


def _points(text: str) -> Decimal:
    return _number(text, "Points: 2.5")


def _share(text: str) -> Decimal:
    if text.endswith("%"):
        return _number(text[:-1].rstrip(), "pass mark: 80%") / 100
    return _number(text, "pass mark: 80%")


def _partial_credit(text: str) -> PartialCredit:
    try:
        return PartialCredit(" ".join(text.lower().split()))
    except ValueError:
        rules = ", ".join(f"'{rule}'" for rule in PartialCredit)
        raise BadValueError(f"'{text[:40]}' is no rule for partial credit.", f"Write one of {rules}.") from None


QUIZ_OPTIONS: Mapping[str, Option] = {
    "quiz title": Option("title", _one_line),
    "quiz description": Option("description", str),
    "id": Option("id", _one_line),
    "shuffle answers": Option("shuffle_answers", _truth),
    "show correct answers": Option("show_answers", _shown_or_never),
    "one question at a time": Option("one_question_at_a_time", _truth),
    "can't go back": Option("cant_go_back", _truth),
    "pass mark": Option("pass_mark", _share),
}

QUESTION_OPTIONS: Mapping[str, Option] = {
    "title": Option("title", _one_line),
    "points": Option("points", _points),
    "id": Option("id", _one_line),
    "tags": Option("tags", _tags),
    "partial credit": Option("partial_credit", _partial_credit),
    "needs review": Option("needs_review", _one_line),
}

SOLUTION_OPTIONS = frozenset({"feedback is solution", "solutions sample groups", "solutions randomize groups"})
"""text2qti's options for its solutions file, of which an LMS sees nothing."""

GROUP_OPTIONS = frozenset({"pick", "solutions pick", "points per question"})
TEXT_OPTIONS = frozenset({"text title", "text"})

ALL_OPTIONS = QUIZ_OPTIONS.keys() | QUESTION_OPTIONS.keys() | SOLUTION_OPTIONS | GROUP_OPTIONS | TEXT_OPTIONS
