"""Every example in docs/instructor/quiz_text.md is read, and written back."""

import re
from pathlib import Path
from typing import get_args

import pytest

from content.numbers import NumericAnswer
from content.questions import Numerical, Question
from content.quiz import Pool, Quiz, Section
from content.quizzes import showcase
from content.readers import read_text
from content.readers.quiz_text import read_quiz_text
from content.readers.quiz_text.options import (
    GROUP_OPTIONS,
    QUESTION_OPTIONS,
    QUIZ_OPTIONS,
    SECTION_OPTIONS,
    TEXT_OPTIONS,
)
from content.writers.quiz_text import write_quiz_text

DOCS = (Path(__file__).parents[3] / "docs/instructor/quiz_text.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^(````?)quiz([^\n]*)\n(.*?)^\1$", DOCS, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(("word", "example"), [(word, example) for _, word, example in EXAMPLES])
def test_an_example_of_the_docs_reads_as_they_say(word: str, example: str) -> None:
    reading = read_text(example, "quiz_text.md", showcase().parent)  # where the images of the examples are
    expected = {"default-title", *word.split()} - ({"default-title"} if "Quiz title:" in example else set())
    assert {problem.code for problem in reading.problems} == expected
    assert reading.quiz is not None
    assert reading.quiz.questions
    assert read_text(write_quiz_text(reading.quiz), "quiz_text.md", showcase().parent).quiz == reading.quiz


def test_the_images_of_the_docs_are_loaded() -> None:
    [example] = [example for _, _, example in EXAMPLES if "![" in example]
    quiz = read_text(example, "quiz_text.md", showcase().parent).quiz
    assert quiz is not None
    assert [one.name for one in quiz.media] == ["images/loss.png", "images/pipeline.svg"]


def test_the_docs_show_every_line_every_kind_and_every_form_of_number() -> None:
    shown = "".join(example for _, _, example in EXAMPLES).lower()
    explained = [*QUIZ_OPTIONS, *QUESTION_OPTIONS, *GROUP_OPTIONS, *SECTION_OPTIONS, *TEXT_OPTIONS]
    assert [name for name in explained if f"{name}:" not in shown and f"`{name}:`" not in DOCS.lower()] == []
    parts = [part for quiz in map(quiz_of, EXAMPLES) for part in quiz.all_parts]
    kinds = {part.kind for part in parts if isinstance(part, Question)}
    assert kinds == {cls.kind for cls in every_kind(Question)}
    assert {type(part) for part in parts} >= {Pool, Section}
    numbers = {type(answer) for part in parts if isinstance(part, Numerical) for answer in part.answers}
    assert numbers == set(get_args(NumericAnswer))


def quiz_of(example: tuple[str, str, str]) -> Quiz:
    quiz = read_quiz_text(example[-1], "quiz_text.md").quiz
    assert quiz is not None
    return quiz


def every_kind(cls: type[Question]) -> set[type[Question]]:
    below = [*cls.__subclasses__(), *(sub for kind in cls.__subclasses__() for sub in kind.__subclasses__())]
    return {kind for kind in below if "kind" in vars(kind) and kind.__module__ == Question.__module__}
