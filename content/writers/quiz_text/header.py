"""The top of the file: what is said of the quiz as a whole."""

from collections.abc import Iterator
from datetime import UTC, datetime

from content.quiz import UNLIMITED, Quiz, Seen, Settings, Shown, WhichAttempt
from content.writers.quiz_text.pieces import decimal, piece


def header(quiz: Quiz) -> Iterator[str]:
    """Yield the lines; what is as it would be without a line has none."""
    yield piece("Quiz title:", quiz.title)
    if quiz.id:
        yield f"id: {quiz.id}"
    if quiz.description:
        yield piece("Quiz description:", quiz.description)
    yield from _limits(quiz.settings)
    yield from _flags(quiz.settings)
    yield from _shown(quiz.settings)
    yield from _moments(quiz.settings)


def _limits(settings: Settings) -> Iterator[str]:
    if settings.time_limit is not None:
        yield f"time limit: {settings.time_limit} min"
    if settings.attempts is not None:
        yield f"attempts: {'unlimited' if settings.attempts == UNLIMITED else settings.attempts}"
    if settings.wait_between_attempts is not None:
        yield f"wait between attempts: {settings.wait_between_attempts} min"
    if settings.which_attempt is not WhichAttempt.HIGHEST:
        yield f"which attempt counts: {settings.which_attempt}"
    if settings.pass_mark is not None:
        yield f"pass mark: {decimal(settings.pass_mark * 100)}%"
    if settings.access_code:
        yield piece("access code:", settings.access_code)


def _flags(settings: Settings) -> Iterator[str]:
    for name, flag in (
        ("grade sections apart", settings.grade_sections_apart),
        ("shuffle questions", settings.shuffle_questions),
        ("Shuffle answers", settings.shuffle_answers),
        ("One question at a time", settings.one_question_at_a_time),
        ("Can't go back", settings.cant_go_back),
    ):
        if flag:
            yield f"{name}: true"


def _shown(settings: Settings) -> Iterator[str]:
    if settings.show_answers is Shown.NEVER:
        yield "Show correct answers: false"
    elif settings.show_answers is not Shown.AFTER_SUBMISSION:
        yield f"show answers: {settings.show_answers}"
    if settings.show_feedback is not Shown.AFTER_SUBMISSION:
        yield f"show feedback: {settings.show_feedback}"
    if settings.students_see is not Seen.EVERYTHING:
        yield f"students see: {settings.students_see}"


def _moments(settings: Settings) -> Iterator[str]:
    for name, moment in (
        ("show after", settings.show_after),
        ("opens", settings.opens),
        ("due", settings.due),
        ("closes", settings.closes),
    ):
        if moment is not None:
            yield f"{name}: {_moment(moment)}"


def _moment(moment: datetime) -> str:
    utc = moment.astimezone(UTC)
    return f"{utc:%Y-%m-%d %H:%M}{f':{utc:%S}' if utc.second else ''} UTC"
