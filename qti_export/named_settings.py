"""The settings of a quiz in words, for a report of those that an LMS does not read."""

from collections.abc import Iterator

from content.quiz import UNLIMITED, Quiz, Seen, Settings, Shown, WhichAttempt
from qti_export.report import percent

ONLY = {
    Seen.SCORE: "their score",
    Seen.OWN_ANSWERS: "their score and answers",
    Seen.RIGHT_OR_WRONG: "their score and answers and whether they are right",
}
"""What students see of an attempt where they do not see everything."""


def named_settings(quiz: Quiz) -> tuple[str, ...]:
    """Return in words what the instructor has to set in the LMS by hand, where the file says nothing of it."""
    return (*_attempts(quiz.settings), *_layout(quiz.settings), *_times(quiz.settings), *_shown(quiz.settings))


def _attempts(settings: Settings) -> Iterator[str]:
    if settings.time_limit is not None:
        yield f"time limit {settings.time_limit} min"
    if settings.attempts is not None:
        yield f"{'unlimited' if settings.attempts == UNLIMITED else settings.attempts} attempts"
    if settings.wait_between_attempts is not None:
        yield f"a wait of {settings.wait_between_attempts} min between attempts"
    if settings.which_attempt is not WhichAttempt.HIGHEST:
        yield f"the {settings.which_attempt} attempt counts"
    if settings.access_code:
        yield "the access code"


def _layout(settings: Settings) -> Iterator[str]:
    if settings.shuffle_questions:
        yield "shuffled questions"
    if settings.one_question_at_a_time:
        yield "one question at a time"
    if settings.cant_go_back:
        yield "no way back to earlier questions"


def _times(settings: Settings) -> Iterator[str]:
    for what in ("opens", "due", "closes", "show_after"):
        moment = getattr(settings, what)
        if moment is not None:
            yield f"{what.replace('_', ' ')} {moment:%Y-%m-%d %H:%M %Z}"


def _shown(settings: Settings) -> Iterator[str]:
    if settings.students_see in ONLY:
        yield f"students see only {ONLY[settings.students_see]}"
    elif settings.show_answers is Shown.NEVER:
        yield "right answers stay hidden"
    elif settings.show_answers is not Shown.AFTER_SUBMISSION:
        yield f"right answers are shown {settings.show_answers}"
    if settings.show_feedback is not Shown.AFTER_SUBMISSION:
        yield f"feedback is shown {settings.show_feedback}"
    if settings.pass_mark is not None:
        yield f"pass mark {percent(settings.pass_mark)}"
