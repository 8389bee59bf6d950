"""The bundled quizzes: the quiz text, the graded pages that it came from and what a person read on them agree."""

from dataclasses import replace
from pathlib import Path

import pytest

from content.quiz import Quiz
from content.quizzes import FOLDER, bundled
from content.readers import read_file
from content.writers.quiz_text import write_quiz_text
from tests.content.answer_key import answer_key, as_key, pass_mark_of, questions_of
from tests.shared import shared

SEEDS = {
    "distributed-strategy": "004_3e7f17af82cd99e8.txt",
    "high-performance-modeling": "002_627a21df53f93049.txt",
    "intro-to-mlep": "003_32dfa44c25323d46.txt",
    "introduction-to-model-serving": "001_0376ed6aaa906c31.txt",
    "scaling-infrastructure": "000_fb0c2b0d8beb1c72.txt",
}
COMPLETED = "distributed-strategy"
TITLED = "scaling-infrastructure"

each_quiz = pytest.mark.parametrize("name", SEEDS)


def text_path(name: str) -> Path:
    return FOLDER / f"{name}.md"


def page_path(name: str) -> Path:
    return FOLDER / "pages" / f"{name}.txt"


def quiz_in(path: Path) -> Quiz:
    quiz = read_file(path).quiz
    assert quiz is not None
    return quiz


def test_there_are_five_in_the_order_of_their_names() -> None:
    assert [path.stem for path in bundled()] == list(SEEDS)


@each_quiz
def test_a_quiz_has_no_problems_and_is_named_after_its_file(name: str) -> None:
    reading = read_file(text_path(name))
    assert reading.quiz is not None
    assert reading.problems == ()
    assert reading.quiz.id == name


@each_quiz
def test_a_page_is_the_saved_page_to_the_byte(name: str) -> None:
    assert page_path(name).read_bytes() == shared(f"seeds/{SEEDS[name]}").read_bytes()


@each_quiz
def test_a_quiz_holds_what_a_person_read_on_its_page(name: str) -> None:
    quiz = quiz_in(text_path(name))
    key = answer_key()[SEEDS[name]]
    assert quiz.title == key["title"].strip("[]")
    assert quiz.settings.pass_mark == pass_mark_of(key)
    if name == COMPLETED:
        *questions, completed = as_key(quiz)
        *expected, cut_off = questions_of(key)
        assert questions == expected
        assert completed == {
            **cut_off,
            "choices": [*cut_off["choices"], *completed["choices"][1:]],
            "incomplete": False,
        }
    else:
        assert as_key(quiz) == questions_of(key)


@each_quiz
def test_a_quiz_is_its_page_but_for_what_an_editor_had_to_add(name: str) -> None:
    quiz, page = quiz_in(text_path(name)), quiz_in(page_path(name))
    edited = replace(page, id=name)
    if name == TITLED:
        edited = replace(edited, title="Scaling Infrastructure")
    if name == COMPLETED:
        edited = replace(edited, parts=(*page.parts[:-1], quiz.parts[-1]))
    assert quiz == edited


def test_what_was_added_to_the_cut_off_question_are_three_wrong_choices_that_say_whose_they_are() -> None:
    quiz, page = as_key(quiz_in(text_path(COMPLETED))), as_key(quiz_in(page_path(COMPLETED)))
    cut_off = page[-1]["choices"]
    assert quiz[-1]["choices"][: len(cut_off)] == cut_off
    assert [(right, feedback) for _, right, feedback in quiz[-1]["choices"][len(cut_off) :]] == [(False, "")] * 3
    *_, comment, first, _, _ = text_path(COMPLETED).read_text(encoding="utf-8").splitlines()
    assert comment.startswith("% ")
    assert "ours" in comment
    assert first.startswith("[ ] ")


@each_quiz
def test_a_quiz_stands_as_the_writer_writes_it(name: str) -> None:
    text = text_path(name).read_text(encoding="utf-8")
    without_comments = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("%"))
    assert write_quiz_text(quiz_in(text_path(name))) == without_comments
