"""Five saved pages in five layouts, against what a person read on them."""

from decimal import Decimal

import pytest

from content.problem import Severity
from content.quiz import Quiz
from content.readers.graded_page import looks_like_graded_page, read_graded_page
from content.readers.reading import Reading
from tests.content.answer_key import answer_key, as_key, pass_mark_of, questions_of
from tests.shared import shared

TITLELESS = "000_fb0c2b0d8beb1c72.txt"
CUT_OFF = "004_3e7f17af82cd99e8.txt"
PAGES = [
    TITLELESS,
    "001_0376ed6aaa906c31.txt",
    "002_627a21df53f93049.txt",
    "003_32dfa44c25323d46.txt",
    CUT_OFF,
]
COMPLETE = [page for page in PAGES if page != CUT_OFF]


def text_of(page: str) -> str:
    return shared(f"seeds/{page}").read_text(encoding="utf-8")


def read(page: str) -> tuple[Quiz, Reading]:
    reading = read_graded_page(text_of(page), page)
    assert reading.quiz is not None
    return reading.quiz, reading


@pytest.mark.parametrize("page", PAGES)
def test_every_stem_choice_key_and_feedback_is_recovered(page: str) -> None:
    quiz, _ = read(page)
    assert as_key(quiz) == questions_of(answer_key()[page])


def test_all_28_questions_are_there() -> None:
    assert sum(len(read(page)[0].questions) for page in PAGES) == 28


@pytest.mark.parametrize("page", PAGES)
def test_the_pass_mark_is_recovered_as_an_exact_fraction(page: str) -> None:
    quiz, _ = read(page)
    assert quiz.settings.pass_mark == pass_mark_of(answer_key()[page])


@pytest.mark.parametrize("page", [page for page in PAGES if page != TITLELESS])
def test_the_title_is_recovered(page: str) -> None:
    quiz, _ = read(page)
    assert quiz.title == answer_key()[page]["title"]


def test_a_page_without_a_title_is_called_after_its_file_with_a_warning() -> None:
    quiz, reading = read(TITLELESS)
    assert quiz.title == "000 fb0c2b0d8beb1c72"
    assert [(problem.code, problem.severity) for problem in reading.problems] == [("no-title", Severity.WARNING)]


@pytest.mark.parametrize("page", PAGES)
def test_every_question_is_worth_the_one_point_that_the_page_gives_it(page: str) -> None:
    quiz, _ = read(page)
    assert {question.points for question in quiz.questions} == {Decimal(1)}


@pytest.mark.parametrize("page", PAGES)
def test_every_question_knows_the_line_where_its_stem_stands(page: str) -> None:
    lines = text_of(page).split("\n")
    for question in read(page)[0].questions:
        assert question.source is not None
        assert question.source.file == page
        assert question.stem in lines[question.source.line - 1]


@pytest.mark.parametrize("page", COMPLETE)
def test_a_complete_page_has_no_errors(page: str) -> None:
    assert read(page)[1].ok


def test_the_question_that_is_cut_off_after_its_first_choice_needs_review() -> None:
    quiz, reading = read(CUT_OFF)
    (problem,) = reading.problems
    assert (problem.code, problem.severity) == ("too-few-choices", Severity.ERROR)
    assert problem.source.line == 30
    assert [bool(question.needs_review) for question in quiz.questions] == [False] * 4 + [True]
    assert quiz.questions[4].needs_review == problem.sentence


def test_a_page_that_is_cut_off_between_a_choice_and_its_mark_needs_review() -> None:
    upper = "\n".join(text_of(CUT_OFF).split("\n")[:11])
    reading = read_graded_page(upper, CUT_OFF)
    assert reading.quiz is not None
    (problem,) = reading.problems
    assert (problem.code, problem.severity, problem.source.line) == ("cut-off", Severity.ERROR, 11)
    assert [question.needs_review for question in reading.quiz.questions] == [problem.sentence]


@pytest.mark.parametrize("page", PAGES)
def test_the_page_is_known_for_a_graded_page(page: str) -> None:
    assert looks_like_graded_page(text_of(page))


def without_trailing_space(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.split("\n"))


def with_spaces_for_tabs(text: str) -> str:
    return without_trailing_space(text.expandtabs(8))


def with_windows_newlines(text: str) -> str:
    return text.replace("\n", "\r\n")


def with_old_mac_newlines(text: str) -> str:
    return text.replace("\n", "\r")


def with_a_byte_order_mark(text: str) -> str:
    return "\ufeff" + text


def with_hard_spaces_in_the_marks(text: str) -> str:
    return text.replace("1 / 1 point", "1\xa0/\xa01\xa0point").replace("☒ ", "☒\xa0").replace("☐ ", "☐\xa0")


SAVED_OTHERWISE = [
    without_trailing_space,
    with_spaces_for_tabs,
    with_windows_newlines,
    with_old_mac_newlines,
    with_a_byte_order_mark,
    with_hard_spaces_in_the_marks,
]


@pytest.mark.parametrize("saved_otherwise", SAVED_OTHERWISE, ids=lambda way: way.__name__)
@pytest.mark.parametrize("page", PAGES)
def test_the_way_in_which_an_editor_saves_the_page_changes_nothing(page: str, saved_otherwise: object) -> None:
    assert callable(saved_otherwise)
    reading = read_graded_page(saved_otherwise(text_of(page)), page)
    assert reading == read_graded_page(text_of(page), page)


def with_boxes_of_other_shape(text: str) -> str:
    return text.replace("☒", "☑").replace("☐", "□")


def with_boxes_in_ascii(text: str) -> str:
    return text.replace("☒", "[x]").replace("☐", "[ ]").replace("[x] **Correct**", "**Correct**")


def with_bold_boxes(text: str) -> str:
    return text.replace("☒ **Correct**", "**Correct**").replace("☒", "<b>☒</b>").replace("☐", "<b>☐</b>")


def with_ticked_marks(text: str) -> str:
    return text.replace("**Correct**", "✅ Correct")


def with_marks_in_html(text: str) -> str:
    return text.replace("**Correct**", "<b>Correct</b>")


def with_numbers_in_parentheses(text: str) -> str:
    return "\n".join(line.replace(". ", ") ", 1) if line[:1].isdigit() else line for line in text.split("\n"))


def with_two_digit_points(text: str) -> str:
    return text.replace("1/1 point", "1 / 1 points").replace("1 / 1 point", "1.00/1.00 points")


DRAWN_OTHERWISE = [
    with_boxes_of_other_shape,
    with_boxes_in_ascii,
    with_bold_boxes,
    with_ticked_marks,
    with_marks_in_html,
    with_numbers_in_parentheses,
    with_two_digit_points,
]


@pytest.mark.parametrize("drawn_otherwise", DRAWN_OTHERWISE, ids=lambda way: way.__name__)
@pytest.mark.parametrize("page", [PAGES[2], PAGES[3]])
def test_the_page_reads_the_same_with_other_signs(page: str, drawn_otherwise: object) -> None:
    assert callable(drawn_otherwise)
    reading = read_graded_page(drawn_otherwise(text_of(page)), page)
    assert reading == read_graded_page(text_of(page), page)
