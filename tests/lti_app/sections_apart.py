"""A school whose quiz has its sections graded apart, and what its tests do with it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from content.quiz import Quiz
from lti_app.models import AuditEvent
from lti_app.services.claims import claim
from lti_app.services.columns import Kind, columns, kind_of_columns
from lti_app.services.delivery import deliver
from lti_app.services.outcomes import Outcome
from lti_app.services.quizzes import publish
from tests.lti_app.gradebook_server import GradebookServer
from tests.lti_app.graded import open_without_column
from tests.lti_app.school import School
from tests.lti_app.sections import APART

READ, LOOKED, REST = "Quiz: Reading", "Quiz: Section 2", "Quiz: Other questions"
NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def school(database_url: str, gradebook: GradebookServer) -> Iterator[School]:
    """A school whose quiz has its sections graded apart; for modules that import it."""
    school = open_without_column(database_url, gradebook)
    edit(school, APART)
    yield school
    school.database.close()


def edit(school: School, quiz: Quiz) -> None:
    """Publish the quiz as it is now."""
    with school.database.writing() as session:
        publish(session, quiz)


def deliver_all(school: School) -> list[Outcome]:
    """Bring what is wanted to the LMS, with the searches for columns that come before it; return what became of it.

    A moment later: a second grade of one second waits for the next.
    """
    outcomes = []
    for _ in range(2):
        school.fast_forward()
        with time_machine.travel(datetime.now(UTC) + timedelta(minutes=1)):
            # All are due at one moment, and PostgreSQL has no order among them.
            claims = sorted(claim(school.database, school.config, 20), key=lambda claimed: claimed.passback_id)
            outcomes = [deliver(school.database, school.config, claimed) for claimed in claims] or outcomes
    return outcomes


def titles(school: School) -> list[str]:
    with school.database.reading() as session:
        return [column.title for column in columns(session, school.link(session))]


def kind(school: School) -> Kind:
    with school.database.reading() as session:
        return kind_of_columns(session, school.link(session))


def sent(school: School) -> dict[str, int]:
    """How many changes of each column's grade the LMS has heard of."""
    return {row.section_id: row.sent_revision for row in school.passbacks()}


def audited(school: School, action: str) -> list[dict[str, object]]:
    with school.database.reading() as session:
        found = session.scalars(select(AuditEvent).where(AuditEvent.action == action).order_by(AuditEvent.id))
        return [event.details for event in found]
