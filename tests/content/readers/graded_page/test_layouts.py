"""Pages of layouts that nobody had shown the reader: each is read to the last word."""

from decimal import Decimal

import pytest

from tests.content.answer_key import as_key
from tests.content.readers.graded_page.whole_pages import TWO_BY_TWO, choices_of, read

PAGES = {
    "a heading for each question, its points behind it": """
        ### Question 1 (2 / 2 points)

        What is 2 + 2?

        ● Four
        ○ Five

        ✔ Correct
        Correct! It is even.
        """,
    "a heading in bold, with a count": """
        **Question 1 of 10**

        What is 2 + 2?

        2 / 2 points

        (*) Four
        ( ) Five

        **Correct**

        Correct! It is even.
        """,
    "a bare number above its heading, as copied from a browser": """
        1.

        Question 1

        What is 2 + 2?

        2 / 2 points

        ☑ Four

        ☐ Five

        Correct

        Correct! It is even.
        """,
    "bold type in HTML": """
        <b>1.</b> What is 2 + 2?

        <b>2 / 2 points</b>

        <b>☒</b> Four

        <b>☐</b> Five

        <b>Correct</b>
        Correct! It is even.
        """,
    "a task list": """
        1. What is 2 + 2?

           2 / 2 points

           - [x] Four
           - [ ] Five

           **Correct**
           Correct! It is even.
        """,
    "escaped Markdown": """
        1\\. What is 2 + 2?

        2 / 2 points

        \\[x\\] Four

        \\[ \\] Five

        **Correct**

        Correct! It is even.
        """,
    "everything on as few lines as can be": """
        1. What is 2 + 2? 2/2 points
        ☒ Four ☐ Five
        ✔ Correct Correct! It is even.
        """,
    "points below the choices": """
        1. What is 2 + 2?

        ☒ Four

        ☐ Five

        ✔ **Correct**

        Correct! It is even.

        2 / 2 points
        """,
    "no number, in paragraphs": """
        What is 2 + 2?

        2 / 2 points

        ☒ Four

        ☐ Five

        ✔ **Correct** Correct! It is even.
        """,
    "a verdict behind its choice": """
        1. What is 2 + 2?

        2 / 2 points

        ☒ Four ✔ Correct
        Correct! It is even.

        ☐ Five
        """,
    "numbered choices": """
        1. What is 2 + 2?

        2 / 2 points

        1. ☒ Four
        2. ☐ Five

        ✔ Correct

        Correct! It is even.
        """,
    "a tick for what was selected": """
        1. What is 2 + 2? (2/2 points)
        ✓ Four
        ☐ Five
        Correct
        Correct! It is even.
        """,
    "choices behind the stem": """
        1. What is 2 + 2?  ☒ Four  ☐ Five\t2/2 points
        ✔ Correct Correct! It is even.
        """,
    "a verdict in bold behind a box": """
        1. What is 2 + 2?

        2 / 2 points

        ☒ Four

        ☐ Five

        ☒ **Correct** Correct! It is even.
        """,
    "a verdict with a colon": """
        1. What is 2 + 2?

        2 / 2 points

        ☒ Four

        ☐ Five

        **Correct**: Correct! It is even.
        """,
    "a table whose tabs an editor has made spaces": """
        1.      What is 2 + 2?          2/2 points
                ☒ Four
                ☐ Five
                ✓ Correct Correct! It is even.
        """,
}


@pytest.mark.parametrize("body", PAGES.values(), ids=PAGES.keys())
def test_a_page_of_another_layout_is_read_whole(body: str) -> None:
    quiz = read(body)
    assert quiz.title == "A quiz"
    assert as_key(quiz) == [
        {"stem": "What is 2 + 2?", "type": "multiple_choice", "choices": TWO_BY_TWO, "incomplete": False}
    ]
    assert quiz.points == Decimal(2)


def test_windows_newlines_hard_spaces_tabs_and_curly_quotes() -> None:
    body = "1.\xa0“What’s”\ta tab?\n1\xa0/\xa01\xa0point\n☒\tIt’s “this”\n☐\xa0\xa0That\n✔\xa0**Correct**\n"
    body = body.replace("\n", "\r\n\r\n")
    quiz = read(body)
    assert quiz.questions[0].stem == "“What’s”\ta tab?"
    assert choices_of(quiz) == [("It’s “this”", True, ""), ("That", False, "")]


def test_points_may_have_decimals_with_a_point_or_a_comma() -> None:
    choices = "\n\n☒ B\n\n☐ C\n\n✔ Correct\n\n"
    quiz = read(f"1. A?\n\n0.75 / 0.75 points{choices}2. A?\n\n0,5 / 0,50 points{choices}")
    assert [question.points for question in quiz.questions] == [Decimal("0.75"), Decimal("0.5")]


def test_a_choice_may_begin_with_the_letter_o() -> None:
    body = """
        1. Which blood group can give to all?

        1 / 1 point

        ☒ O negative

        ☐ O positive

        ☐ A Negative

        ✔ **Correct**
        """
    assert [text for text, *_ in choices_of(read(body))] == ["O negative", "O positive", "A Negative"]


def test_an_o_that_ocr_read_for_a_circle_is_a_sign_of_the_page() -> None:
    first = "1.\tA?\t1/1 point\nO True\t\nFalse\t\nCorrect Yes.\t\n"
    second = "2.\tB?\t1/1 point\nO One\t\nTwo\t\nO Three\t\nCorrect\t\n"
    quiz = read(first + second)
    assert choices_of(quiz, 1) == [("True", False, ""), ("False", True, "Yes.")]
    assert choices_of(quiz, 2) == [("One", False, ""), ("Two", True, ""), ("Three", False, "")]
