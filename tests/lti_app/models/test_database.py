import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from lti_app.models import Database, Quiz
from lti_app.models.migrations import upgrade


@pytest.fixture
def database(empty_database_url: str) -> Iterator[Database]:
    database = Database(empty_database_url)
    upgrade(database)
    yield database
    database.close()


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'folder' / 'that' / 'is' / 'made' / 'quizzes.db'}")
    upgrade(database)
    yield database
    database.close()


def titles(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(Quiz.title).order_by(Quiz.id)))


def test_what_is_written_is_stored_all_or_none(database: Database) -> None:
    with database.writing() as session:
        session.add(Quiz(id="a", title="A"))

    def write_and_break() -> None:
        with database.writing() as session:
            session.add(Quiz(id="b", title="B"))
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_break()
    assert titles(database) == ["A"]


def test_a_new_sqlite_file_is_waited_for_while_another_process_writes_in_it(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'new.db'}")
    with closing(sqlite3.connect(tmp_path / "new.db", isolation_level=None)) as other, ThreadPoolExecutor(1) as pool:
        other.execute("BEGIN IMMEDIATE")
        opening = pool.submit(lambda: database.engine.connect().close())
        with pytest.raises(TimeoutError):
            opening.result(timeout=0.2)
        other.execute("COMMIT")
        opening.result()
    database.close()


def test_a_reading_session_stores_nothing_and_its_rows_outlive_it(database: Database) -> None:
    with database.writing() as session:
        session.add(Quiz(id="a", title="A"))
    with database.reading() as session:
        quiz = session.get_one(Quiz, "a")
        session.add(Quiz(id="b", title="B"))
        session.flush()
    assert quiz.title == "A"
    assert titles(database) == ["A"]


def test_a_reading_session_sees_one_state_while_another_writes(database: Database) -> None:
    with database.reading() as session:
        before = session.scalars(select(Quiz)).all()
        with database.writing() as other:
            other.add(Quiz(id="a", title="A"))
        assert session.scalars(select(Quiz)).all() == before == []


def test_writers_wait_for_each_other_and_lose_nothing(database: Database) -> None:
    with database.writing() as session:
        session.add(Quiz(id="a", title="0"))
    together = threading.Barrier(4)

    def count_up() -> None:
        together.wait()
        for _ in range(10):
            with database.writing() as session:
                quiz = session.get_one(Quiz, "a", with_for_update=True)
                quiz.title = str(int(quiz.title) + 1)

    with ThreadPoolExecutor(4) as pool:
        for future in [pool.submit(count_up) for _ in range(4)]:
            future.result()
    assert titles(database) == ["40"]


def test_sqlite_keeps_what_a_power_cut_must_not_take_and_its_foreign_keys(sqlite: Database) -> None:
    with sqlite.writing() as session:
        pragmas = {
            name: session.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    with pytest.raises(IntegrityError), sqlite.writing() as session:
        session.execute(text("INSERT INTO deployments (registration_id, deployment_id) VALUES (7, 'x')"))


@pytest.mark.parametrize("waits", [True, False])
def test_what_is_stored_is_on_the_disk_unless_that_is_not_waited_for(database: Database, waits: bool) -> None:
    asked = "PRAGMA synchronous" if database.sqlite else "SHOW synchronous_commit"
    full, other = (2, 1) if database.sqlite else ("on", "off")
    with database.writing(waits_for_disk=not waits):  # the connection is used again
        pass
    with database.writing(waits_for_disk=waits) as session:
        assert session.scalar(text(asked)) == (full if waits else other)
        session.add(Quiz(id="a", title="A"))
    assert titles(database) == ["A"]
    with database.writing() as session:
        assert session.scalar(text(asked)) == full
