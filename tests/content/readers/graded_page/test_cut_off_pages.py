"""A page of which a part is missing: a question that may have lost something needs review."""

import pytest

from tests.content.readers.graded_page.doubtful_pages import GOOD, read, reviewed

CUT_OFF = {
    "before its verdict": "2. D?\n\n1 / 1 point\n\n☒ E\n\n☐ F\n",
    "between the choices": "2. D? Select all that apply.\n\n1/1 point\n\n☒ E\n\n✔ Correct\n\n☒ F\n\n☐ G\n",
    "before its points": "2. D?\n\n☒ E\n\n☐ F\n\n✔ Correct\n",
}


@pytest.mark.parametrize("rest", CUT_OFF.values(), ids=CUT_OFF.keys())
def test_a_question_that_lacks_what_others_have_needs_review(rest: str) -> None:
    assert reviewed(read(GOOD + rest)).stem.startswith("D?")


TABLE = "A? Check all that apply.  B\t1/1 point\nCorrect Yes.\t\nC\t\n"


def test_the_last_row_of_a_table_may_be_cut_off_or_begin_the_next_question() -> None:
    below = "D? Check all that apply.  E\t1/1 point\nCorrect Yes.\t\nF\t\nCorrect Yes.\t\n"
    assert read(TABLE + below).ok
    assert not read(TABLE + "D and a half").ok
    assert not read(TABLE + "Which of these?\t\n").ok


def test_a_row_that_reads_like_a_question_may_be_one_that_lost_its_points() -> None:
    below = "D? Check all that apply.  E\t1/1 point\nCorrect Yes.\t\nF\t\nCorrect Yes.\t\n"
    assert "unclear-start" in [problem.code for problem in read(TABLE + "Which of these?\t\n" + below).problems]


def test_a_last_row_with_a_sign_may_be_cut_off() -> None:
    table = "1.\tA? Check all that apply.\t1/1 point\n\t☒ B\t\n\tCorrect Yes.\t\n\t☐ D and a half."
    assert read(table + "\t\n").ok
    assert not read(table).ok


@pytest.mark.parametrize("header", ["## Q\n\n", "## Q\n\nTotal points 1\n\n"])
def test_a_page_that_ends_below_an_unmarked_choice_without_a_sign_may_have_lost_its_mark(header: str) -> None:
    reading = read(TABLE, header)
    (problem,) = reading.problems
    assert (problem.code, problem.source.line) == ("cut-off", header.count("\n") + 3)
    assert reviewed(reading).needs_review == problem.sentence


def test_what_the_site_prints_below_shows_that_such_a_page_is_whole() -> None:
    assert read(TABLE + "Submit your assignment\n").ok


def test_where_only_one_choice_can_be_right_the_others_need_no_mark() -> None:
    assert read("So?  True\t1/1 point\nCorrect Yes.\t\nFalse\t\n").ok


def test_a_number_that_is_missing_between_two_questions_puts_both_in_doubt() -> None:
    reading = read(GOOD + GOOD.replace("1. A?", "3. D?"))
    assert reading.quiz is not None
    (problem,) = reading.problems
    assert (problem.code, problem.source.line) == ("question-missing", 15)
    assert [question.needs_review for question in reading.quiz.questions] == [problem.sentence] * 2
