"""The commands of the tool, beside those of the converter."""

import os
import sys
from dataclasses import replace

import click

from lti_app.config import Config, ConfigError

try:
    from qti_export.cli import quizferry
except ImportError:

    @click.group()
    def quizferry() -> None:
        """Carry a quiz into any LMS, and its grades back."""


@quizferry.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at; 0.0.0.0 means all.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen at.")
@click.option("--no-worker", is_flag=True, help="Deliver no grades here; run 'quizferry worker' beside it.")
def serve(host: str, port: int, no_worker: bool) -> None:
    """Run the LTI tool until Ctrl-C: its pages, and the worker that brings grades to the LMS."""
    from lti_app import serve as server

    config = _config()
    if "QUIZFERRY_PUBLIC_URL" not in os.environ:
        config = replace(config, public_url=f"http://localhost:{port}")
    try:
        sys.exit(server.serve(config, host, port, worker=not no_worker))
    except server.CannotListen as error:
        raise click.ClickException(str(error)) from error


@quizferry.command()
def worker() -> None:
    """Bring grades to the LMS until Ctrl-C; for a tool that runs with --no-worker."""
    from lti_app.jobs.worker import work
    from lti_app.models import Database
    from lti_app.models.migrations import upgrade

    config = _config()
    database = Database(config.database_url)
    upgrade(database)
    work(database, config)


def _config() -> Config:
    try:
        return Config.from_environment()
    except ConfigError as error:
        raise click.UsageError(str(error)) from error


def main() -> None:
    """Run the command line."""
    quizferry()


if __name__ == "__main__":
    main()
