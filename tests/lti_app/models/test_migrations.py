import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from lti_app.models import Base, Database
from lti_app.models.migrations import upgrade


def new_database(folder: Path, name: str) -> Database:
    return Database(f"sqlite:///{folder / name}")


@pytest.fixture
def database(empty_database_url: str) -> Iterator[Database]:
    database = Database(empty_database_url)
    yield database
    database.close()


def what_only_the_models_have(engine: Engine) -> str:
    """The steps from a database to the models, as Python that can be the beginning of the next migration."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        steps = produce_migrations(context, Base.metadata).upgrade_ops
        assert steps is not None
        return "" if steps.is_empty() else render_python_code(steps, render_as_batch=True)


def schema(engine: Engine) -> set[tuple[str, str]]:
    """All that SQLite knows of tables and indexes, which is more than Alembic compares, in one order and spacing."""
    with engine.connect() as connection:
        statements = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
        # A column that is added later stands in the line of the one before it; a table that is made anew is quoted.
        return {
            (name, part.strip(" ,\t"))
            for name, sql in statements
            for part in re.split(r"\n|, (?![^(]*\))", sql.replace('"', ""))
        }


def test_migrations_lead_to_the_models(database: Database) -> None:
    upgrade(database)
    assert what_only_the_models_have(database.engine) == ""


def test_migrations_of_sqlite_lead_to_the_models_word_for_word(tmp_path: Path) -> None:
    migrated, modelled = new_database(tmp_path, "migrated.db"), new_database(tmp_path, "modelled.db")
    upgrade(migrated)
    Base.metadata.create_all(modelled.engine)
    assert {line for line in schema(migrated.engine) if line[0] != "alembic_version"} == schema(modelled.engine)
    migrated.close()
    modelled.close()


def test_upgrading_twice_keeps_what_is_there(database: Database) -> None:
    upgrade(database)
    with database.writing() as session:
        session.execute(text("INSERT INTO quizzes (id, title, offered) VALUES ('a', 'A', true)"))
    upgrade(database)
    with database.reading() as session:
        assert session.scalar(text("SELECT title FROM quizzes")) == "A"


def test_an_upgrade_that_breaks_off_leaves_nothing_behind(database: Database) -> None:
    with database.writing() as session:
        session.execute(text("CREATE TABLE answers (x INTEGER)"))  # is in the way of the last step
    with pytest.raises(DBAPIError, match=r'"?answers"? already exists'):
        upgrade(database)
    assert inspect(database.engine).get_table_names() == ["answers"]


def test_processes_that_start_at_once_migrate_once(database: Database, empty_database_url: str) -> None:
    code = (
        "import sys; from lti_app.models import Database; from lti_app.models.migrations import upgrade;"
        "sys.stdin.read(); upgrade(Database(sys.argv[1]))"
    )

    def start(_number: int) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", code, empty_database_url]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE)

    processes = [start(number) for number in range(4)]
    with ThreadPoolExecutor(4) as pool:  # closing their input lets all begin together
        results = list(pool.map(lambda process: (process.communicate()[1], process.returncode), processes))
    assert results == [(b"", 0)] * 4
    with database.reading() as session:
        assert session.execute(text("SELECT version_num FROM alembic_version")).all() == [("0013",)]
    assert what_only_the_models_have(database.engine) == ""
