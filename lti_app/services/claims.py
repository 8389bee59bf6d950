"""Claims: how workers share the outbox. A claim is a lease on a row, and its number tells it from all others.

It holds until its lease has passed, unless the worker renews it; then the row is free for another worker, so a worker
may die at any moment. Each claim counts up the row's ``tries``, and what a worker found is stored only while its number
still stands.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Select, Update, select, update
from sqlalchemy.orm import Session

from lti_app.config import Config
from lti_app.models import Database, GradePassback, PassbackState, utcnow
from lti_app.services.pacing import platforms_with_due_grades, take_allowance

LEASE = timedelta(seconds=15)
"""How long a row stays with a worker that has fallen silent. One that works renews its claims, by `renew`."""


class Claim(NamedTuple):
    """A worker's hold on a row of the outbox; ``tries`` tells it from every other claim of that row."""

    passback_id: int
    tries: int


def claim(database: Database, config: Config, limit: int, lease: timedelta = LEASE) -> list[Claim]:
    """Claim up to ``limit`` rows that are due, the longest due of each platform first, within the platforms' limits."""
    now = utcnow()
    with database.reading() as session:
        platforms = platforms_with_due_grades(session, now) if limit > 0 else []
    if not platforms:
        return []  # without a writing transaction, which on SQLite would keep students waiting
    claims: list[Claim] = []
    with database.writing() as session:
        for registration_id in platforms:
            allowed = take_allowance(session, config, registration_id, limit - len(claims), now)
            claims += _take_due(session, registration_id, allowed, now, lease)
    return claims


def _take_due(session: Session, registration_id: int, limit: int, now: datetime, lease: timedelta) -> list[Claim]:
    if limit == 0:
        return []
    taken = session.execute(
        update(GradePassback)
        .where(GradePassback.id.in_(session.scalars(longest_due(registration_id, limit, now)).all()))
        .values(
            state=PassbackState.SENDING,
            due_at=now + lease,
            tries=GradePassback.tries + 1,
            unheard=GradePassback.unheard + 1,
        )
        .returning(GradePassback.id, GradePassback.tries)
        .execution_options(synchronize_session=False)
    )
    return [Claim(*row) for row in taken]


def longest_due(registration_id: int, limit: int, now: datetime) -> Select[int]:
    """Return the query for the rows that a worker may take: no other worker gets them meanwhile."""
    return (
        select(GradePassback.id)
        .where(GradePassback.registration_id == registration_id, GradePassback.due_at <= now)
        .order_by(GradePassback.due_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )


def renew(database: Database, claims: Iterable[Claim]) -> None:
    """Let the claims hold for another lease from now; one that another worker has taken over stays with that one."""
    until = utcnow() + LEASE
    with database.writing() as session:
        for claimed in claims:
            session.execute(_standing(claimed).values(due_at=until))


def hand_back(database: Database, claims: Iterable[Claim]) -> None:
    """Let the rows be claimed anew at once: nothing was done with them."""
    back = {"state": PassbackState.WAITING, "due_at": utcnow(), "unheard": GradePassback.unheard - 1}
    with database.writing() as session:
        for claimed in claims:
            session.execute(_standing(claimed).values(**back))


def take_over(database: Database, claimed: Claim) -> Claim | None:
    """Return a claim in place of one that was handed on, None if that one stands no more.

    However often a claim is handed on, one worker has it: the number that the others know is no longer the row's.
    """
    with database.writing() as session:
        taken = _standing(claimed).values(due_at=utcnow() + LEASE, tries=GradePassback.tries + 1)
        tries = session.scalar(taken.returning(GradePassback.tries))
    return Claim(claimed.passback_id, tries) if tries is not None else None


def _standing(claimed: Claim) -> Update:
    return (
        update(GradePassback)
        .where(
            GradePassback.id == claimed.passback_id,
            GradePassback.tries == claimed.tries,
            GradePassback.state == PassbackState.SENDING,
        )
        .execution_options(synchronize_session=False)
    )
