"""Where a link's grades go in the LMS's gradebook: the column that a launch names, else those that are found or made.

A column is sought when the first grade is due, by the worker that delivers it, and never in a student's request.
"""

from datetime import timedelta
from http import HTTPStatus

import structlog
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from lti_app.config import Config
from lti_app.lti import line_items
from lti_app.lti.line_items import WantedLineItem, find_or_create
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
from lti_app.services.columns import ONLY, OUTSIDE, WHOLE_QUIZ, Column, columns, is_ungraded, may_make_columns
from lti_app.services.quizzes import load, newest_revision

log = structlog.get_logger(__name__)

TAG, SECTION_TAG = "quiz", "section"
TAGS = {WHOLE_QUIZ: TAG, OUTSIDE: "rest"}
"""Of the line items that have the quiz's own id; those of sections have ids of their own."""

LONGEST_LABEL = 255
"""Canvas and Moodle name a column by so many characters."""

TO_BE_FOUND = ""
"""Stands in the outbox for the URL of a column that nobody has looked for yet."""

SEEKING = timedelta(minutes=5)
"""Longer than all requests of a search together; a worker that died is followed by another after that."""


def keeps_grades(link: ResourceLink, section_id: str = WHOLE_QUIZ) -> bool:
    """Return whether the LMS keeps grades of the link in one of its columns, or will once there is one."""
    named = section_id == WHOLE_QUIZ and link.lineitem_url is not None
    return named or (may_make_columns(link) and not is_ungraded(link))


def gradebook_column(link: ResourceLink, section_id: str = WHOLE_QUIZ) -> str | None:
    """Return the URL of one of the link's columns, `TO_BE_FOUND`, or None where the LMS keeps no grade for the link."""
    if section_id == WHOLE_QUIZ and link.lineitem_url is not None:
        return link.lineitem_url
    if not keeps_grades(link, section_id):
        return None
    own = link.line_items.get(section_id)
    return (own.url if own else None) or TO_BE_FOUND


def column_urls(session: Session, link: ResourceLink) -> dict[str, str]:
    """Return where the link's grades go, by section id of its columns; nothing where the LMS keeps no grades for it."""
    urls = {column.section_id: gradebook_column(link, column.section_id) for column in columns(session, link)}
    return {section_id: url for section_id, url in urls.items() if url is not None}


def remember_column(session: Session, link: ResourceLink, url: str | None, section_id: str = WHOLE_QUIZ) -> None:
    """Take this for the link's column while launches name none; have what waits for the column go there.

    None means that the search came to nothing and may begin again.
    """
    own = _own(session, link, section_id)
    own.url, own.sought_at = url, None
    waiting = (
        GradePassback.resource_link_id == link.id,
        GradePassback.section_id == section_id,
        GradePassback.lineitem_url == TO_BE_FOUND,
    )
    session.execute(update(GradePassback).where(*waiting).values(lineitem_url=url or TO_BE_FOUND))


def forget_column(database: Database, link_id: int, url: str) -> None:
    """Have a column of the link looked for again if it is one which the tool found and the LMS no longer has.

    Only what is still to be delivered goes elsewhere by that. Once there is another column, `want_missing` sees that
    the other grades have never been sent there.
    """
    with database.writing() as session:
        found = select(LineItem).where(LineItem.resource_link_id == link_id, LineItem.url == url)
        own = session.scalar(found.with_for_update())
        if own is None:
            return
        own.url = own.sought_at = None
        waiting = GradePassback.resource_link_id == link_id, GradePassback.lineitem_url == url
        due = update(GradePassback).where(*waiting, GradePassback.due_at.is_not(None))
        session.execute(due.values(lineitem_url=TO_BE_FOUND))


def seek_column(database: Database, config: Config, link_id: int, section_id: str = WHOLE_QUIZ) -> bool:
    """Find or make a column of a link; return whether it is there, False while another worker looks for it.

    Raises ServiceError.
    """
    with database.writing() as session:
        link = session.get_one(ResourceLink, link_id, with_for_update=True)  # so that one worker takes the turn
        known = gradebook_column(link, section_id)
        if known:
            remember_column(session, link, known, section_id)
            return True
        if known is None or link.lineitems_url is None:
            raise ServiceError(FailureKind.REFUSED, status=HTTPStatus.FORBIDDEN, body="launches allow no line items")
        if not _take_turn(session, link, section_id):
            return False
        registration, lineitems_url = link.course.deployment.registration, link.lineitems_url
        wanted = _wanted(session, link, section_id)
    url = None
    try:
        url = find_or_create(database, config, registration, lineitems_url, wanted)
    finally:
        with database.writing() as session:
            remember_column(session, session.get_one(ResourceLink, link_id), url, section_id)
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
        wanted = {
            own.url: (_label(placement.title, column), column.of(placement.points))
            for link in session.scalars(select(ResourceLink).where(*in_course))
            for column in columns(session, link)
            if (own := link.line_items.get(column.section_id)) is not None and own.url
        }
        registration = session.get_one(Course, placement.course_id).deployment.registration
    for url, (label, points) in wanted.items():
        try:
            line_items.update(database, config, registration, url, label, points)
        except ServiceError as error:
            log.warning("gradebook column not changed", lineitem=url, error=str(error))


def _take_turn(session: Session, link: ResourceLink, section_id: str) -> bool:
    own, now = _own(session, link, section_id), utcnow()
    if own.sought_at is not None and own.sought_at > now - SEEKING:
        return False
    own.sought_at = now
    return True


def _own(session: Session, link: ResourceLink, section_id: str) -> LineItem:
    if section_id not in link.line_items:
        link.line_items[section_id] = LineItem(section_id=section_id)
        session.flush()
    return link.line_items[section_id]


def _wanted(session: Session, link: ResourceLink, section_id: str) -> WantedLineItem:
    revision = newest_revision(session, link.quiz_id or "")
    if revision is None:
        raise LookupError(f"resource link {link.id} has no quiz")
    quiz = load(revision)
    placement = session.get(Placement, link.settings.placement_id) if link.settings else None
    column = next(column for column in columns(session, link) if column.section_id == section_id)
    points = (link.settings.points if link.settings else None) or quiz.points
    return WantedLineItem(
        # Open edX says in its launches nothing of the title that the teacher has given the link.
        label=_label(link.title or (placement.title if placement else quiz.title), column),
        score_maximum=column.of(points),
        resource_link_id=link.resource_link_id,
        of_link=column == ONLY,
        resource_id=resource_id(quiz.id, section_id),
        tag=TAGS.get(section_id, SECTION_TAG),
        taken=_of_other_links(session, link),
    )


def _label(title: str, column: Column) -> str:
    """Return what the gradebook calls a column. Of too long titles the section's is kept, which tells it apart."""
    if column == ONLY:
        return title
    room = max(LONGEST_LABEL - len(column.title) - 2, LONGEST_LABEL // 4)
    return f"{title[:room]}: {column.title}"[:LONGEST_LABEL]


def _of_other_links(session: Session, link: ResourceLink) -> list[str]:
    """Return the columns of the course's other links: a quiz may stand in it twice, and its grades be two."""
    others = select(ResourceLink.lineitem_url, LineItem.url).outerjoin(LineItem)
    others = others.where(ResourceLink.course_id == link.course_id, ResourceLink.id != link.id)
    return [url for urls in session.execute(others) for url in urls if url]


def resource_id(quiz_id: str, section_id: str = WHOLE_QUIZ) -> str:
    """Return what the line items of a quiz have as ``resourceId``: other tools' are never the same.

    A doubled ``_``, which no id has, joins that of the quiz and that of a section.
    """
    own = f"quizferry-{quiz_id}"
    return own if section_id in TAGS else f"{own}__{section_id}"
