"""Where a link's grades go in the LMS's gradebook: the column that a launch names, else one that is found or made.

It is sought when the first grade is due, by the worker that delivers it, and never in a student's request.
"""

from datetime import timedelta
from http import HTTPStatus

import structlog
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from lti_app.config import Config
from lti_app.lti import line_items
from lti_app.lti.line_items import LINE_ITEM_SCOPE, WantedLineItem, find_or_create
from lti_app.lti.service_errors import FailureKind, ServiceError
from lti_app.models import (
    Course,
    Database,
    GradePassback,
    LineItem,
    LinkSettings,
    Placement,
    ResourceLink,
    utcnow,
)
from lti_app.services.quizzes import load, newest_revision

log = structlog.get_logger(__name__)

TAG = "quiz"
"""Of every line item of the tool; the ids tell them apart."""

TO_BE_FOUND = ""
"""Stands in the outbox for the URL of a column that nobody has looked for yet."""

SEEKING = timedelta(minutes=5)
"""Longer than all requests of a search together; a worker that died is followed by another after that."""


def gradebook_column(link: ResourceLink) -> str | None:
    """Return the URL of the link's column, `TO_BE_FOUND`, or None where the LMS keeps no grade for the link.

    The launch says what the tool may do, not the token endpoint: Open edX hands out tokens for more than it wants used.
    """
    if link.lineitem_url is not None:
        return link.lineitem_url
    ungraded = link.settings is not None and link.settings.points is None
    if ungraded or link.lineitems_url is None or LINE_ITEM_SCOPE not in link.ags_scopes:
        return None
    return (link.own_line_item.url if link.own_line_item else None) or TO_BE_FOUND


def remember_column(session: Session, link: ResourceLink, url: str | None) -> None:
    """Take this for the link's column while launches name none; have what waits for a column go there.

    None means that the search came to nothing and may begin again.
    """
    own = _own(session, link)
    own.url, own.sought_at = url, None
    waiting = GradePassback.resource_link_id == link.id, GradePassback.lineitem_url == TO_BE_FOUND
    session.execute(update(GradePassback).where(*waiting).values(lineitem_url=url or TO_BE_FOUND))


def forget_column(database: Database, link_id: int, url: str) -> None:
    """Have the link's column looked for again if it is this one, which the tool found and the LMS no longer has.

    Only what is still to be delivered goes elsewhere by that. Once there is another column, `want_missing` sees that
    the other grades have never been sent there.
    """
    with database.writing() as session:
        own = session.scalar(select(LineItem).where(LineItem.resource_link_id == link_id).with_for_update())
        if own is None or own.url != url:
            return
        own.url = own.sought_at = None
        waiting = GradePassback.resource_link_id == link_id, GradePassback.lineitem_url == url
        due = update(GradePassback).where(*waiting, GradePassback.due_at.is_not(None))
        session.execute(due.values(lineitem_url=TO_BE_FOUND))


def seek_column(database: Database, config: Config, link_id: int) -> bool:
    """Find or make the column of a link; return whether it is there, False while another worker looks for it.

    Raises ServiceError.
    """
    with database.writing() as session:
        link = session.get_one(ResourceLink, link_id, with_for_update=True)  # so that one worker takes the turn
        known = gradebook_column(link)
        if known:
            remember_column(session, link, known)
            return True
        if known is None or link.lineitems_url is None:
            raise ServiceError(FailureKind.REFUSED, status=HTTPStatus.FORBIDDEN, body="launches allow no line items")
        if not _take_turn(session, link):
            return False
        registration, lineitems_url = link.course.deployment.registration, link.lineitems_url
        wanted = _wanted(session, link)
    url = None
    try:
        url = find_or_create(database, config, registration, lineitems_url, wanted)
    finally:
        with database.writing() as session:
            remember_column(session, session.get_one(ResourceLink, link_id), url)
    return True


def follow_placement(database: Database, config: Config, placement: Placement) -> None:
    """Have the columns that the tool made for a placement's links show its title and points.

    Columns that the LMS made follow the answer to its request. Where the LMS refuses only the log says so: scores are
    scaled to the column in any case.
    """
    if placement.points is None:
        return
    with database.reading() as session:
        links = select(LinkSettings.resource_link_id).where(LinkSettings.placement_id == placement.id)
        in_course = ResourceLink.id.in_(links), ResourceLink.course_id == placement.course_id
        urls = session.scalars(
            select(LineItem.url).join(LineItem.resource_link).where(*in_course, LineItem.url.is_not(None))
        ).all()
        registration = session.get_one(Course, placement.course_id).deployment.registration
    for url in filter(None, urls):
        try:
            line_items.update(database, config, registration, url, placement.title, placement.points)
        except ServiceError as error:
            log.warning("gradebook column not changed", lineitem=url, error=str(error))


def _take_turn(session: Session, link: ResourceLink) -> bool:
    own, now = _own(session, link), utcnow()
    if own.sought_at is not None and own.sought_at > now - SEEKING:
        return False
    own.sought_at = now
    return True


def _own(session: Session, link: ResourceLink) -> LineItem:
    if link.own_line_item is None:
        link.own_line_item = LineItem()
        session.flush()
    return link.own_line_item


def _wanted(session: Session, link: ResourceLink) -> WantedLineItem:
    revision = newest_revision(session, link.quiz_id or "")
    if revision is None:
        raise LookupError(f"resource link {link.id} has no quiz")
    quiz = load(revision)
    placement = session.get(Placement, link.settings.placement_id) if link.settings else None
    return WantedLineItem(
        # Open edX says in its launches nothing of the title that the teacher has given the link.
        label=link.title or (placement.title if placement else quiz.title),
        score_maximum=(link.settings.points if link.settings else None) or quiz.points,
        resource_link_id=link.resource_link_id,
        resource_id=resource_id(quiz.id),
        tag=TAG,
        taken=_of_other_links(session, link),
    )


def _of_other_links(session: Session, link: ResourceLink) -> list[str]:
    """Return the columns of the course's other links: a quiz may stand in it twice, and its grades be two."""
    others = select(ResourceLink.lineitem_url, LineItem.url).outerjoin(LineItem)
    others = others.where(ResourceLink.course_id == link.course_id, ResourceLink.id != link.id)
    return [url for urls in session.execute(others) for url in urls if url]


def resource_id(quiz_id: str) -> str:
    """Return what the line items of a quiz have as ``resourceId``: other tools' are never the same."""
    return f"quizferry-{quiz_id}"
