"""Points as Moodle's marks and grades, which have 5 decimal places wherever they are added up."""

from decimal import Decimal
from fractions import Fraction

from content.questions import Question
from content.quiz import Quiz
from content.scoring import to_decimal

HIGHEST = Decimal("99999.99999")
"""The greatest sum that Moodle's columns hold; a greater one ends the restore in a database error."""


def mark(question: Question) -> Decimal:
    """Return the question's points, rounded to 5 places."""
    return to_decimal(question.points, 5)


def total(quiz: Quiz) -> Decimal:
    """Return the exact sum of the marks: a restore does not add them up itself. It is the quiz's grade as well."""
    return sum(map(mark, quiz.questions), Decimal(0))


def grade_to_pass(quiz: Quiz) -> Decimal:
    """Return the grade that passes; 0 where the quiz has no pass mark, as in Moodle."""
    return to_decimal(Fraction(total(quiz)) * Fraction(quiz.settings.pass_mark or 0), 5)
