"""The front of the outbox: which grades the LMS should have, and how far each one is.

A row is written in the transaction that changes the grade, so that no grade is ever promised and forgotten; it is
delivered later, by `lti_app.services.delivery`. There is one for each student and column (`lti_app.services.columns`).
A link without a line item gets no rows, unless the LMS lets the tool make one: then the worker that delivers the first
grade finds or makes it (`lti_app.services.line_items`).
When a later launch brings a line item, or another one, `want_missing` has every grade sent there.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import and_, bindparam, or_, select
from sqlalchemy.orm import Session
from structlog.contextvars import get_contextvars

from lti_app.models import Attempt, GradePassback, PassbackState, ResourceLink, User, utcnow
from lti_app.services import REQUEST_ID
from lti_app.services.columns import ONLY, Column, columns, keep_kind
from lti_app.services.line_items import column_urls, keeps_grades
from lti_app.services.refusals import Problem

GRAIN = timedelta(seconds=1)
"""The grain in which LMSs compare a score's timestamps: Moodle answers 409 to a second one within a whole second."""

# Each launch asks for these, and to build a statement takes longer than to run it.
STUCK = (
    select(GradePassback)
    .where(
        GradePassback.resource_link_id == bindparam("link"),
        or_(
            GradePassback.state == PassbackState.BLOCKED,
            and_(GradePassback.state == PassbackState.NOT_NEEDED, GradePassback.last_problem == Problem.NO_STUDENT),
        ),
    )
    .order_by(GradePassback.id)
    .with_for_update(skip_locked=True)
)
OWN_STUCK = STUCK.where(GradePassback.user_id == bindparam("user"))


class GradeState(StrEnum):
    """How far a grade is on its way to the LMS."""

    # The LMS keeps no grade for the link.
    NONE = "none"
    # It does, and there is none yet: nothing is submitted, or a person has not graded all of it.
    UNGRADED = "ungraded"
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    BLOCKED = "blocked"
    NOT_NEEDED = "not needed"


@dataclass(frozen=True, slots=True)
class GradeStatus:
    """How far a grade is on its way to a ``column``.

    ``sent_at`` is when the LMS last took one; ``problem`` is a sentence for the instructor.
    """

    state: GradeState
    sent_at: datetime | None = None
    problem: str = ""
    column: Column = ONLY


def want_passback(session: Session, link: ResourceLink, user: User, section_ids: Collection[str] | None = None) -> None:
    """Have the student's scores sent to the link's columns; where the LMS keeps no grade for the link do nothing.

    ``section_ids`` says to which of the columns; None is all. From the first score on the columns stay of their kind.
    """
    if not column_urls(session, link):
        return
    keep_kind(session, link)
    session.get(User, user.id, with_for_update=True)  # of two transactions, only one makes the rows
    for section_id, url in column_urls(session, link).items():
        if section_ids is None or section_id in section_ids:
            _want(session, link, user, section_id, url)
    session.flush()


def _want(session: Session, link: ResourceLink, user: User, section_id: str, url: str) -> None:
    """Have the score sent to one column.

    Its timestamp is set here once, so that every retry carries the same: the present whole second, or the one after the
    timestamp before, if that is later. Then the row falls due when that moment has come.
    """
    of_column = GradePassback.resource_link_id == link.id, GradePassback.section_id == section_id
    row = session.scalar(select(GradePassback).where(*of_column, GradePassback.user_id == user.id).with_for_update())
    now = utcnow()
    if row is None:
        row = GradePassback(
            resource_link_id=link.id,
            user_id=user.id,
            section_id=section_id,
            registration_id=user.registration_id,
            wanted_revision=0,
            wanted_at=_whole(now) - GRAIN,
        )
        session.add(row)
    being_sent = row.state is PassbackState.SENDING
    row.lineitem_url = url
    row.request_id = get_contextvars().get(REQUEST_ID, "")
    row.wanted_revision += 1
    row.wanted_at = max(_whole(now), row.wanted_at + GRAIN)
    row.failures = 0
    # The worker that has it may send this revision already.
    row.unheard = 1 if being_sent else 0
    if not being_sent:  # else its worker sees to the rest
        row.state, row.due_at = PassbackState.WAITING, max(now, row.wanted_at)


def want_missing(session: Session, link: ResourceLink) -> None:
    """Have the scores sent that the link's present columns were never meant to get: those from before these."""
    submitted = select(Attempt.user_id).where(Attempt.resource_link_id == link.id, Attempt.submitted_at.is_not(None))
    for section_id, url in column_urls(session, link).items():
        has_row = (
            select(GradePassback.id)
            .where(
                GradePassback.resource_link_id == link.id,
                GradePassback.section_id == section_id,
                GradePassback.user_id == User.id,
                GradePassback.lineitem_url == url,
            )
            .exists()
        )
        missing = select(User).where(User.id.in_(submitted), ~has_row)
        for user in session.scalars(missing.order_by(User.id)).all():
            want_passback(session, link, user, [section_id])


def try_again(session: Session, link: ResourceLink, user: User | None = None) -> None:
    """Have what a person may have cleared the way for tried again now: at the whole link, or one student's grade.

    A launch is the sign: an instructor's says that somebody looked, a student's that they are in the course.
    """
    query, values = (OWN_STUCK, {"link": link.id, "user": user.id}) if user else (STUCK, {"link": link.id})
    for row in session.scalars(query, values):
        row.state, row.due_at = PassbackState.WAITING, max(utcnow(), row.wanted_at)
        row.failures = 0


def status(session: Session, link: ResourceLink, user: User) -> tuple[GradeStatus, ...]:
    """Return how far the student's grade is, for each of the link's columns."""
    return statuses(session, link, [user.id]).of(user.id)


def statuses(session: Session, link: ResourceLink, user_ids: Iterable[int] | None = None) -> "Statuses":
    """Return how far the grades at a link are; of all its students unless some are named."""
    rows = select(GradePassback).where(GradePassback.resource_link_id == link.id)
    if user_ids is not None:
        rows = rows.where(GradePassback.user_id.in_(user_ids))
    found = {(row.user_id, row.section_id): row for row in session.scalars(rows)}
    of_link = columns(session, link)
    kept = {column.section_id for column in of_link if keeps_grades(link, column.section_id)}
    return Statuses(of_link, kept, found)


@dataclass(frozen=True, slots=True)
class Statuses:
    """How far the grades at a link are: its columns, and the rows of the outbox by user and section id.

    ``kept`` are the section ids of the columns in which the LMS keeps grades.
    """

    columns: Sequence[Column]
    kept: Collection[str]
    rows: Mapping[tuple[int, str], GradePassback]

    def of(self, user_id: int) -> tuple[GradeStatus, ...]:
        """Return how far a student's grade is, for each of the columns."""
        return tuple(self._of(user_id, column) for column in self.columns)

    def _of(self, user_id: int, column: Column) -> GradeStatus:
        row = self.rows.get((user_id, column.section_id))
        if row is None:
            state = GradeState.UNGRADED if column.section_id in self.kept else GradeState.NONE
            return GradeStatus(state, column=column)
        return GradeStatus(GradeState(row.state.value), row.sent_at, row.last_error, column)


def _whole(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)
