"""The second engine, for when one machine is outgrown: Celery workers on Redis.

The outbox stays the truth. A relay beside each worker claims due rows, as the embedded worker does and within the same
limits, and puts their ids and numbers into the queue; a task takes such a claim over and delivers it. A message that is
lost is made up for when its claim runs out; one that comes twice, or late, finds that its number no longer stands.
"""

import os
import threading
from datetime import timedelta

import structlog
from celery import Celery  # type: ignore[import-untyped]
from kombu.exceptions import OperationalError
from sqlalchemy.exc import SQLAlchemyError

from lti_app.config import Config
from lti_app.jobs.keeper import Keeper
from lti_app.jobs.sweeper import sweeping
from lti_app.jobs.worker import DELIVERIES_AT_ONCE, POLL
from lti_app.models import Database
from lti_app.services.claims import Claim, claim, hand_back, take_over
from lti_app.services.delivery import deliver

log = structlog.get_logger(__name__)

LEASE_IN_QUEUE = timedelta(seconds=30)
"""How long a claim waits in the queue before its row is free again, with whatever became of the message."""

SETTINGS = {
    "task_ignore_result": True,
    # Taken over, a claim is its worker's: should that die, the table gives the row out again, and no message need come
    # back. One that comes back late, through a new connection, would only fail.
    "task_acks_late": False,
    # What a worker had fetched and not begun comes back soon when it is killed; by default after an hour, looked for
    # every 100 seconds.
    "broker_transport_options": {
        "visibility_timeout": 10,
        "unacked_restore_interval": 2,
        "unacked_restore_throttle": 1,
        "socket_connect_timeout": 5,
        "socket_timeout": 30,
    },
    # What one worker holds back, no other can do.
    "worker_prefetch_multiplier": 1,
    "worker_cancel_long_running_tasks_on_connection_loss": False,
    "broker_connection_retry_on_startup": True,
    "broker_connection_max_retries": None,
    "worker_hijack_root_logger": False,
}


def work(database: Database, config: Config) -> None:
    """Deliver grades by a Celery worker until SIGTERM; what is being delivered then is finished first."""
    log.info("delivering grades by Celery", pid=os.getpid())
    stop = threading.Event()
    with sweeping(database), Keeper(database) as keeper:
        app = _celery(database, config, keeper)
        relay = threading.Thread(target=relay_until, args=(stop, app, database, config), name="relay", daemon=True)
        relay.start()
        try:
            options = ["--pool=threads", f"--concurrency={DELIVERIES_AT_ONCE}", "--loglevel=WARNING"]
            app.worker_main(["worker", *options, "--without-gossip", "--without-mingle", "--without-heartbeat"])
        finally:
            stop.set()
            relay.join()


def _celery(database: Database, config: Config, keeper: Keeper) -> Celery:
    app = Celery("quizferry", broker=config.redis_url)
    app.conf.update(SETTINGS)

    @app.task(name="quizferry.deliver")  # type: ignore[untyped-decorator]
    def deliver_claimed(passback_id: int, tries: int) -> None:
        claimed = take_over(database, Claim(passback_id, tries))
        if claimed is not None:
            _deliver(database, config, keeper, claimed)

    return app


def _deliver(database: Database, config: Config, keeper: Keeper, claimed: Claim) -> None:
    keeper.hold([claimed])
    try:
        deliver(database, config, claimed)
    finally:
        keeper.release([claimed])


def relay_until(stop: threading.Event, app: Celery, database: Database, config: Config) -> None:
    """Put due grades into the queue until ``stop`` is set. While Redis is away they stay where they are."""
    while not stop.wait(POLL):
        claims = _claim(database, config)
        while claims:
            try:
                app.send_task("quizferry.deliver", args=claims[-1], retry=False)
            except OperationalError as error:
                log.warning("Redis is not reachable", error=str(error))
                hand_back(database, claims)
                break
            claims.pop()


def _claim(database: Database, config: Config) -> list[Claim]:
    """Return claims, none while the database cannot be reached; the next poll asks it again."""
    try:
        return claim(database, config, DELIVERIES_AT_ONCE, LEASE_IN_QUEUE)
    except SQLAlchemyError:
        log.exception("outbox not reachable")
        return []
