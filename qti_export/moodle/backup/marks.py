"""Points as Moodle's marks and grades, which have 5 decimal places wherever they are added up."""

from decimal import Decimal
from fractions import Fraction

from content.questions import Question
from content.quiz import Part, Pool, Quiz, Section
from content.scoring import to_decimal

HIGHEST = Decimal("99999.99999")
"""The greatest sum that Moodle's columns hold; a greater one ends the restore in a database error."""


def rounded(points: Decimal) -> Decimal:
    """Return the points, rounded to 5 places."""
    return to_decimal(points, 5)


def mark(question: Question) -> Decimal:
    """Return the question's points, rounded to 5 places."""
    return rounded(question.points)


def total(quiz: Quiz) -> Decimal:
    """Return the exact sum of the slots' marks: a restore does not add them up. It is the quiz's grade as well."""
    return sum(map(_total_of, quiz.parts), Decimal(0))


def _total_of(part: Part) -> Decimal:
    match part:
        case Section():
            return sum(map(_total_of, part.parts), Decimal(0))
        case Pool():
            return part.pick * rounded(part.points)
        case Question():
            return mark(part)


def grade_to_pass(quiz: Quiz) -> Decimal:
    """Return the grade that passes; 0 where the quiz has no pass mark, as in Moodle."""
    return to_decimal(Fraction(total(quiz)) * Fraction(quiz.settings.pass_mark or 0), 5)
