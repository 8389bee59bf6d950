"""How values read on a page: filters for the templates."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from flask import Flask
from markupsafe import Markup

from content.scoring import format_points


class Named(Protocol):
    """Someone whom the LMS may have named."""

    id: int
    name: str


def display_name(user: Named) -> str:
    """Return the person's name, or one of ours where the LMS keeps names to itself."""
    return user.name or f"Student {user.id}"


def percent(fraction: Fraction | Decimal) -> str:
    """Return a share 0..1 in per cent, rounded down: nobody reads "80%" and has not reached it."""
    tenths = int(Fraction(fraction) * 1000)
    return f"{tenths // 10}%" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}%"


WHAT_COUNTS = {
    "highest": "best attempt counts",
    "latest": "latest attempt counts",
    "first": "first attempt counts",
    "average": "attempts count, by their average",
}
"""How a sentence ends that says which attempt counts; by the rule (content.quiz.WhichAttempt)."""


def moment(when: datetime) -> Markup:
    """Return a ``<time>`` in UTC, which local_time.js turns into the reader's own."""
    utc = when.astimezone(UTC)
    text = f"{utc.day} {utc:%B}, {utc:%H:%M} UTC"
    return Markup('<time datetime="{}">{}</time>').format(utc.isoformat(timespec="seconds"), text)


def plain_moment(when: datetime) -> str:
    """Return a moment in UTC, to the second, for texts that nobody rewrites."""
    return f"{when.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def minutes(span: timedelta) -> str:
    """Return a span of time in minutes, with a decimal where they are not whole."""
    return f"{span / timedelta(minutes=1):.1f}".removesuffix(".0")


def add_filters(app: Flask) -> None:
    """Give the app's templates these filters."""
    app.jinja_env.filters.update(
        display_name=display_name,
        percent=percent,
        moment=moment,
        plain_moment=plain_moment,
        minutes=minutes,
        points=format_points,
    )
    app.jinja_env.globals["WHAT_COUNTS"] = WHAT_COUNTS
