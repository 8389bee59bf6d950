"""What a student may see of a submitted attempt, by the settings of the quiz."""

from dataclasses import dataclass
from datetime import datetime

from content.quiz import Settings, Shown
from lti_app.services.terms import Entry


@dataclass(frozen=True, slots=True)
class Sight:
    """``review``: the score, one's answers, what is right of them, and all feedback; ``key``: the right answers too."""

    review: bool
    key: bool


NO_MORE = frozenset({Entry.CLOSED, Entry.NO_ATTEMPTS_LEFT, Entry.CLOSES_BEFORE})
"""Of a student who can start no further attempt, now or later."""


def sight(settings: Settings, entry: Entry, now: datetime, others_until: datetime | None = None) -> Sight:
    """Return what a student sees who may start another attempt, or not. No key is shown without the review it is in.

    What waits for the last attempt is seen once there can be no further one; what waits for the close of a quiz that
    never closes is not seen. It is closed once it is for everybody: ``others_until`` is when it closes for the last of
    the other students.
    """
    if settings.show_after is not None and now < settings.show_after:
        return Sight(review=False, key=False)
    closed = entry is Entry.CLOSED and (others_until is None or now >= others_until)
    reached = {
        Shown.NEVER: False,
        Shown.AFTER_SUBMISSION: True,
        Shown.AFTER_LAST_ATTEMPT: entry in NO_MORE,
        Shown.AFTER_CLOSE: closed,
    }
    review = reached[settings.show_feedback]
    return Sight(review=review, key=review and reached[settings.show_answers])
