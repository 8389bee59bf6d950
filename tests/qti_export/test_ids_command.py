"""``quizferry ids``."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from content.quizzes import bundled
from content.readers import read_file
from qti_export.cli import main
from tests.shared import shared

TEXT = "Quiz title: Week 3\n\n% mine\n1. Q\n___\n\nid: mine\n2. R\n___\n"


def ids(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["ids", *map(str, arguments)], catch_exceptions=False)


@pytest.fixture
def quiz(tmp_path: Path) -> Path:
    path = tmp_path / "week 3.md"
    path.write_text(TEXT)
    return path


def test_the_ids_are_shown_and_which_of_them_the_file_lacks(quiz: Path) -> None:
    result = ids(quiz)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        f"{quiz}: week-3  (not in the file)",
        f"{quiz}:4: q1  (not in the file)",
        f"{quiz}:8: mine",
    ]
    assert quiz.read_text() == TEXT


def test_written_ids_stay_when_questions_move(quiz: Path) -> None:
    assert ids("--write", quiz).stdout == f"{quiz}: 2 ids written\n"
    assert quiz.read_text() == ("Quiz title: Week 3\nid: week-3\n\n% mine\nid: q1\n1. Q\n___\n\nid: mine\n2. R\n___\n")


def test_a_second_time_nothing_is_written(quiz: Path) -> None:
    ids("--write", quiz)
    before = quiz.stat().st_mtime_ns, quiz.read_bytes()
    assert ids("--write", quiz).stdout == f"{quiz}: all ids are there\n"
    assert (quiz.stat().st_mtime_ns, quiz.read_bytes()) == before


def test_line_ends_permissions_and_links_stay(quiz: Path, tmp_path: Path) -> None:
    quiz.write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    quiz.chmod(0o640)
    link = tmp_path / "link.md"
    link.symlink_to(quiz)
    assert ids("--write", link).exit_code == 0
    assert link.is_symlink()
    assert quiz.stat().st_mode & 0o777 == 0o640
    data = quiz.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n") == 11


def test_a_quiz_with_errors_is_left_alone_and_the_others_are_done(quiz: Path, tmp_path: Path) -> None:
    broken = tmp_path / "a.md"
    broken.write_text("1. Q\na) x\n")
    result = ids("--write", broken, quiz)
    assert result.exit_code == 1
    assert "[no-key]" in result.stderr
    assert broken.read_text() == "1. Q\na) x\n"
    assert "id: q1" in quiz.read_text()


def test_a_quiz_that_waits_for_review_gets_its_ids(quiz: Path) -> None:
    quiz.write_text("needs review: Look.\n1. Q\na) x\n")
    assert ids("--write", quiz).exit_code == 0
    assert "needs review: Look.\nid: q1\n1. Q\n" in quiz.read_text()


def test_a_graded_page_is_left_alone(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_bytes(min(shared("seeds").iterdir()).read_bytes())
    before = page.read_bytes()
    result = ids("--write", page)
    assert result.exit_code == 1
    assert "convert" in result.stderr
    assert page.read_bytes() == before


def test_a_bundled_quiz_is_left_alone() -> None:
    path = bundled()[0]
    before = path.read_bytes()
    result = ids("--write", path.stem)
    assert result.exit_code == 1
    assert "comes with quizferry" in result.stderr
    assert path.read_bytes() == before


def test_a_file_that_cannot_be_written_is_one_problem(quiz: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("qti_export.commands.ids.write_whole", refuse)
    result = ids("--write", quiz)
    assert result.exit_code == 1
    assert "Read-only file system" in result.stderr
    assert read_file(quiz).ok
