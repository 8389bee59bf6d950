"""`quizferry worker` as a process of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from lti_app.config import Config


def start_worker(config: Config, engine: str = "embedded", redis_url: str = "") -> subprocess.Popen[bytes]:
    """Start a worker."""
    settings = {
        "QUIZFERRY_DATABASE_URL": config.database_url,
        "QUIZFERRY_ALLOW_PRIVATE_ADDRESSES": "true",
    }
    if redis_url:
        settings["QUIZFERRY_REDIS_URL"] = redis_url
    command = [sys.executable, "-m", "lti_app.cli", "worker", "--engine", engine]
    return subprocess.Popen(command, env={**os.environ, **settings})


@contextmanager
def running_worker(config: Config, engine: str = "embedded", redis_url: str = "") -> Iterator[subprocess.Popen[bytes]]:
    """Run a worker; at the end ask it to stop, if it still runs, and wait until it has."""
    process = start_worker(config, engine, redis_url)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)
