"""A student's attempts at a quiz: start, turn to a step, submit. Answers are saved by `services.saving`."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload

from lti_app.models import Attempt, Database, Launch, QuizRevision, User, utcnow
from lti_app.services import audit, grading, metrics, passback, quizzes
from lti_app.services.access_codes import check_code
from lti_app.services.column_scores import column_scores
from lti_app.services.columns import columns
from lti_app.services.saving import check_all, lock, lock_running, store_all
from lti_app.services.scores import score_of
from lti_app.services.steps import goes_one_way, steps_of
from lti_app.services.terms import Entry, entry, terms_for
from lti_app.services.timing import GRACE, deadline, is_over

log = structlog.get_logger(__name__)

# Students' pages ask for these, and to build a statement takes longer than to run it.
OWN = (
    select(Attempt)
    .where(Attempt.resource_link_id == bindparam("link"), Attempt.user_id == bindparam("user"))
    .order_by(Attempt.number)
)
NUMBERED = OWN.where(Attempt.number == bindparam("number")).options(
    joinedload(Attempt.revision), joinedload(Attempt.user)
)
TO_SAVE = NUMBERED.options(joinedload(Attempt.revision).lazyload(QuizRevision.pictures))


class NoQuiz(LookupError):  # noqa: N818
    """No quiz is bound to the resource link yet."""


class NotGivenNow(Exception):  # noqa: N818
    """The quiz is not open yet or closed, or the student has had every attempt or has to wait for the next."""


def start_attempt(session: Session, launch: Launch, code: str = "") -> Attempt:
    """Return the student's running attempt; where there is none, start one with the newest revision of the quiz.

    One whose time is up is submitted as it is saved.

    Raise NoQuiz while no quiz is bound, NotGivenNow where the terms allow no attempt, and what `check_code` does for an
    access code that is not the quiz's.
    """
    link = launch.resource_link
    session.get(User, launch.user_id, with_for_update=True)  # of two tabs that start at once, one waits for the other
    past = list_attempts(session, link.id, launch.user_id)
    if past and past[-1].submitted_at is None:
        settle(session, past[-1])
        if past[-1].submitted_at is None:
            return past[-1]
    revision = quizzes.newest_revision(session, link.quiz_id) if link.quiz_id else None
    if revision is None:
        raise NoQuiz("No quiz has been chosen here yet.")
    terms = terms_for(session, quizzes.load(revision).settings, link, launch.user_id)
    last = max((one.submitted_at for one in past if one.submitted_at is not None), default=None)
    if entry(terms, len(past), last, utcnow()) is not Entry.OPEN:
        raise NotGivenNow(f"link {link.id}: {len(past)} attempts so far")
    if terms.access_code:
        check_code(session, launch, terms.access_code, code)
    now = utcnow()
    number = past[-1].number + 1 if past else 1
    # By ids: the launch may have been read in an earlier transaction, and `settle` reads its link anew.
    attempt = Attempt(resource_link_id=link.id, user_id=launch.user_id, revision=revision, number=number)
    attempt.started_at, attempt.ends_at = now, deadline(now, terms)
    session.add(attempt)
    session.flush()
    return attempt


def find_attempt(session: Session, link_id: int, user_id: int, number: int) -> Attempt | None:
    """Return the student's attempt of that number, or None."""
    return session.scalar(NUMBERED, {"link": link_id, "user": user_id, "number": number})


def find_to_save(session: Session, link_id: int, user_id: int, number: int) -> Attempt | None:
    """Return the student's attempt of that number, or None, with all that `saving.save_answer` needs of it."""
    return session.scalar(TO_SAVE, {"link": link_id, "user": user_id, "number": number})


def list_attempts(session: Session, link_id: int, user_id: int) -> list[Attempt]:
    """Return the student's attempts at the link, first to last."""
    return list(session.scalars(OWN, {"link": link_id, "user": user_id}))


def turn_to(session: Session, attempt: Attempt, step: int) -> None:
    """Have the attempt stand at the step, or at the one nearest to it; back only where the quiz lets students go back.

    Raise AttemptOver as `save_answer` does.
    """
    quiz = quizzes.quiz_of(attempt)
    lock_running(session, attempt)
    earliest = attempt.position if goes_one_way(quiz) else 0
    attempt.position = min(max(step, earliest), len(steps_of(quiz)) - 1)
    session.flush()


def submit_attempt(session: Session, attempt: Attempt, responses: Mapping[str, Any] | None = None) -> None:
    """Score the attempt and have its grade sent, all in this transaction. An attempt that is submitted stays as it is.

    ``responses`` are those of the submitted page, saved as by `save_answers`; once the time is up, answers stand as
    they are saved.

    Raise InvalidResponse for what the quiz has no place for; then nothing is stored.
    """
    checked = check_all(attempt, responses or {})
    lock(session, attempt)
    if attempt.submitted_at is not None:
        return
    if not is_over(attempt):
        store_all(session, attempt, checked)
    now = utcnow()
    _finish(session, attempt, min(now, attempt.ends_at) if attempt.ends_at else now)


def settle(session: Session, attempt: Attempt) -> None:
    """Submit the attempt as it is saved, if its time is up and nobody has submitted it."""
    lock(session, attempt)
    if attempt.submitted_at is None and attempt.ends_at is not None and is_over(attempt):
        _finish(session, attempt, attempt.ends_at)


def settle_overdue(database: Database) -> int:
    """Submit the attempts whose time is up, each in a transaction of its own; return how many were.

    One that cannot be is logged, and stands in the way of no other.
    """
    running = select(Attempt.id).where(Attempt.submitted_at.is_(None), Attempt.ends_at <= utcnow() - GRACE)
    with database.reading() as session:
        overdue = list(session.scalars(running.order_by(Attempt.ends_at).limit(100)))
    settled = 0
    for attempt_id in overdue:
        try:
            with database.writing() as session:
                settle(session, session.get_one(Attempt, attempt_id))
            settled += 1
        except Exception:
            log.exception("attempt not submitted", attempt=attempt_id)
    return settled


def _finish(session: Session, attempt: Attempt, submitted_at: datetime) -> None:
    before = counted_now(session, attempt)
    session.refresh(attempt, ["answers"])
    with session.no_autoflush:  # it is submitted with its points, or not at all
        attempt.submitted_at = submitted_at
        rescore(session, attempt)
    metrics.SUBMISSIONS.labels(attempt.user.registration_id).inc()
    tell_gradebook(session, attempt, before, audit.RULE)


def rescore(session: Session, attempt: Attempt) -> None:
    """Store what the attempt's answers earn now."""
    result = score_of(attempt)
    attempt.points, attempt.possible = result.points, result.possible
    attempt.needs_grading = result.needs_grading
    session.flush()


def counted_now(session: Session, attempt: Attempt) -> Mapping[str, grading.CountedScore]:
    """Return the scores that count for the attempt's student now, by section id of the columns; empty before any."""
    link = attempt.resource_link
    own, rule = list_attempts(session, link.id, attempt.user_id), grading.rule_of(session, link)
    return column_scores(own, rule, columns(session, link))


def tell_gradebook(session: Session, attempt: Attempt, before: Mapping[str, grading.CountedScore], actor: str) -> None:
    """Have the student's grade sent to the columns in which another score counts than before.

    That it is lower is in the audit trail, with the ``actor`` who has lowered it (see `services.audit`).
    """
    now, link = counted_now(session, attempt), attempt.resource_link
    changed = {section_id: score for section_id, score in now.items() if _is_other(score, before.get(section_id))}
    if not changed:
        return
    passback.want_passback(session, link, attempt.user, changed.keys())
    rule = str(grading.rule_of(session, link).which_attempt)
    for section_id, after in changed.items():
        earlier = before.get(section_id)
        if earlier is not None and after.share < earlier.share:
            told = {"before": str(earlier.share), "after": str(after.share), "which_attempt": rule}
            section = {"section": section_id} if section_id else {}
            audit.record(session, actor, "grade.lowered", link_id=link.id, user_id=attempt.user_id, **told, **section)


def _is_other(score: grading.CountedScore, before: grading.CountedScore | None) -> bool:
    return before is None or (before.attempt_number, before.points) != (score.attempt_number, score.points)
