"""When an attempt's time is up. The server's clock decides."""

from datetime import datetime, timedelta

from lti_app.models import Attempt, utcnow
from lti_app.services.terms import Terms

GRACE = timedelta(seconds=15)
"""For how long after the end answers are still taken: for those that were on their way."""


def deadline(started_at: datetime, terms: Terms) -> datetime | None:
    """Return when the time of an attempt is up: by the time limit, or because the quiz closes. None for never."""
    by_limit = started_at + terms.time_limit if terms.time_limit else None
    return min((moment for moment in (by_limit, terms.closes) if moment), default=None)


def is_time_up(attempt: Attempt) -> bool:
    """Return whether the attempt's time is up; what was on its way is still taken for a moment, see `is_over`."""
    return attempt.ends_at is not None and utcnow() >= attempt.ends_at


def is_over(attempt: Attempt) -> bool:
    """Return whether nothing can be saved into the attempt any more because its time is up, grace and all."""
    return has_ended(attempt.ends_at)


def has_ended(ends_at: datetime | None) -> bool:
    """Return whether nothing can be saved any more into an attempt that ends then, grace and all."""
    return ends_at is not None and utcnow() >= ends_at + GRACE
