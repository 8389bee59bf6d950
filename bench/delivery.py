"""Measures the delivery of grades: `python bench/delivery.py`.

Prints how many grades a second workers bring to an LMS that answers in 20 ms, what one costs them, how long a student
waits for the quiz's first page meanwhile and without, and how long a claim takes with few and with a million sent
grades. Of SQLite, or of the empty PostgreSQL database whose URL is given. The LMS, the web server and each worker run
in processes of their own, all on this machine: the LMS takes its share of the processors, too.
"""

import argparse
import asyncio
import json
import logging
import multiprocessing
import os
import resource
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from multiprocessing.connection import Connection
from statistics import median, quantiles

import requests
import structlog
from sqlalchemy import func, insert, select

from content.questions import Choice, TrueFalse
from content.quiz import Quiz
from lti_app.config import Config
from lti_app.jobs.worker import work
from lti_app.lti.ags import SCORE_SCOPE
from lti_app.lti.claims import LaunchClaims
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
    Role,
    User,
    utcnow,
)
from lti_app.models.migrations import upgrade
from lti_app.platforms import GENERIC
from lti_app.serve import NICENESS, run_web
from lti_app.services.claims import claim, hand_back
from lti_app.services.launches import open_launch
from lti_app.services.quizzes import newest_revision, publish
from lti_app.web.cookies import launch_cookie

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


@dataclass(frozen=True, slots=True)
class Drained:
    """How long the outbox took to be empty, what processor time, and how long pages took meanwhile; in seconds."""

    elapsed: float
    processor: float
    pages: list[float]


def drain(database: Database, config: Config, workers: int, page: requests.Request) -> Drained:
    """Run so many workers until no grade waits; ask for the page ten times a second meanwhile."""
    before = processor_time_of_children()
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=work_quietly, args=(config,)) for _ in range(workers)]
    start = time.perf_counter()
    for process in processes:
        process.start()
    pages = []
    while _waiting(database):
        pages.append(seconds_of_a_page(page))
        time.sleep(0.1)
    elapsed = time.perf_counter() - start
    for process in processes:
        process.terminate()
        process.join()
    return Drained(elapsed, processor_time_of_children() - before, pages)


def work_quietly(config: Config) -> None:
    """Deliver grades as beside a web server; the body of a process."""
    os.nice(NICENESS)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    work(Database(config.database_url), config)


def processor_time_of_children() -> float:
    """Return the seconds that processes which have ended took."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


@contextmanager
def running_pages(database: Database, config: Config) -> Iterator[requests.Request]:
    """Run the web server with one launch; yield the request of its first page."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = multiprocessing.get_context("fork").Process(target=run_web, args=(config, "127.0.0.1", port))
    process.start()
    with database.writing() as session:
        link = session.get_one(ResourceLink, 1)
        claims = LaunchClaims(
            registration_id=1,
            deployment_id=link.course.deployment_id,
            context_id=link.course.context_id,
            sub="reader",
            name="Reader",
            role=Role.LEARNER,
            resource_link_id=link.resource_link_id,
            lineitem_url=link.lineitem_url,
        )
        opened = open_launch(session, claims, config)
    cookies = {launch_cookie(config, opened.launch.id): opened.secret}
    page = requests.Request("GET", f"http://127.0.0.1:{port}/launches/{opened.launch.id}", cookies=cookies)
    try:
        _wait_for(page)
        yield page
    finally:
        process.terminate()
        process.join()


def _wait_for(page: requests.Request) -> None:
    while True:
        try:
            seconds_of_a_page(page)
        except requests.ConnectionError:
            time.sleep(0.1)
        else:
            return


def seconds_of_a_page(page: requests.Request) -> float:
    """Return how long the page took."""
    start = time.perf_counter()
    with requests.Session() as session:
        session.send(session.prepare_request(page)).raise_for_status()
    return time.perf_counter() - start


def slowest_of_twenty(times: list[float]) -> float:
    """Return what 95 % of the times are below, in milliseconds."""
    return quantiles(times, n=20)[-1] * 1000


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
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--at-once", type=int, default=GENERIC.grades_at_once)
    parser.add_argument("--sent", type=int, default=1_000_000)
    arguments = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with tempfile.TemporaryDirectory() as folder, running_lms() as lms:
        url = arguments.database_url or f"sqlite:///{folder}/bench.db"
        config = Config(database_url=url, allow_private_addresses=True, grades_at_once=arguments.at_once)
        database = Database(url)
        prepare(database, lms)
        with running_pages(database, config) as page:
            alone = []
            for _ in range(100):
                alone.append(seconds_of_a_page(page))
                time.sleep(0.1)
            add_grades(database, arguments.grades, PassbackState.WAITING)
            drained = drain(database, config, arguments.workers, page)
        each, rate = drained.processor / arguments.grades * 1000, arguments.grades / drained.elapsed
        print(f"{arguments.grades} grades in {drained.elapsed:.1f} s: {rate:.0f} a second, {each:.1f} ms of CPU each")
        before, meanwhile = slowest_of_twenty(alone), slowest_of_twenty(drained.pages)
        print(f"a page, 95 % within: {before:.0f} ms, meanwhile {meanwhile:.0f} ms")
        print(f"a claim with {arguments.grades} sent grades: {seconds_of_a_claim(database, config) * 1000:.1f} ms")
        for _ in range(arguments.sent // 50_000):
            add_grades(database, 50_000, PassbackState.SENT)
        print(f"a claim with {arguments.sent} sent grades more: {seconds_of_a_claim(database, config) * 1000:.1f} ms")
        database.close()


if __name__ == "__main__":
    main()
