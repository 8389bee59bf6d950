"""Pages that do not show everything, read as the tests need it."""

from textwrap import dedent

from content.questions import ChoiceQuestion
from content.readers.graded_page import read_graded_page
from content.readers.reading import Reading

GOOD = "1. A?\n\n1 / 1 point\n\n☒ B\n\n☐ C\n\n✔ **Correct**\n\n"


def read(body: str, header: str = "Grade received 100%\n\n## A quiz\n\n") -> Reading:
    return read_graded_page(header + dedent(body), "page.txt")


def reviewed(reading: Reading) -> ChoiceQuestion:
    """Return the only question of the quiz that needs review; the problem that says why has its line and sentence."""
    assert reading.quiz is not None
    assert not reading.ok
    (question,) = [question for question in reading.quiz.questions if question.needs_review]
    assert isinstance(question, ChoiceQuestion)
    return question
