"""Rows that several transactions may want at the same moment."""

from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from lti_app.models import Base

Row = TypeVar("Row", bound=Base)


def find_or_add(session: Session, table: type[Row], **key: object) -> Row:
    """Return the row with this key. Of two transactions that add it at the same time, one adds and both use it."""
    find = select(table).filter_by(**key)
    row = session.scalar(find)
    if row is None:
        try:
            with session.begin_nested():
                row = table(**key)
                session.add(row)
        except IntegrityError:
            row = session.scalars(find).one()
    return row
