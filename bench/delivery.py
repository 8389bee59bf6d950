"""Measures the delivery of grades: `python bench/delivery.py`.

Prints how many grades a second the embedded worker brings to an LMS that answers in 20 ms, how long 10,000 grades that
waited through an outage take, and how long a claim takes with few and with a million sent grades. Of SQLite, or of the
empty PostgreSQL database whose URL is given. The LMS runs in a process of its own, the worker in this one.
"""

import argparse
import asyncio
import json
import logging
import multiprocessing
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from multiprocessing.connection import Connection
from statistics import median

import structlog
from sqlalchemy import func, insert, select

from content.questions import Choice, TrueFalse
from content.quiz import Quiz
from lti_app.config import Config
from lti_app.jobs.worker import deliver_until
from lti_app.lti.ags import SCORE_SCOPE
from lti_app.lti.keys import ensure_key
from lti_app.models import (
    Attempt,
    Course,
    Database,
    Deployment,
    GradePassback,
    PassbackState,
    Registration,
    ResourceLink,
    User,
    utcnow,
)
from lti_app.models.migrations import upgrade
from lti_app.services.claims import claim, hand_back
from lti_app.services.quizzes import newest_revision, publish

ANSWERS_IN = 0.02  # seconds
CHOICES = (Choice(text="True", correct=True), Choice(text="False"))
QUIZ = Quiz(id="bench", title="Bench", parts=(TrueFalse(id="one", stem="One.", choices=CHOICES),))


def serve_lms(ready: Connection) -> None:
    """Serve a token endpoint, and a line item that takes every score after 20 ms; the body of a process."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await _head(reader):
            length = next(int(line[15:]) for line in head.lower().split("\r\n") if line.startswith("content-length:"))
            await reader.readexactly(length)
            token = head.startswith("POST /token")
            if not token:
                await asyncio.sleep(ANSWERS_IN)
            body = json.dumps({"access_token": "t", "expires_in": 3600}) if token else ""
            writer.write(f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode())
            await writer.drain()
        writer.close()

    async def serve() -> None:
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        ready.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(serve())


async def _head(reader: asyncio.StreamReader) -> str:
    try:
        return (await reader.readuntil(b"\r\n\r\n")).decode()
    except asyncio.IncompleteReadError:
        return ""


@contextmanager
def running_lms() -> Iterator[str]:
    """Run the LMS; yield its address."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.Process(target=serve_lms, args=(there,), daemon=True)
    process.start()
    yield f"http://127.0.0.1:{here.recv()}"
    process.kill()


def prepare(database: Database, lms: str) -> None:
    """Make the tables, and one link of one LMS."""
    upgrade(database)
    ensure_key(database)
    with database.writing() as session:
        publish(session, QUIZ)
        urls = {"auth_login_url": f"{lms}/auth", "auth_token_url": f"{lms}/token", "jwks_url": f"{lms}/jwks"}
        registration = Registration(name="LMS", issuer=lms, client_id="bench", **urls)
        course = Course(deployment=Deployment(registration=registration, deployment_id="1"), context_id="c")
        column = {"lineitem_url": f"{lms}/lineitems/1", "ags_scopes": [SCORE_SCOPE]}
        session.add(ResourceLink(course=course, resource_link_id="r", quiz_id=QUIZ.id, **column))


def add_grades(database: Database, number: int, state: PassbackState) -> None:
    """Add students with a submitted attempt, and their rows of the outbox."""
    long_ago = datetime(2026, 1, 1, tzinfo=UTC)
    due_at = utcnow() if state is PassbackState.WAITING else None
    row = {
        "resource_link_id": 1,
        "registration_id": 1,
        "state": state,
        "wanted_revision": 1,
        "sent_revision": 0,
        "lineitem_url": "",
        "wanted_at": long_ago,
        "due_at": due_at,
        "tries": 0,
        "failures": 0,
        "unheard": 0,
        "last_problem": "",
        "last_error": "",
    }
    with database.writing() as session:
        revision = newest_revision(session, QUIZ.id)
        link = session.get_one(ResourceLink, 1)
        row["lineitem_url"] = link.lineitem_url or ""
        first = (session.scalar(select(func.max(User.id))) or 0) + 1
        people = range(first, first + number)
        session.execute(insert(User), [{"id": n, "registration_id": 1, "sub": f"s{n}"} for n in people])
        attempt = {"resource_link_id": 1, "revision_id": revision.id if revision else 0, "number": 1}
        result = {"started_at": long_ago, "submitted_at": long_ago, "points": Fraction(1), "possible": Decimal(1)}
        if state is PassbackState.WAITING:
            session.execute(insert(Attempt), [{**attempt, **result, "user_id": n} for n in people])
        session.execute(insert(GradePassback), [{**row, "user_id": n} for n in people])


def seconds_to_drain(database: Database, config: Config) -> float:
    """Return how long the embedded worker takes until no grade waits."""
    stop = threading.Event()
    worker = threading.Thread(target=deliver_until, args=(stop, database, config))
    start = time.perf_counter()
    worker.start()
    while _waiting(database):
        time.sleep(0.1)
    elapsed = time.perf_counter() - start
    stop.set()
    worker.join()
    return elapsed


def _waiting(database: Database) -> bool:
    with database.reading() as session:
        return session.scalar(select(GradePassback.id).where(GradePassback.due_at.is_not(None)).limit(1)) is not None


def seconds_of_a_claim(database: Database, config: Config) -> float:
    """Return the median time of a claim of eight rows."""
    add_grades(database, 8, PassbackState.WAITING)
    times = []
    for _ in range(50):
        start = time.perf_counter()
        claims = claim(database, config, 8)
        times.append(time.perf_counter() - start)
        hand_back(database, claims)
        time.sleep(0.03)  # within the rate
    return median(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database-url", default="")
    parser.add_argument("--grades", type=int, default=10_000)
    parser.add_argument("--sent", type=int, default=1_000_000)
    arguments = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with tempfile.TemporaryDirectory() as folder, running_lms() as lms:
        url = arguments.database_url or f"sqlite:///{folder}/bench.db"
        config = Config(database_url=url, allow_private_addresses=True)
        database = Database(url)
        prepare(database, lms)
        add_grades(database, arguments.grades, PassbackState.WAITING)
        elapsed = seconds_to_drain(database, config)
        print(f"{arguments.grades} grades in {elapsed:.1f} s: {arguments.grades / elapsed:.0f} a second")
        print(f"a claim with {arguments.grades} sent grades: {seconds_of_a_claim(database, config) * 1000:.1f} ms")
        for _ in range(arguments.sent // 50_000):
            add_grades(database, 50_000, PassbackState.SENT)
        print(f"a claim with {arguments.sent} sent grades more: {seconds_of_a_claim(database, config) * 1000:.1f} ms")
        database.close()


if __name__ == "__main__":
    main()
