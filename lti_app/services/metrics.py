"""What the tool counts for Prometheus. Platforms are told by number; ``quizferry_platform_info`` has their names.

All processes that one command starts count into one folder of mapped files (prometheus_client's multiprocess mode,
which has to be chosen before its import), so that whichever of them is asked knows the sum.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator

FOLDER = "PROMETHEUS_MULTIPROC_DIR"


def _choose_folder() -> None:
    """Have the processes that this one forks count into a folder of their own; it goes when this one ends."""
    if FOLDER in os.environ:
        return
    os.environ[FOLDER] = folder = tempfile.mkdtemp(prefix="quizferry-metrics-")
    owner = os.getpid()
    atexit.register(lambda: shutil.rmtree(folder, ignore_errors=True) if os.getpid() == owner else None)


_choose_folder()

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest  # noqa: E402
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily  # noqa: E402
from prometheus_client.metrics_core import Metric  # noqa: E402
from prometheus_client.multiprocess import MultiProcessCollector  # noqa: E402
from prometheus_client.registry import Collector  # noqa: E402
from sqlalchemy import func, select  # noqa: E402

from lti_app.models import Database, GradePassback, Registration, utcnow  # noqa: E402

LAUNCHES = Counter("quizferry_launches", "Launches that were let in", ["platform"])
FAILURES = Counter("quizferry_refusals", "Requests that were refused, by code; 'fault' is an error of ours", ["code"])
SAVES = Counter("quizferry_saves", "Answers that were saved one by one", ["platform"])
SUBMISSIONS = Counter("quizferry_submissions", "Attempts that were submitted", ["platform"])
DELIVERIES = Counter("quizferry_deliveries", "Tries to bring a grade to the LMS", ["platform", "outcome"])
DELIVERY_SECONDS = Histogram(
    "quizferry_delivery_seconds",
    "From the moment a grade was due for the LMS until the LMS had it",
    ["platform"],
    buckets=(0.5, 1, 2, 5, 10, 30, 60, 300, 3600, 86400),
)


def exposition(database: Database) -> bytes:
    """Return all metrics in Prometheus's text format: the counters of all processes, and the outbox as it is now."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    registry.register(_Outbox(database))
    return generate_latest(registry)


class _Outbox(Collector):
    def __init__(self, database: Database) -> None:
        self._database = database

    def collect(self) -> Iterator[Metric]:
        """Yield how many grades are in each state, how long the longest has waited, and the platforms' names."""
        depth = GaugeMetricFamily("quizferry_outbox_grades", "Grades in the outbox", labels=["platform", "state"])
        age = GaugeMetricFamily(
            "quizferry_outbox_age_seconds", "How long the longest waiting grade has been wanted", labels=["platform"]
        )
        names = InfoMetricFamily("quizferry_platform", "The names of the platforms", labels=["platform"])
        rows = select(GradePassback.registration_id, GradePassback.state, func.count())
        open_since = select(GradePassback.registration_id, func.min(GradePassback.wanted_at))
        with self._database.reading() as session:
            for platform, state, count in session.execute(rows.group_by(*rows.selected_columns[:2])):
                depth.add_metric([str(platform), str(state)], count)
            is_open = GradePassback.due_at.is_not(None)
            for platform, since in session.execute(open_since.where(is_open).group_by(GradePassback.registration_id)):
                age.add_metric([str(platform)], max(0.0, (utcnow() - since).total_seconds()))
            for platform, name in session.execute(select(Registration.id, Registration.name)):
                names.add_metric([str(platform)], {"name": name})
        yield from (depth, age, names)
