"""What ``1,500`` means to a reader of the page: in English a number of four figures, in German one of three decimals.

Everywhere else it is refused, as `content.numbers.read_number` cannot know; here it is stored in a way that means the
same to everybody, and shown again as the page's language writes it.
"""

from babel.numbers import get_decimal_symbol

from content.numbers import AMBIGUOUS, in_ascii
from content.questions import Numerical, Question
from content.scoring import Response
from lti_app.web.languages import formats


def as_meant(question: Question, response: Response) -> Response:
    """Return the response to a question as it is stored: without a comma that the page's language gives a meaning."""
    if not isinstance(question, Numerical) or not isinstance(response, str):
        return response
    found = AMBIGUOUS.fullmatch(in_ascii(response))
    if found is None or found["mark"] == ".":  # which is the decimal mark in every language, see `read_number`
        return response
    match get_decimal_symbol(formats()):
        case ".":
            return found["whole"] + found["part"]
        case ",":
            return f"{found['whole']}.{found['part']}"
    return response


def as_typed(question: Question, response: Response) -> Response:
    """Return a stored response as its field shows it: with the comma that is the language's decimal mark."""
    if not isinstance(question, Numerical) or not isinstance(response, str):
        return response
    found = AMBIGUOUS.fullmatch(response)
    if found and found["mark"] == "." and get_decimal_symbol(formats()) == ",":
        return f"{found['whole']},{found['part']}"
    return response
