"""Keeps the claims of deliveries that are under way: a lease is short, a slow LMS may take longer."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

import structlog
from sqlalchemy.exc import SQLAlchemyError

from lti_app.models import Database
from lti_app.services.claims import LEASE, Claim, renew

log = structlog.get_logger(__name__)


class Keeper:
    """Renews what this process holds, from a thread of its own; one for each process that delivers."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._held: set[Claim] = set()
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._renew_now_and_then, name="keeper", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()

    @contextmanager
    def holding(self, claimed: Claim) -> Iterator[None]:
        """Keep the claim from falling to another worker while the block runs."""
        with self._lock:
            self._held.add(claimed)
        try:
            yield
        finally:
            with self._lock:
                self._held.remove(claimed)

    def _renew_now_and_then(self) -> None:
        while not self._stop.wait(LEASE.total_seconds() / 3):
            with self._lock:
                held = sorted(self._held)
            try:
                if held:
                    renew(self._database, held)
            except SQLAlchemyError:
                log.exception("claims not renewed")
