"""Free ports of this machine."""

import errno
import fcntl
import itertools
import os
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOOPBACK = ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"))


def is_free(port: int) -> bool:
    """Return whether nobody listens at this port. A browser takes ``localhost`` for either loopback address."""
    return all(_can_listen(family, address, port) for family, address in LOOPBACK)


def next_free(port: int) -> int:
    """Return the first free port from this one on."""
    return next(port for port in itertools.count(port) if is_free(port))


def any_free() -> int:
    """Return a port that the system picks."""
    while True:
        with socket.create_server(("127.0.0.1", 0)) as server:
            port: int = server.getsockname()[1]
        if is_free(port):
            return port


@contextmanager
def nobody_else_choosing() -> Iterator[None]:
    """Wait until no other demo of this user is between choosing ports and listening at them, and keep others waiting.

    The system forgets a turn with the process that has it, however that ends.
    """
    path = Path(tempfile.gettempdir()) / f"quizferry-demo-{os.getuid()}.lock"
    turn = os.open(path, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield
    finally:
        os.close(turn)


def _can_listen(family: socket.AddressFamily, address: str, port: int) -> bool:
    try:
        socket.create_server((address, port), family=family).close()
    except OSError as error:
        # Where there is no IPv6, nobody can listen at its loopback address.
        return error.errno in (errno.EAFNOSUPPORT, errno.EADDRNOTAVAIL)
    return True
