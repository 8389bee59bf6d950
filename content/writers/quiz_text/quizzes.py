"""A quiz as a whole: its paragraphs, one for each question and for each line that opens or closes something."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import count

from content.characters import drop_forbidden
from content.questions import Question, TextBlock
from content.quiz import Part, Pool, Quiz, Section
from content.writers.quiz_text.header import header
from content.writers.quiz_text.pieces import decimal, piece
from content.writers.quiz_text.questions import question_lines, text_lines

ONE_POINT = Decimal(1)


def write_quiz_text(quiz: Quiz) -> str:
    """Return the quiz as quiz text; read back, it is the same quiz, but for white space around its texts.

    Raise TypeError for a kind of question that quiz text has no words for.
    """
    numbers = count(1)
    paragraphs = [header(quiz), *(lines for part in quiz.parts for lines in _part(part, numbers))]
    return drop_forbidden("\n\n".join("\n".join(lines) for lines in paragraphs) + "\n")


def _part(part: Part, numbers: Iterator[int]) -> Iterator[Iterable[str]]:
    match part:
        case Section():
            yield _section_heading(part)
            for inner in part.parts:
                yield from _part(inner, numbers)
            yield ["END_SECTION"]
        case Pool():
            yield _group_heading(part)
            for question in part.questions:
                yield _question(question, numbers, part.points)
            yield ["END_GROUP"]
        case Question():
            yield _question(part, numbers, ONE_POINT)


def _question(question: Question, numbers: Iterator[int], usual_points: Decimal) -> Iterable[str]:
    if isinstance(question, TextBlock):
        return text_lines(question)
    return question_lines(question, next(numbers), usual_points)


def _section_heading(section: Section) -> Iterator[str]:
    yield "SECTION"
    if section.id:
        yield f"id: {section.id}"
    if section.title:
        yield piece("Title:", section.title)
    if section.text:
        yield piece("Text:", section.text)


def _group_heading(pool: Pool) -> Iterator[str]:
    yield "GROUP"
    if pool.id:
        yield f"id: {pool.id}"
    if pool.title:
        yield piece("Title:", pool.title)
    yield f"Pick: {pool.pick}"
    yield f"Points per question: {decimal(pool.points)}"
