"""The lines of the form ``Name: value``: at the top of a file, a group or a section, or above a question."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from content.questions import PartialCredit
from content.quiz import Seen, Shown, WhichAttempt
from content.readers.quiz_text import values
from content.readers.quiz_text.blocks import Block
from content.readers.quiz_text.report import Report


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
    found: dict[str, Value] = {}
    for block in blocks:
        option = options[name_of(block)]
        earlier = found.get(option.field)
        if earlier:
            sentence = f"'{block.written}' is given twice: here and on line {earlier.block.line}."
            report.error("duplicate-option", block.line, sentence, "Remove one of the two.")
            continue
        try:
            found[option.field] = Value(_value(option, block), block)
        except values.BadValueError as bad:
            report.error("bad-option", block.line, bad.sentence, bad.remedy, column=block.column)
    return found


def _value(option: Option, block: Block) -> Any:
    if not block.text:
        sentence = f"Nothing stands behind '{block.written}'."
        raise values.BadValueError(sentence, "Write its value there, or remove the line.")
    return option.value(block.text)


QUIZ_OPTIONS: Mapping[str, Option] = {
    "quiz title": Option("title", values.one_line),
    "quiz description": Option("description", str),
    "id": Option("id", values.one_line),
    "time limit": Option("time_limit", values.minutes),
    "attempts": Option("attempts", values.attempts),
    "wait between attempts": Option("wait_between_attempts", values.minutes),
    "which attempt counts": Option("which_attempt", values.one_of(WhichAttempt, "attempt that could count")),
    "pass mark": Option("pass_mark", values.share),
    "grade sections apart": Option("grade_sections_apart", values.truth),
    "shuffle questions": Option("shuffle_questions", values.truth),
    "shuffle answers": Option("shuffle_answers", values.truth),
    "one question at a time": Option("one_question_at_a_time", values.truth),
    "can't go back": Option("cant_go_back", values.truth),
    "show correct answers": Option("show_answers", values.shown_or_never),
    "show answers": Option("show_answers", values.one_of(Shown, "time to show something")),
    "show feedback": Option("show_feedback", values.one_of(Shown, "time to show something")),
    "students see": Option("students_see", values.one_of(Seen, "part of an attempt that students could see")),
    "show after": Option("show_after", values.moment),
    "access code": Option("access_code", values.one_line),
    "opens": Option("opens", values.moment),
    "due": Option("due", values.moment),
    "closes": Option("closes", values.moment),
}

QUESTION_OPTIONS: Mapping[str, Option] = {
    "title": Option("title", values.one_line),
    "points": Option("points", values.points),
    "id": Option("id", values.one_line),
    "tags": Option("tags", values.listed),
    "outcomes": Option("outcomes", values.listed),
    "partial credit": Option("partial_credit", values.one_of(PartialCredit, "rule for partial credit")),
    "case sensitive": Option("case_sensitive", values.truth),
    "needs review": Option("needs_review", values.one_line),
}

GROUP_OPTIONS: Mapping[str, Option] = {
    "pick": Option("pick", values.count),
    "points per question": Option("points", values.points),
    "id": Option("id", values.one_line),
    "title": Option("title", values.one_line),
}

SECTION_OPTIONS: Mapping[str, Option] = {
    "id": Option("id", values.one_line),
    "title": Option("title", values.one_line),
    "text": Option("text", str),
}

TEXT_OPTIONS: Mapping[str, Option] = {
    "text title": Option("title", values.one_line),
    "text": Option("stem", str),
}

SOLUTION_OPTIONS = frozenset(
    {"feedback is solution", "solutions sample groups", "solutions randomize groups", "solutions pick"}
)
"""text2qti's options for its solutions file, of which an LMS sees nothing."""

ALL_OPTIONS = frozenset().union(
    QUIZ_OPTIONS, QUESTION_OPTIONS, GROUP_OPTIONS, SECTION_OPTIONS, TEXT_OPTIONS, SOLUTION_OPTIONS
)
