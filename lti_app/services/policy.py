"""What a student may see of an attempt, by the settings of the quiz."""

from dataclasses import dataclass
from datetime import datetime

from content.quiz import Seen, Settings, Shown
from lti_app.services.terms import Entry
from lti_app.services.timing import GRACE


@dataclass(frozen=True, slots=True)
class Sight:
    """What is seen: the score, one's answers, which of them are right (``marks``), all feedback, the right answers."""

    score: bool
    answers: bool
    marks: bool
    feedback: bool
    key: bool


WHOLE = Sight(score=True, answers=True, marks=True, feedback=True, key=True)
"""What those see who teach."""


def sight_of_checked(settings: Settings) -> Sight:
    """Return what a student sees of an answer that was checked, while its attempt runs."""
    everything = settings.checks_answers and settings.students_see is Seen.EVERYTHING
    return Sight(
        score=False,
        answers=True,
        marks=settings.checks_answers,
        feedback=everything,
        key=everything and settings.show_answers is Shown.AT_ONCE,
    )


NO_MORE = frozenset({Entry.CLOSED, Entry.NO_ATTEMPTS_LEFT, Entry.CLOSES_BEFORE})
"""Of a student who can start no further attempt, now or later."""


def sight(
    settings: Settings, entry: Entry, now: datetime, others_until: datetime | None = None, *, running: bool = False
) -> Sight:
    """Return what a student sees who may start another attempt, or not, and has one ``running``, or not.

    No key is shown without the feedback.
    What waits for the last attempt is seen once there can be no further one, and none runs; what waits for the close of
    a quiz that never closes is not seen. It is closed once it is for everybody, and nobody's answers are taken any
    more: ``others_until`` is when it closes for the last of the other students.
    """
    closed = entry is Entry.CLOSED and (others_until is None or now >= others_until + GRACE)
    reached = {
        Shown.NEVER: False,
        Shown.AT_ONCE: True,
        Shown.AFTER_SUBMISSION: True,
        Shown.AFTER_LAST_ATTEMPT: entry in NO_MORE and not running,
        Shown.AFTER_CLOSE: closed and not running,
    }
    shown = reached[settings.show_feedback] and (settings.show_after is None or now >= settings.show_after)
    feedback = shown and settings.students_see is Seen.EVERYTHING
    return Sight(
        score=shown,
        answers=shown and settings.students_see.holds(Seen.OWN_ANSWERS),
        marks=shown and settings.students_see.holds(Seen.RIGHT_OR_WRONG),
        feedback=feedback,
        key=feedback and reached[settings.show_answers],
    )
