"""The front of the outbox: which grades the LMS should have, and how far each one is.

A row is written in the transaction that changes the grade, so that no grade is ever promised and forgotten; it is
delivered later, by `lti_app.services.delivery`. A link without a line item gets no rows, unless the LMS lets the tool
make one: then the worker that delivers the first grade finds or makes it (`lti_app.services.line_items`).
When a later launch brings a line item, or another one, `want_missing` has every grade sent there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session
from structlog.contextvars import get_contextvars

from lti_app.models import Attempt, GradePassback, PassbackState, ResourceLink, User, utcnow
from lti_app.services import REQUEST_ID
from lti_app.services.line_items import gradebook_column
from lti_app.services.refusals import Problem

GRAIN = timedelta(seconds=1)
"""The grain in which LMSs compare a score's timestamps: Moodle answers 409 to a second one within a whole second."""


class GradeState(StrEnum):
    """How far a grade is on its way to the LMS."""

    # The LMS keeps no grade for the link, or nothing is submitted yet.
    NONE = "none"
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    BLOCKED = "blocked"
    NOT_NEEDED = "not needed"


@dataclass(frozen=True, slots=True)
class GradeStatus:
    """How far a grade is. ``sent_at`` is when the LMS last took one; ``problem`` is a sentence for the instructor."""

    state: GradeState
    sent_at: datetime | None = None
    problem: str = ""


NO_GRADE = GradeStatus(GradeState.NONE)


def want_passback(session: Session, link: ResourceLink, user: User) -> None:
    """Have the student's score sent to the link's line item; where the LMS keeps no grade for the link do nothing.

    The score's timestamp is set here once, so that every retry carries the same: the present whole second, or the one
    after the timestamp before, if that is later. Then the row falls due when that moment has come.
    """
    column = gradebook_column(link)
    if column is None:
        return
    session.get(User, user.id, with_for_update=True)  # of two transactions, only one makes the row
    row = session.scalar(
        select(GradePassback)
        .where(GradePassback.resource_link_id == link.id, GradePassback.user_id == user.id)
        .with_for_update()
    )
    now = utcnow()
    if row is None:
        row = GradePassback(
            resource_link_id=link.id,
            user_id=user.id,
            registration_id=user.registration_id,
            wanted_revision=0,
            wanted_at=_whole(now) - GRAIN,
        )
        session.add(row)
    being_sent = row.state is PassbackState.SENDING
    row.lineitem_url = column
    row.request_id = get_contextvars().get(REQUEST_ID, "")
    row.wanted_revision += 1
    row.wanted_at = max(_whole(now), row.wanted_at + GRAIN)
    row.failures = 0
    # The worker that has it may send this revision already.
    row.unheard = 1 if being_sent else 0
    if not being_sent:  # else its worker sees to the rest
        row.state, row.due_at = PassbackState.WAITING, max(now, row.wanted_at)
    session.flush()


def sent_to(link: ResourceLink) -> Decimal | None:
    """Return what scores at the link are sent out of, or None where that is what the quiz is worth."""
    return link.settings.points if link.settings else None


def want_missing(session: Session, link: ResourceLink) -> None:
    """Have the scores sent that the link's present line item was never meant to get: those from before it was there."""
    has_row = (
        select(GradePassback.id)
        .where(
            GradePassback.resource_link_id == link.id,
            GradePassback.user_id == User.id,
            GradePassback.lineitem_url == gradebook_column(link),
        )
        .exists()
    )
    submitted = select(Attempt.user_id).where(Attempt.resource_link_id == link.id, Attempt.submitted_at.is_not(None))
    for user in session.scalars(select(User).where(User.id.in_(submitted), ~has_row).order_by(User.id)).all():
        want_passback(session, link, user)


def try_again(session: Session, link: ResourceLink, user: User | None = None) -> None:
    """Have what a person may have cleared the way for tried again now: at the whole link, or one student's grade.

    A launch is the sign: an instructor's says that somebody looked, a student's that they are in the course.
    """
    rows = select(GradePassback).where(
        GradePassback.resource_link_id == link.id,
        or_(
            GradePassback.state == PassbackState.BLOCKED,
            and_(GradePassback.state == PassbackState.NOT_NEEDED, GradePassback.last_problem == Problem.NO_STUDENT),
        ),
    )
    if user is not None:
        rows = rows.where(GradePassback.user_id == user.id)
    for row in session.scalars(rows.order_by(GradePassback.id).with_for_update(skip_locked=True)):
        row.state, row.due_at = PassbackState.WAITING, max(utcnow(), row.wanted_at)
        row.failures = 0


def status(session: Session, link: ResourceLink, user: User) -> GradeStatus:
    """Return how far the student's grade is."""
    return statuses(session, link, [user.id]).get(user.id, NO_GRADE)


def statuses(session: Session, link: ResourceLink, user_ids: Iterable[int] | None = None) -> dict[int, GradeStatus]:
    """Return how far the grades at a link are, by user id; of all its students unless some are named."""
    rows = select(GradePassback).where(GradePassback.resource_link_id == link.id)
    if user_ids is not None:
        rows = rows.where(GradePassback.user_id.in_(user_ids))
    return {
        row.user_id: GradeStatus(GradeState(row.state.value), row.sent_at, row.last_error)
        for row in session.scalars(rows)
    }


def _whole(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)
