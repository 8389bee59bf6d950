"""What is said of a page as a whole: its footer, its numbers, its totals, its title, or that it is no quiz."""

import pytest

from content.problem import Severity
from content.questions import ChoiceQuestion
from content.readers.graded_page import read_graded_page
from tests.content.readers.graded_page.doubtful_pages import GOOD, read, reviewed

FOOTER = """\
Submit your assignment
Due Jun 3, 11:59 PM CEST

Attempts 3 every 8 hours
Try again

Your grade

100%

[View Feedback](#)
Like

Dislike

Report an issue
"""


def test_what_the_site_prints_below_the_last_question_is_no_feedback() -> None:
    assert read(GOOD + "It is.\n\n" + FOOTER) == read(GOOD + "It is.")
    assert read(GOOD + FOOTER) == read(GOOD)


def test_buttons_alone_may_be_choices_or_feedback_and_stay() -> None:
    question = reviewed(read(GOOD + "It is.\n\nLike\n"))
    assert question.choices[0].feedback == "It is.\n\nLike"


def test_a_last_choice_that_reads_like_a_button_stays() -> None:
    page = read("1. A? Check all that apply.\n\n1/1 point\n\n☒ Love\n\n✔ Correct\n\n☐ Like\n\nReport an issue\n")
    assert page.quiz is not None
    (question,) = page.quiz.questions
    assert isinstance(question, ChoiceQuestion)
    assert [choice.text for choice in question.choices] == ["Love", "Like"]


def test_other_paragraphs_below_the_last_feedback_are_in_doubt() -> None:
    reading = read(GOOD + "It is.\n\nTerms of use\n")
    assert "whether these words still belong" in reviewed(reading).needs_review
    assert [problem.source.line for problem in reading.problems] == [17]


def test_a_question_without_a_number_among_numbered_ones_is_in_doubt() -> None:
    reading = read(GOOD + GOOD.replace("1. A?", "D?"))
    assert "unclear-start" in [problem.code for problem in reading.problems]


def test_points_that_no_question_shows_are_missed_where_the_page_has_a_total() -> None:
    reading = read("1. A?\n\n☒ B\n\n☐ C\n\n✔ **Correct**\n", header="Grade received 100%\n\n## Q\n\nTotal points 1\n\n")
    assert "no-points" in [problem.code for problem in reading.problems if problem.severity is Severity.ERROR]


def test_problems_come_in_the_order_of_the_lines() -> None:
    worthless, wrong = GOOD.replace("1 / 1", "0 / 0"), GOOD.replace("1. A?", "2. D?").replace("1 / 1", "0 / 1")
    problems = read(worthless + wrong).problems
    assert [(problem.code, problem.source.line) for problem in problems] == [
        ("bad-points", 5),
        ("contradictory-marks", 15),
    ]


def test_a_total_that_differs_is_an_error() -> None:
    reading = read(GOOD, header="## Q\n\nTotal points 2\n\n")
    assert [(problem.code, problem.severity) for problem in reading.problems] == [("total-differs", Severity.ERROR)]
    assert reviewed(reading).needs_review == reading.problems[0].sentence


def test_a_grade_below_100_percent_with_full_marks_everywhere_is_a_warning() -> None:
    reading = read(GOOD, header="## Q\n\nGrade received 50%\n\n")
    assert [(problem.code, problem.severity) for problem in reading.problems] == [("grade-differs", Severity.WARNING)]


def test_several_lines_that_may_be_the_title_are_a_warning_and_a_heading_wins() -> None:
    reading = read(GOOD, header="Machine Learning Course\n\n# **Week 2**\n\n")
    assert reading.quiz is not None
    assert reading.quiz.title == "Week 2"
    assert [problem.code for problem in reading.problems] == ["several-titles"]


NO_QUIZ = {
    "nothing": "",
    "prose": "Once upon a time there was no quiz.\n\nThe end.\n",
    "a numbered list": "1. milk\n2. eggs\n3. bread\n",
    "a table": "a\tb\tc\n1\t2\t3\n",
}


@pytest.mark.parametrize("text", NO_QUIZ.values(), ids=NO_QUIZ.keys())
def test_a_page_that_is_no_quiz_gets_one_clear_error(text: str) -> None:
    reading = read_graded_page(text, "page.txt")
    assert reading.quiz is None
    (problem,) = reading.problems
    assert (problem.code, problem.severity) == ("no-quiz", Severity.ERROR)
    assert "no graded quiz page" in problem.sentence


def test_a_page_in_another_language_is_named_as_such() -> None:
    page = "Herzlichen Glückwunsch!\n\n1. Was ist 2 + 2?\n\n1 / 1 Punkt\n\n☒ Vier\n\n☐ Fünf\n\n✔ Richtig\n"
    reading = read_graded_page(page, "page.txt")
    assert reading.quiz is None
    assert [problem.code for problem in reading.problems] == ["other-language"]
