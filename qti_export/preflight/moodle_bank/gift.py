"""Traps of GIFT in Moodle's question bank.

The importer's own sources: question/format/gift/format.php.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from qti_export.preflight.markup import plain, references, shortened
from qti_export.preflight.model import Arrival, Effect, Finding
from qti_export.preflight.moodle_bank.gift_text import CLOSES, OPENS, Question, questions_of
from qti_export.preflight.moodle_bank.grades import is_listed
from qti_export.preflight.moodle_bank.source import TEXT, TextFile
from qti_export.preflight.numbers import decimal
from qti_export.preflight.rules import Rules, Said

FILE: Rules[TextFile] = Rules("moodle")
ITEM: Rules[Question] = Rules("moodle")

NUMBERS = re.compile(r"^[=\s]*(?:%[^%]*%)?\s*([^:#=]*?)(?:\.\.([^:#=]*)|:([^#=]*))?\s*(?:#.*)?$", re.DOTALL)
PLUGINFILE = "@@PLUGINFILE@@"


@FILE.trap(
    "gift-no-quiz",
    Effect.NOTES,
    "GIFT brings questions of 1 mark each into the question bank, with shuffled choices, and no quiz.",
)
def _no_quiz(file: TextFile) -> Iterator[Said]:  # noqa: ARG001 - it holds of every file
    yield Said("The questions go into the question bank, with 1 mark each.", "Make a quiz there, and add them to it.")


@ITEM.trap(
    "gift-unclosed",
    Effect.KILLS,
    "A brace that is not closed before the next blank line is an error: with 'Stop on error' nothing is imported.",
)
def _unclosed(question: Question) -> Iterator[Said]:
    if len(OPENS.findall(question.block)) != len(CLOSES.findall(question.block)) and question.braces is None:
        yield Said("The braces do not match: nothing is imported.", r"Close the brace; write \{ for the sign.")


@ITEM.trap(
    "gift-braces-within",
    Effect.CHANGES,
    "The first { opens the answers and the next } closes them: braces of TeX must be escaped.",
)
def _braces_within(question: Question) -> Iterator[Said]:
    if question.braces is not None and len(OPENS.findall(question.block)) > 1:
        yield Said("It has more than one pair of braces: Moodle takes the first for the answers.", r"Write \{ and \}.")


@ITEM.trap(
    "gift-no-sign", Effect.KILLS, "Braces without = or ~ are an error: with 'Stop on error' nothing is imported."
)
def _no_sign(question: Question) -> Iterator[Said]:
    if question.type == "shortanswer" and not question.answers:
        yield Said("There is no answer in the braces: nothing is imported.", "Write = before what is right.")


@ITEM.trap(
    "gift-weight",
    Effect.KILLS,
    "A weight that is not on Moodle's list (15, 33) is an error: with 'Stop on error' nothing is imported.",
)
def _weight(question: Question) -> Iterator[Said]:
    for answer in question.answers:
        percent = decimal(answer.weight) if answer.weight is not None else Decimal(100)
        if percent is None or not is_listed(percent):
            sentence = f"The weight {answer.weight} % is not on Moodle's list: nothing is imported."
            yield Said(sentence, "Write 33.33333, 16.66667 and so on.")


@ITEM.trap("gift-no-key", Effect.CHANGES, "Choices of which none is right arrive as they are: nobody gets points.")
def _no_key(question: Question) -> Iterator[Said]:
    if question.type == "multichoice" and not _right(question):
        yield Said("No choice is right.", "Write = before the right one.")


@ITEM.trap("gift-few-choices", Effect.KILLS, "A single choice is refused: with 'Stop on error' nothing is imported.")
def _few_choices(question: Question) -> Iterator[Said]:
    if question.type == "multichoice" and len(question.answers) < 2:
        yield Said("It has fewer than two choices.", "Give it two.")


@ITEM.trap("gift-few-pairs", Effect.NOTES, "Matching wants three pairs.")
def _few_pairs(question: Question) -> Iterator[Said]:
    if question.type == "match" and len(question.answers) < 3:
        yield Said("Moodle wants three pairs, or two and a distractor.", "Add a distractor (= -> other).")


@ITEM.trap("gift-number", Effect.KILLS, "A numerical answer that is no number is an error.")
def _number(question: Question) -> Iterator[Said]:
    for text in _numbers(question):
        if text not in {"", "*"} and "," not in text and decimal(text) is None:
            yield Said(f"'{shortened(text)}' is no number.", "Write a number, as in {#3.14:0.01}.")


@ITEM.trap("gift-comma", Effect.CHANGES, "A decimal comma is left out: 3,14 becomes 314.")
def _comma(question: Question) -> Iterator[Said]:
    for text in _numbers(question):
        if "," in text:
            yield Said(f"'{text}' becomes {text.replace(',', '')}.", "Write it with a decimal point.")


@ITEM.trap("gift-picture", Effect.VANISHES, "GIFT has no pictures: one that is not on the web is broken.")
def _picture(question: Question) -> Iterator[Said]:
    if PLUGINFILE in question.block or references(question.block):
        yield Said("Its picture does not arrive.", "Use Moodle XML, or put the picture on the web.")


@FILE.trap("gift-no-questions", Effect.VANISHES, "A file without questions is refused.")
def _no_questions(file: TextFile) -> Iterator[Said]:
    if next(questions_of(file), None) is None:
        yield Said("There is no question in the file.", "Check that it is the right one.")


def _numbers(question: Question) -> Iterator[str]:
    """Yield the numbers of a numerical answer: values, tolerances and bounds."""
    if question.type != "numerical":
        return
    inside = (question.braces or "").strip().partition("####")[0][1:].strip()
    for one in [part for part in re.split(r"(?<!\\)[=~]", inside) if part.strip()]:
        if found := NUMBERS.match(one.strip()):
            yield from (text.strip() for text in found.groups() if text is not None)


def _right(question: Question) -> list[str]:
    return [one.text for one in question.answers if one.sign == "=" or (decimal(one.weight) or 0) > 0]


def moodle_gift(file: TextFile) -> tuple[list[Finding], list[Arrival]]:
    """Return what Moodle makes of the file, and of each question in it."""
    return [*TEXT.findings(file), *FILE.findings(file)], list(map(_arrival, questions_of(file)))


def _arrival(question: Question) -> Arrival:
    general = "####" in (question.braces or "")
    told = len([one for one in question.answers if one.feedback])
    return Arrival(
        where=question.place(None),
        title=question.name or shortened(plain(question.text)),
        kind=question.type,
        points=Decimal(0 if question.type == "description" else 1),
        key=tuple(shortened(text) for text in _key(question)),
        feedback=(*(["general"] if general else []), *([f"of {told} answers"] if told else [])),
        findings=tuple(ITEM.findings(question)),
    )


def _key(question: Question) -> list[str]:
    if question.type == "truefalse":
        return [(question.braces or "").strip().partition("#")[0].strip()]
    return list(_numbers(question)) if question.type == "numerical" else _right(question)
