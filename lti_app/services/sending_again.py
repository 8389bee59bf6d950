"""Sending grades again on a teacher's word, and what every try came to."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_app.models import DeliveryTry, GradePassback, PassbackState, ResourceLink, User
from lti_app.services import audit
from lti_app.services.columns import ONLY, Column, columns
from lti_app.services.passback import want_passback
from lti_app.services.refusals import SENTENCES, Problem


class Which(StrEnum):
    """Whose grades are sent again."""

    ONE = "one"
    STUCK = "stuck"
    ALL = "all"


STUCK = (PassbackState.FAILED, PassbackState.BLOCKED)


@dataclass(frozen=True, slots=True)
class Try:
    """One try: when, whether the LMS took the grade, its HTTP status where known, and what to make of a refusal.

    ``column`` is where it was to go.
    """

    at: datetime
    taken: bool
    status: int | None
    sentence: str
    column: Column = ONLY


def send_again(
    session: Session,
    link: ResourceLink,
    actor: User,
    which: Which,
    user_id: int | None = None,
    section_id: str | None = None,
) -> int:
    """Have grades at the link sent once more, and return how many.

    ``user_id`` says whose, with `Which.ONE`, and ``section_id`` to which column; None is to all that they are in.

    Each gets a new timestamp, so that the LMS takes it in place of whatever the gradebook has, a change by hand too:
    only a person may ask for this.
    """
    rows = select(User, GradePassback.section_id).join(GradePassback, GradePassback.user_id == User.id)
    rows = rows.where(GradePassback.resource_link_id == link.id)
    if which is Which.ONE:
        rows = rows.where(User.id == user_id)
    elif which is Which.STUCK:
        rows = rows.where(GradePassback.state.in_(STUCK))
    if section_id is not None:
        rows = rows.where(GradePassback.section_id == section_id)
    grades = session.execute(rows.order_by(User.id, GradePassback.id)).all()
    for student, of_section in grades:
        want_passback(session, link, student, [of_section])
        section = {"section": of_section} if of_section else {}
        who, what = audit.person(actor), "grade.sent_again"
        audit.record(session, who, what, link_id=link.id, user_id=student.id, which=str(which), **section)
    return len(grades)


def tries(session: Session, link: ResourceLink, user: User) -> list[Try]:
    """Return every try to bring the student's grade to the LMS, the latest first."""
    of_columns = {column.section_id: column for column in columns(session, link)}
    found = session.execute(
        select(DeliveryTry, GradePassback.section_id)
        .join(GradePassback, GradePassback.id == DeliveryTry.passback_id)
        .where(GradePassback.resource_link_id == link.id, GradePassback.user_id == user.id)
        .where(GradePassback.section_id.in_(of_columns))
        .order_by(DeliveryTry.at.desc(), DeliveryTry.number.desc(), DeliveryTry.passback_id.desc())
    )
    return [
        Try(
            one.at,
            not one.problem,
            one.status,
            SENTENCES[Problem(one.problem)] if one.problem else "",
            of_columns[section_id],
        )
        for one, section_id in found
    ]
