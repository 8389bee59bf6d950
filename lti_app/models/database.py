"""The database: one engine, transactions that read and transactions that write."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, event, func, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session, sessionmaker

LONGEST_WAIT = 15  # seconds for a turn in SQLite

NOT_WAITING_FOR_DISK = text("SET LOCAL synchronous_commit TO off")

EXCLUSIVE_LOCK = 0x5175697A  # "Quiz": any number will do that no other program locks in this database


class Database:
    """A database by its SQLAlchemy URL. Cheap to make; connects when first used."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.sqlite = self.url.get_backend_name() == "sqlite"
        if self.sqlite and self.url.database not in (None, "", ":memory:"):
            Path(str(self.url.database)).parent.mkdir(parents=True, exist_ok=True)
        self.engine = create_engine(self.url, pool_pre_ping=not self.sqlite, hide_parameters=True)
        if self.sqlite:
            _make_sqlite_strict(self.engine)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Yield a session that sees one state of the database and stores nothing.

        What was loaded in it stays readable afterwards.
        """
        with self._sessions() as session:
            if not self.sqlite:  # SQLite has no weaker isolation
                session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            yield session

    @contextmanager
    def writing(self, *, waits_for_disk: bool = True) -> Iterator[Session]:
        """Yield a session whose changes are stored, all or none, when the block ends without an error.

        By then they are on the disk. Where that is not waited for, a power cut (but no crash of the tool's) can take
        them back together with all that was stored after them, never alone: both databases write one log, in order.

        SQLite is told at once that this transaction writes: one that turns from reading to writing while another
        writes fails with "database is locked" and cannot wait its turn. Elsewhere writers work side by side: what one
        reads in order to change it, it must lock (``with_for_update``, which SQLite ignores).
        """
        with self._sessions() as session:
            session.connection(execution_options={"writes": True, "waits_for_disk": waits_for_disk})
            if not self.sqlite and not waits_for_disk:
                session.execute(NOT_WAITING_FOR_DISK)
            yield session
            session.commit()

    @contextmanager
    def exclusive(self) -> Iterator[Session]:
        """Yield a writing session while no other process is in its own: for what several do when they start at once."""
        with self.writing() as session:
            if not self.sqlite:
                session.execute(select(func.pg_advisory_xact_lock(EXCLUSIVE_LOCK)))
            yield session

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def _keep_a_log(cursor: sqlite3.Cursor) -> None:
    """Turn to write-ahead logging. When several do this first of all, SQLite has one wait and refuses the others."""
    deadline = time.monotonic() + LONGEST_WAIT
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def _make_sqlite_strict(engine: Any) -> None:
    @event.listens_for(engine, "connect")
    def configure(connection: sqlite3.Connection, _record: object) -> None:
        # The driver's own transactions begin too late and unasked; `begin` below takes them over.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={LONGEST_WAIT * 1000}")
        _keep_a_log(cursor)
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if not options.get("writes", False):
            connection.exec_driver_sql("BEGIN")
            return
        # With FULL, what a student saw saved survives a power cut. Nothing can set it within a transaction.
        full = options["waits_for_disk"]
        if connection.info.get("synchronous") is not full:
            connection.exec_driver_sql(f"PRAGMA synchronous={'FULL' if full else 'NORMAL'}")
            connection.info["synchronous"] = full
        connection.exec_driver_sql("BEGIN IMMEDIATE")
