from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError

from lti_app.models import AuditEvent, Database, utcnow
from lti_app.services.audit import OPERATOR, events, forget_old, record


def fill(database: Database) -> None:
    for days, action in ((40, "a.old"), (20, "a.recent"), (0, "a.new")):
        with time_machine.travel(utcnow() - timedelta(days=days)), database.writing() as session:
            record(session, OPERATOR, action, link_id=1, note="x")


def actions(database: Database, days: int | None = None) -> list[str]:
    with database.reading() as session:
        return [event.action for event in events(session, utcnow() - timedelta(days=days) if days else None)]


def test_events_are_read_in_their_order_and_from_a_moment_on(database: Database) -> None:
    fill(database)
    assert actions(database) == ["a.old", "a.recent", "a.new"]
    assert actions(database, days=30) == ["a.recent", "a.new"]


def test_the_database_refuses_to_change_an_event(database: Database) -> None:
    fill(database)
    with pytest.raises(DBAPIError, match="append-only"), database.writing() as session:
        session.execute(update(AuditEvent).values(actor="somebody else"))


def test_what_is_older_than_the_operator_says_is_forgotten_and_the_trail_says_so(database: Database) -> None:
    fill(database)
    with database.writing() as session:
        assert forget_old(session, 30) == 1
    assert actions(database) == ["a.recent", "a.new", "audit.forgotten"]


def test_without_a_limit_all_is_kept(database: Database) -> None:
    fill(database)
    with database.writing() as session:
        assert forget_old(session, None) == 0
    assert len(actions(database)) == 3
