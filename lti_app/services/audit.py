"""The audit trail: what is written into it, how it is read, and how long it is kept."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from lti_app.models import AuditEvent, User, utcnow

OPERATOR = "operator"
"""Whoever runs commands on the server."""

ADMIN = "admin"
"""Whoever came to the admin pages by the operator's link."""

INVITED = "invited"
"""Whoever has an invitation link: an LMS's admin, as a rule."""

RULE = "rule"
"""Nobody: a rule that a person has set worked by itself."""


def person(user: User) -> str:
    """Return how the trail names somebody: by a number that stays, and the name of the day."""
    return f"user {user.id} ({user.name})" if user.name else f"user {user.id}"


def record(
    session: Session,
    actor: str,
    action: str,
    *,
    link_id: int | None = None,
    user_id: int | None = None,
    **details: Any,
) -> None:
    """Write an event, in the transaction that does what it tells of. ``details`` are what JSON can hold."""
    session.add(
        AuditEvent(actor=actor, action=action, resource_link_id=link_id, user_id=user_id, details=details, at=utcnow())
    )


def events(session: Session, since: datetime | None = None) -> Iterator[AuditEvent]:
    """Yield the events in their order, from a moment on; a trail of any length takes little memory."""
    query = select(AuditEvent).order_by(AuditEvent.id)
    if since is not None:
        query = query.where(AuditEvent.at >= since)
    yield from session.scalars(query.execution_options(yield_per=500))


def forget_old(session: Session, days: int | None) -> int:
    """Delete what is older than so many days and return how many events that were; None keeps all."""
    if days is None:
        return 0
    old = list(session.scalars(select(AuditEvent.id).where(AuditEvent.at < utcnow() - timedelta(days=days))))
    session.execute(delete(AuditEvent).where(AuditEvent.at < utcnow() - timedelta(days=days)))
    if old:
        record(session, RULE, "audit.forgotten", events=len(old), days=days)
    return len(old)
