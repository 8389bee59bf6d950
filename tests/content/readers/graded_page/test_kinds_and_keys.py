"""Which kind a question is of, and what shows which of its choices are right."""

import pytest

from content.readers.graded_page import read_graded_page
from tests.content.readers.graded_page.whole_pages import HEADER, choices_of, read

KINDS = {
    "true and false in any case": ("A.", "☒ TRUE\n☐ false", "true_false"),
    "yes and no": ("A.", "☒ Yes\n☐ No", "multiple_choice"),
    "one right of several boxes": ("A?", "☐ B\n☒ C\n☐ D", "multiple_choice"),
    "one right where the stem asks for all": ("A? (Select all that apply)", "☐ B\n☒ C", "multiple_response"),
    "several right where the stem asks for one": ("Which two?", "☒ B\n☒ C\n☐ D", "multiple_response"),
    "a stem that speaks of all but asks for one": ("How to select all rows?", "☐ B\n☒ C", "multiple_choice"),
}


@pytest.mark.parametrize(("stem", "choices", "kind"), KINDS.values(), ids=KINDS.keys())
def test_the_kind_of_a_question_is_told_from_its_stem_and_its_key(stem: str, choices: str, kind: str) -> None:
    quiz = read(f"1. {stem}\n\n1 / 1 point\n\n{choices}\n\n✔ **Correct**\n")
    assert quiz.questions[0].kind == kind


VOUCHED = {
    "a verdict on the whole answer": "1. A?\n\n☒ B\n\n☐ C\n\n✔ Correct\n",
    "a verdict on a radio button": "1. A?\n\n○ C\n\n● B\n\n✔ Correct\n",
}


@pytest.mark.parametrize("body", VOUCHED.values(), ids=VOUCHED.keys())
def test_on_a_page_without_points_and_grade_a_verdict_may_vouch_for_the_answer(body: str) -> None:
    reading = read_graded_page("## A quiz\n\n" + body, "page.txt")
    assert reading.quiz is not None
    assert reading.ok
    assert {text for text, right, _ in choices_of(reading.quiz) if right} == {"B"}


def test_a_radio_button_that_the_page_calls_right_is_right_though_another_was_selected() -> None:
    body = "1. A?\n\n0 / 1 point\n\n● B\n\n✗ Incorrect\nNo.\n\n○ C\n\n✔ Correct\nYes.\n\n○ D\n"
    assert choices_of(read(body)) == [("B", False, "No."), ("C", True, "Yes."), ("D", False, "")]


def test_true_and_false_are_written_as_the_model_has_them() -> None:
    quiz = read("1. A.\n\n1 / 1 point\n\n☒ TRUE\n☐ false\n\n✔ **Correct**\n")
    assert [text for text, *_ in choices_of(quiz)] == ["True", "False"]


def test_choices_of_which_each_has_its_verdict_need_no_full_marks() -> None:
    body = """
        1. A? Select all that apply.

        0.5 / 1 point

        ☒ B

        ✔ Correct

        ☒ C

        ✗ This should not be selected
        It is not.

        ☐ D

        ✗ This should be selected

        ☐ E

        ✔ Un-selected is correct
        """
    quiz = read(body, header="## A quiz\n\nGrade received 50%\n\n")
    assert choices_of(quiz) == [("B", True, ""), ("C", False, "It is not."), ("D", True, ""), ("E", False, "")]


def test_on_a_page_without_points_a_full_grade_vouches_for_the_answers() -> None:
    reading = read_graded_page(HEADER + "1. A?\n\n☒ B\n\n☐ C\n\n2. D?\n\n☐ E\n\n☒ F\n", "page.txt")
    assert reading.quiz is not None
    assert [problem.code for problem in reading.problems] == ["no-points"]
    assert reading.ok
    assert choices_of(reading.quiz, 2) == [("E", False, ""), ("F", True, "")]
