"""Pages that are read whole, without any problem."""

from textwrap import dedent

from content.quiz import Quiz
from content.readers.graded_page import read_graded_page
from tests.content.answer_key import as_key

HEADER = "Grade received **100%** To pass 80% or higher\n\n## A quiz\n\n"


def read(body: str, header: str = HEADER) -> Quiz:
    """Return the quiz of a page that must be read without any problem."""
    reading = read_graded_page(header + dedent(body), "page.txt")
    assert reading.quiz is not None
    assert [str(problem) for problem in reading.problems] == []
    return reading.quiz


def choices_of(quiz: Quiz, number: int = 1) -> list[tuple[str, bool, str]]:
    choices: list[tuple[str, bool, str]] = as_key(quiz)[number - 1]["choices"]
    return choices


TWO_BY_TWO = [("Four", True, "Correct! It is even."), ("Five", False, "")]

QUESTION = "1. A?\n\n1 / 1 point\n\n☒ B\n\n☐ C\n\n✔ **Correct**\n\n"
