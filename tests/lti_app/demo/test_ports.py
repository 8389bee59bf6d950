import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from lti_app.demo.ports import any_free, is_free, next_free, nobody_else_choosing


def test_a_port_that_someone_listens_at_is_not_free_and_the_next_free_one_is_another() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert not is_free(port)
        other = next_free(port)
        assert other > port
        assert is_free(other)
    assert is_free(port)
    assert next_free(port) == port


@pytest.mark.skipif(not socket.has_ipv6, reason="This machine has no IPv6")
def test_a_port_is_taken_when_someone_listens_at_the_other_loopback_address() -> None:
    try:
        taken = socket.create_server(("::1", 0), family=socket.AF_INET6)
    except OSError:
        pytest.skip("This machine has no IPv6 loopback address")
    with taken:
        assert not is_free(taken.getsockname()[1])


def test_any_free_port_is_free() -> None:
    assert is_free(any_free())


TURN = """
from lti_app.demo.ports import nobody_else_choosing
print("waits", flush=True)
with nobody_else_choosing():
    print("has its turn", flush=True)
"""


def test_demos_choose_their_ports_one_after_the_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    with nobody_else_choosing():
        other = subprocess.Popen([sys.executable, "-c", TURN], stdout=subprocess.PIPE, text=True, env=environment)
        assert other.stdout
        assert other.stdout.readline() == "waits\n"
        with pytest.raises(subprocess.TimeoutExpired):
            other.wait(0.3)
    rest, _ = other.communicate(timeout=20)
    assert rest == "has its turn\n"
