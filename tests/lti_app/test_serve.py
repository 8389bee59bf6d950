"""`quizferry serve` as a real process, with its children."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
import requests

from lti_app.models import PassbackState
from tests.lti_app.gradebook_server import serving_gradebook
from tests.lti_app.school import ALL_RIGHT, School, open_school
from tests.lti_app.waiting import wait_for
from tests.servers import descendants, kill_tree

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="reads the tree of processes from /proc")


class Serve:
    """A running `quizferry serve`; ``output`` grows while it runs."""

    def __init__(self, folder: Path, *options: str, database_url: str = "") -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        settings = {
            "QUIZFERRY_DATABASE_URL": database_url or f"sqlite:///{folder / 'serve.db'}",
            "QUIZFERRY_ALLOW_PRIVATE_ADDRESSES": "true",
            "PYTHONUNBUFFERED": "1",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "lti_app.cli", "serve", "--port", str(self.port), *options],
            env={**os.environ, **settings},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.output: list[str] = []
        self._grown = threading.Condition()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with self._grown:
                self.output.append(line)
                self._grown.notify_all()

    def says(self, words: str, times: int = 1) -> list[str]:
        """Return the lines with these words once there are so many of them."""

        def lines() -> list[str]:
            return [line for line in self.output if words in line]

        with self._grown:
            assert self._grown.wait_for(lambda: len(lines()) >= times, 60), "".join(self.output)
        return lines()

    def answers(self) -> bool:
        url = f"http://127.0.0.1:{self.port}/lti/jwks"
        with suppress(requests.ConnectionError):
            return requests.get(url, timeout=10).status_code == 200
        return False

    def worker_pid(self, start: int = 1) -> int:
        """The process of the worker, which says it when it starts."""
        line = json.loads(self.says("delivering grades", start)[start - 1])
        return int(line["pid"])

    def end(self) -> None:
        """Whatever a test did, leave no process behind."""
        kill_tree(self.process)
        self._reader.join(30)
        assert self.process.stdout is not None
        self.process.stdout.close()


def runs(pid: int) -> bool:
    """Whether there is such a process, other than one that has ended and that nobody has asked after yet."""
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


def gone(pids: list[int]) -> bool:
    return not any(runs(pid) for pid in pids)


@contextmanager
def serving(folder: Path, *options: str, database_url: str = "") -> Iterator[Serve]:
    running = Serve(folder, *options, database_url=database_url)
    try:
        running.says("Quizferry runs at")
        yield running
    finally:
        running.end()


@pytest.mark.parametrize("signal_number", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_until_it_is_asked_to_stop_and_leaves_no_process(tmp_path: Path, signal_number: int) -> None:
    with serving(tmp_path) as running:
        assert running.answers()
        running.worker_pid()
        children = descendants(running.process.pid)
        assert len(children) >= 4  # the web server with its processes, the worker
        running.process.send_signal(signal_number)
        assert running.process.wait(30) == 0
        assert gone(children)
        assert not running.answers()
        assert "Traceback" not in "".join(running.output)


def test_the_worker_gives_way_to_the_pages(tmp_path: Path) -> None:
    with serving(tmp_path) as running:
        of_worker = os.getpriority(os.PRIO_PROCESS, running.worker_pid())
        assert of_worker > os.getpriority(os.PRIO_PROCESS, running.process.pid)


def test_without_its_worker_it_only_serves(tmp_path: Path) -> None:
    with serving(tmp_path, "--no-worker") as running:
        assert running.answers()
        running.process.terminate()
        assert running.process.wait(30) == 0
    assert "delivering grades" not in "".join(running.output)


def test_a_port_that_is_taken_is_said_in_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = subprocess.run(
            [sys.executable, "-m", "lti_app.cli", "serve", "--port", str(port)],
            env={**os.environ, "QUIZFERRY_DATABASE_URL": f"sqlite:///{tmp_path / 'x.db'}"},
            capture_output=True,
            text=True,
        )
    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr == (
        f"Error: Port {port} is taken by another program; stop that one, or choose another port with --port.\n"
    )


@pytest.fixture
def school(database_url: str) -> Iterator[School]:
    with serving_gradebook() as gradebook:
        school = open_school(database_url, lineitem_url=gradebook.lineitem_url, token_url=gradebook.token_url)
        yield school
        school.database.close()


def test_a_worker_that_is_killed_is_started_again(tmp_path: Path, school: School) -> None:
    with serving(tmp_path, database_url=school.config.database_url) as running:
        os.kill(running.worker_pid(), signal.SIGKILL)
        running.worker_pid(start=2)
        school.submit(school.student(), ALL_RIGHT)
        wait_for(lambda: school.passbacks()[0].state is PassbackState.SENT)
        assert running.answers()


def test_when_the_whole_is_killed_its_children_end_too(tmp_path: Path) -> None:
    with serving(tmp_path) as running:
        running.worker_pid()
        children = descendants(running.process.pid)
        running.process.kill()
        wait_for(lambda: gone(children))
        assert not running.answers()
