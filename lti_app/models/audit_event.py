"""The audit trail: who did what, when, on what. Append-only: the database itself refuses to change an event."""

from datetime import datetime
from typing import Any

from sqlalchemy import DDL, event
from sqlalchemy.orm import Mapped, mapped_column

from lti_app.models.base import Base, utcnow


class AuditEvent(Base):
    """One event. It refers to nothing by foreign key: it stays when what it speaks of is deleted.

    Only `services.audit.forget_old` deletes events, after as many days as the operator says.
    """

    __tablename__ = "audit_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=utcnow, index=True)
    # "operator", "admin", "rule", or a person: "user 7 (Grace Hopper)".
    actor: Mapped[str]
    # A word for the thing and one for what was done, as in "grades.sent_again".
    action: Mapped[str]
    resource_link_id: Mapped[int | None]
    # Whom it is about.
    user_id: Mapped[int | None]
    details: Mapped[dict[str, Any]]


REFUSAL = "the audit trail is append-only"
SQLITE_TRIGGER = f"""CREATE TRIGGER audit_events_append_only BEFORE UPDATE ON audit_events
BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"""
POSTGRES_FUNCTION = f"""CREATE FUNCTION audit_events_append_only() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$ LANGUAGE plpgsql"""
POSTGRES_TRIGGER = """CREATE TRIGGER audit_events_append_only BEFORE UPDATE ON audit_events
FOR EACH STATEMENT EXECUTE FUNCTION audit_events_append_only()"""

for statement, dialect in (
    (SQLITE_TRIGGER, "sqlite"),
    (POSTGRES_FUNCTION, "postgresql"),
    (POSTGRES_TRIGGER, "postgresql"),
):
    event.listen(AuditEvent.__table__, "after_create", DDL(statement).execute_if(dialect=dialect))  # type: ignore[no-untyped-call]
