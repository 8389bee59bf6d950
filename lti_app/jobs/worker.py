"""The embedded worker: a loop that claims due grades and delivers them."""

import os
import signal
import threading
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from lti_app.config import Config
from lti_app.jobs.keeper import Keeper
from lti_app.models import Database
from lti_app.services.claims import LEASE, Claim, claim
from lti_app.services.delivery import deliver

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
    log.info("delivering grades", pid=os.getpid())
    deliver_until(stop, database, config)


def deliver_until(stop: threading.Event, database: Database, config: Config) -> None:
    """Deliver grades until ``stop`` is set, several at once; return when those in hand are done.

    Only as many are claimed as can be begun at once: what is claimed is on its way.
    """
    with Keeper(database) as keeper, ThreadPoolExecutor(DELIVERIES_AT_ONCE, thread_name_prefix="delivery") as pool:
        in_hand: set[Future[None]] = set()
        while not stop.is_set():
            claims = claim_or_none(database, config, DELIVERIES_AT_ONCE - len(in_hand))
            in_hand |= {pool.submit(deliver_one, database, config, keeper, claimed) for claimed in claims}
            if in_hand:
                wait(in_hand, POLL, return_when=FIRST_COMPLETED)
            else:
                stop.wait(POLL)
            in_hand = {delivery for delivery in in_hand if not delivery.done()}


def claim_or_none(database: Database, config: Config, limit: int, lease: timedelta = LEASE) -> list[Claim]:
    """Return claims, none while the database cannot be reached; the next poll asks it again."""
    try:
        return claim(database, config, limit, lease)
    except SQLAlchemyError:
        log.exception("outbox not reachable")
        return []


def deliver_one(database: Database, config: Config, keeper: Keeper, claimed: Claim) -> None:
    """Deliver one grade. Whatever goes wrong, the loop goes on; the row is free again when its lease has run out."""
    try:
        with keeper.holding(claimed):
            outcome = deliver(database, config, claimed)
    except Exception:
        log.exception("delivery broke off", passback=claimed.passback_id, tries=claimed.tries)
    else:
        log.info("delivery", passback=claimed.passback_id, tries=claimed.tries, outcome=outcome)
