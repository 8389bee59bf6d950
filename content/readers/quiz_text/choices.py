"""Questions that are answered by picking: ``a)`` and ``*a)`` for one, ``[ ]`` and ``[*]`` for any number."""

from collections.abc import Sequence
from dataclasses import replace

from content.questions import Choice, MultipleChoice, MultipleResponse, TrueFalse
from content.readers.quiz_text.answers import Answer, Built
from content.readers.quiz_text.report import Report


def letters(answers: Sequence[Answer], _report: Report) -> Built:
    """Return a multiple choice question, or a true/false question where the choices are just these two words."""
    choices = tuple(map(_choice, answers))
    blocks = [answer.block for answer in answers]
    if sorted(choice.text.lower() for choice in choices) == ["false", "true"]:
        words = tuple(replace(choice, text=choice.text.capitalize()) for choice in choices)
        return Built(TrueFalse, {"choices": words}, blocks)
    return Built(MultipleChoice, {"choices": choices}, blocks)


def boxes(answers: Sequence[Answer], _report: Report) -> Built:
    """Return a multiple response question."""
    return Built(MultipleResponse, {"choices": tuple(map(_choice, answers))}, [answer.block for answer in answers])


def _choice(answer: Answer) -> Choice:
    return Choice(text=answer.block.text, correct="*" in answer.block.written, feedback=answer.told)
