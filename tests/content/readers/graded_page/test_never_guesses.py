"""What a page does not show, the reader does not make up: such a question needs review, and says why and where."""

import pytest

from content.checks import check
from content.problem import Severity
from tests.content.readers.graded_page.doubtful_pages import GOOD, read, reviewed

NOT_SHOWN = {
    "a wrong answer": ("lost-marks", "1. A?\n\n0 / 1 point\n\n☒ B\n\n☐ C\n\n☐ D\n\n✗ Incorrect\n\nNo.\n"),
    "a wrong answer of two": ("lost-marks", "1. A.\n\n0 / 1 point\n\n● True\n\n○ False\n\n✗ **Incorrect**\n"),
    "lost marks without a verdict": ("lost-marks", "1. A?\n\n0/1 point\n\n☒ B\n\n☐ C\n"),
    "not all selected": (
        "lost-marks",
        """
        1. A? Select all that apply.

        0.5 / 1 point

        ☒ B

        ✔ Correct

        ☐ C

        You didn’t select all the correct answers
        """,
    ),
    "one selected too many": (
        "lost-marks",
        """
        1. A? Select all that apply.

        0.75 / 1 point

        ☒ B

        ✔ Correct

        ☒ C

        ✗ This should not be selected

        ☐ D
        """,
    ),
    "full marks and a wrong answer": ("contradictory-marks", "1. A?\n\n1 / 1 point\n\n☒ B\n\n☐ C\n\n✗ Incorrect\n"),
    "no marks and a right answer": ("contradictory-marks", "1. A?\n\n0 / 1 point\n\n☒ B\n\n☐ C\n\n✔ Correct\n"),
    "two radio buttons selected": ("contradictory-marks", "1. A?\n\n1 / 1 point\n\n● B\n\n● C\n\n✔ Correct\n"),
    "true and false both selected": ("contradictory-marks", "1. A.\n\n1 / 1 point\n\n☒ True\n\n☒ False\n\n✔ Correct\n"),
    "two marks": ("unclear-start", "1. A?\n\n1/1 point\n\n☒ B\n\n☐ C\n\n✔ Correct\n\n0/1 point\n"),
    "a verdict on what was not selected": (
        "contradictory-marks",
        "1. A? Select all that apply.\n\n1/1 point\n\n☐ B\n\n✔ Correct\n\n☒ C\n\n✔ Correct\n",
    ),
    "nothing selected": ("no-selection", "1. A?\n\n1 / 1 point\n\n☐ B\n\n☐ C\n\n✔ Correct\n"),
    "no signs at all": ("no-selection", "1. A?\n\n1 / 1 point\n\nB\n\nC\n\nCorrect Yes.\n"),
    "no signs in a table": ("no-selection", "1.\tA?\t1/1 point\n\tB\t\n\tC\t\n\tCorrect Yes.\t\n"),
    "an unclear sign without a verdict": (
        "no-selection",
        "1.\tA? Select all that apply.\t1/1 point\n\tB\t\n\tCorrect Yes.\t\n\t▼ C\t\n\tD\t\n",
    ),
    "a sign lost beside others": (
        "no-selection",
        "1.\tA? Select all that apply.\t1/1 point\n\tB\t\n\tCorrect Yes.\t\n\t☐ C\t\n\tD\t\n",
    ),
    "a sign lost, and no verdict": ("no-selection", "1.\tA?\t1/1 point\n\t○ B\t\n\tC\t\n"),
    "signs lost beside a selected one": (
        "no-selection",
        "1.\tA? Select all that apply.\t1/1 point\n\tB\t\n\t☒ C\t\n\tCorrect\t\n",
    ),
    "circles of which more should be selected": (
        "lost-marks",
        "1. A?\n\n0.5/1 point\n\n● B\n✔ Correct\n○ C\nYou didn't select all the correct answers\n",
    ),
    "two verdicts on one choice": (
        "contradictory-marks",
        "1. A? Check all that apply.\n\n1/1 point\n\n☒ B\n\n✔ Correct\n\n✔ Correct! Again.\n\n☐ C\n",
    ),
    "one choice": ("too-few-choices", "1. A?\n\n1 / 1 point\n\n☒ B\n\n✔ Correct\n"),
    "no choice": ("too-few-choices", "1. A?\n\n1 / 1 point\n"),
    "a choice without its text": ("empty-choice", "1. A?\n\n1 / 1 point\n\n☒\n\n☐ C\n\n✔ Correct\n"),
    "no stem": ("no-stem", "1.\n\n1 / 1 point\n\n☒ B\n\n☐ C\n\n✔ Correct\n"),
    "choices of two questions": (
        "same-choice-twice",
        "1. A.\n\n1/1 point\n\n☒ True\n☐ False\n☐ True\n☒ False\n\n✔ Correct\n",
    ),
    "words that may be a choice or feedback": (
        "unclear-text",
        "1. A?\n\n1 / 1 point\n\n☒ B\n\nOf course.\n\n☐ C\n\n✔ Correct\n",
    ),
    "feedback below a choice without a sign": (
        "unclear-text",
        "1. A? Select all that apply.\n\n1 / 1 point\n\nB\n\nCorrect\n\nOf course.\n\nC\n\nCorrect\n\nOr D.\n",
    ),
    "more feedback or a choice, in a table without tabs": (
        "unclear-text",
        "1.\tA?\t1/1 point\n\t☐ B\n\t☒ C\n\tCorrect Yes.\n\tIt is.\n",
    ),
    "feedback that may go on, in a table without tabs": (
        "unclear-text",
        "A? Check all that apply.  B\t1/1 point\nCorrect because\nit is\nC\nCorrect Yes.\n",
    ),
    "a line that a wide page has wrapped, or a choice": (
        "unclear-text",
        "1. A?\n\n1/1 point\n\n☒ one long\nline\n☐ C\n\n✔ Correct\n",
    ),
    "a verdict in the stem": (
        "unclear-text",
        "Question 1\n\n1/1 point\n\nA?\n\n✔ Correct\n\n☒ B\n\n☐ C\n\n✔ Correct\n",
    ),
    "a page that ends within a verdict": ("unclear-text", "1. A?\n\n1/1 point\n\n☐ B\n\n☒ C\n\n✔ **Corre"),
    "a row that goes on in the next": (
        "unclear-text",
        "1.\tA?\t1/1 point\n\t☒ B\t\n\t☐ C\t\n\tCorrect That is\nso.\t\n",
    ),
    "two choices in one line": ("unclear-text", "1. A?\n\n1/1 point\n\n● B ○ C\n\n○ D\n\n✔ Correct\n"),
    "a verdict above the choices": ("unclear-text", "1. A?\n\n1/1 point\n\n✔ Correct\n\n☒ B\n\n☐ C\n\n✔ Correct\n"),
    "a verdict above the choices, behind a box": (
        "unclear-text",
        "1. A? Check all that apply.\n\n1/1 point\n\n☒ **Correct**\n\n☐ B\n\n☒ C\n\n☒ **Correct**\n",
    ),
    "a label that may be words": ("unclear-text", "1.\tA?\t1/1 point\nB\t\nCorrect the data\t\nC\t\nCorrect Yes.\t\n"),
    "a first choice on the line of its stem, perhaps": (
        "unclear-stem",
        "A model drifts.  It ages\t1/1 point\n▼ Yes\t\nCorrect Yes.\t\nNo\t\n",
    ),
    "words behind a finished stem, beside choices with signs": (
        "unclear-stem",
        "What is drift?  It happens\t1/1 point\n\t☒ Yes\t\n\t☐ No\t\n\tCorrect\t\n",
    ),
    "several places where the stem may end": (
        "unclear-stem",
        "Why?  Who?  Graph Mode\t1/1 point\nCorrect Yes.\t\nEager Mode\t\n",
    ),
    "a choice that ends as stems do": (
        "unclear-stem",
        "What do you do?  Check the data.\t1/1 point\n▼ Nothing\t\nCorrect Yes.\t\nA lot\t\n",
    ),
    "choices that cannot be told from the stem": ("unclear-stem", "1. A\n\nB\n\nC\n\nCorrect Yes.\n"),
    "choices above and below the points": (
        "unclear-start",
        "1. A?\n\n☒ B\n\n☐ C\n\n✔ Correct\n\n1/1 point\n\n☒ D\n\n✔ Correct\n",
    ),
    "a list in the stem that reaches the question's number": (
        "unclear-start",
        "1. Which is last of these?\n\n1. B\n2. C\n\n1/1 point\n\n☐ B\n\n☒ C\n\n✔ Correct\n",
    ),
    "a title with a number": ("unclear-start", "3. Serving\n\n1. A?\n\n1/1 point\n\n☒ B\n\n☐ C\n\n✔ Correct\n"),
    "a title that may be the stem": ("unclear-start", "1 / 1 point\n\n☒ B\n\n☐ C\n\n✔ Correct\n"),
}


@pytest.mark.parametrize(("code", "body"), NOT_SHOWN.values(), ids=NOT_SHOWN.keys())
def test_a_question_that_is_not_shown_whole_needs_review(code: str, body: str) -> None:
    reading = read(body)
    question = reviewed(reading)
    errors = [problem for problem in reading.problems if problem.severity is Severity.ERROR]
    assert code in [problem.code for problem in errors]
    assert question.needs_review in [problem.sentence for problem in errors]
    assert all(problem.source.file == "page.txt" and problem.source.line > 0 for problem in errors)
    assert all(problem.sentence.endswith(".") and problem.remedy.endswith(".") for problem in errors)


@pytest.mark.parametrize(("code", "body"), NOT_SHOWN.values(), ids=NOT_SHOWN.keys())
def test_such_a_quiz_is_refused_wherever_it_goes(code: str, body: str) -> None:
    quiz = read(body).quiz
    assert quiz is not None
    assert "needs-review" in [problem.code for problem in check(quiz)]


AMBIGUOUS_PAGES = {
    "blood groups, no circle on the page": "1.\tA?\t1/1 point\nO Positive\t\nO Negative\t\nA Positive\t\nCorrect\t\n",
    "code that looks like boxes": "1.\tA?\t1/1 point\n[x] Then\t\n[x] Else\t\nCorrect\t\n",
    "words that look like rings": "1.\tA?\t1/1 point\n(x) Then\t\n(x) Else\t\nCorrect\t\n",
    "a cross, which may be a selection or a verdict": "1.\tA?\t1/1 point\n✗ B\t\n✗ C\t\nCorrect\t\n",
}


@pytest.mark.parametrize("body", AMBIGUOUS_PAGES.values(), ids=AMBIGUOUS_PAGES.keys())
def test_signs_that_may_be_words_give_no_key(body: str) -> None:
    assert reviewed(read(body)).key == frozenset()


def test_each_kind_of_doubt_is_told_once_for_a_question() -> None:
    reading = read("1. A?\n\n1/1 point\n\n☒ B\n\nPerhaps.\n\nPerhaps not.\n\n☐ C\n\n✔ Correct\n")
    assert [problem.source.line for problem in reading.problems if problem.code == "unclear-text"] == [11]


def test_words_that_stick_to_a_choice_stay_with_it_for_the_reviewer() -> None:
    question = reviewed(read(NOT_SHOWN["a line that a wide page has wrapped, or a choice"][1]))
    assert [choice.text for choice in question.choices] == ["one long\nline", "C"]


def test_words_behind_a_stem_that_may_be_a_choice_are_kept() -> None:
    question = reviewed(read(NOT_SHOWN["a choice that ends as stems do"][1]))
    assert question.stem == "What do you do?  Check the data."


def test_numbered_choices_without_signs_begin_no_question() -> None:
    question = reviewed(read("1. A?\n\n1/1 point\n\n1. B\n2. C\n3. D\n\nCorrect\n"))
    assert question.stem == "A?"


def test_a_list_in_feedback_that_may_be_the_next_question_puts_both_in_doubt() -> None:
    reading = read(GOOD + "As in:\n\n1. one\n2. two\n\n" + GOOD.replace("1. A?", "2. D?"))
    assert reading.quiz is not None
    assert [bool(question.needs_review) for question in reading.quiz.questions] == [True, True]


def test_two_quizzes_on_one_page_are_in_doubt_where_the_second_begins() -> None:
    second = GOOD.replace("A?", "D?")
    reading = read(GOOD + GOOD.replace("1. A?", "2. A?") + second)
    assert reading.quiz is not None
    assert [question.stem for question in reading.quiz.questions] == ["A?", "A?", "D?"]
    assert [bool(question.needs_review) for question in reading.quiz.questions] == [False, True, True]


def test_a_paragraph_that_may_be_feedback_or_the_next_stem_puts_both_in_doubt() -> None:
    reading = read("A?\n\n1/1 point\n\n☒ B\n☐ C\n\n✔ **Correct**\n\nYes.\n\nD?\n\n1/1 point\n\n☒ E\n☐ F\n\n✔ Correct\n")
    assert reading.quiz is not None
    assert [bool(question.needs_review) for question in reading.quiz.questions] == [True, True]
    assert {problem.code for problem in reading.problems} == {"unclear-start"}


def test_a_page_header_is_no_stem() -> None:
    reading = read("1 / 1 point\n\n☒ B\n\n☐ C\n\n✔ Correct\n", header="Latest submission grade 100%\n\n")
    assert reviewed(reading).stem == ""


def test_the_same_number_twice_in_a_row_does_no_harm() -> None:
    reading = read("Question 1\n\nQuestion 1\n\nA?\n\n1/1 point\n\n☒ B\n\n☐ C\n\n✔ Correct\n")
    assert reading.quiz is not None
    assert not reading.ok


def test_a_wrong_answer_gives_no_key_but_keeps_its_feedback() -> None:
    question = reviewed(read(NOT_SHOWN["a wrong answer"][1]))
    assert question.key == frozenset()
    assert question.choices[0].feedback == "No."


def test_a_page_below_100_percent_is_read_where_answers_have_full_marks() -> None:
    reading = read(
        GOOD + "2. D?\n\n0 / 1 point\n\n☒ E\n\n☐ F\n\n✗ Incorrect\n", header="## Q\n\nGrade received 50%\n\n"
    )
    assert reviewed(reading).stem == "D?"
    assert [problem.source.line for problem in reading.problems] == [15]


def test_a_page_without_points_and_without_a_full_grade_gives_no_key() -> None:
    reading = read("1. A?\n\n☒ B\n\n☐ C\n", header="## Q\n\nGrade received 80%\n\n")
    assert reviewed(reading).key == frozenset()
    assert "no-marks" in [problem.code for problem in reading.problems]


def test_the_lowest_grade_on_a_page_counts_as_its_own() -> None:
    header = "## Q\n\nYour grade 100%\n\nLatest submission grade 50%\n\n"
    assert "no-marks" in [problem.code for problem in read("1. A?\n\n☒ B\n\n☐ C\n", header).problems]


def test_a_page_that_was_never_graded_gives_no_key() -> None:
    reading = read("1. A?\n\n2 points\n\n☐ B\n\n☐ C\n", header="## Q\n\n")
    question = reviewed(reading)
    assert (question.stem, question.points) == ("A?", 2)
    assert question.needs_review == "The page does not show whether the answer to this question was right."


def test_full_marks_of_nothing_show_nothing() -> None:
    reading = read("1. A?\n\n0 / 0 points\n\n☒ B\n\n☐ C\n", header="## Q\n\n")
    assert "no-marks" in [problem.code for problem in reading.problems]


def test_feedback_that_begins_with_a_number_leaves_no_garbled_question_without_a_doubt() -> None:
    reading = read(GOOD + "3. is never first.\n\n" + GOOD.replace("1. A?", "2. Which version?"))
    assert reading.quiz is not None
    (garbled,) = [question for question in reading.quiz.questions if "Which version?" in question.stem]
    assert garbled.stem == "Which version?" or garbled.needs_review
    assert not reading.ok
