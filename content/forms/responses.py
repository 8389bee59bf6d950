"""From the fields of a sent form to the response that they mean, kind by kind."""

from collections.abc import Mapping, Sequence
from functools import singledispatch
from typing import TypeAlias

from content.drawing import choice_order
from content.forms.controls import field_name
from content.forms.orders import shown_order
from content.questions import (
    ChoiceQuestion,
    Dropdowns,
    Essay,
    FileUpload,
    FillInBlanks,
    Matching,
    Numerical,
    Ordering,
    Question,
    ShortAnswer,
    TextBlock,
)
from content.quiz import Quiz
from content.scoring import NO_RESPONSE, Response

Fields: TypeAlias = Mapping[str, Sequence[str]]
"""What was sent: the values of each field, in the order of the page."""


@singledispatch
def response_of(question: Question, fields: Fields, quiz: Quiz, seed: int) -> Response:  # noqa: ARG001 - the signature of all kinds
    """Return what was answered; ``quiz`` and ``seed`` are those that the form was made with.

    Raise ValueError for values that the form could not have sent.
    """
    raise TypeError(f"Questions of the kind {question.kind} have no form.")


@response_of.register
def _text_block(question: TextBlock, fields: Fields, quiz: Quiz, seed: int) -> Response:  # noqa: ARG001 - as above
    return NO_RESPONSE


@response_of.register
def _choices(question: ChoiceQuestion, fields: Fields, quiz: Quiz, seed: int) -> Response:
    order = choice_order(quiz, question, seed)
    sent = fields.get(field_name(question), ())
    return frozenset(order[_place(value, len(order))] for value in sent) or NO_RESPONSE


@response_of.register(ShortAnswer)
@response_of.register(Numerical)
@response_of.register(Essay)
@response_of.register(FileUpload)
def _typed(question: Question, fields: Fields, quiz: Quiz, seed: int) -> Response:  # noqa: ARG001 - as above
    return _one(fields, field_name(question)) or NO_RESPONSE


@response_of.register
def _matching(question: Matching, fields: Fields, quiz: Quiz, seed: int) -> Response:  # noqa: ARG001 - as above
    order = shown_order(question, seed)
    sent = [_one(fields, field_name(question, number)) for number in range(len(question.pairs))]
    return tuple(order[_place(value, len(order))] if value else None for value in sent) if any(sent) else NO_RESPONSE


@response_of.register
def _ordering(question: Ordering, fields: Fields, quiz: Quiz, seed: int) -> Response:  # noqa: ARG001 - as above
    """Items without a place come behind the others; of those with the same place, the one shown first comes first."""
    order = shown_order(question, seed)
    count = len(order)
    sent = [_one(fields, field_name(question, at)) for at in range(count)]
    places = [_place(value, count + 1) if value else count + 1 for value in sent]
    if 0 in places:
        raise ValueError("There is no choice '0' here.")
    return tuple(order[at] for at in sorted(range(count), key=places.__getitem__)) if any(sent) else NO_RESPONSE


@response_of.register
def _fill_in_blanks(question: FillInBlanks, fields: Fields, quiz: Quiz, seed: int) -> Response:  # noqa: ARG001 - as above
    sent = {blank.name: _one(fields, field_name(question, at)) for at, blank in enumerate(question.blanks)}
    return {name: value for name, value in sent.items() if value} or NO_RESPONSE


@response_of.register
def _dropdowns(question: Dropdowns, fields: Fields, quiz: Quiz, seed: int) -> Response:  # noqa: ARG001 - as above
    picked = {}
    for number, dropdown in enumerate(question.dropdowns):
        if value := _one(fields, field_name(question, number)):
            picked[dropdown.name] = _place(value, len(dropdown.choices))
    return picked or NO_RESPONSE


def _one(fields: Fields, name: str) -> str:
    return next(iter(fields.get(name, ())), "")


def _place(value: str, count: int) -> int:
    if not (value.isascii() and value.isdecimal() and len(value) < 9 and int(value) < count):
        raise ValueError(f"There is no choice {value[:20]!r} here.")
    return int(value)
