"""Which attempt is looked at when an LMS's gradebook asks for what somebody submitted."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_app.models import Attempt, Launch, User
from lti_app.services.attempts import list_attempts
from lti_app.services.grading import counted, rule_of


def attempt_to_review(session: Session, launch: Launch, sub: str) -> Attempt | None:
    """Return the attempt of a person, by the LMS's id, at the launch's resource link.

    It is the one that counts, or the running one before any is submitted. None where the person has not begun the quiz
    here, whoever that is: a teacher learns nothing of people in other courses.
    """
    person = select(User).where(User.registration_id == launch.user.registration_id, User.sub == sub)
    user = session.scalar(person)
    own = list_attempts(session, launch.resource_link_id, user.id) if user else []
    score = counted(own, rule_of(session, launch.resource_link))
    if score is None:
        return own[-1] if own else None
    return next(attempt for attempt in own if attempt.number == score.attempt_number)
