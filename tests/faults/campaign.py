"""Faults by a seeded chance: whatever runs is killed and started again, and the LMS has its moods."""

import os
import random
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from lti_app.config import Config
from tests.faults.students import Student
from tests.faults.worker_process import start_worker
from tests.lti_app.gradebook_server import GradebookServer, Reply
from tests.servers import Server, kill_tree

MOODS: dict[str, Reply | None] = {
    "well": None,
    "down": Reply(0),
    "error": Reply(500),
    "too many calls": Reply(429, {"Retry-After": "1"}),
    "not let in": Reply(401),
    "breaks off after storing": Reply(0, after_storing=True),
    "fails after storing": Reply(500, after_storing=True),
    "older, it says, after storing": Reply(409, after_storing=True),
}


class Program:
    """A program of the tool that can be killed and started again."""

    def __init__(self, start: Callable[[], subprocess.Popen[bytes]]) -> None:
        self._start = start
        self._process = start()

    def kill_and_start(self) -> None:
        """Kill it with all its children, or, where it has ended by itself, just start it again."""
        kill_tree(self._process)
        self._process = self._start()

    def end(self) -> None:
        """Leave nothing of it behind."""
        kill_tree(self._process)


class Campaign:
    """The tool's programs, the servers beneath them, and who is killed next."""

    def __init__(self, config: Config, gradebook: GradebookServer, servers: list[Server], seed: int) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.origin = f"http://127.0.0.1:{self.port}"
        self._config, self._gradebook, self._servers = config, gradebook, servers
        self._chance = random.Random(seed)
        self._programs: list[Program] = []

    def start(self, redis_url: str = "") -> None:
        """Start the web server and two workers; with Redis, one of them is Celery's."""
        self._programs.append(Program(self._serve))
        self._programs.append(Program(lambda: start_worker(self._config)))
        second = "celery" if redis_url else "embedded"
        self._programs.append(Program(lambda: start_worker(self._config, second, redis_url)))

    def _serve(self) -> subprocess.Popen[bytes]:
        settings = {"QUIZFERRY_DATABASE_URL": self._config.database_url, "QUIZFERRY_ALLOW_PRIVATE_ADDRESSES": "true"}
        command = [sys.executable, "-m", "lti_app.cli", "serve", "--port", str(self.port), "--no-worker"]
        return subprocess.Popen(command, env={**os.environ, **settings}, stdout=subprocess.DEVNULL)

    def run(self, students: list[Student], kills: int) -> None:
        """Have the students work while so many are killed, one after the other; return when all students are done."""
        with ThreadPoolExecutor(20) as pool:
            working = [pool.submit(student.work, self.origin) for student in students]
            for _ in range(kills):
                threading.Event().wait(self._chance.uniform(0, 2))
                self._change_mood()
                self._kill_one()
            self.make_well()
            for student in working:
                student.result()

    def _change_mood(self) -> None:
        mood = self._chance.choice(list(MOODS))
        self._gradebook.always = MOODS[mood]
        seconds = self._chance.choice((0, 0, 0.05, 1))
        self._gradebook.during = lambda: threading.Event().wait(seconds) and None
        if self._chance.random() < 0.2:
            self._gradebook.revoke_tokens()

    def _kill_one(self) -> None:
        victim = self._chance.choice([*self._programs, *self._servers])
        if isinstance(victim, Program):
            victim.kill_and_start()
        else:
            victim.kill()
            victim.start()

    def make_well(self) -> None:
        """Have the LMS take scores again."""
        self._gradebook.always = None
        self._gradebook.during = lambda: None

    def end(self) -> None:
        """End all programs."""
        for program in self._programs:
            program.end()
