"""How values read on a page, in its language: filters for the templates."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Protocol

from babel import Locale
from babel.dates import format_skeleton, format_time
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit
from flask import Flask
from flask_babel import gettext, ngettext
from markupsafe import Markup

from content.scoring import format_points
from content.sentences import Sentence
from lti_app.services.columns import Column
from lti_app.web.languages import form_of, formats, translated


class Named(Protocol):
    """Someone whom the LMS may have named."""

    id: int
    name: str


def display_name(user: Named) -> str:
    """Return the person's name, or one of ours where the LMS keeps names to itself."""
    return user.name or str(gettext("Student %(number)s", number=user.id))


def isolated(name: str) -> Markup:
    """Return a name that keeps its own direction within a sentence of another one."""
    return Markup("<bdi>{}</bdi>").format(name)


def points(number: Fraction | Decimal) -> str:
    """Return points as people write them: ``2.67``, ``1``; in German ``2,67``."""
    return decimal(Decimal(format_points(number)))


def in_points(possible: Fraction | Decimal, earned: Fraction | Decimal | None = None, *, big: bool = False) -> Markup:
    """Return how many points there are, ``4 points``, or how many of them are earned; ``big`` has those stand out."""
    return _in_points(possible, earned, big, formats())


@lru_cache(maxsize=2048)  # most questions of a quiz are worth the same
def _in_points(
    possible: Fraction | Decimal,
    earned: Fraction | Decimal | None,
    big: bool,
    _locale: Locale,
) -> Markup:
    suiting, there = form_of(Decimal(format_points(possible))), points(possible)
    if earned is None:
        phrase = ngettext("%(points)s point", "%(points)s points", suiting, points=there)
    else:
        got = f'<span class="big">{points(earned)}</span>' if big else points(earned)
        phrase = ngettext(
            "%(points)s of %(possible)s point",
            "%(points)s of %(possible)s points",
            suiting,
            points=got,
            possible=there,
        )
    return Markup(phrase)  # noqa: S704 - a text of the catalogue, and numbers


def out_of(earned: Fraction | Decimal, possible: Fraction | Decimal) -> str:
    """Return points and how many there are: ``3 of 4``."""
    return str(gettext("%(done)s of %(total)s", done=points(earned), total=points(possible)))


def decimal(number: Decimal | int) -> str:
    """Return a number with all its digits and the decimal mark of the language, as a field takes it, too."""
    return format_decimal(number, locale=formats(), decimal_quantization=False, group_separator=False)


def percent(fraction: Fraction | Decimal) -> str:
    """Return a share 0..1 in per cent, rounded down: nobody reads "80%" and has not reached it."""
    tenths = Decimal(int(Fraction(fraction) * 1000)) / 1000
    return format_percent(tenths, locale=formats(), decimal_quantization=False)


YOUR_ATTEMPTS = {
    "highest": Sentence("your best attempt counts"),
    "latest": Sentence("your latest attempt counts"),
    "first": Sentence("your first attempt counts"),
    "average": Sentence("your attempts count, by their average"),
}
"""How a sentence ends that tells a student which attempt counts; by the rule (content.quiz.WhichAttempt)."""

THE_ATTEMPTS = {
    "highest": Sentence("the best attempt counts"),
    "latest": Sentence("the latest attempt counts"),
    "first": Sentence("the first attempt counts"),
    "average": Sentence("the attempts count, by their average"),
}
"""The same for those who teach."""


def what_counts_of_yours(rule: str) -> str:
    """Return how a sentence ends that tells a student which attempt counts."""
    return translated(YOUR_ATTEMPTS[rule])


def what_counts(rule: str) -> str:
    """Return how a sentence ends that tells which attempt counts."""
    return translated(THE_ATTEMPTS[rule])


def as_sentence(clause: str) -> str:
    """Return the clause as a sentence of its own."""
    return f"{clause[:1].upper()}{clause[1:]}."


def moment(when: datetime) -> Markup:
    """Return a ``<time>`` in UTC, which local_time.js turns into the reader's own."""
    utc, locale = when.astimezone(UTC), formats()
    day = format_skeleton("MMMMd", utc, tzinfo=UTC, locale=locale)
    time = format_time(utc, "short", tzinfo=UTC, locale=locale)
    text = gettext("%(day)s, %(time)s UTC", day=day, time=time)
    return Markup('<time datetime="{}">{}</time>').format(utc.isoformat(timespec="seconds"), text)


def plain_moment(when: datetime) -> str:
    """Return a moment in UTC, to the second, for texts that nobody rewrites."""
    return f"{when.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def minutes(span: timedelta) -> str:
    """Return a span of time in minutes, with a decimal where they are not whole."""
    return decimal(Decimal(f"{span / timedelta(minutes=1):.1f}".removesuffix(".0")))


def column_title(column: Column) -> str:
    """Return what tells a gradebook column apart: its section's title, or ours where its author gave none."""
    return translated(column.title) if isinstance(column.title, Sentence) else column.title


def duration(span: timedelta) -> str:
    """Return a span of whole minutes in words, in hours where they are whole, too: ``90 minutes``, ``24 hours``."""
    hours, rest = divmod(span, timedelta(hours=1))
    if rest:
        return format_unit(span // timedelta(minutes=1), "duration-minute", locale=formats())
    return format_unit(hours, "duration-hour", locale=formats())


def add_filters(app: Flask) -> None:
    """Give the app's templates these filters."""
    filters = (
        as_sentence,
        column_title,
        display_name,
        duration,
        in_points,
        isolated,
        minutes,
        moment,
        out_of,
        percent,
        plain_moment,
        points,
        what_counts,
        what_counts_of_yours,
    )
    app.jinja_env.filters.update({one.__name__: one for one in filters})
