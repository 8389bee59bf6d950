"""The embedded worker: a loop that claims due grades and delivers them."""

import os
import signal
import sys
import threading
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

import structlog
from sqlalchemy.exc import SQLAlchemyError

from lti_app.config import Config
from lti_app.jobs.keeper import Keeper
from lti_app.jobs.sweeper import sweeping
from lti_app.models import Database
from lti_app.services.claims import Claim
from lti_app.services.delivery import Errand, read, send
from lti_app.services.outcomes import Delivery, store_and_claim

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
    done: set[Future[Delivery]] = set()
    pool = ThreadPoolExecutor(DELIVERIES_AT_ONCE, thread_name_prefix="delivery")
    with sweeping(database), Keeper(database) as keeper, pool:
        while in_hand or not stop.is_set():
            finished = {one: in_hand.pop(one) for one in done}
            room = 0 if stop.is_set() else DELIVERIES_AT_ONCE - len(in_hand)
            claims = _store_and_claim(database, config, finished, room)
            keeper.release(finished.values())
            keeper.hold(claims)
            errands = _read(database, claims)
            keeper.release(set(claims) - {errand.claim for errand in errands})
            in_hand |= {pool.submit(send, database, config, errand): errand.claim for errand in errands}
            if in_hand:
                done, _ = wait(in_hand, POLL, return_when=FIRST_COMPLETED)
            else:
                done = set()
                stop.wait(POLL)


def _store_and_claim(
    database: Database, config: Config, finished: dict[Future[Delivery], Claim], room: int
) -> list[Claim]:
    """Store what became of deliveries, and claim others. Whatever goes wrong, the loop goes on.

    What could not be stored is free when its lease ends, and the next poll asks for claims again.
    """
    deliveries = []
    for future, claimed in finished.items():
        try:
            deliveries.append(future.result())
        except Exception:
            log.exception("delivery broke off", passback=claimed.passback_id, tries=claimed.tries)
    try:
        return store_and_claim(database, config, deliveries, room)
    except SQLAlchemyError:
        log.exception("outbox not reachable", deliveries=len(deliveries))
        return []


def _read(database: Database, claims: list[Claim]) -> list[Errand]:
    """Read what is to be sent; where that fails read one by one, so that no grade stands in the way of others.

    The rows that cannot be read are free when their leases end.
    """
    try:
        return read(database, claims) if claims else []
    except Exception:
        log.exception("grades not read", passbacks=[claimed.passback_id for claimed in claims])
        return [errand for claimed in claims for errand in _read(database, [claimed])] if len(claims) > 1 else []
