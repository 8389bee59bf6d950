"""Quizzes placed in courses by deep linking, and how they are given at the links that LMSs make of them."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_app.models import Course, Deployment, Given, LinkSettings, Placement, ResourceLink


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedQuiz:
    """What a teacher decides about a quiz that is to be placed; see `lti_app.models.placement.Given`."""

    quiz_id: str
    title: str
    points: Decimal | None
    attempts: int | None
    opens: datetime | None
    due: datetime | None


def place(session: Session, course: Course, quiz: PlacedQuiz, edited: Placement | None = None) -> Placement:
    """Return a new placement of the quiz, or the edited one, if it is of this quiz, with the links made of it.

    A link to which the LMS has given its own due date keeps that until the LMS sends another.
    """
    if edited is None or edited.quiz_id != quiz.quiz_id:
        edited = Placement(id=f"p{secrets.token_hex(12)}", course=course, quiz_id=quiz.quiz_id)
        session.add(edited)
    edited.title = quiz.title
    all_given: list[Given] = [edited, *_settings_of(session, edited)]
    for given in all_given:
        given.points, given.attempts, given.opens, given.due = quiz.points, quiz.attempts, quiz.opens, quiz.due
    session.flush()
    return edited


def find_placement(session: Session, course: Course, placement_id: str) -> Placement | None:
    """Return a placement of this course, or None."""
    return session.scalar(select(Placement).where(Placement.id == placement_id, Placement.course_id == course.id))


def take_settings(
    session: Session, link: ResourceLink, placement_id: str | None, due: datetime | None
) -> Placement | None:
    """Take the settings of the placement that a launch names over to its link; return the placement, if there is one.

    It may be of another course, of which the link's is a copy, but never of another registration. Settings that the
    link has from it already stay, except that the LMS's own due date counts more than the teacher's first.
    """
    placement = _of_registration(session, link, placement_id) if placement_id else None
    if placement and (link.settings is None or link.settings.placement_id != placement.id):
        _take_over(link, placement, placement.id)
    if due is not None and link.settings is not None:
        link.settings.due = due
    return placement


def inherit_settings(link: ResourceLink, original: ResourceLink) -> None:
    """Take the settings of the link's original over, where the link has none of its own."""
    if original.settings is not None and link.settings is None:
        _take_over(link, original.settings, original.settings.placement_id)


def _of_registration(session: Session, link: ResourceLink, placement_id: str) -> Placement | None:
    registration_id = session.scalars(
        select(Deployment.registration_id).join(Course).where(Course.id == link.course_id)
    ).one()
    return session.scalar(
        select(Placement)
        .join(Placement.course)
        .join(Course.deployment)
        .where(Placement.id == placement_id, Deployment.registration_id == registration_id)
    )


def _settings_of(session: Session, placement: Placement) -> list[LinkSettings]:
    links = select(ResourceLink.id).where(ResourceLink.course_id == placement.course_id)
    return list(
        session.scalars(
            select(LinkSettings).where(
                LinkSettings.placement_id == placement.id, LinkSettings.resource_link_id.in_(links)
            )
        )
    )


def _take_over(link: ResourceLink, source: Given, placement_id: str) -> None:
    settings = link.settings or LinkSettings()
    settings.placement_id = placement_id
    settings.points, settings.attempts = source.points, source.attempts
    settings.opens, settings.due = source.opens, source.due
    link.settings = settings
