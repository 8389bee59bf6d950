"""A question, or a text between questions."""

from collections.abc import Iterator
from decimal import Decimal

from content.questions import (
    FillInBlanks,
    MultipleResponse,
    PartialCredit,
    Question,
    ShortAnswer,
    TextBlock,
)
from content.writers.quiz_text.answers import answers
from content.writers.quiz_text.pieces import decimal, piece


def question_lines(question: Question, number: int, usual_points: Decimal) -> Iterator[str]:
    """Yield the lines of the question. ``usual_points`` is what it is worth where no line says so."""
    yield from _options(question, usual_points)
    yield piece(f"{number}.", question.stem)
    feedback = question.feedback
    for mark, text in (("...", feedback.general), ("+", feedback.correct), ("-", feedback.incorrect)):
        if text:
            yield piece(mark, text)
    for hint in question.hints:
        yield piece("?", hint)
    yield from answers(question)


def text_lines(text: TextBlock) -> Iterator[str]:
    """Yield the lines of a text between questions."""
    yield from _names(text)
    if text.title:
        yield piece("Text title:", text.title)
    yield piece("Text:", text.stem)


def _options(question: Question, usual_points: Decimal) -> Iterator[str]:
    if question.title:
        yield piece("Title:", question.title)
    if question.points != usual_points:
        yield f"Points: {decimal(question.points)}"
    if isinstance(question, MultipleResponse) and question.partial_credit is not PartialCredit.RIGHT_MINUS_WRONG:
        yield f"partial credit: {question.partial_credit}"
    if isinstance(question, ShortAnswer | FillInBlanks) and question.case_sensitive:
        yield "case sensitive: true"
    yield from _names(question)


def _names(question: Question) -> Iterator[str]:
    if question.tags:
        yield f"tags: {', '.join(question.tags)}"
    if question.outcomes:
        yield f"outcomes: {', '.join(question.outcomes)}"
    if question.needs_review:
        yield piece("needs review:", question.needs_review)
    if question.id:
        yield f"id: {question.id}"
