"""Copied courses: a link in the copy finds the quiz and the settings of the link that it is a copy of.

A copy has links of its own, with ids of their own, and so starts without attempts and has its own gradebook columns.
What it is a copy of is said by the LMS's variables ``ResourceLink.id.history`` and ``Context.id.history`` (LTI 1.3
core, appendix C), where the tool's custom parameters ask for them.
"""

import structlog
from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, joinedload

from lti_app.lti.claims import LaunchClaims
from lti_app.models import Course, Deployment, ResourceLink
from lti_app.services.placements import inherit_settings

log = structlog.get_logger(__name__)


def inherit_quiz(session: Session, link: ResourceLink, claims: LaunchClaims) -> None:
    """Bind the quiz of the link's original, given as it is there; where none can be told, leave the link as it is.

    The latest copy comes first in a history, and one that nobody opened is passed over. A quiz that is not offered any
    more is taken over, too: it runs on where it stands.
    """
    original = _original(session, link, claims)
    if original is not None:
        link.quiz_id = original.quiz_id
        link.which_attempt, link.late_percent = original.which_attempt, original.late_percent
        inherit_settings(link, original)
        log.info("quiz taken over from an earlier course", link=link.id, original=original.id, quiz=link.quiz_id)
        session.flush()


def _original(session: Session, link: ResourceLink, claims: LaunchClaims) -> ResourceLink | None:
    """Return the closest earlier link with a quiz; of links of one id, that of the latest earlier course."""
    links, courses = list(claims.link_history), list(claims.context_history)
    if not links and not courses:
        return None

    def distance(candidate: ResourceLink) -> tuple[int, int, bool, int]:
        id_, course = candidate.resource_link_id, candidate.course
        return (
            links.index(id_) if id_ in links else len(links),
            courses.index(course.context_id) if course.context_id in courses else len(courses),
            course.deployment_id != claims.deployment_id,
            -candidate.id,
        )

    # Ids are a platform's own: those of another registration mean other links, and somebody else's.
    earlier = (
        select(ResourceLink)
        .join(ResourceLink.course)
        .join(Course.deployment)
        .where(Deployment.registration_id == claims.registration_id)
        .where(ResourceLink.id != link.id, ResourceLink.quiz_id.is_not(None), _is_named(claims))
        .options(joinedload(ResourceLink.course))
    )
    return min(session.scalars(earlier), key=distance, default=None)


def _is_named(claims: LaunchClaims) -> ColumnElement[bool]:
    """Return the condition that a link is in the history, or in an earlier course under the id that it has here."""
    return or_(
        ResourceLink.resource_link_id.in_(claims.link_history),
        and_(
            ResourceLink.resource_link_id == claims.resource_link_id,
            Course.context_id.in_(claims.context_history),
        ),
    )
