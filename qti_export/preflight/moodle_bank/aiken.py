"""Traps of Aiken in Moodle's question bank.

The importer's own sources: question/format/aiken/format.php.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from lxml import etree

from qti_export.preflight.markup import shortened
from qti_export.preflight.model import Arrival, Effect, Finding, Place
from qti_export.preflight.moodle_bank.source import TEXT, TextFile
from qti_export.preflight.rules import Rules, Said

CHOICE = re.compile(r"([A-Z])[.)]\s(.*)")
TIGHT_CHOICE = re.compile(r"[A-Z]\)\S|[a-z][.)]\s")
ANSWER = re.compile(r"ANSWER:\s*(.*)")
SHORTEST = 2


@dataclass
class Question:
    """A question as the lines come: an unmarked line starts one, ANSWER ends it."""

    line: int
    stem: str = ""
    choices: dict[str, str] = field(default_factory=dict)
    answer: str | None = None
    tight: bool = False

    def place(self, node: etree._Element | None) -> Place:  # noqa: ARG002 - text has no elements
        """Return the place of its first line."""
        return Place("", self.line)


FILE: Rules[TextFile] = Rules("moodle")
ITEM: Rules[Question] = Rules("moodle")


@FILE.trap("aiken-no-quiz", Effect.NOTES, "Aiken brings questions of 1 mark each into the question bank, and no quiz.")
def _no_quiz(file: TextFile) -> Iterator[Said]:  # noqa: ARG001 - it holds of every file
    yield Said("The questions go into the question bank, with 1 mark each.", "Make a quiz there, and add them to it.")


@FILE.trap("aiken-short-line", Effect.VANISHES, "A line of one character is passed over.")
def _short_line(file: TextFile) -> Iterator[Said]:
    for number, line in enumerate(file.text.split("\n"), start=1):
        if len(line.strip()) == 1:
            yield Said(f"Line {number} ('{line.strip()}') is passed over.", "Write more than one character.")


@ITEM.trap(
    "aiken-two-lines",
    Effect.KILLS,
    "Each unmarked line starts a new question: a text of two lines is an error, and nothing is imported.",
)
def _two_lines(question: Question) -> Iterator[Said]:
    if question.stem and not question.choices and question.answer is None:
        yield Said("No choice follows this line: it is an error.", "Write the question's text in one line.")


@ITEM.trap(
    "aiken-unfinished",
    Effect.KILLS,
    "A question without an ANSWER line is an error: with 'Stop on error' nothing is imported.",
)
def _unfinished(question: Question) -> Iterator[Said]:
    if question.choices and question.answer is None:
        yield Said("The question has no ANSWER line.", "Write one, as in ANSWER: B.")


@ITEM.trap("aiken-no-text", Effect.KILLS, "Choices or an ANSWER without a question before them are an error.")
def _no_text(question: Question) -> Iterator[Said]:
    if not question.stem:
        yield Said("There is no question before this line.", "Write the question in a line of its own above.")


@ITEM.trap(
    "aiken-few-choices",
    Effect.KILLS,
    "A question with fewer than two choices is an error: with 'Stop on error' nothing is imported.",
)
def _few_choices(question: Question) -> Iterator[Said]:
    if question.stem and question.answer is not None and len(question.choices) < 2:
        yield Said("The question has fewer than two choices.", "Give it two, marked A. and B.")


@ITEM.trap(
    "aiken-choice-mark",
    Effect.KILLS,
    "A choice begins with a capital, '.' or ')' and a blank; other lines start a new question.",
)
def _choice_mark(question: Question) -> Iterator[Said]:
    if question.tight and not question.choices:
        yield Said("The choice is not marked as Aiken has it.", "Write a capital, a point and a blank: 'A. text'.")


@ITEM.trap("aiken-unknown-answer", Effect.KILLS, "An ANSWER that is the letter of no choice is an error.")
def _unknown_answer(question: Question) -> Iterator[Said]:
    if question.answer is not None and question.choices and question.answer[:1] not in question.choices:
        yield Said(f"'{shortened(question.answer)}' is the letter of no choice.", "Write the letter of a choice.")


@ITEM.trap("aiken-several-answers", Effect.CHANGES, "Of several letters behind ANSWER the first is read.")
def _several_answers(question: Question) -> Iterator[Said]:
    if question.answer and len(re.findall(r"\b[A-Z]\b", question.answer)) > 1:
        yield Said(f"Of '{question.answer}' only {question.answer[0]} is right.", "Aiken has one right choice.")


def moodle_aiken(file: TextFile) -> tuple[list[Finding], list[Arrival]]:
    """Return what Moodle makes of the file, and of each question in it."""
    return [*TEXT.findings(file), *FILE.findings(file)], list(map(_arrival, _questions(file)))


def _questions(file: TextFile) -> Iterator[Question]:
    """Yield the questions, and what Moodle takes for one."""
    current: Question | None = None
    for number, raw in enumerate(file.text.split("\n"), start=1):
        line = raw.strip()
        if len(line) < SHORTEST:
            continue
        if found := ANSWER.match(line):
            current = current or Question(number)
            current.answer = found[1].strip()
            yield current
            current = None
        elif found := CHOICE.match(line):
            current = current or Question(number)
            current.choices[found[1]] = found[2].strip()
        else:
            if current:
                yield current
            current = Question(number, line, tight=TIGHT_CHOICE.match(line) is not None)
    if current:
        yield current


def _arrival(question: Question) -> Arrival:
    right = question.choices.get((question.answer or "")[:1])
    return Arrival(
        where=question.place(None),
        title=shortened(question.stem),
        kind="multichoice",
        points=Decimal(1),
        key=(shortened(right),) if right else (),
        findings=tuple(ITEM.findings(question)),
    )
