"""What SQLAlchemy, Jinja and Werkzeug compile for each tool: compiled once for all tools of a process of tests.

A tool compiles its statements, templates and routes once and then serves for weeks; the tests start a new one
a thousand times.
"""

from collections.abc import Callable
from typing import Any

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule


class CompilesOnce(Dialect):
    """A dialect of whose engines each takes over what another has compiled."""

    # As large as an engine's own, and like that with nothing to show when a log prints an error's variables.
    _statements: LRUCache[Any, Any] = LRUCache(500)

    # What is compiled is kept by its dialect, of which each engine has its own.
    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    def __hash__(self) -> int:
        return hash(type(self))

    @classmethod
    def engine_created(cls, engine: Engine) -> None:
        engine.update_execution_options(compiled_cache=cls._statements)


class SQLite(CompilesOnce, SQLiteDialect_pysqlite):
    supports_statement_cache = True


class PostgreSQL(CompilesOnce, PGDialect_psycopg):
    supports_statement_cache = True


class Templates(BytecodeCache):
    """Compiled templates, by file and content."""

    def __init__(self) -> None:
        self._compiled: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if compiled := self._compiled.get((bucket.key, bucket.checksum)):
            bucket.bytecode_from_string(compiled)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._compiled[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


class Route(Rule):
    """A route that takes over the function that builds its URLs from an equal one of another tool."""

    _builders: dict[Any, Callable[..., tuple[str, str]]] = {}  # noqa: RUF012

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        key = (self.rule, self.subdomain, repr(self.defaults), append_unknown)
        if key not in self._builders:
            self._builders[key] = super()._compile_builder(append_unknown)
        return self._builders[key]


def compile_once() -> None:
    """Have all tools that are made from now on share what is compiled for them."""
    registry.register("sqlite", __name__, SQLite.__name__)
    registry.register("postgresql.psycopg", __name__, PostgreSQL.__name__)
    Flask.jinja_options = {"bytecode_cache": Templates()}
    Flask.url_rule_class = Route
