"""Quiz text, read as the tests need it."""

from content.problem import Severity
from content.questions import Question
from content.quiz import Quiz
from content.readers.quiz_text import read_quiz_text
from content.readers.reading import Reading

HEAD = "Quiz title: T\n\n"
CHOICES = "*a) yes\nb) no\n"


def read(text: str) -> Reading:
    return read_quiz_text(text, "quiz.md")


def quiz_of(text: str) -> Quiz:
    reading = read(text)
    assert [str(problem) for problem in reading.problems] == []
    assert reading.quiz is not None
    return reading.quiz


def question_of(text: str) -> Question:
    (question,) = quiz_of(HEAD + text).questions
    return question


def found_in(text: str) -> list[tuple[str, Severity, int, int]]:
    """The problems of a text, but not that it has no title."""
    problems = [problem for problem in read(text).problems if problem.code != "default-title"]
    return [(problem.code, problem.severity, problem.source.line, problem.source.column) for problem in problems]
