"""A power cut keeps every acknowledged submission, on SQLite.

The model: at any moment the process stands still and the files are copied, but for the shared memory, which no disk
has. Of the write-ahead log what was there at the last acknowledgement is on the disk, because the commit before it
waited for that (``synchronous=FULL``); of what was written since, any part may be missing or be another's rubbish.
"""

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest
from sqlalchemy import select, text

from lti_app.models import Attempt, Database, GradePassback, PassbackState, User
from tests.lti_app.school import open_school

CUTS = 12
PIPE = 65536  # bytes that a pipe holds
FULL = 2
"""What SQLite calls `synchronous=FULL`."""


@pytest.fixture
def url(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path}/school.db"
    school = open_school(url, lineitem_url="http://127.0.0.1:9/column")
    school.database.close()
    return url


@pytest.fixture
def submitter(url: str) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "tests.faults.submitter", url]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    yield process
    process.kill()
    process.communicate()


def test_every_transaction_waits_for_the_disk(url: str) -> None:
    database = Database(url)
    for begin in (database.reading, database.writing):
        with begin() as session:
            assert session.scalar(text("PRAGMA synchronous")) == FULL
    database.close()


def test_every_acknowledged_submission_is_there_after_a_power_cut(
    submitter: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    assert submitter.stdout is not None
    chance = random.Random(7)
    acknowledged = 0
    for cut in range(CUTS):
        heard = _wait_for_one(submitter.stdout)
        threading.Event().wait(chance.uniform(0, 0.02))  # until somewhere in the next ones
        os.kill(submitter.pid, signal.SIGSTOP)
        os.waitid(os.P_PID, submitter.pid, os.WSTOPPED | os.WNOWAIT)
        acknowledged, on_disk = _all_by_now(submitter.stdout, heard)
        copy = tmp_path / f"cut{cut}.db"
        shutil.copy(tmp_path / "school.db", copy)
        log = (tmp_path / "school.db-wal").read_bytes()
        os.kill(submitter.pid, signal.SIGCONT)
        (tmp_path / f"cut{cut}.db-wal").write_bytes(_after_power_cut(log, on_disk, chance))
        assert submitted(copy) >= {f"s{number}" for number in range(acknowledged)}
    assert acknowledged >= CUTS


def _wait_for_one(pipe: IO[bytes]) -> bytes:
    """Return the acknowledgements that have come, at least the beginning of one."""
    return os.read(pipe.fileno(), PIPE)


def _all_by_now(pipe: IO[bytes], heard: bytes) -> tuple[int, int]:
    """Return how many submissions one who stands still has acknowledged, and the bytes of its log at the last."""
    os.set_blocking(pipe.fileno(), False)
    with contextlib.suppress(BlockingIOError):
        heard += os.read(pipe.fileno(), PIPE)
    os.set_blocking(pipe.fileno(), True)
    name, size = heard.split(b"\n")[-2].split()
    return int(name[1:]) + 1, int(size)


def _after_power_cut(log: bytes, on_disk: int, chance: random.Random) -> bytes:
    kept = chance.randint(on_disk, len(log))
    return log[:kept] + chance.choice((b"", bytes(len(log) - kept), chance.randbytes(len(log) - kept)))


def submitted(copy: Path) -> set[str]:
    """Return whose submissions a copy of the database has, each with its row of the outbox."""
    database = Database(f"sqlite:///{copy}")
    with database.reading() as session:
        assert session.scalar(text("PRAGMA integrity_check")) == "ok"
        waits = GradePassback.state == PassbackState.WAITING
        rows = select(User.sub).join(GradePassback, GradePassback.user_id == User.id).where(waits)
        found = rows.join(Attempt, Attempt.user_id == User.id).where(Attempt.submitted_at.is_not(None))
        subs = set(session.scalars(found))
    database.close()
    return subs
