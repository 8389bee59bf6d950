"""The nearest kind, of the five that a cartridge has, for a question of another: only where it scores the same."""

import re
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

from content.numbers import Exact, read_number, write_number
from content.questions import (
    Accepted,
    Dropdowns,
    FileUpload,
    FillInBlanks,
    Matching,
    MultipleChoice,
    Numerical,
    Ordering,
    Question,
    ShortAnswer,
    TextBlock,
)
from content.quiz import Quiz

BLANK_LINE = "_____"

PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
"""What can mean something to Markdown."""


def as_cartridge_quiz(quiz: Quiz) -> Quiz:
    """Return the quiz without sections and groups, and with nothing but the questions that go into a cartridge."""
    nearest = (nearest_kind(question) for question in quiz.questions)
    return replace(quiz, parts=tuple(question for question in nearest if question is not None))


def nearest_kind(question: Question) -> Question | None:
    """Return the question as one of a kind that the profile has and that scores the same, or None where there is none.

    Exact numbers become short answers, and so does a single blank; a single dropdown becomes multiple choice.
    """
    match question:
        case Numerical(answers=answers):
            exact = [answer for answer in answers if isinstance(answer, Exact)]
            if len(exact) < len(answers):
                return None
            texts = {text: answer.feedback for answer in reversed(exact) for text in _spellings(answer.value)}
            accepted = tuple(Accepted(text=text, feedback=told) for text, told in sorted(texts.items()))
            return ShortAnswer(answers=accepted, **_common(question))
        case FillInBlanks(blanks=(blank,)):
            accepted = tuple(Accepted(text=text) for text in blank.answers)
            stem = question.stem.replace(f"[{blank.name}]", BLANK_LINE)
            fields = _common(question) | {"stem": stem}
            return ShortAnswer(answers=accepted, case_sensitive=question.case_sensitive, **fields)
        case Dropdowns(dropdowns=(dropdown,)):
            stem = question.stem.replace(f"[{dropdown.name}]", BLANK_LINE)
            choices = tuple(replace(choice, text=_as_markdown(choice.text)) for choice in dropdown.choices)
            return MultipleChoice(choices=choices, **_common(question) | {"stem": stem})
        case FillInBlanks() | Dropdowns() | Matching() | Ordering() | FileUpload() | TextBlock():
            return None
        case _:
            return question


def _common(question: Question) -> dict[str, Any]:
    """Return what all kinds of question have."""
    return {one.name: getattr(question, one.name) for one in fields(Question)}


def _spellings(number: Decimal) -> list[str]:
    """Return the ways to type a number that cannot be another: with and without last zeros, with point and comma."""
    plain = [write_number(number), f"{number.normalize():f}"]
    every = [*plain, *(text.replace(".", ",") for text in plain)]
    return [text for text in dict.fromkeys(every) if read_number(text) == number]


def _as_markdown(text: str) -> str:
    """Return Markdown that shows the plain text."""
    return PUNCTUATION.sub(lambda sign: f"&#{ord(sign[0])};", text)
