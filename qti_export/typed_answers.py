"""Typed answers in LMSs that compare them in ways of their own."""

from collections.abc import Iterator

from content.problem import Problem
from content.questions import FillInBlanks, ShortAnswer
from content.quiz import Quiz
from content.typed_text import fold
from qti_export.report import loss


def typed_as(answer: str) -> str:
    """Return an accepted text as people type it: LMSs compare with what is between the outer blanks."""
    return fold(answer, case_sensitive=True)


def left_to_the_lms(quiz: Quiz, format_: str) -> Problem:
    """Return the loss of a quiz with typed answers in a format that does not say how they are read."""
    return loss(
        "typing",
        f"{format_} does not say how a typed answer is read: whether blanks around it count, or whether '1,5' is a"
        " number, is up to your LMS.",
        "Try it there.",
        quiz,
    )


def of_letters(question: ShortAnswer | FillInBlanks) -> Iterator[Problem]:
    """Yield a loss where an answer has letters of which not every LMS knows that they are the same."""
    texts = (
        [answer.text for answer in question.answers]
        if isinstance(question, ShortAnswer)
        else [text for blank in question.blanks for text in blank.answers]
    )
    if not question.case_sensitive and any(text.casefold() != text.lower() for text in texts):
        yield loss(
            "letters",
            "For an LMS letters such as 'ß' may not be the same as 'ss'.",
            "Add the other spelling as an accepted answer.",
            question,
        )
