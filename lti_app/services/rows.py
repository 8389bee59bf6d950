"""Rows that several transactions may want at the same moment."""

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Select, bindparam, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from lti_app.models import Base

Row = TypeVar("Row", bound=Base)


@cache  # to build a statement takes longer than to run it
def _by(table: type[Base], *columns: str) -> Select[Any]:
    return select(table).where(*(getattr(table, column) == bindparam(column) for column in columns))


def find_or_add(session: Session, table: type[Row], new: Mapping[str, object] | None = None, **key: object) -> Row:
    """Return the row with this key. Of two transactions that add it at the same time, one adds and both use it.

    ``new`` are other columns of a row that is added.
    """
    find = _by(table, *key)
    row: Row | None = session.scalar(find, key)
    if row is None:
        try:
            with session.begin_nested():
                row = table(**key, **(new or {}))
                session.add(row)
        except IntegrityError:
            row = session.scalars(find, key).one()
    return row
