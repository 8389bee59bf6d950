"""How far a platform's clock is from the tool's, as its launches show."""

from datetime import datetime, timedelta

from sqlalchemy import update

from lti_app.lti.login_states import LIFETIME
from lti_app.models import Database, LoginState, Registration, utcnow

# A clock that is off by more shows nothing but that.
LARGEST = timedelta(days=3650)
# How old a measurement may become while nothing changes.
FRESH = timedelta(hours=1)
# Seconds since 1970, in the year 36812; beyond come numbers that no clock shows and no float holds.
LAST = 2**40


def skew(issued_at: int, login: LoginState, now: datetime) -> int:
    """Return by how many seconds, at least, the platform's clock is ahead of the tool's; below 0 it is behind.

    An id_token is made after its login began and before it arrives. A platform that says so has a clock that agrees,
    as far as can be told: people may take minutes in between. ``issued_at`` is in whole seconds, cut off.
    """
    issued_at = max(-LAST, min(issued_at, LAST))
    begun = login.expires_at - LIFETIME
    ahead, behind = issued_at - now.timestamp(), begun.timestamp() - issued_at - 1
    found = ahead if ahead > 0 else min(0.0, -behind)
    return round(max(-LARGEST.total_seconds(), min(found, LARGEST.total_seconds())))


def keep_skew(database: Database, registration: Registration, seconds: int) -> None:
    """Store a measurement; one that is no news is stored once an hour, not at every launch."""
    now, measured_at = utcnow(), registration.clock_measured_at
    if registration.clock_skew == seconds and measured_at is not None and now - measured_at < FRESH:
        return
    with database.writing() as session:
        row = update(Registration).where(Registration.id == registration.id)
        session.execute(row.values(clock_skew=seconds, clock_measured_at=now))
