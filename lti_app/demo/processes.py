"""The processes of the demo: started together, watched, and ended together."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

GRACE = 15.0
"""Seconds that processes have to end by themselves."""


PR_SET_PDEATHSIG = 1
"""Linux's ``prctl``: have a signal sent to this process when its parent ends, however that ends."""


class ProcessEnded(Exception):  # noqa: N818
    """A process ended that should run on; the message says which, and where it wrote why."""


class Processes:
    """A few child processes, each writing into a log of its own. All end when the block ends."""

    def __init__(self, logs: Path) -> None:
        self._logs = logs
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._stop()

    def start(self, name: str, command: Sequence[str], settings: Mapping[str, str]) -> None:
        """Start a process whose environment is this one's, but for the settings: those are ``settings`` alone."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("QUIZFERRY_")}
        with (self._logs / f"{name}.log").open("wb") as log:
            self._running[name] = subprocess.Popen(  # noqa: S603 - our own commands
                command,
                env={**inherited, **settings},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                # Ctrl-C in a terminal goes to every process of its group; these are asked to end one by one.
                start_new_session=True,
                preexec_fn=_end_with_parent,
            )

    def wait_until(self, ready: Callable[[], bool], seconds: float) -> None:
        """Return when ``ready``; raise TimeoutError when that takes too long, ProcessEnded when a process ends."""
        deadline = time.monotonic() + seconds
        while not ready():
            self.check()
            if time.monotonic() > deadline:
                raise TimeoutError(f"This takes more than {seconds:.0f} seconds; see the logs in {self._logs}/.")
            time.sleep(0.1)

    def watch(self) -> None:
        """Raise ProcessEnded as soon as one of the processes ends."""
        while True:
            self.check()
            time.sleep(0.5)

    def check(self) -> None:
        """Raise ProcessEnded if one of the processes has ended."""
        for name, process in self._running.items():
            if process.poll() is not None:
                log = self._logs / f"{name}.log"
                raise ProcessEnded(f"The {name} ended by itself (exit code {process.returncode}); {log} says why.")

    def _stop(self) -> None:
        for process in self._running.values():
            process.terminate()
        deadline = time.monotonic() + GRACE
        for process in self._running.values():
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _end_with_parent() -> None:
    """Have this process asked to end when the demo is killed, which can then not do so itself; Linux only."""
    prctl = getattr(_libc, "prctl", None)
    if prctl is not None:
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


# Loaded here, since between fork and exec as little as possible is to be done.
_libc = ctypes.CDLL(None)
