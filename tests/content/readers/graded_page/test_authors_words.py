"""What authors wrote may look like a part of the page: it is kept to the last word, and where it belongs."""

from textwrap import dedent

import pytest

from content.readers.graded_page import read_graded_page
from tests.content.readers.graded_page.whole_pages import HEADER, QUESTION, choices_of, read


def test_a_stem_may_hold_two_spaces_between_its_sentences() -> None:
    quiz = read("1.\tHere is a model.  Does it drift?\t1/1 point\n\t☒ Yes\t\n\t☐ No\t\n\tCorrect\t\n")
    assert quiz.questions[0].stem == "Here is a model.  Does it drift?"


def test_a_first_choice_on_the_line_of_its_stem_is_parted_from_it() -> None:
    quiz = read("Which run? Check all that apply.  Graph  Mode\t1/1 point\nCorrect\t\n▼ Eager Mode\t\nCorrect Yes.\t\n")
    assert quiz.questions[0].stem == "Which run? Check all that apply."
    assert choices_of(quiz) == [("Graph  Mode", True, ""), ("Eager Mode", True, "Yes.")]


def test_an_ordered_list_and_code_in_a_stem_stay_in_it() -> None:
    body = """
        4. Put these in order:

        1. fit
        2. predict

        ```python
        5. nor a question
          ☒ no choice
        ```

        1 / 1 point

        ☒ 1, 2

        ☐ 2, 1

        ✔ **Correct**
        """
    reading = read_graded_page(HEADER + dedent(body), "page.txt")
    assert reading.quiz is not None
    assert [problem.code for problem in reading.problems] == ["question-missing"]  # as it begins with question 4
    assert reading.quiz.questions[0].stem == dedent(
        """\
        Put these in order:

        1. fit
        2. predict

        ```python
        5. nor a question
          ☒ no choice
        ```"""
    )


def test_code_in_a_choice_and_in_feedback_keeps_its_indentation() -> None:
    body = """
        1. Which loops?

        1 / 1 point

        ☒ This:
        ```python
        for x in y:
            print(x)
        ```

        ☐ `pass`

        ✔ **Correct**

        As in

        ```
          1. fit
        ```
        """
    assert choices_of(read(body)) == [
        ("This:\n```python\nfor x in y:\n    print(x)\n```", True, "As in\n\n```\n  1. fit\n```"),
        ("`pass`", False, ""),
    ]


def test_feedback_may_have_several_paragraphs_and_a_list() -> None:
    body = """
        1. A?

        1 / 1 point

        ☒ B

        ☐ C

        ✔ **Correct**

        Right on!

        Because:
        1. it is
        - it was

        2. D?

        1 / 1 point

        ☒ E

        ☐ F

        ✔ **Correct**
        """
    quiz = read(body)
    assert choices_of(quiz, 1)[0] == ("B", True, "Right on!\n\nBecause:\n1. it is\n- it was")
    assert len(quiz.questions) == 2


def test_a_choice_goes_on_in_indented_lines() -> None:
    body = "1. A?\n\n1 / 1 point\n\n- ☒ one\n  line\n- ☐ other\n\n✔ Correct\n"
    assert choices_of(read(body)) == [("one\nline", True, ""), ("other", False, "")]


def test_a_choice_that_reads_correct_is_told_from_a_verdict() -> None:
    body = "1. Is the proof right?\n\n1 / 1 point\n\n☒ Correct\n\n☐ Incorrect\n\n✔ **Correct**\n\nIt is.\n"
    assert choices_of(read(body)) == [("Correct", True, "It is."), ("Incorrect", False, "")]


def test_a_verdict_on_several_choices_as_a_whole_is_feedback_for_a_right_answer() -> None:
    body = "1. A? Select all that apply.\n\n1 / 1 point\n\n☒ B\n☒ C\n☐ D\n\n✔ Correct\nAll of them.\n"
    quiz = read(body)
    assert choices_of(quiz) == [("B", True, ""), ("C", True, ""), ("D", False, "")]
    assert quiz.questions[0].feedback.correct == "All of them."


def test_a_bare_number_above_a_heading_belongs_to_neither_question() -> None:
    body = QUESTION.replace("1. A?", "1.\n\nQuestion 1\n\nA?") + QUESTION.replace("1. A?", "2.\n\nQuestion 2\n\nD?")
    quiz = read(body)
    assert [question.stem for question in quiz.questions] == ["A?", "D?"]
    assert choices_of(quiz)[0] == ("B", True, "")


def test_a_row_with_points_begins_a_question_where_the_one_before_lost_its_own() -> None:
    table = "\t☒ B\t\n\t☐ C\t\n\tCorrect\t\n"
    reading = read_graded_page(HEADER + f"1.\tA?\t\n{table}\tD?\t1/1 point\n{table}", "page.txt")
    assert reading.quiz is not None
    assert [question.stem for question in reading.quiz.questions] == ["A?", "D?"]


def test_feedback_may_begin_with_an_o_on_a_page_with_circles() -> None:
    body = "1. A?\n\n1 / 1 point\n\n● B\n\n○ C\n\n✔ **Correct**\n\nRight on.\nO 2 is oxygen.\n"
    assert choices_of(read(body)) == [("B", True, "Right on.\nO 2 is oxygen."), ("C", False, "")]


def test_a_stem_may_begin_with_an_o_on_a_page_where_ocr_read_circles_as_letters() -> None:
    quiz = read("1.\tO A?\t1/1 point\nO True\t\nFalse\t\nCorrect Yes.\t\n")
    assert quiz.questions[0].stem == "O A?"


def test_letters_are_circles_where_they_begin_choices_of_two_questions() -> None:
    choices = "O One\t\nTwo\t\nO Three\t\nCorrect\t\n"
    quiz = read(f"1.\tA?\t1/1 point\n{choices}2.\tB?\t1/1 point\n{choices}")
    assert choices_of(quiz, 2) == [("One", False, ""), ("Two", True, ""), ("Three", False, "")]


def test_bullets_of_choices_without_signs_are_left_out() -> None:
    body = "1. A? Check all that apply.\n1 / 1 point\n- B\nCorrect Yes.\n- C\nCorrect So it is.\n"
    assert choices_of(read(body)) == [("B", True, "Yes."), ("C", True, "So it is.")]


@pytest.mark.parametrize("indent", ["    ", "\t"])
def test_indented_code_in_feedback_keeps_its_indentation(indent: str) -> None:
    body = f"{QUESTION}As in:\n\n{indent}x = 1\n\n{QUESTION.replace('1. A?', '2. D?')}"
    assert choices_of(read(body))[0] == ("B", True, "As in:\n\n    x = 1")


def test_a_row_behind_feedback_that_does_not_end_a_sentence_is_a_choice_in_a_table_with_tabs() -> None:
    body = "A? Check all that apply.  B\t1/1 point\nCorrect Because\t\nC\t\nD\t\nCorrect Yes.\t\n"
    assert [right for _, right, _ in choices_of(read(body))] == [True, False, True]


def test_a_page_may_show_its_whole_score() -> None:
    quiz = read(QUESTION, header="## A quiz\n\nYour score: 1 / 1 points\n\n")
    assert (quiz.title, len(quiz.questions)) == ("A quiz", 1)


WORDS = {
    "a quoted box": "What does “☐ ” mean",
    "a heading's words": "Question 1 asks for what",
    "half a line in bold": "**Which** one",
}


@pytest.mark.parametrize("stem", WORDS.values(), ids=WORDS.keys())
def test_a_stem_may_hold_what_looks_like_a_part_of_the_page(stem: str) -> None:
    assert read(QUESTION.replace("1. A?", f"1. {stem}?")).questions[0].stem == f"{stem}?"


def test_a_second_line_of_a_stem_may_speak_of_a_question() -> None:
    assert (
        read(QUESTION.replace("A?", "A?\nQuestion 1 asks for it.")).questions[0].stem == "A?\nQuestion 1 asks for it."
    )


CHOICES = {
    "a verb like a verdict": "Correct the data",
    "a shape": "▲ABC is right-angled",
    "bold type": "**Four**",
    "a whole label": "**Correct** predictions",
}


@pytest.mark.parametrize("text", CHOICES.values(), ids=CHOICES.keys())
def test_a_choice_may_hold_what_looks_like_a_part_of_the_page(text: str) -> None:
    assert choices_of(read(QUESTION.replace("☒ B", f"☒ {text}")))[0] == (text, True, "")


def test_a_choice_without_a_sign_may_begin_with_a_shape() -> None:
    body = "1.\tA? Check all that apply.\t1/1 point\n\t▲ABC\t\n\tCorrect\t\n\t▲DEF\t\n\tG\t\n\tCorrect\t\n"
    assert choices_of(read(body)) == [("▲ABC", True, ""), ("▲DEF", False, ""), ("G", True, "")]


def test_bold_type_around_a_number_or_a_sign_and_its_words_stays_with_the_words() -> None:
    quiz = read(QUESTION.replace("1. A?", "**1. A?**").replace("☒ B", "**☒ B**"))
    assert quiz.questions[0].stem == "**A?**"
    assert choices_of(quiz)[0] == ("**B**", True, "")


FEEDBACK = {
    "small letters behind a ticked verdict": ("✔ **Correct**", "✔ Correct yes, it is.", "yes, it is."),
    "words about points": (
        "✔ **Correct**",
        "✔ **Correct**\n\n1/1 point is what you get.",
        "1/1 point is what you get.",
    ),
}


@pytest.mark.parametrize(("label", "written", "feedback"), FEEDBACK.values(), ids=FEEDBACK.keys())
def test_feedback_may_hold_what_looks_like_a_part_of_the_page(label: str, written: str, feedback: str) -> None:
    assert choices_of(read(QUESTION.replace(label, written)))[0] == ("B", True, feedback)


def test_a_fence_that_nothing_closes_does_not_reach_into_the_next_question() -> None:
    body = f"{QUESTION}```\nnever closed\n\n" + QUESTION.replace("1. A?", "2. D?") + "```\nnor here\n"
    assert len(read(body).questions) == 2


@pytest.mark.parametrize("hidden", ["\x00", "\x1b", "\x7f", "\x85", "\x9b"])
def test_characters_that_no_page_shows_go(hidden: str) -> None:
    assert read(QUESTION.replace("A?", f"Wh{hidden}at?")).questions[0].stem == "What?"


def test_odd_spaces_become_plain_and_invisible_characters_go() -> None:
    assert read(QUESTION.replace("A?", "What\xa0is\u200b it?")).questions[0].stem == "What is it?"
