"""When students see their score, the feedback and the right answers, in Canvas's terms."""

from datetime import datetime

from content.quiz import UNLIMITED, Seen, Settings, Shown

DEFAULT_ATTEMPTS = 1
"""What a quiz allows that is made in Canvas itself. Left out, it would become null."""


def attempts(settings: Settings) -> int:
    """Return how many attempts the quiz allows; `UNLIMITED` is 0."""
    return DEFAULT_ATTEMPTS if settings.attempts is None else settings.attempts


def answers_shown(settings: Settings) -> Shown:
    """Return when right answers may be seen at the earliest."""
    return _reached(settings.key_shown, settings)


def feedback_shown(settings: Settings) -> Shown:
    """Return when answers and feedback may be seen at the earliest; never where what Canvas shows would be too much.

    Canvas shows no answer without saying whether it is right. The score alone is in its gradebook.
    """
    if not settings.students_see.holds(Seen.RIGHT_OR_WRONG):
        return Shown.NEVER
    return _reached(settings.show_feedback, settings)


def _reached(when: Shown, settings: Settings) -> Shown:
    """Return the same moment in the least demanding words: of one attempt the last is any, and some never come."""
    match when:
        case Shown.AT_ONCE:
            return Shown.AFTER_SUBMISSION
        case Shown.AFTER_LAST_ATTEMPT if attempts(settings) == 1:
            return Shown.AFTER_SUBMISSION
        case Shown.AFTER_LAST_ATTEMPT if attempts(settings) == UNLIMITED:
            return Shown.NEVER
        case Shown.AFTER_CLOSE if settings.closes is None:
            return Shown.NEVER
        case _:
            return when


def answers_shown_from(settings: Settings) -> datetime | None:
    """Return the moment before which right answers are not seen, or None where there is none."""
    moments = [settings.show_after, settings.closes if answers_shown(settings) is Shown.AFTER_CLOSE else None]
    return max((moment for moment in moments if moment), default=None)


def feedback_waits(settings: Settings) -> bool:
    """Return whether score and feedback are to be seen from some moment on, which Canvas has no setting for."""
    when = feedback_shown(settings)
    return when is Shown.AFTER_CLOSE or (when is not Shown.NEVER and settings.show_after is not None)


def hide_results(settings: Settings) -> str:
    """Return what Canvas calls hiding the results: "" where it does not.

    What waits for a moment is hidden, for the instructor to show: seen too early, it could not be taken back.
    """
    when = feedback_shown(settings)
    if when is Shown.NEVER or feedback_waits(settings):
        return "always"
    return "until_after_last_attempt" if when is Shown.AFTER_LAST_ATTEMPT else ""
