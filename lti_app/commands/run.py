"""`quizferry serve` and `quizferry worker`: run the tool, and what delivers its grades."""

import os
from collections.abc import Callable
from dataclasses import replace

import click

from lti_app import serve as server
from lti_app.commands.database import up_to_date_database
from lti_app.commands.settings import settings, unusable_settings
from lti_app.config import Config, check_for_celery, check_for_serving
from lti_app.jobs import worker
from lti_app.logs import configure_logs
from lti_app.metrics_server import serve_metrics_beside
from lti_app.models import Database
from lti_app.services.audit import forget_old


def serve(host: str, port: int, *, with_worker: bool) -> int:
    """Run the tool until it is stopped; return the exit code.

    Without QUIZFERRY_PUBLIC_URL, browsers are taken to be on this computer.
    """
    configure_logs()
    config = settings()
    if "QUIZFERRY_PUBLIC_URL" not in os.environ:
        config = replace(config, public_url=f"http://localhost:{port}")
    with unusable_settings():
        check_for_serving(config)
    # Before any child needs it, so that what is wrong with it is said once, here.
    with up_to_date_database(config) as database, database.writing() as session:
        forget_old(session, config.audit_days)
    try:
        return server.serve(config, host, port, worker=with_worker)
    except server.CannotListen as error:
        raise click.ClickException(str(error)) from error


def deliver(engine: str) -> None:
    """Deliver grades until it is stopped."""
    configure_logs()
    config = settings()
    if engine == "celery":
        with unusable_settings():
            check_for_celery(config)
    work = _work_of_celery() if engine == "celery" else worker.work
    with up_to_date_database(config) as database:
        if config.metrics:
            _show_metrics(database, config.metrics)
        work(database, config)


def _show_metrics(database: Database, address: str) -> None:
    try:
        serve_metrics_beside(database, address)
    except OSError as error:
        raise click.ClickException(f"QUIZFERRY_METRICS: cannot listen at {address}: {error.strerror}.") from error


def _work_of_celery() -> Callable[[Database, Config], None]:
    try:
        from lti_app.jobs import celery
    except ImportError as error:
        raise click.ClickException(
            "Celery is not installed; install it with: pip install 'quizferry[celery]'"
        ) from error
    return celery.work
