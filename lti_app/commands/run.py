"""`quizferry serve` and `quizferry worker`: run the tool, and what delivers its grades."""

import os
from dataclasses import replace

import click

from lti_app import serve as server
from lti_app.commands.database import up_to_date_database
from lti_app.commands.settings import settings
from lti_app.jobs.worker import work
from lti_app.logs import configure_logs


def serve(host: str, port: int, *, worker: bool) -> int:
    """Run the tool until it is stopped; return the exit code.

    Without QUIZFERRY_PUBLIC_URL, browsers are taken to be on this computer.
    """
    configure_logs()
    config = settings()
    if "QUIZFERRY_PUBLIC_URL" not in os.environ:
        config = replace(config, public_url=f"http://localhost:{port}")
    with up_to_date_database(config):
        pass  # before any child needs it, so that what is wrong with it is said once, here
    try:
        return server.serve(config, host, port, worker=worker)
    except server.CannotListen as error:
        raise click.ClickException(str(error)) from error


def deliver() -> None:
    """Deliver grades until it is stopped."""
    configure_logs()
    config = settings()
    with up_to_date_database(config) as database:
        work(database, config)
