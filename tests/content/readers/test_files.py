"""Files of every kind: quizzes are told apart, and whatever is no quiz gets one clear problem and no traceback."""

import io
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.problem import Problem, Severity
from content.quizzes import bundled
from content.readers import quiz_files, read_file, read_text
from content.readers.files import MAX_BYTES
from content.readers.graded_page import looks_like_graded_page, read_graded_page
from content.readers.quiz_text import read_quiz_text
from tests.shared import shared

QUIZ_TEXT = "Quiz title: Sums\n\n1. 2 + 2?\n*a) 4\nb) 5\n"
PAGE = "Grade received 100%\n\n## Sums\n\n1. 2 + 2?\n\n1 / 1 point\n\n☒ 4\n\n☐ 5\n\n✔ **Correct**\n"


def saved(folder: Path, data: bytes | str, name: str = "quiz.txt") -> Path:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def only_problem(path: Path) -> Problem:
    reading = read_file(path)
    assert reading.quiz is None
    (problem,) = reading.problems
    assert problem.severity is Severity.ERROR
    assert problem.source.file == str(path)
    assert problem.sentence.endswith(".")
    assert problem.remedy.endswith(".")
    return problem


@pytest.mark.parametrize("text", [QUIZ_TEXT, PAGE], ids=["quiz text", "graded page"])
def test_a_quiz_is_read_in_either_format(tmp_path: Path, text: str) -> None:
    reading = read_file(saved(tmp_path, text))
    assert reading.ok
    assert reading.quiz is not None
    assert (reading.quiz.title, reading.quiz.questions[0].stem) == ("Sums", "2 + 2?")


@pytest.mark.parametrize("text", [QUIZ_TEXT, PAGE], ids=["quiz text", "graded page"])
def test_a_byte_order_mark_changes_nothing(tmp_path: Path, text: str) -> None:
    plain, marked = (read_file(saved(tmp_path, mark + text.encode())) for mark in (b"", b"\xef\xbb\xbf"))
    assert marked == plain


def zipped() -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("quiz.md", QUIZ_TEXT)
    return archive.getvalue()


NOT_A_QUIZ = {
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\n", "not-text"),
    "a zip": (zipped(), "not-text"),
    "an Office document": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "not-text"),
    "a compressed file": (b"\x1f\x8b\x08\x00", "not-text"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not-text"),
    "UTF-16": (QUIZ_TEXT.encode("utf-16"), "not-text"),
    "Latin-1": ("Quiz title: Übung\n".encode("latin-1"), "not-utf8"),
    "nothing": (b"", "empty"),
    "white space": (b"\xef\xbb\xbf \r\n\t\n", "empty"),
    "prose": (b"Once upon a time.\n", "no-quiz"),
    "one long line": (b"a" * 1_000_000, "no-quiz"),
    "too much": (b"1. a" * (MAX_BYTES // 4) + b"b", "too-large"),
}


@pytest.mark.parametrize(("data", "code"), NOT_A_QUIZ.values(), ids=NOT_A_QUIZ.keys())
def test_what_is_no_quiz_gets_one_clear_problem(tmp_path: Path, data: bytes, code: str) -> None:
    assert only_problem(saved(tmp_path, data)).code == code


def test_wrong_bytes_are_placed_at_their_line(tmp_path: Path) -> None:
    problem = only_problem(saved(tmp_path, b"Quiz title: a\n\n1. caf\xe9?\n"))
    assert (problem.code, problem.source.line) == ("not-utf8", 3)


def test_a_file_that_is_not_there_and_a_folder_are_problems_too(tmp_path: Path) -> None:
    assert only_problem(tmp_path / "nowhere.md").code == "no-file"
    assert only_problem(tmp_path).code == "folder"


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    assert only_problem(tmp_path / "pipe.md").code == "no-ordinary-file"


def test_a_name_that_no_file_can_have_is_a_problem(tmp_path: Path) -> None:
    assert only_problem(tmp_path / f"{'x' * 300}.md").code == "unreadable"


def test_of_a_huge_file_no_more_is_read_than_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "huge.md"
    with path.open("wb") as file:
        file.truncate(10**12)  # a sparse file: a terabyte that takes no room
    assert only_problem(path).code == "too-large"


def test_a_folder_is_searched_for_quiz_files_right_in_it(tmp_path: Path) -> None:
    (tmp_path / "deeper").mkdir()
    for name in ("b.md", "A.TXT", ".hidden.md", "c.pdf", "deeper/d.md"):
        saved(tmp_path, QUIZ_TEXT, name)
    assert [path.name for path in quiz_files(tmp_path)] == ["A.TXT", "b.md"]


NUMBERED_LISTS = {
    "a recipe": "# Bread\n\nIngredients:\n\n- 500 g flour\n- water\n\n1. Mix.\n2. Knead.\n3. Bake.\n",
    "a list": "1. milk\n2. eggs\n",
}


@pytest.mark.parametrize("text", NUMBERED_LISTS.values(), ids=NUMBERED_LISTS.keys())
def test_a_numbered_list_gets_one_error_that_it_does_not_look_like_a_quiz(text: str) -> None:
    reading = read_text(text, "list.md")
    assert reading.quiz is None
    (problem,) = reading.problems
    assert problem.code == "no-quiz"
    assert problem.sentence.startswith("This does not look like a quiz")


def test_one_question_with_an_answer_makes_quiz_text_of_a_numbered_list() -> None:
    reading = read_text("1. milk\n2. eggs\n*a) x\nb) y\n", "list.md")
    assert reading.quiz is not None
    assert "too-few-choices" in [problem.code for problem in reading.problems]


def test_a_page_with_drawn_boxes_and_neither_points_nor_grade_is_a_graded_page_without_a_key() -> None:
    reading = read_text("A quiz\n\n1. A?\n\n☒ B\n\n☐ C\n\n2. D?\n\n☐ E\n\n☒ F\n", "page.txt")
    assert reading.quiz is not None
    assert [question.stem for question in reading.quiz.questions] == ["A?", "D?"]
    assert all(question.needs_review for question in reading.quiz.questions)
    assert {problem.code for problem in reading.problems if problem.severity is Severity.ERROR} == {"no-marks"}


TALK_OF_GRADES = {
    "a grade in a sentence": "1. A student's grade is 90% on one and grade 80% on another. Which?\na) x\n*b) y\n",
    "points in a sentence": "1. Which line says 1/1 point on a page?\na) x\n*b) y\n",
    "points at the end of a stem": "1. How does a page write full marks? As in 1 / 1 point\na) x\n*b) y\n",
    "the same with boxes": "1. How does a page write full marks? As in 1 / 1 point\n[ ] x\n[*] y\n",
    "a fraction on a line of its own": "1. How much is\n\n   1/2 cups\n\n*a) x\nb) y\n",
    "a total in a sentence": "1. The total points 5 and 6 come to?\n*a) x\nb) y\n",
}


@pytest.mark.parametrize("text", TALK_OF_GRADES.values(), ids=TALK_OF_GRADES.keys())
def test_quiz_text_may_speak_of_grades_and_points(text: str) -> None:
    assert not looks_like_graded_page(text)
    assert read_text(text, "quiz.md") == read_quiz_text(text, "quiz.md")


def test_no_sample_of_text2qti_is_taken_for_a_page() -> None:
    samples = [path for path in shared("corpus/text2qti").iterdir() if path.suffix in (".md", ".txt")]
    assert samples
    for path in [*samples, *bundled()]:
        assert not looks_like_graded_page(path.read_text(encoding="utf-8")), path


@pytest.mark.parametrize(
    "unit", ["a", " ", "☐ ", "a☐ ", "Correct ", "✔ Correct ", "1. ", "1/1 point ", "**", "all that  "]
)
def test_one_endless_line_is_read_in_time_that_grows_with_its_length(unit: str) -> None:
    text = unit * (300_000 // len(unit))  # in quadratic time, this would take an hour
    looks_like_graded_page(text)
    reading = read_graded_page(text, "page.txt")
    assert len(reading.problems) < 10


@given(st.binary())
def test_no_bytes_raise(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    reading = read_file(saved(tmp_path_factory.getbasetemp(), data))
    assert reading.quiz is not None or len(reading.problems) >= 1
