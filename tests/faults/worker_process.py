"""`quizferry worker` as a process of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from lti_app.config import Config


@contextmanager
def running_worker(config: Config) -> Iterator[subprocess.Popen[bytes]]:
    """Run a worker; at the end ask it to stop, if it still runs, and wait until it has."""
    settings = {"QUIZFERRY_DATABASE_URL": config.database_url, "QUIZFERRY_ALLOW_PRIVATE_ADDRESSES": "true"}
    process = subprocess.Popen([sys.executable, "-m", "lti_app.cli", "worker"], env={**os.environ, **settings})
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)
