"""What a student may see of a submitted attempt, by the settings of the quiz."""

from dataclasses import dataclass
from datetime import datetime

from content.quiz import Settings, Shown
from lti_app.services.terms import Terms


@dataclass(frozen=True, slots=True)
class Sight:
    """``review``: the score, one's answers, what is right of them, and all feedback; ``key``: the right answers too."""

    review: bool
    key: bool


def sight(
    settings: Settings, terms: Terms, submitted: int, now: datetime, others_until: datetime | None = None
) -> Sight:
    """Return what a student sees who has submitted so many attempts. No key is shown without the review that it is in.

    What waits for the last attempt is seen once there can be no further one; what waits for the close of a quiz that
    never closes is not seen. It is closed once it is for everybody: ``others_until`` is when it closes for the last of
    the other students.
    """
    if settings.show_after is not None and now < settings.show_after:
        return Sight(review=False, key=False)
    over = terms.closes is not None and now >= terms.closes
    last = over or (terms.attempts is not None and submitted >= terms.attempts)
    closed = over and (others_until is None or now >= others_until)
    reached = {
        Shown.NEVER: False,
        Shown.AFTER_SUBMISSION: True,
        Shown.AFTER_LAST_ATTEMPT: last,
        Shown.AFTER_CLOSE: closed,
    }
    review = reached[settings.show_feedback]
    return Sight(review=review, key=review and reached[settings.show_answers])
