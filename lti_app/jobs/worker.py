"""The embedded worker: a loop that claims due grades and delivers them."""

import os
import signal
import threading
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

import structlog
from sqlalchemy.exc import SQLAlchemyError

from lti_app.config import Config
from lti_app.models import Database
from lti_app.services.delivery import Claim, claim, deliver

log = structlog.get_logger(__name__)

DELIVERIES_AT_ONCE = 8
"""Each mostly waits for an LMS, so that more than one processor can serve."""

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

    Only as many are claimed as can be begun at once: a claim's lease must not run out in a queue.
    """
    with ThreadPoolExecutor(DELIVERIES_AT_ONCE, thread_name_prefix="delivery") as pool:
        in_hand: set[Future[None]] = set()
        while not stop.is_set():
            claims = _claim(database, DELIVERIES_AT_ONCE - len(in_hand))
            in_hand |= {pool.submit(_deliver, database, config, claimed) for claimed in claims}
            if len(in_hand) == DELIVERIES_AT_ONCE:
                _, in_hand = wait(in_hand, return_when=FIRST_COMPLETED)
            elif not claims:
                stop.wait(POLL)
            in_hand = {delivery for delivery in in_hand if not delivery.done()}


def _claim(database: Database, limit: int) -> list[Claim]:
    """Return claims, none while the database cannot be reached; the next poll asks it again."""
    try:
        return claim(database, limit)
    except SQLAlchemyError:
        log.exception("outbox not reachable")
        return []


def _deliver(database: Database, config: Config, claimed: Claim) -> None:
    """Deliver one grade. Whatever goes wrong, the loop goes on; the row is free again when its lease has run out."""
    try:
        outcome = deliver(database, config, claimed)
    except Exception:
        log.exception("delivery broke off", passback=claimed.passback_id, tries=claimed.tries)
    else:
        log.info("delivery", passback=claimed.passback_id, tries=claimed.tries, outcome=outcome)
