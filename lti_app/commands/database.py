"""The database that commands work on."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from lti_app.config import Config
from lti_app.models import Database
from lti_app.models.migrations import upgrade


@contextmanager
def up_to_date_database(config: Config) -> Iterator[Database]:
    """Yield the database, brought up to date; one that cannot be used ends the command with a sentence."""
    database = _open(config)
    try:
        yield database
    finally:
        database.close()


def _open(config: Config) -> Database:
    try:
        shown = make_url(config.database_url).render_as_string(hide_password=True)
    except ArgumentError as error:
        raise click.UsageError(
            "QUIZFERRY_DATABASE_URL is no database URL; write one such as sqlite:////var/lib/quizferry/quizferry.db."
        ) from error
    try:
        database = Database(config.database_url)
        upgrade(database)
    except (OSError, ImportError, ArgumentError, DBAPIError) as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise click.ClickException(
            f"The database {shown} cannot be used: {reason}. Mend that, or name another in QUIZFERRY_DATABASE_URL."
        ) from error
    return database
