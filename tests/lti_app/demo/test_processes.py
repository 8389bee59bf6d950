import os
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from lti_app.demo import processes as module
from lti_app.demo.processes import ProcessEnded, Processes

SLEEP = [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(60)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)",
]


def is_up(log: Path) -> bool:
    return log.exists() and log.read_text() == "up\n"


def has_ended(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return True
    return False


def test_processes_end_with_their_block(tmp_path: Path) -> None:
    with Processes(tmp_path) as processes:
        processes.start("one", SLEEP, {})
        processes.start("two", SLEEP, {})
        processes.wait_until(lambda: is_up(tmp_path / "one.log") and is_up(tmp_path / "two.log"), 20)
        process_ids = [process.pid for process in processes._running.values()]
        assert not any(map(has_ended, process_ids))
    assert all(map(has_ended, process_ids))


def test_a_process_that_will_not_end_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "GRACE", 0.2)
    with Processes(tmp_path) as processes:
        processes.start("one", STUBBORN, {})
        processes.wait_until(lambda: is_up(tmp_path / "one.log"), 20)
        process_id = processes._running["one"].pid
    assert has_ended(process_id)


def test_processes_end_when_the_block_fails(tmp_path: Path) -> None:
    processes = Processes(tmp_path)
    with suppress(KeyboardInterrupt), processes:
        processes.start("one", SLEEP, {})
        raise KeyboardInterrupt
    assert has_ended(processes._running["one"].pid)


def test_a_process_that_ends_by_itself_is_noticed_with_its_exit_code_and_its_log(tmp_path: Path) -> None:
    with Processes(tmp_path) as processes:
        processes.start("worker", [sys.executable, "-c", "print('no luck'); raise SystemExit(3)"], {})
        with pytest.raises(ProcessEnded, match=r"The worker ended by itself \(exit code 3\)"):
            processes.watch()
    assert (tmp_path / "worker.log").read_text() == "no luck\n"


def test_settings_reach_the_process(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import os; print(os.environ['QUIZFERRY_PUBLIC_URL'])"]
    with Processes(tmp_path) as processes:
        processes.start("one", command, {"QUIZFERRY_PUBLIC_URL": "http://localhost:1"})
        with pytest.raises(ProcessEnded):
            processes.watch()
    assert (tmp_path / "one.log").read_text() == "http://localhost:1\n"


def test_waiting_too_long_is_an_error(tmp_path: Path) -> None:
    with Processes(tmp_path) as processes:
        processes.start("one", SLEEP, {})
        with pytest.raises(TimeoutError):
            processes.wait_until(lambda: False, 0.1)
