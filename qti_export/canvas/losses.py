"""What Canvas does not keep, and what it cannot take at all."""

from collections.abc import Iterator

from lxml import etree

from content.problem import Problem
from content.questions import MultipleResponse, PartialCredit, Question
from content.quiz import Quiz
from qti_export.report import loss, percent, refusal
from qti_export.unwritten import unwritten_words

STEM_MAX_LENGTH = 16_384
"""Characters of HTML. Canvas's importer puts a notice in place of a longer question text."""


def of(quiz: Quiz) -> Iterator[Problem]:
    """Yield what of the quiz does not arrive, or arrives changed."""
    yield from unwritten_words(quiz)
    if quiz.settings.pass_mark is not None:
        yield loss(
            "pass-mark",
            f"Canvas quizzes have no pass mark; yours, {percent(quiz.settings.pass_mark)}, is not kept.",
            "Name it in the quiz's description, or use a grading scheme for the assignment.",
            quiz,
        )
    if any(question.tags for question in quiz.questions):
        yield loss("tags", "Canvas has no tags: the questions arrive without theirs.", "Nothing needs doing.", quiz)
    for question in quiz.questions:
        if isinstance(question, MultipleResponse):
            yield from _of_multiple_response(question)


def _of_multiple_response(question: MultipleResponse) -> Iterator[Problem]:
    rule = question.partial_credit
    if rule is PartialCredit.RIGHT_MINUS_WRONG:
        return
    kept = " (New Quizzes keep it)" if rule is PartialCredit.ALL_OR_NOTHING else ""
    yield loss(
        "partial-credit",
        f"Classic Quizzes score this question right minus wrong; '{rule}' is not kept{kept}.",
        "Tell your students, or write it as several true/false questions.",
        question,
    )


def refused_stem(question: Question, item: etree._Element) -> Iterator[Problem]:
    """Yield an error where the item's question text is longer than Canvas takes."""
    length = len(item.findtext("presentation/material/mattext", ""))
    if length > STEM_MAX_LENGTH:
        yield refusal(
            "long-stem",
            f"The question text has {length:,} characters as HTML; Canvas replaces one above {STEM_MAX_LENGTH:,}.",
            "Shorten it, or move a part of it to a page of the course.",
            question,
        )


def reserved_id(quiz: Quiz) -> Problem:
    """Return the error for a quiz whose file would take the name of Canvas's settings file."""
    return refusal("reserved-id", f"Canvas keeps the name '{quiz.id}' for itself.", "Give the quiz another id.", quiz)
