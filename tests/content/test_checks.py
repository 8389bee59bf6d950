from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given

from content.checks import check
from content.problem import Severity, Source
from content.questions import Choice, MultipleChoice, MultipleResponse, Question
from content.quiz import Quiz, Settings
from content.readers.quiz_text import read_quiz_text
from content.writers.quiz_text import write_quiz_text
from tests.content.strategies import quizzes

YES, NO = Choice(text="yes", correct=True), Choice(text="no")
GOOD = MultipleChoice(stem="Q", choices=(YES, NO), source=Source("quiz.md", 3))
QUIZ = Quiz(title="T", parts=(GOOD,), source=Source("quiz.md"))


def codes(quiz: Quiz) -> list[str]:
    return [problem.code for problem in check(quiz)]


def test_a_good_quiz_has_no_problem() -> None:
    assert check(QUIZ) == ()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"title": ""}, "no-title"),
        ({"title": " \xa0"}, "no-title"),
        ({"title": "x" * 256}, "long-title"),
        ({"id": "not an id"}, "bad-id"),
        ({"parts": ()}, "no-questions"),
        ({"settings": Settings(cant_go_back=True)}, "cant-go-back"),
        ({"settings": Settings(pass_mark=Decimal("1.01"))}, "bad-pass-mark"),
    ],
)
def test_a_problem_of_the_quiz_is_placed_at_its_file(change: dict[str, object], code: str) -> None:
    (problem,) = check(replace(QUIZ, **change))  # type: ignore[arg-type]
    assert (problem.code, str(problem.source)) == (code, "quiz.md")


@pytest.mark.parametrize(
    ("question", "code"),
    [
        (replace(GOOD, stem=" \n"), "empty-stem"),
        (replace(GOOD, title="x" * 256), "long-title"),
        (replace(GOOD, id="9"), "bad-id"),
        (replace(GOOD, points=Decimal(0)), "bad-points"),
        (replace(GOOD, points=Decimal("-0.5")), "bad-points"),
        (replace(GOOD, needs_review="Look.", choices=(), stem=""), "needs-review"),
        (replace(GOOD, choices=(YES,)), "too-few-choices"),
        (replace(GOOD, choices=()), "too-few-choices"),
        (replace(GOOD, choices=(YES, Choice(text=" "))), "empty-choice"),
        (replace(GOOD, choices=(YES, NO, replace(NO, text="no "))), "duplicate-choice"),
        (replace(GOOD, choices=(NO, replace(NO, text="never"))), "no-key"),
        (replace(GOOD, choices=(YES, replace(YES, text="sure"))), "several-keys"),
        (MultipleResponse(stem="Q", choices=(NO, Choice(text="x")), source=GOOD.source), "no-key"),
    ],
)
def test_a_problem_of_a_question_is_placed_at_the_question(question: Question, code: str) -> None:
    (problem,) = check(replace(QUIZ, parts=(question,)))
    assert (problem.code, str(problem.source)) == (code, "quiz.md:3:1")


def test_the_longest_title_that_an_lms_takes_is_no_problem() -> None:
    assert check(replace(QUIZ, title="x" * 255)) == ()


def test_a_choice_that_stands_twice_and_going_back_are_only_warnings() -> None:
    quiz = replace(QUIZ, parts=(replace(GOOD, choices=(YES, NO, NO)),), settings=Settings(cant_go_back=True))
    assert [problem.severity for problem in check(quiz)] == [Severity.WARNING, Severity.WARNING]


def test_several_right_choices_are_no_problem_where_students_pick_several() -> None:
    question = MultipleResponse(stem="Q", choices=(YES, replace(YES, text="sure")))
    assert check(replace(QUIZ, parts=(question,))) == ()


def test_an_id_that_is_taken_is_reported_at_the_second_question_with_the_line_of_the_first() -> None:
    named = replace(GOOD, id="a")
    (problem,) = check(replace(QUIZ, parts=(named, GOOD, replace(named, source=Source("quiz.md", 9)))))
    assert (problem.code, problem.source.line) == ("duplicate-id", 9)
    assert "line 3" in problem.sentence


def test_problems_of_a_quiz_from_nowhere_are_placed_at_its_title() -> None:
    quiz = Quiz(title="T", parts=(MultipleChoice(stem="", choices=(YES, NO)),))
    assert [str(problem.source) for problem in check(quiz)] == ["T"]


@given(quizzes(review=True))
def test_a_reader_finds_what_the_check_finds(quiz: Quiz) -> None:
    reading = read_quiz_text(write_quiz_text(quiz), "quiz.md")
    assert sorted(problem.code for problem in reading.problems) == sorted(codes(quiz))
