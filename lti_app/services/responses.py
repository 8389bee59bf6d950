"""Responses as they are stored and sent: `content.scoring.Response` in JSON, and back, checked on its way in."""

from collections.abc import Mapping
from typing import Any

from content.characters import drop_forbidden
from content.questions import (
    ChoiceQuestion,
    Dropdowns,
    Essay,
    FillInBlanks,
    Matching,
    Ordering,
    Question,
    TextBlock,
)
from content.scoring import NO_RESPONSE, Response, score
from content.sentences import Sentence

LONGEST_ESSAY = 100_000
LONGEST_LINE = 1_000
"""In characters."""


class InvalidResponse(ValueError):  # noqa: N818
    """A response that the question's page could not have sent; the message says what is wrong with it."""


def write_response(response: Response) -> Any:
    """Return the response as JSON: picks as sorted positions, tuples as lists, the rest as it is."""
    if isinstance(response, frozenset):
        return sorted(response)
    return list(response) if isinstance(response, tuple) else response


def read_response(question: Question, value: Any) -> Response:
    """Return the response that the JSON means; raise InvalidResponse for what the question has no place for."""
    response = _of_kind(question, value)
    try:
        score(question, response)
    except ValueError as error:
        raise InvalidResponse(str(error)) from error
    return response


def is_answered(response: Response) -> bool:
    """Return whether there is anything in the response."""
    if isinstance(response, str):
        return bool(response.strip())
    if isinstance(response, Mapping):
        return any(value != "" for value in response.values())
    if isinstance(response, tuple):
        return any(place is not None for place in response)
    return bool(response)


def _of_kind(question: Question, value: Any) -> Response:
    match question:
        case _ if value is None:
            return NO_RESPONSE
        case ChoiceQuestion():
            return _picks(value)
        case TextBlock():
            raise InvalidResponse("This text asks nothing.")
        case Matching() | Ordering():
            return _places(value)
        case FillInBlanks():
            return {name: _text(text, LONGEST_LINE) for name, text in _by_name(value)}
        case Dropdowns():
            return {name: _place(place) for name, place in _by_name(value)}
        case _:
            return _text(value, LONGEST_ESSAY if isinstance(question, Essay) else LONGEST_LINE)


def _picks(value: Any) -> frozenset[int]:
    if not isinstance(value, list | tuple):
        raise InvalidResponse("A response is a list of positions, counted from 0.")
    picks = frozenset(map(_place, value))
    if len(picks) < len(value):
        raise InvalidResponse("A response names each choice only once.")
    return picks


def _places(value: Any) -> tuple[int | None, ...]:
    if not isinstance(value, list | tuple):
        raise InvalidResponse("A response is a list of positions, counted from 0.")
    return tuple(None if place is None else _place(place) for place in value)


def _place(value: Any) -> int:
    if type(value) is not int:
        raise InvalidResponse("A response is a list of positions, counted from 0.")
    return value


def _by_name(value: Any) -> list[tuple[str, Any]]:
    if not isinstance(value, Mapping):
        raise InvalidResponse("A response names each place in the text, and what is in it.")
    return list(value.items())


def _text(value: Any, longest: int) -> str:
    if not isinstance(value, str):
        raise InvalidResponse("A response to this question is a text.")
    if len(value) > longest:
        raise InvalidResponse(
            Sentence(
                "The answer is too long: it has %(length)s characters, and %(longest)s are allowed.",
                length=len(value),
                longest=longest,
            )
        )
    return drop_forbidden(value)
