import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import produce_migrations, render_python_code
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from lti_app.models import Base, Database, migrations
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


def upgrade_to(database: Database, revision: str) -> None:
    """Bring the database to where it was at an earlier step."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    with database.writing() as session:
        config.attributes["connection"] = session.connection()
        command.upgrade(config, revision)


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


def test_what_is_up_to_date_is_told_without_waiting_for_others(database: Database, empty_database_url: str) -> None:
    upgrade(database)
    other = Database(empty_database_url)
    with other.exclusive():
        upgrade(database)
    other.close()


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
        assert session.execute(text("SELECT version_num FROM alembic_version")).all() == [("0016",)]
    assert what_only_the_models_have(database.engine) == ""


def test_grades_and_columns_from_before_columns_of_sections_stay_with_all_that_hangs_on_them(
    database: Database,
) -> None:
    upgrade_to(database, "0013")
    with database.writing() as session:
        for statement in FROM_BEFORE_SECTIONS.split(";"):
            session.execute(text(statement))
    upgrade(database)
    with database.reading() as session:
        tries = "SELECT section_id, tries, number, problem FROM grade_passbacks JOIN delivery_tries ON passback_id = id"
        assert session.execute(text(tries)).all() == [("", 2, 1, "no answer"), ("", 2, 2, "")]
        assert session.execute(text("SELECT section_id, url FROM line_items")).all() == [("", "https://lms/1")]
        kept = session.execute(text("SELECT id, graded_apart FROM resource_links ORDER BY id")).all()
        assert kept == [(1, False), (2, None)]
    with database.writing() as session:
        session.execute(text("DELETE FROM resource_links"))  # takes the rest along, as ever
        assert session.scalar(text("SELECT count(*) FROM delivery_tries")) == 0


def test_answers_from_before_checks_stay_and_are_not_checked(database: Database) -> None:
    upgrade_to(database, "0015")
    with database.writing() as session:
        for statement in (FROM_BEFORE_SECTIONS.partition("INSERT INTO line_items")[0] + ANSWERED).split(";"):
            session.execute(text(statement))
    upgrade(database)
    with database.reading() as session:
        kept = session.execute(text("SELECT question_id, sequence, checked_at FROM answers")).all()
        assert kept == [("depth", 7, None)]


ANSWERED = """
INSERT INTO quizzes (id, title, offered) VALUES ('sea', 'The sea', true);
INSERT INTO quiz_revisions (id, quiz_id, number, digest, text, created_at)
VALUES (1, 'sea', 1, 'd', 't', '2026-01-01 00:00:00');
INSERT INTO attempts (id, resource_link_id, user_id, revision_id, number, started_at)
VALUES (1, 1, 1, 1, 1, '2026-01-01 00:00:00');
INSERT INTO answers (attempt_id, question_id, response, sequence, changed_at)
VALUES (1, 'depth', '[1]', 7, '2026-01-01 00:00:00')
"""

FROM_BEFORE_SECTIONS = """
INSERT INTO registrations (id, name, issuer, client_id, auth_login_url, auth_token_url, jwks_url, created_at)
VALUES (1, 'School', 'https://lms', 'c', 'https://lms/a', 'https://lms/t', 'https://lms/j', '2026-01-01 00:00:00');
INSERT INTO deployments (id, registration_id, deployment_id) VALUES (1, 1, 'd');
INSERT INTO courses (id, deployment_id, context_id, title) VALUES (1, 1, 'c', 'C');
INSERT INTO users (id, registration_id, sub, name, email) VALUES (1, 1, 'ada', '', '');
INSERT INTO resource_links (id, course_id, resource_link_id, title, ags_scopes)
VALUES (1, 1, 'r', '', '[]'), (2, 1, 's', '', '[]');
INSERT INTO line_items (resource_link_id, url) VALUES (1, 'https://lms/1');
INSERT INTO grade_passbacks (id, resource_link_id, user_id, registration_id, state, wanted_revision, sent_revision,
lineitem_url, wanted_at, tries, failures, unheard, last_problem, last_error)
VALUES (1, 1, 1, 1, 'sent', 1, 1, 'https://lms/1', '2026-01-01 00:00:00+00:00', 2, 0, 0, '', '');
INSERT INTO delivery_tries (passback_id, number, at, problem)
VALUES (1, 1, '2026-01-01 00:00:00+00:00', 'no answer'), (1, 2, '2026-01-01 00:00:01+00:00', '')
"""
