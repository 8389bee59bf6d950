"""Every example in docs/instructor/quiz_text.md is read, and written back."""

import re
from pathlib import Path

import pytest

from content.readers.quiz_text import read_quiz_text
from content.readers.quiz_text.options import QUESTION_OPTIONS, QUIZ_OPTIONS
from content.writers.quiz_text import write_quiz_text

DOCS = (Path(__file__).parents[3] / "docs/instructor/quiz_text.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^(````?)quiz([^\n]*)\n(.*?)^\1$", DOCS, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(("word", "example"), [(word, example) for _, word, example in EXAMPLES])
def test_an_example_of_the_docs_reads_as_they_say(word: str, example: str) -> None:
    reading = read_quiz_text(example, "quiz_text.md")
    expected = {"default-title", *word.split()} - ({"default-title"} if "Quiz title:" in example else set())
    assert {problem.code for problem in reading.problems} == expected
    assert reading.quiz is not None
    assert reading.quiz.questions
    assert read_quiz_text(write_quiz_text(reading.quiz), "quiz_text.md").quiz == reading.quiz


def test_the_docs_show_every_line_and_every_kind() -> None:
    shown = "".join(example for _, _, example in EXAMPLES).lower()
    assert [name for name in QUIZ_OPTIONS | QUESTION_OPTIONS if f"{name}:" not in shown] == []
    quizzes = [read_quiz_text(example, "quiz_text.md").quiz for _, _, example in EXAMPLES]
    kinds = {question.kind for quiz in quizzes if quiz for question in quiz.questions}
    assert kinds == {"multiple_choice", "true_false", "multiple_response"}
