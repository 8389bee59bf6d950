"""The embedded worker: a loop that claims due grades and delivers them."""

import os
import signal
import sys
import threading
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from lti_app.config import Config
from lti_app.jobs.keeper import Keeper
from lti_app.models import Database
from lti_app.services.claims import LEASE, Claim, claim
from lti_app.services.delivery import Errand, read, send
from lti_app.services.outcomes import Delivery, store

log = structlog.get_logger(__name__)

DELIVERIES_AT_ONCE = 64
"""Each mostly waits for an LMS. Many more than go to one platform, so that slow ones leave room for the others."""

POLL = 0.5
"""Seconds between two looks into an empty outbox."""


def work(database: Database, config: Config) -> None:
    """Deliver grades until SIGTERM or SIGINT; what is being delivered then is finished first."""
    stop = threading.Event()
    for signal_number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signal_number, lambda *_: stop.set())
    # The loop below lets go of the interpreter at each query; by default a busy thread gives it back after 5 ms only.
    sys.setswitchinterval(0.0005)
    log.info("delivering grades", pid=os.getpid())
    deliver_until(stop, database, config)


def deliver_until(stop: threading.Event, database: Database, config: Config) -> None:
    """Deliver grades until ``stop`` is set, several at once; return when those in hand are done.

    Only as many are claimed as can be begun at once: what is claimed is on its way. Threads send; this one alone
    claims, reads and stores, many at a time where many are done.
    """
    in_hand: dict[Future[Delivery], Claim] = {}
    with Keeper(database) as keeper, ThreadPoolExecutor(DELIVERIES_AT_ONCE, thread_name_prefix="delivery") as pool:
        while in_hand or not stop.is_set():
            claims = [] if stop.is_set() else claim_or_none(database, config, DELIVERIES_AT_ONCE - len(in_hand))
            keeper.hold(claims)
            errands = _read(database, claims)
            keeper.release(set(claims) - {errand.claim for errand in errands})
            in_hand |= {pool.submit(send, database, config, errand): errand.claim for errand in errands}
            if in_hand:
                done, _ = wait(in_hand, POLL, return_when=FIRST_COMPLETED)
                _store(database, {one: in_hand[one] for one in done})
                keeper.release([in_hand.pop(one) for one in done])
            else:
                stop.wait(POLL)


def _read(database: Database, claims: list[Claim]) -> list[Errand]:
    """Read what is to be sent; where that fails read one by one, so that no grade stands in the way of others.

    The rows that cannot be read are free when their leases end.
    """
    try:
        return read(database, claims) if claims else []
    except Exception:
        log.exception("grades not read", passbacks=[claimed.passback_id for claimed in claims])
        return [errand for claimed in claims for errand in _read(database, [claimed])] if len(claims) > 1 else []


def _store(database: Database, done: dict[Future[Delivery], Claim]) -> None:
    """Store what became of deliveries. Whatever goes wrong, the loop goes on; rows are free when their leases end."""
    deliveries = []
    for future, claimed in done.items():
        try:
            deliveries.append(future.result())
        except Exception:
            log.exception("delivery broke off", passback=claimed.passback_id, tries=claimed.tries)
    try:
        if deliveries:
            store(database, deliveries)
    except SQLAlchemyError:
        log.exception("deliveries not stored", number=len(deliveries))


def claim_or_none(database: Database, config: Config, limit: int, lease: timedelta = LEASE) -> list[Claim]:
    """Return claims, none while the database cannot be reached; the next poll asks it again."""
    try:
        return claim(database, config, limit, lease)
    except SQLAlchemyError:
        log.exception("outbox not reachable")
        return []
