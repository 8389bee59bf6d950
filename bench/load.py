"""Measures how long students wait when a whole class takes a quiz: `python bench/load.py --students 300`.

They launch and start within the same 10 seconds, save an answer every 5 seconds, and submit within the same 30 seconds.
Prints how long each kind of request took, and where the processor time went. Of SQLite, or of the empty PostgreSQL
database whose URL is given. The web server is a process of its own, as `quizferry serve` runs it; the students share
its machine.
"""

import argparse
import asyncio
import hashlib
import hmac
import json
import logging
import multiprocessing
import random
import resource
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Self
from urllib.parse import parse_qs, urlencode, urlsplit

import structlog
from pages import ISSUER, QUESTIONS, id_token, prepare, serving_keys

from lti_app.config import Config
from lti_app.models import Database
from lti_app.serve import run_web

STARTING, WORKING, SUBMITTING, EVERY = 10, 30, 30, 5  # seconds
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Answer:
    """A server's answer, as far as a student's browser looks at it."""

    status: int
    location: str
    cookies: dict[str, str]

    @classmethod
    def of(cls, head: str) -> Self:
        """Return what the head of an HTTP answer says."""
        lines = head.split("\r\n")
        location = next((line[10:].strip() for line in lines if line.lower().startswith("location:")), "")
        set_cookies = [line[11:] for line in lines if line.lower().startswith("set-cookie:")]
        pairs = [line.partition(";")[0].strip().partition("=") for line in set_cookies]
        return cls(int(lines[0].split()[1]), location, {name: value for name, _, value in pairs})


@dataclass(slots=True)
class Waits:
    """Seconds that requests took, by what they were for, and those that were not answered as they should be."""

    of: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)


class Student:
    """A browser with the cookies of one student, who takes the quiz."""

    def __init__(self, config: Config, name: str, waits: Waits) -> None:
        self._config, self._name, self._waits = config, name, waits
        self._host = urlsplit(config.public_url)
        self._cookies: dict[str, str] = {}

    async def take_quiz(self, submit_at: float) -> None:
        """Launch, start, save an answer every few seconds until that moment comes, and submit."""
        home = await self._launch()
        await self._ask("first page", "GET", f"{home}/")
        secret = next(value for name, value in self._cookies.items() if home.rsplit("/", 1)[1] in name)
        token = hmac.new(secret.encode(), b"csrf", hashlib.sha256).hexdigest()
        await self._ask("start", "POST", f"{home}/attempts", {"csrf_token": token})
        attempt = f"{home}/attempts/1"
        await self._ask("page of the quiz", "GET", attempt)
        sequence = 0
        while time.monotonic() + EVERY < submit_at:
            await asyncio.sleep(EVERY)
            sequence += 1
            question = f"q{sequence % QUESTIONS}"
            save = json.dumps({"response": {f"q.{question}": ["0"]}, "sequence": sequence})
            await self._ask("save", "PUT", f"{attempt}/answers/{question}", save, token)
        await asyncio.sleep(max(0.0, submit_at - time.monotonic()))
        await self._ask("submission", "POST", f"{attempt}/submit", {"csrf_token": token, "confirmed": "yes"})
        await self._ask("result", "GET", f"{attempt}/result")

    async def _launch(self) -> str:
        target = f"{self._config.public_url}/lti/launch"
        login = {"iss": ISSUER, "client_id": "bench", "login_hint": self._name, "lti_deployment_id": "1"}
        answer = await self._ask("login", "POST", "/lti/login", {**login, "target_link_uri": target})
        asked = parse_qs(urlsplit(answer.location).query)
        form = {"state": asked["state"][0], "id_token": id_token(self._config, self._name, asked["nonce"][0])}
        answer = await self._ask("launch", "POST", "/lti/launch", form)
        return urlsplit(answer.location).path.rstrip("/")

    async def _ask(self, what: str, method: str, path: str, body: dict[str, str] | str = "", token: str = "") -> Answer:
        """Return the answer to a request on a connection of its own, and keep how long it took."""
        text = body if isinstance(body, str) else urlencode(body)
        headers = {
            "Host": self._host.netloc,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()),
            "Content-Type": "application/json" if method == "PUT" else FORM,
            "Content-Length": str(len(text)),
            "X-CSRF-Token": token,
            "Connection": "close",
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items() if value)
        start = time.perf_counter()
        reader, writer = await asyncio.open_connection(self._host.hostname, self._host.port)
        writer.write(f"{method} {path} HTTP/1.1\r\n{head}\r\n{text}".encode())
        answer = Answer.of((await reader.read()).decode().partition("\r\n\r\n")[0])
        self._waits.of.setdefault(what, []).append(time.perf_counter() - start)
        writer.close()
        self._cookies |= answer.cookies
        if answer.status not in (200, 302, 303):
            self._waits.errors.append(f"{what}: {answer.status}")
        return answer


async def take_quizzes(config: Config, students: int) -> Waits:
    """Have so many students take the quiz; return how long they waited."""
    waits = Waits()
    begin = time.monotonic()

    async def take(number: int) -> None:
        await asyncio.sleep(random.uniform(0, STARTING))
        submit_at = begin + STARTING + WORKING + random.uniform(0, SUBMITTING)
        await Student(config, f"student{number}", waits).take_quiz(submit_at)

    for ended in await asyncio.gather(*(take(number) for number in range(students)), return_exceptions=True):
        if isinstance(ended, BaseException):
            waits.errors.append(repr(ended))
    return waits


@contextmanager
def running_web(config: Config) -> Iterator[None]:
    """Run the web server."""
    address = urlsplit(config.public_url)
    process = multiprocessing.get_context("fork").Process(target=run_web, args=(config, "127.0.0.1", address.port))
    process.start()
    while True:
        try:
            socket.create_connection(("127.0.0.1", address.port or 0)).close()
            break
        except OSError:
            time.sleep(0.1)
    yield
    process.terminate()
    process.join()


def processor_seconds(who: int) -> float:
    """Return the processor time of this process, or of those that it has started and that have ended."""
    usage = resource.getrusage(who)
    return usage.ru_utime + usage.ru_stime


def show(waits: Waits, students: int) -> None:
    """Print what was measured."""
    print(f"{students} students, {sum(map(len, waits.of.values()))} requests, {len(waits.errors)} errors")
    for error in sorted(set(waits.errors)):
        print(f"  {waits.errors.count(error)} × {error}")
    print(f"{'':18}{'number':>8}{'half within':>13}{'95 % within':>13}{'longest, ms':>13}")
    for what, times in waits.of.items():
        figures = (median(times), quantiles(times, n=20)[-1], max(times))
        print(f"{what:18}{len(times):8}" + "".join(f"{seconds * 1000:13.0f}" for seconds in figures))
    print(f"processor time: web server {processor_seconds(resource.RUSAGE_CHILDREN):.1f} s, ", end="")
    print(f"students {processor_seconds(resource.RUSAGE_SELF):.1f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database-url", default="")
    parser.add_argument("--students", type=int, default=300)
    arguments = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder, serving_keys() as keys_url:
        url = arguments.database_url or f"sqlite:///{folder}/bench.db"
        config = Config(database_url=url, public_url=f"http://127.0.0.1:{port}", allow_private_addresses=True)
        database = Database(url)
        prepare(database, keys_url)
        database.close()
        with running_web(config):
            waits = asyncio.run(take_quizzes(config, arguments.students))
        show(waits, arguments.students)


if __name__ == "__main__":
    main()
