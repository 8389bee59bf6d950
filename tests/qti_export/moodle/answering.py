"""A response of ours, said as a student gives it in Moodle."""

import html
from typing import Any

from content.questions import Dropdowns, FillInBlanks, Matching, Question, ShortAnswer, TrueFalse
from qti_export.blanks import fragments


def in_moodle(question: Question, response: Any) -> Any:
    """Picks with True before False; of pairs the texts picked; of blanks and dropdowns what is at each place."""
    if response is None:
        return None
    match question:
        case ShortAnswer():
            return _typed(response)
        case TrueFalse():
            swapped = question.choices[0].text.strip().lower() == "false"
            return {1 - pick if swapped else pick for pick in response}
        case Matching():
            return [None if place is None else question.rights[place] for place in response]
        case FillInBlanks():
            return [_typed(response.get(question.blanks[place].name)) for place in fragments(question).places]
        case Dropdowns():
            names = [question.dropdowns[place].name for place in fragments(question).places]
            return [{response[name]} if name in response else None for name in names]
    return response


def _typed(text: str | None) -> str | None:
    """What is typed, without no-break spaces and the like around it: Moodle leaves them, and nobody types them."""
    return None if text is None else text.strip()


def shown(text: str) -> str:
    """What a student sees of a text that is picked (``format_string``)."""
    return html.unescape(text)
