"""`quizferry demo` as a command: what it prints, how it begins and ends."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from lti_app.demo import TOOL_PORT
from lti_app.demo.packages import PACKAGED_FOR
from tests.journeys.demo_process import QUIZFERRY, DemoProcess, running_demo
from tests.lti_app.waiting import wait_for

pytestmark = pytest.mark.xdist_group("demo")
needs_proc = pytest.mark.skipif(not Path("/proc").is_dir(), reason="This system does not list its processes in /proc")


def processes_of(folder: Path) -> list[int]:
    """The processes that use a database in the folder, by what the system tells of their environment."""
    found = []
    for environment in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"{folder}/var/demo".encode() in environment.read_bytes():
                found.append(int(environment.parent.name))
        except OSError:
            continue  # it ended meanwhile, or is someone else's
    return found


def words_of(process_id: int) -> list[str]:
    """The command line of a process, word by word."""
    return Path(f"/proc/{process_id}/cmdline").read_text().split("\0")


def test_the_check_takes_all_quizzes_and_finds_all_grades_right(tmp_path: Path) -> None:
    done = subprocess.run(
        [*QUIZFERRY, "demo", "--check"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=90,
        env={**os.environ, "COLUMNS": "120"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    rows = re.findall(r"│ *(\S.*?) *│ (Ada|Ben) *│ ([\d.]+) *│ ([\d.]+) *│ right *│", done.stdout)
    assert len(rows) == 10
    assert all(expected == arrived for _, _, expected, arrived in rows)
    points = {(quiz, student): float(arrived) for quiz, student, _, arrived in rows}
    assert all(0 < points[quiz, "Ben"] < points[quiz, "Ada"] for quiz, _ in points)
    assert "10 of 10 grades arrived and are right." in done.stdout
    assert {target: len(list((tmp_path / "dist" / target).iterdir())) for target in PACKAGED_FOR} == dict.fromkeys(
        PACKAGED_FOR, 5
    )
    assert list((tmp_path / "var/demo").iterdir()) == []  # what only failures need is gone
    assert done.stderr == ""


def end_cleanly(demo: DemoProcess, signal_number: signal.Signals) -> None:
    """End the demo by a signal; see that it says so in one line and leaves nothing behind."""
    assert len(processes_of(demo.folder)) >= 3
    exit_code = demo.stop(signal_number)
    assert exit_code == 0, demo.output
    assert demo.output.splitlines()[-1] == "The demo has ended."
    assert "Traceback" not in demo.output
    assert processes_of(demo.folder) == []
    for log in demo.folder.glob("var/demo/*/*.log"):
        assert "Traceback" not in log.read_text(), log.read_text()


@needs_proc
@pytest.mark.parametrize("signal_number", [signal.SIGINT, signal.SIGTERM])
def test_the_demo_ends_cleanly_with_all_its_processes(tmp_path: Path, signal_number: signal.Signals) -> None:
    with running_demo(tmp_path) as demo:
        for address in (demo.lms, demo.tool):
            assert requests.get(address, timeout=10).status_code < 500
        end_cleanly(demo, signal_number)


@pytest.fixture
def closable_terminal() -> Iterator[None]:
    """What is started hears of a terminal that is closed, also where the tests run with nohup."""
    earlier = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, earlier)


@needs_proc
@pytest.mark.usefixtures("closable_terminal")
def test_a_taken_port_is_named_and_the_next_free_one_is_used(tmp_path: Path) -> None:
    try:
        taken = socket.create_server(("127.0.0.1", TOOL_PORT))
    except OSError:  # somebody else has taken it, which serves as well
        taken = socket.socket()
    with taken, running_demo(tmp_path) as demo:
        assert f"Port {TOOL_PORT} is taken by another program; the tool takes port" in demo.output
        assert demo.tool != f"http://localhost:{TOOL_PORT}"
        end_cleanly(demo, signal.SIGHUP)  # as when the terminal is closed


@needs_proc
def test_the_demo_says_so_and_ends_when_one_of_its_processes_ends(tmp_path: Path) -> None:
    with running_demo(tmp_path) as demo:
        worker = next(one for one in processes_of(tmp_path) if "worker" in words_of(one))
        os.kill(worker, signal.SIGKILL)
        assert demo.wait() == 1
    assert "The worker ended by itself (exit code -9)" in demo.output
    assert processes_of(tmp_path) == []


@needs_proc
@pytest.mark.skipif(sys.platform != "linux", reason="Only Linux tells processes of their parent's end")
def test_a_demo_that_is_killed_leaves_no_process_behind(tmp_path: Path) -> None:
    with running_demo(tmp_path) as demo:
        assert len(processes_of(tmp_path)) >= 3
        assert demo.stop(signal.SIGKILL) == -signal.SIGKILL
    wait_for(lambda: processes_of(tmp_path) == [])
