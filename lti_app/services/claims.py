"""Claims: how workers share the outbox. A claim is a lease on a row, and its number tells it from all others.

It holds until its lease has passed, unless the worker renews it; then the row is free for another worker, so a worker
may die at any moment. Each claim counts up the row's ``tries``, and what a worker found is stored only while its number
still stands.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Integer, Update, bindparam, select, update
from sqlalchemy.orm import Session

from lti_app.config import Config
from lti_app.models import Database, GradePassback, PassbackState, utcnow
from lti_app.services.pacing import platforms_with_due_grades, take_allowance

LEASE = timedelta(seconds=15)
"""How long a row stays with a worker that has fallen silent. One that works renews its claims, by `renew`."""

# Statements that run for every few grades are built once: that takes longer than to run them.
LONGEST_DUE = (
    select(GradePassback.id)
    .where(GradePassback.registration_id == bindparam("platform"), GradePassback.due_at <= bindparam("now"))
    .order_by(GradePassback.due_at)
    .limit(bindparam("most", type_=Integer))
    .with_for_update(skip_locked=True)
)
"""The rows of a platform that a worker may take: no other worker gets them meanwhile."""

TAKE = (
    update(GradePassback)
    .where(GradePassback.id.in_(bindparam("ids", expanding=True)))
    .values(
        state=PassbackState.SENDING,
        due_at=bindparam("until"),
        tries=GradePassback.tries + 1,
        unheard=GradePassback.unheard + 1,
    )
    .returning(GradePassback.id, GradePassback.tries)
    .execution_options(synchronize_session=False)
)


class Claim(NamedTuple):
    """A worker's hold on a row of the outbox; ``tries`` tells it from every other claim of that row."""

    passback_id: int
    tries: int


def claim(database: Database, config: Config, limit: int, lease: timedelta = LEASE) -> list[Claim]:
    """Claim up to ``limit`` rows that are due, the longest due of each platform first, within the platforms' limits."""
    if limit == 0:
        return []
    with database.reading() as session:
        if not platforms_with_due_grades(session, utcnow()):
            return []  # without a writing transaction, which on SQLite would keep students waiting
    with database.writing() as session:
        return claim_within(session, config, limit, lease)


def claim_within(session: Session, config: Config, limit: int, lease: timedelta = LEASE) -> list[Claim]:
    """Claim as `claim` does; the claims hold when the session's transaction has ended."""
    now = utcnow()
    claims: list[Claim] = []
    for registration_id in platforms_with_due_grades(session, now) if limit else ():
        allowed = take_allowance(session, config, registration_id, limit - len(claims), now)
        claims += _take_due(session, registration_id, allowed, now, lease)
    return claims


def _take_due(session: Session, registration_id: int, limit: int, now: datetime, lease: timedelta) -> list[Claim]:
    if limit == 0:
        return []
    due = session.scalars(LONGEST_DUE, {"platform": registration_id, "now": now, "most": limit}).all()
    tries = {row.id: row.tries for row in session.execute(TAKE, {"ids": due, "until": now + lease})}
    return [Claim(passback_id, tries[passback_id]) for passback_id in due]  # PostgreSQL returned them in any order


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
