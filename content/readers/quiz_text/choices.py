"""Questions that are answered by picking: ``a)`` and ``*a)`` for one, ``[ ]`` and ``[*]`` for any number."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from content.questions import Choice, MultipleChoice, MultipleResponse, Question, TrueFalse
from content.readers.quiz_text.answers import Answer


def letters(answers: Sequence[Answer]) -> tuple[type[Question], dict[str, Any]]:
    """Return a multiple choice question, or a true/false question where the choices are just these two words."""
    choices = tuple(map(_choice, answers))
    if sorted(choice.text.lower() for choice in choices) == ["false", "true"]:
        return TrueFalse, {"choices": tuple(replace(choice, text=choice.text.capitalize()) for choice in choices)}
    return MultipleChoice, {"choices": choices}


def boxes(answers: Sequence[Answer]) -> tuple[type[Question], dict[str, Any]]:
    """Return a multiple response question."""
    return MultipleResponse, {"choices": tuple(map(_choice, answers))}


def _choice(answer: Answer) -> Choice:
    feedback = answer.feedback.text if answer.feedback else ""
    return Choice(text=answer.block.text, correct="*" in answer.block.written, feedback=feedback)
