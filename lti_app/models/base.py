"""What all tables share: the declarative base, UTC times, exact fractions, and names for constraints."""

from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, ClassVar

from sqlalchemy import DateTime, Dialect, Enum, MetaData, String
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import JSON, TypeDecorator


def utcnow() -> datetime:
    """Return the present moment in UTC, the only zone that the database knows."""
    return datetime.now(UTC)


class UTCDateTime(TypeDecorator[datetime]):
    """A moment with its zone. SQLite drops zones, so they are checked on the way in and put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Refuse a moment without a zone: it would be read back as another moment."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Return the moment in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class ExactFraction(TypeDecorator[Fraction]):
    """Earned points, kept exact as ``numerator/denominator``: a third of a point has no decimal form."""

    impl = String(64)
    cache_ok = True

    def process_bind_param(self, value: Fraction | None, _dialect: Dialect) -> str | None:
        """Return the text that is stored."""
        return str(value) if value is not None else None

    def process_result_value(self, value: str | None, _dialect: Dialect) -> Fraction | None:
        """Return the fraction that was stored."""
        return Fraction(value) if value is not None else None


class ExactDecimal(TypeDecorator[Decimal]):
    """Possible points, kept as their decimal digits: SQLite's NUMERIC would turn them into floats."""

    impl = String(64)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, _dialect: Dialect) -> str | None:
        """Return the text that is stored."""
        return str(value) if value is not None else None

    def process_result_value(self, value: str | None, _dialect: Dialect) -> Decimal | None:
        """Return the decimal that was stored."""
        return Decimal(value) if value is not None else None


class Base(DeclarativeBase):
    """The base of all tables."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UTCDateTime(),
        Fraction: ExactFraction(),
        Decimal: ExactDecimal(),
        # By value, in a column of text: a member's name may change, and a new member needs no new type in PostgreSQL.
        StrEnum: Enum(StrEnum, native_enum=False, length=16, values_callable=lambda members: [str(m) for m in members]),
        list[str]: JSON(),
        dict[str, Any]: JSON(),
    }
