"""`quizferry demo` as a process of its own, as people start it."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

QUIZFERRY = [sys.executable, "-m", "lti_app.cli"]


class DemoProcess:
    """A demo that runs in a folder of its own; the addresses are those that it prints."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._process = subprocess.Popen(
            [*QUIZFERRY, "demo"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self.output = ""
        self._asked_to_end = False

    def wait_until_it_runs(self) -> None:
        """Return when the demo has said at which addresses it is."""
        self.output = "".join(self._lines_until("Ctrl-C"))
        self.lms = self._address("127.0.0.1")
        self.tool = self._address("localhost")

    def _lines_until(self, mark: str) -> Iterator[str]:
        assert self._process.stdout
        for line in self._process.stdout:
            yield line
            if mark in line:
                return

    def _address(self, host: str) -> str:
        found = re.search(rf"http://{re.escape(host)}:\d+", self.output)
        assert found, self.output
        return found[0]

    def stop(self, signal_number: signal.Signals = signal.SIGTERM) -> int:
        """Send the demo a signal; return its exit code."""
        self._process.send_signal(signal_number)
        return self.wait()

    def wait(self) -> int:
        """Return the exit code of a demo that is about to end."""
        self._asked_to_end = True
        rest, _ = self._process.communicate(timeout=60)
        self.output += rest
        return self._process.returncode

    def see_that_it_runs(self) -> None:
        """Fail with all that the demo and its processes wrote if it has ended without being asked to."""
        if self._process.poll() is not None and not self._asked_to_end:
            self.wait()
            logs = "".join(log.read_text() for log in sorted(self.folder.glob("var/demo/*/*.log")))
            raise AssertionError(f"The demo ended by itself:\n{self.output}\n{logs}")

    def leave(self) -> None:
        """Whatever a test did, leave no process and no open pipe behind."""
        if self._process.poll() is None:
            self.stop()
        assert self._process.stdout
        self._process.stdout.close()


@contextmanager
def running_demo(folder: Path) -> Iterator[DemoProcess]:
    demo = DemoProcess(folder)
    try:
        demo.wait_until_it_runs()
        yield demo
        demo.see_that_it_runs()
    finally:
        demo.leave()
