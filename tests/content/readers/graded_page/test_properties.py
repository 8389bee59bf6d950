"""Any quiz, on a page of any layout with any signs, is read as it was; and a damaged page does not mislead."""

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from content.questions import Choice, ChoiceQuestion, Question
from content.quiz import Quiz
from content.readers.graded_page import looks_like_graded_page, read_graded_page
from tests.content.readers.graded_page.pages import Style, render
from tests.content.readers.graded_page.strategies import quizzes, styles

ONE_LINE_OF_FEEDBACK = {"dense", "table"}


def shows_an_empty_sign(quiz: Quiz) -> bool:
    return any(not choice.correct for question in quiz.questions for choice in question.choices)


def ending_in_one_paragraph(quiz: Quiz) -> Quiz:
    """Return the quiz with its last feedback in one paragraph: further ones may be the course site's own."""
    *parts, last = quiz.parts
    assert isinstance(last, ChoiceQuestion)
    choices = tuple(replace(choice, feedback=choice.feedback.replace("\n\n", "\n")) for choice in last.choices)
    return replace(quiz, parts=(*parts, replace(last, choices=choices)))


@st.composite
def pages(draw: st.DrawFn) -> tuple[Quiz, Style]:
    style = draw(styles())
    quiz = ending_in_one_paragraph(draw(quizzes(lines=1 if style.layout in ONE_LINE_OF_FEEDBACK else 3)))
    assume(style.empty in "☐□○" or shows_an_empty_sign(quiz))  # else "[x]" may be code
    return quiz, style


@given(pages())
def test_a_quiz_is_read_from_any_page_that_shows_it(page: tuple[Quiz, Style]) -> None:
    quiz, style = page
    text = render(quiz, style)
    reading = read_graded_page(text, "page.txt")
    assert [str(problem) for problem in reading.problems] == []
    assert reading.quiz == quiz
    assert looks_like_graded_page(text)


def is_true_to(question: Question, quiz: Quiz) -> bool:
    """Return whether everything that the question claims to be right or wrong is so, as far as its words go."""
    assert isinstance(question, ChoiceQuestion)
    originals = [original for original in quiz.questions if original.stem == question.stem]
    return any(all(is_choice_of(read, original) for read in question.choices) for original in originals)


def is_choice_of(read: Choice, original: Question) -> bool:
    assert isinstance(original, ChoiceQuestion)
    begun = read.text.rstrip(" *")  # the page may end within a choice, or within the stars of the verdict behind it
    return any(choice.text.startswith(begun) and choice.correct == read.correct for choice in original.choices)


def assert_not_misled(damaged: str, quiz: Quiz) -> None:
    reading = read_graded_page(damaged, "page.txt")
    if reading.quiz is not None and reading.ok:
        for question in reading.quiz.questions:
            assert is_true_to(question, quiz), question


@given(pages(), st.data())
def test_a_page_that_lost_a_line_is_refused_or_still_read_right(page: tuple[Quiz, Style], data: st.DataObject) -> None:
    quiz, style = page
    lines = render(quiz, replace(style, newline="\n")).split("\n")
    lost = data.draw(st.integers(0, len(lines) - 1))
    assert_not_misled("\n".join(lines[:lost] + lines[lost + 1 :]), quiz)


@given(pages(), st.data())
def test_a_page_that_is_cut_off_is_refused_or_still_read_right(page: tuple[Quiz, Style], data: st.DataObject) -> None:
    quiz, style = page
    text = render(quiz, style)
    assert_not_misled(text[: data.draw(st.integers(0, len(text)))], quiz)


@given(pages(), st.data())
def test_pages_with_lines_in_disorder_do_not_crash_the_reader(page: tuple[Quiz, Style], data: st.DataObject) -> None:
    lines = render(*page).split("\n")
    kept = data.draw(st.lists(st.sampled_from(lines), max_size=len(lines)))
    read_graded_page("\n".join(kept), "page.txt")


PARTS = (
    "1. ",
    "2. ",
    "Question 1",
    "1/1 point",
    "☒",
    "☐ ",
    "O ",
    "[x] ",
    "- ",
    "Correct",
    "**",
    "A",
    "? ",
    "  ",
    "\t",
    "\n",
    "\n\n",
    "```",
)


@given(st.text() | st.lists(st.sampled_from(PARTS), max_size=40).map("".join))
def test_no_text_crashes_the_reader(text: str) -> None:
    reading = read_graded_page(text, "page.txt")
    assert reading.quiz is not None or len(reading.problems) == 1
