"""Submits attempts whose time is up, also of students who never come back, so that their grades arrive."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from sqlalchemy.exc import SQLAlchemyError

from lti_app.models import Database
from lti_app.services.attempts import settle_overdue

log = structlog.get_logger(__name__)

PAUSE = 5.0
"""Seconds between two looks."""


@contextmanager
def sweeping(database: Database) -> Iterator[None]:
    """Look for such attempts now and then while the block runs, from a thread of its own.

    Several processes may do so at once: of two that find the same attempt, one submits it.
    """
    stop = threading.Event()
    thread = threading.Thread(target=_sweep_until, args=(stop, database), name="sweeper", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _sweep_until(stop: threading.Event, database: Database) -> None:
    while not stop.is_set():
        try:
            settled = settle_overdue(database)
            if settled:
                log.info("attempts whose time was up", submitted=settled)
        except SQLAlchemyError:
            log.exception("attempts not looked through")
        stop.wait(PAUSE)
