"""Moments as fields of a form hold them: typed in the reader's own time zone, which zone.js tells."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from flask_babel import gettext


def read_moment(text: str, zone: str) -> datetime | None:
    """Return the moment in UTC, None for an empty field; raise ValueError, with a sentence for the page, for others."""
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    except (ZoneInfoNotFoundError, OSError) as error:
        sentence = gettext("Quizferry’s server knows no time zone “%(zone)s”; leave the date empty.", zone=zone[:40])
        raise ValueError(sentence) from error
    except (ValueError, OverflowError) as error:
        raise ValueError(gettext("This is no date and time; it looks like 2026-03-01T14:00.")) from error


def in_form(moment: datetime | None) -> str:
    """Return the moment as a field has it, in UTC."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M}" if moment else ""
