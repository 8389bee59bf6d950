"""What holds for all tests."""

import gc
import os
import signal

import pytest
from hypothesis import HealthCheck, settings

# How busy the machine is must not decide whether a test passes.
settings.register_profile("quizferry", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("quizferry")

# What the first command that a test starts has compiled, the others need not compile again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# A shell has what it runs in the background ignore Ctrl-C, and that is inherited by the commands that tests interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)

LONGEST_ID = 80  # characters, or bytes: less than any archive has


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a test after its argument, and not by what it is given, where that is long.

    The names of all tests go to and fro between the processes, and have to be the same in each: the bytes of an archive
    that is made for a test differ from second to second.
    """
    return argname if isinstance(val, str | bytes) and len(val) > LONGEST_ID else None


def pytest_collection_finish(session: pytest.Session) -> None:
    """Have the cycle collector pass over the thousands of tests themselves, which stay until the end."""
    gc.collect()
    gc.freeze()
