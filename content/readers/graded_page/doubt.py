"""What a page does not show about a question. A question with a doubt needs review."""

from typing import NamedTuple

FROM_PAGE = "Look at the page itself"
SETTLE = f"{FROM_PAGE}, or ask the quiz's author, and put it right by hand."


class Doubt(NamedTuple):
    """One thing that is not known, as in `content.problem.Problem`. ``line`` counts from 1."""

    code: str
    sentence: str
    line: int
    remedy: str = SETTLE
