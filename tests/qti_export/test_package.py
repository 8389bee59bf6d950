"""The archive is the same at any time and in any place."""

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

from qti_export import TARGETS
from qti_export.package import Member, pack

ROOT = Path(__file__).parents[2]

EXPORT_ALL = """
import datetime, hashlib, os
import time_machine
from content.quizzes import showcase
from content.readers import read_file
from qti_export import TARGETS, export
from tests.qti_export.quizzes import ALL_FEEDBACK, multiple_choice, multiple_response, quiz, true_false

questions = (multiple_choice(feedback=ALL_FEEDBACK, tags=("b", "a", "ä")), multiple_response(), true_false())
with time_machine.travel(datetime.datetime.fromisoformat(os.environ["NOW"])):
    for target in TARGETS:
        for one in (quiz(*questions, description="*1,5*"), read_file(showcase()).quiz):
            print(target, hashlib.sha256(export(one, target).data).hexdigest())
"""

SURROUNDINGS = [
    {"NOW": "1999-12-31T23:59:59+00:00", "TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "0"},
    {"NOW": "2026-03-29T02:30:00+01:00", "TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"},
    {"NOW": "2038-01-19T03:14:08+00:00", "TZ": "America/Lima", "LC_ALL": "de_DE.UTF-8", "PYTHONHASHSEED": "4242"},
    {"NOW": "2026-07-01T12:00:00+00:00", "TZ": "UTC", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "random"},
]


def digests(surroundings: dict[str, str]) -> str:
    environment = {**os.environ, **surroundings, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", EXPORT_ALL]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


def test_same_quiz_gives_same_bytes_on_any_day_in_any_zone_locale_and_hash_seed():
    outputs = {digests(surroundings) for surroundings in SURROUNDINGS}
    assert len(outputs) == 1
    assert len(outputs.pop().splitlines()) == 2 * len(TARGETS)


def test_members_carry_nothing_of_this_machine():
    data = pack([Member("a/b.xml", [b"<b/>"]), Member("c.xml", [b"<c", b"/>"])])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for header in archive.infolist():
            assert header.date_time == (1980, 1, 1, 0, 0, 0)
            assert header.create_system == 3
            assert header.external_attr >> 16 == 0o100644
            assert header.compress_type == zipfile.ZIP_DEFLATED
            assert not header.extra
        assert archive.namelist() == ["a/b.xml", "c.xml"]
        assert archive.read("c.xml") == b"<c/>"


def test_members_are_deflated():
    assert len(pack([Member("a.xml", [b"x" * 100_000])])) < 1_000
