"""`quizferry backup` and `quizferry restore`: all that a tool with SQLite holds, in one file, and back.

The file is a ZIP archive with the database, pictures and all, and the operator's folder of quizzes. Nothing that is
there is ever overwritten.
"""

import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import click
from sqlalchemy.engine import make_url

from lti_app.commands.settings import settings
from lti_app.config import Config

DATABASE = "quizferry.db"
QUIZZES = "quizzes/"


def backup(target: Path) -> None:
    """Write the backup of a tool, which may go on running meanwhile."""
    config = settings()
    source = _sqlite_file(config)
    if not source.is_file():
        raise click.ClickException(f"There is no database at {source} yet, so there is nothing to back up.")
    with _new_file(target) as partial, tempfile.TemporaryDirectory(dir=partial.parent) as folder:
        copy = Path(folder) / DATABASE
        with closing(sqlite3.connect(source)) as database, closing(sqlite3.connect(copy)) as into:
            database.backup(into)
        _check(copy)
        with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(copy, DATABASE)
            for path in sorted(config.quizzes.rglob("*")) if config.quizzes else []:
                if path.is_file():
                    archive.write(path, QUIZZES + str(path.relative_to(config.quizzes or path)))
    click.echo(f"{target} holds the database{' and the quizzes' if config.quizzes else ''}, checked.")


def restore(source: Path) -> None:
    """Put a backup where the settings say that database and quizzes are. The tool must not run."""
    config = settings()
    target = _sqlite_file(config)
    if target.exists():
        raise click.ClickException(f"There is a database at {target} already; move it away, then restore.")
    try:
        with zipfile.ZipFile(source) as archive:
            _restore_from(archive, target, config.quizzes)
    except zipfile.BadZipFile as error:
        raise click.ClickException(f"{source} is no backup, or it is damaged: {error}.") from error
    click.echo(f"The database is at {target}{f', the quizzes are in {config.quizzes}' if config.quizzes else ''}.")


def _restore_from(archive: zipfile.ZipFile, target: Path, quizzes: Path | None) -> None:
    names = archive.namelist()
    inside = [name for name in names if name.startswith(QUIZZES) and ".." not in Path(name).parts]
    if DATABASE not in names:
        raise click.ClickException(f"{archive.filename} is no backup: there is no {DATABASE} in it.")
    if inside and quizzes is None:
        raise click.ClickException("The backup holds quizzes; name an empty folder for them in QUIZFERRY_QUIZZES.")
    if inside and quizzes is not None and any(quizzes.iterdir()):
        raise click.ClickException(f"The folder {quizzes} is not empty; name an empty one in QUIZFERRY_QUIZZES.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with _new_file(target) as partial:
        with archive.open(DATABASE) as packed, partial.open("wb") as file:
            shutil.copyfileobj(packed, file)
        _check(partial)
    for name in inside:
        path = (quizzes or Path()) / name.removeprefix(QUIZZES)
        path.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(name) as packed, path.open("wb") as file:
            shutil.copyfileobj(packed, file)


def _sqlite_file(config: Config) -> Path:
    url = make_url(config.database_url)
    if url.get_backend_name() != "sqlite":
        raise click.ClickException(
            "This is for the embedded SQLite database; back up PostgreSQL with pg_dump and restore it with pg_restore."
        )
    return Path(str(url.database))


@contextmanager
def _new_file(target: Path) -> Iterator[Path]:
    """Yield a file beside the target that takes its name in one step when all went well, and never replaces another."""
    if target.exists():
        raise click.ClickException(f"{target} exists already; choose another name.")
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as folder:
            partial = Path(folder) / target.name
            yield partial
            with partial.open("rb") as file:
                os.fsync(file.fileno())
            os.link(partial, target)
    except OSError as error:
        raise click.ClickException(f"{target} cannot be written: {error.strerror or error}.") from error


def _check(database: Path) -> None:
    try:
        with closing(sqlite3.connect(database)) as connection:
            found = connection.execute("PRAGMA integrity_check").fetchall()
            connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError as error:
        raise click.ClickException(f"The database is damaged, or none of Quizferry's: {error}.") from error
    if found != [("ok",)]:
        raise click.ClickException(f"The database is damaged: {found[0][0]}.")
