"""Keeps the claims of deliveries that are under way: a lease is short, a slow LMS may take longer."""

import threading
from collections.abc import Iterable
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

    def hold(self, claims: Iterable[Claim]) -> None:
        """Keep the claims from falling to another worker until they are released."""
        with self._lock:
            self._held.update(claims)

    def release(self, claims: Iterable[Claim]) -> None:
        """Keep the claims no longer."""
        with self._lock:
            self._held.difference_update(claims)

    def _renew_now_and_then(self) -> None:
        while not self._stop.wait(LEASE.total_seconds() / 3):
            with self._lock:
                held = sorted(self._held)
            try:
                if held:
                    renew(self._database, held)
            except SQLAlchemyError:
                log.exception("claims not renewed")
