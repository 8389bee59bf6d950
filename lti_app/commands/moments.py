"""How commands print moments."""

from datetime import datetime


def moment(when: datetime) -> str:
    """Return a moment to the minute, in UTC."""
    return f"{when:%Y-%m-%d %H:%M} UTC"
