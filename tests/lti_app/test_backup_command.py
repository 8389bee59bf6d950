import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lti_app.cli import main
from tests.lti_app.school import ALL_RIGHT, School, open_school


@pytest.fixture
def database_kind() -> str:
    return "sqlite"


@pytest.fixture
def quizzes(tmp_path: Path) -> Path:
    folder = tmp_path / "quizzes"
    (folder / "images").mkdir(parents=True)
    (folder / "mine.md").write_text("a quiz")
    (folder / "images" / "x.png").write_bytes(b"\x89PNG")
    return folder


def run(url: str, *arguments: object, quizzes: Path | None = None) -> Result:
    environment = {"QUIZFERRY_DATABASE_URL": url, "QUIZFERRY_QUIZZES": str(quizzes) if quizzes else None}
    return CliRunner().invoke(main, [str(one) for one in arguments], env=environment)


def test_a_backup_of_a_running_tool_comes_back(empty_database_url: str, quizzes: Path, tmp_path: Path) -> None:
    school = open_school(empty_database_url, lineitem_url="https://lms.example.edu/1")
    school.submit(school.student(), ALL_RIGHT)
    with school.database.writing():  # somebody writes meanwhile
        result = run(empty_database_url, "backup", tmp_path / "b.zip", quizzes=quizzes)
    assert (result.exit_code, result.stderr) == (0, "")
    school.database.close()
    new, folder = f"sqlite:///{tmp_path / 'new' / 'q.db'}", tmp_path / "empty"
    folder.mkdir()
    result = run(new, "restore", tmp_path / "b.zip", quizzes=folder)
    assert (result.exit_code, result.stderr) == (0, "")
    assert (folder / "mine.md").read_text() == "a quiz"
    assert (folder / "images" / "x.png").read_bytes() == b"\x89PNG"
    with closing(sqlite3.connect(tmp_path / "new" / "q.db")) as database:
        assert database.execute("SELECT count(*) FROM attempts").fetchone() == (1,)


def test_nothing_is_overwritten(empty_database_url: str, quizzes: Path, tmp_path: Path) -> None:
    school = School(*_opened(empty_database_url))
    (tmp_path / "b.zip").write_text("mine")
    result = run(empty_database_url, "backup", tmp_path / "b.zip")
    assert (result.exit_code, "exists already; choose another name" in result.stderr) == (1, True)
    assert (tmp_path / "b.zip").read_text() == "mine"
    assert run(empty_database_url, "backup", tmp_path / "c.zip", quizzes=quizzes).exit_code == 0
    result = run(empty_database_url, "restore", tmp_path / "c.zip")
    assert "There is a database at" in result.stderr
    new = f"sqlite:///{tmp_path / 'new.db'}"
    assert "is not empty" in run(new, "restore", tmp_path / "c.zip", quizzes=quizzes).stderr
    assert "name an empty folder" in run(new, "restore", tmp_path / "c.zip").stderr
    assert not (tmp_path / "new.db").exists()
    school.database.close()


def _opened(url: str) -> tuple[object, object]:
    school = open_school(url, lineitem_url=None)
    return school.database, school.config


@pytest.mark.parametrize("damage", ["no archive", "no database", "no tables", "cut"])
def test_a_damaged_backup_is_refused_and_leaves_nothing(tmp_path: Path, damage: str) -> None:
    source = tmp_path / "b.zip"
    if damage == "no archive":
        source.write_bytes(b"nothing")
    else:
        database = {"no tables": b"", "cut": b"SQLite format 3\0" + b"\1" * 5000, "no database": b""}[damage]
        with zipfile.ZipFile(source, "w") as archive:
            archive.writestr("other" if damage == "no database" else "quizferry.db", database)
    result = run(f"sqlite:///{tmp_path / 'new.db'}", "restore", source)
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1
    assert not (tmp_path / "new.db").exists()


def test_without_a_database_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    result = run(f"sqlite:///{tmp_path / 'none.db'}", "backup", tmp_path / "b.zip")
    assert "nothing to back up" in result.stderr
    assert not (tmp_path / "b.zip").exists()


def test_postgresql_has_tools_of_its_own(tmp_path: Path) -> None:
    result = run("postgresql+psycopg://x@localhost/x", "backup", tmp_path / "b.zip")
    assert "pg_dump" in result.stderr
