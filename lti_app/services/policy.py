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


def sight(settings: Settings, terms: Terms, submitted: int, now: datetime) -> Sight:
    """Return what a student sees who has submitted so many attempts. No key is shown without the review that it is in.

    What waits for the last attempt is seen once there can be no further one; what waits for the close of a quiz that
    never closes is not seen.
    """
    if settings.show_after is not None and now < settings.show_after:
        return Sight(review=False, key=False)
    closed = terms.closes is not None and now >= terms.closes
    last = closed or (terms.attempts is not None and submitted >= terms.attempts)
    reached = {
        Shown.NEVER: False,
        Shown.AFTER_SUBMISSION: True,
        Shown.AFTER_LAST_ATTEMPT: last,
        Shown.AFTER_CLOSE: closed,
    }
    review = reached[settings.show_feedback]
    return Sight(review=review, key=review and reached[settings.show_answers])
