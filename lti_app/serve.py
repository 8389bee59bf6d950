"""`quizferry serve`: the tool's web server and, beside it, the worker that delivers grades, each in its own process."""

import errno
import multiprocessing
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Sequence
from multiprocessing import connection
from multiprocessing.context import ForkProcess
from typing import Any

import click
import structlog
from flask import Flask
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

from lti_app.app import create_app
from lti_app.config import Config
from lti_app.jobs.worker import work
from lti_app.metrics_server import metrics_server
from lti_app.models import Database

log = structlog.get_logger(__name__)

WEB_PROCESSES = 2
THREADS = 8
"""In each web process. SQLite takes one writer at a time, so that more would only queue there."""

GRACE = 10
"""Seconds in which requests in hand may end when the server stops."""

STOP_LIMIT = 60
"""Seconds after which a process that was asked to stop is killed."""

NICENESS = 19
"""Of the worker beside the web server: where both want the processor, students' pages go first."""

RESTART_PAUSE = 1
"""Seconds before a worker that died is started again."""


class CannotListen(Exception):  # noqa: N818
    """The address cannot be listened at; the message is one sentence that says why and what to do."""


def serve(config: Config, host: str, port: int, *, worker: bool = True) -> int:
    """Serve until SIGTERM or Ctrl-C, then stop gracefully; return the exit code.

    A worker that dies is started again; when the web server does, all ends. Raise CannotListen.
    """
    _check_address(host, port)
    if config.metrics:
        metrics_host, _, metrics_port = config.metrics.rpartition(":")
        _check_address(metrics_host.strip("[]"), int(metrics_port))
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # which raises KeyboardInterrupt, as Ctrl-C does
    children: list[ForkProcess] = []
    try:
        children.append(_start(run_web, config, host, port))
        beside = [run_worker] if worker else []
        if config.metrics:
            beside.append(run_metrics)
        children += [_start(body, config) for body in beside]
        _watch(children, beside, config)
    except KeyboardInterrupt:
        return 0
    finally:
        _stop(children)
    return children[0].exitcode or 0


def _watch(children: list[ForkProcess], beside: Sequence[Callable[[Config], None]], config: Config) -> None:
    """Return when the first child, the web server, has ended; meanwhile start those beside it again when they end."""
    while children[0].is_alive():
        connection.wait([child.sentinel for child in children])
        for place, body in enumerate(beside, start=1):
            if not children[place].is_alive():
                log.error("a process ended; it is started again", body=body.__name__, code=children[place].exitcode)
                time.sleep(RESTART_PAUSE)
                children[place] = _start(body, config)


def _stop(children: list[ForkProcess]) -> None:
    for child in children:
        child.terminate()
    for child in children:
        child.join(STOP_LIMIT)
        if child.is_alive():
            child.kill()


def _check_address(host: str, port: int) -> None:
    try:
        socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CannotListen(
                f"Port {port} is taken by another program; stop that one, or choose another port with --port."
            ) from error
        raise CannotListen(f"Quizferry cannot listen at {host}, port {port}: {error.strerror or error}.") from error


def _start(target: Callable[..., None], *arguments: Any) -> ForkProcess:
    # Forked as gunicorn forks its own: all is imported once. Nothing here has threads, which would not come along.
    child = multiprocessing.get_context("fork").Process(target=target, args=arguments, daemon=True)
    child.start()
    return child


def run_web(config: Config, host: str, port: int) -> None:
    """Serve the tool's pages; the body of the web server's process."""
    _belong_to_parent()
    _WebServer(config, host, port).run()


def run_worker(config: Config) -> None:
    """Deliver grades; the body of the worker's process."""
    _belong_to_parent()
    os.nice(NICENESS)
    work(Database(config.database_url), config)


def run_metrics(config: Config) -> None:
    """Serve metrics; the body of that server's process."""
    _belong_to_parent()
    metrics_server(Database(config.database_url), config.metrics).serve_forever()


def _belong_to_parent() -> None:
    """Leave Ctrl-C to the parent, which asks this process to stop in its turn; stop also when the parent is killed."""
    os.setpgrp()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # until the body sets its own
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


class _WebServer(BaseApplication):  # type: ignore[misc]
    def __init__(self, config: Config, host: str, port: int) -> None:
        self._config = config
        self._bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        super().__init__()

    def load_config(self) -> None:
        settings = {
            "bind": self._bind,
            "workers": WEB_PROCESSES,
            "worker_class": "gthread",
            "threads": THREADS,
            "graceful_timeout": GRACE,
            "limit_request_line": 8190,  # logins by GET carry long hints (Blackboard)
            "loglevel": "warning",
            "proc_name": "quizferry",
            "when_ready": lambda _server: click.echo(f"Quizferry runs at {self._config.public_url} (Ctrl-C stops it)."),
            "control_socket_disable": True,
        }
        for name, value in settings.items():
            if name in self.cfg.settings:  # the control socket came with gunicorn 25
                self.cfg.set(name, value)

    def load(self) -> Flask:
        return create_app(self._config)
