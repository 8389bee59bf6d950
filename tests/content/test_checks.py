from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given

from content.checks import check
from content.numbers import Exact, Margin, NumericAnswer, Range
from content.problem import Severity, Source
from content.questions import (
    Blank,
    Choice,
    Dropdowns,
    FillInBlanks,
    Matching,
    MultipleChoice,
    MultipleResponse,
    Numerical,
    Ordering,
    Question,
    ShortAnswer,
    TextBlock,
)
from content.quiz import UNLIMITED, Pool, Quiz, Section, Seen, Settings, Shown
from content.readers.quiz_text import read_quiz_text
from content.writers.quiz_text import write_quiz_text
from tests.content.strategies import quizzes

YES, NO = Choice(text="yes", correct=True), Choice(text="no")
GOOD = MultipleChoice(stem="Q", choices=(YES, NO), source=Source("quiz.md", 3))
QUIZ = Quiz(title="T", parts=(GOOD,), source=Source("quiz.md"))
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def numerical(*answers: NumericAnswer) -> Numerical:
    return Numerical(stem="Q", answers=answers, source=GOOD.source)


def codes(quiz: Quiz) -> list[str]:
    return [problem.code for problem in check(quiz)]


@pytest.mark.parametrize("text", ["<!-- later -->", " <!-- a --> <!-- b -->", "[a]: https://x.org\n[b]: https://y.org"])
def test_a_choice_that_shows_nothing_is_empty(text: str) -> None:
    question = replace(GOOD, choices=(YES, Choice(text=text)))
    assert codes(replace(QUIZ, parts=(question,))) == ["empty-choice"]


@pytest.mark.parametrize("text", ["<!-- a --> b", "<b>", "[a]", "[a]: https://x.org", "![a](a.png)", "<i>x</i>"])
def test_one_that_shows_anything_is_not(text: str) -> None:
    question = replace(GOOD, choices=(YES, Choice(text=text)))
    assert codes(replace(QUIZ, parts=(question,))) == []


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
        ({"parts": (TextBlock(stem="T"),)}, "no-questions"),
        ({"settings": Settings(pass_mark=Decimal("1.01"))}, "bad-pass-mark"),
        ({"settings": Settings(grade_sections_apart=True)}, "no-sections"),
        ({"settings": Settings(time_limit=0)}, "bad-time-limit"),
        ({"settings": Settings(wait_between_attempts=0)}, "bad-wait"),
        ({"settings": Settings(attempts=-1)}, "bad-attempts"),
        ({"settings": Settings(show_answers=Shown.AFTER_CLOSE)}, "never-shown"),
        ({"settings": Settings(show_feedback=Shown.AFTER_LAST_ATTEMPT, attempts=UNLIMITED)}, "never-shown"),
        ({"settings": Settings(show_feedback=Shown.NEVER, students_see=Seen.SCORE)}, "never-shown"),
        ({"settings": Settings(show_answers=Shown.AT_ONCE)}, "not-at-once"),
        ({"settings": Settings(show_feedback=Shown.AT_ONCE, students_see=Seen.SCORE)}, "not-at-once"),
        ({"settings": Settings(show_feedback=Shown.AT_ONCE, students_see=Seen.OWN_ANSWERS)}, "not-at-once"),
        ({"settings": Settings(show_feedback=Shown.AT_ONCE, show_after=NOON)}, "not-at-once"),
        ({"settings": Settings(due=NOON, opens=NOON + timedelta(seconds=1))}, "bad-moment"),
        ({"settings": Settings(closes=NOON, opens=NOON + timedelta(seconds=1))}, "bad-moment"),
        ({"settings": Settings(closes=NOON, due=NOON + timedelta(seconds=1))}, "bad-moment"),
        ({"settings": Settings(opens=NOON.replace(tzinfo=None), closes=NOON)}, "no-time-zone"),
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
        (ShortAnswer(stem="Q", answers=(), source=GOOD.source), "no-key"),
        (numerical(), "no-key"),
        (numerical(Exact(value=Decimal("NaN"))), "bad-number"),
        (numerical(Range(low=Decimal(2), high=Decimal(1))), "upside-down"),
        (numerical(Margin(value=Decimal(2), margin=Decimal(-1))), "negative-margin"),
        (Matching(stem="Q", pairs=(), source=GOOD.source), "too-few-pairs"),
        (Ordering(stem="Q", items=("a",), source=GOOD.source), "too-few-items"),
        (FillInBlanks(stem="Q", blanks=(), source=GOOD.source), "no-key"),
        (FillInBlanks(stem="[x]", blanks=(Blank(name="x", answers=()),), source=GOOD.source), "no-key"),
        (FillInBlanks(stem="[x]", blanks=(Blank(name="x", answers=("1",)),) * 2, source=GOOD.source), "bad-blank"),
        (Dropdowns(stem="Q", dropdowns=(), source=GOOD.source), "no-key"),
    ],
)
def test_a_problem_of_a_question_is_placed_at_the_question(question: Question, code: str) -> None:
    (problem,) = check(replace(QUIZ, parts=(question,)))
    assert (problem.code, str(problem.source)) == (code, "quiz.md:3:1")


@pytest.mark.parametrize(
    ("part", "code"),
    [
        (Pool(pick=1, questions=()), "empty-pool"),
        (Pool(pick=0, questions=(GOOD,)), "bad-pick"),
        (Pool(pick=2, questions=(GOOD,)), "bad-pick"),
        (Pool(pick=1, questions=(GOOD,), points=Decimal(2)), "uneven-pool"),
        (Pool(pick=1, questions=(GOOD,), title="x" * 256), "long-title"),
        (Pool(pick=1, questions=(GOOD, TextBlock(stem="T"))), "text-in-pool"),
        (Section(parts=()), "empty-section"),
        (Section(parts=(GOOD,), id="9"), "bad-id"),
    ],
)
def test_a_problem_of_a_group_or_section_is_placed_where_it_begins(part: Pool | Section, code: str) -> None:
    (problem,) = check(replace(QUIZ, parts=(GOOD, replace(part, source=Source("quiz.md", 7)))))
    assert (problem.code, str(problem.source)) == (code, "quiz.md:7:1")


def test_a_text_that_is_worth_points_is_a_problem() -> None:
    text = TextBlock(stem="T", points=Decimal(1), source=Source("quiz.md", 9))
    (problem,) = check(replace(QUIZ, parts=(GOOD, text)))
    assert (problem.code, problem.source.line) == ("bad-points", 9)


def test_ids_are_compared_through_groups_and_sections() -> None:
    pool = Pool(pick=1, id="a", questions=(GOOD,), source=Source("quiz.md", 5))
    section = Section(parts=(replace(GOOD, id="a", source=Source("quiz.md", 9)),))
    (problem,) = check(replace(QUIZ, parts=(pool, section)))
    assert (problem.code, problem.source.line) == ("duplicate-id", 9)


def test_the_longest_title_that_an_lms_takes_is_no_problem() -> None:
    assert check(replace(QUIZ, title="x" * 255)) == ()


def test_a_choice_that_stands_twice_and_going_back_are_only_warnings() -> None:
    quiz = replace(QUIZ, parts=(replace(GOOD, choices=(YES, NO, NO)),), settings=Settings(cant_go_back=True))
    assert [problem.severity for problem in check(quiz)] == [Severity.WARNING, Severity.WARNING]


@pytest.mark.parametrize("answers", [Shown.AT_ONCE, Shown.AFTER_SUBMISSION, Shown.NEVER])
@pytest.mark.parametrize("seen", [Seen.RIGHT_OR_WRONG, Seen.EVERYTHING])
def test_feedback_at_once_is_no_problem_where_students_learn_something_by_it(answers: Shown, seen: Seen) -> None:
    settings = Settings(show_feedback=Shown.AT_ONCE, show_answers=answers, students_see=seen)
    assert check(replace(QUIZ, settings=settings)) == ()


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
