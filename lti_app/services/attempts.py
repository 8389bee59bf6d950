"""A student's attempts at a quiz: start, save, submit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, select
from sqlalchemy.orm import Session, joinedload

from content.questions import FileUpload
from content.quiz import Quiz
from content.sentences import Sentence
from lti_app.models import Answer, Attempt, Database, Launch, User, utcnow
from lti_app.services import audit, grading, metrics, passback, quizzes
from lti_app.services.access_codes import check_code
from lti_app.services.changes import Change, is_newer, number_of, sent_change
from lti_app.services.column_scores import column_scores
from lti_app.services.columns import columns
from lti_app.services.responses import InvalidResponse, read_response, write_response
from lti_app.services.scores import score_of
from lti_app.services.steps import goes_one_way, step_of, steps_of
from lti_app.services.terms import Entry, entry, terms_for
from lti_app.services.timing import GRACE, deadline, is_over

OVER = Sentence("This attempt is submitted; its answers cannot be changed.")
CHECKED = Sentence("This answer was checked, so it stands; it cannot be changed any more.")
TIME_IS_UP = Sentence("The time for this attempt is up; its answers stand as they were saved.")


# Each save asks for it; with all that a save needs, in one statement that is built once.
NUMBERED = (
    select(Attempt)
    .where(
        Attempt.resource_link_id == bindparam("link"),
        Attempt.user_id == bindparam("user"),
        Attempt.number == bindparam("number"),
    )
    .options(joinedload(Attempt.revision), joinedload(Attempt.user))
)


class AttemptOver(Exception):  # noqa: N818
    """The attempt is submitted, so nothing can be saved into it."""


class AnswerChecked(InvalidResponse):
    """The answer was checked, so no other one is taken."""


class NoQuiz(LookupError):  # noqa: N818
    """No quiz is bound to the resource link yet."""


@dataclass(frozen=True, slots=True)
class Saved:
    """Whether what was sent is what is stored now, and the sequence number of what is stored."""

    stands: bool
    sequence: int


class NotGivenNow(Exception):  # noqa: N818
    """The quiz is not open yet or closed, or the student has had every attempt or has to wait for the next."""


def start_attempt(session: Session, launch: Launch, code: str = "") -> Attempt:
    """Return the student's running attempt; where there is none, start one with the newest revision of the quiz.

    Raise NoQuiz while no quiz is bound, NotGivenNow where the terms allow no attempt, and what `check_code` does for an
    access code that is not the quiz's.
    """
    link = launch.resource_link
    session.get(User, launch.user_id, with_for_update=True)  # of two tabs that start at once, one waits for the other
    running = running_attempt(session, link.id, launch.user_id)
    if running is not None:
        return running
    revision = quizzes.newest_revision(session, link.quiz_id) if link.quiz_id else None
    if revision is None:
        raise NoQuiz("No quiz has been chosen here yet.")
    terms = terms_for(session, quizzes.load(revision).settings, link, launch.user_id)
    past, last = _past(session, link.id, launch.user_id)
    if entry(terms, past, last, utcnow()) is not Entry.OPEN:
        raise NotGivenNow(f"link {link.id}: {past} attempts so far")
    if terms.access_code:
        check_code(session, launch, terms.access_code, code)
    now = utcnow()
    attempt = Attempt(resource_link=link, user_id=launch.user_id, revision=revision, number=past + 1, started_at=now)
    attempt.ends_at = deadline(now, terms)
    session.add(attempt)
    session.flush()
    return attempt


def _past(session: Session, link_id: int, user_id: int) -> tuple[int, datetime | None]:
    """Return the number of the student's last attempt, 0 before the first, and when one was submitted last."""
    own = select(func.max(Attempt.number), func.max(Attempt.submitted_at)).where(_of(link_id, user_id))
    number, submitted_at = session.execute(own).one()
    return number or 0, submitted_at


def find_attempt(session: Session, link_id: int, user_id: int, number: int) -> Attempt | None:
    """Return the student's attempt of that number, or None."""
    return session.scalar(NUMBERED, {"link": link_id, "user": user_id, "number": number})


def running_attempt(session: Session, link_id: int, user_id: int) -> Attempt | None:
    """Return the student's attempt that is not submitted yet, or None."""
    return session.scalar(select(Attempt).where(_of(link_id, user_id), Attempt.submitted_at.is_(None)))


def list_attempts(session: Session, link_id: int, user_id: int) -> list[Attempt]:
    """Return the student's attempts at the link, first to last."""
    return list(session.scalars(select(Attempt).where(_of(link_id, user_id)).order_by(Attempt.number)))


def save_answer(
    session: Session, attempt: Attempt, question_id: str, response: Any, sequence: Any, page: Any = "", age: Any = 0
) -> Saved:
    """Save a response (see `services.responses`) unless a newer one is stored (see `services.changes`).

    ``page`` names the page that sends it, and ``age`` says how many milliseconds ago the student gave it.

    Raise AttemptOver when the attempt is submitted or its time is up, AnswerChecked for another response than the one
    that was checked, InvalidResponse for what the quiz has no place for.
    """
    change = sent_change(attempt, sequence, page, age)
    checked = _checked(quizzes.quiz_of(attempt), attempt, question_id, response)
    lock_running(session, attempt)
    answer = session.get(Answer, (attempt.id, question_id), populate_existing=True)
    if answer is not None and answer.checked_at is not None:
        return _left_as_checked(answer, checked, change)
    if answer is not None and not is_newer(change, answer):
        return Saved(False, answer.sequence)
    number = _store(session, attempt, question_id, answer, checked, change)
    session.flush()
    metrics.SAVES.labels(attempt.user.registration_id).inc()
    return Saved(True, number)


def _left_as_checked(answer: Answer, response: Any, change: Change) -> Saved:
    """Return what is said of a change of an answer that was checked; raise AnswerChecked where it is another response.

    One that its own page had replaced before the check was only slow on its way.
    """
    if answer.response == response:
        return Saved(True, answer.sequence)
    if change.page == answer.page and change.sequence < answer.page_sequence:
        return Saved(False, answer.sequence)
    raise AnswerChecked(CHECKED)


def save_answers(session: Session, attempt: Attempt, responses: Mapping[str, Any]) -> None:
    """Save the responses of a whole page.

    They count more than what was saved before; a question that they do not name keeps its saved response, and an empty
    one takes it back. An answer that was checked stands all the same (see `services.checking.refused`).

    Raise AttemptOver and InvalidResponse as `save_answer` does.
    """
    checked = _all_checked(attempt, responses)
    lock_running(session, attempt)
    _store_all(session, attempt, checked)


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
    checked = _all_checked(attempt, responses or {})
    _lock(session, attempt)
    if attempt.submitted_at is not None:
        return
    if not is_over(attempt):
        _store_all(session, attempt, checked)
    now = utcnow()
    _finish(session, attempt, min(now, attempt.ends_at) if attempt.ends_at else now)


def settle(session: Session, attempt: Attempt) -> None:
    """Submit the attempt as it is saved, if its time is up and nobody has submitted it."""
    _lock(session, attempt)
    if attempt.submitted_at is None and attempt.ends_at is not None and is_over(attempt):
        _finish(session, attempt, attempt.ends_at)


def settle_overdue(database: Database) -> int:
    """Submit the attempts whose time is up, each in a transaction of its own; return how many there were."""
    running = select(Attempt.id).where(Attempt.submitted_at.is_(None), Attempt.ends_at <= utcnow() - GRACE)
    with database.reading() as session:
        overdue = list(session.scalars(running.order_by(Attempt.ends_at).limit(100)))
    for attempt_id in overdue:
        with database.writing() as session:
            settle(session, session.get_one(Attempt, attempt_id))
    return len(overdue)


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


def _of(link_id: int, user_id: int) -> ColumnElement[bool]:
    return and_(Attempt.resource_link_id == link_id, Attempt.user_id == user_id)


def _lock(session: Session, attempt: Attempt) -> None:
    """Wait until no other transaction saves into the attempt or submits it, and see whether it is submitted now."""
    changing = ["submitted_at", "ends_at", "points", "possible", "position"]
    session.refresh(attempt, changing, with_for_update=True)


def lock_running(session: Session, attempt: Attempt) -> None:
    """Wait until no other transaction saves into the attempt; raise AttemptOver where nothing can be saved any more."""
    _lock(session, attempt)
    if attempt.submitted_at is not None:
        raise AttemptOver(OVER)
    if is_over(attempt):
        raise AttemptOver(TIME_IS_UP)


def _all_checked(attempt: Attempt, responses: Mapping[str, Any]) -> dict[str, Any]:
    quiz = quizzes.quiz_of(attempt)
    return {question_id: _checked(quiz, attempt, question_id, response) for question_id, response in responses.items()}


def _checked(quiz: Quiz, attempt: Attempt, question_id: str, response: Any) -> Any:
    """Return the response as it is stored; raise InvalidResponse for what the attempt has no place for."""
    question = quiz.find_question(question_id)
    if question is None:
        raise InvalidResponse(f"This attempt has no question {question_id[:80]!r}.")
    if isinstance(question, FileUpload):
        raise InvalidResponse("A file is uploaded, not typed.")
    check_reachable(quiz, attempt, question_id)
    return write_response(read_response(question, response))


def check_reachable(quiz: Quiz, attempt: Attempt, question_id: str) -> None:
    """Raise InvalidResponse for a question that the student has left behind where there is no way back."""
    if goes_one_way(quiz) and step_of(quiz, question_id) < attempt.position:
        raise InvalidResponse(Sentence("This question is behind you; its answer cannot be changed any more."))


def store_response(session: Session, attempt: Attempt, question_id: str, response: Any) -> int:
    """Store a response that was checked, as a new change of the answer; return the change's number."""
    number = _store(session, attempt, question_id, session.get(Answer, (attempt.id, question_id)), response)
    session.flush()
    return number


def _store_all(session: Session, attempt: Attempt, checked: Mapping[str, Any]) -> None:
    session.refresh(attempt, ["answers"])
    stored = {answer.question_id: answer for answer in attempt.answers}
    for question_id, response in checked.items():
        answer = stored.get(question_id)
        if answer is None or (answer.checked_at is None and answer.response != response):
            _store(session, attempt, question_id, answer, response)


def _store(
    session: Session,
    attempt: Attempt,
    question_id: str,
    answer: Answer | None,
    response: Any,
    change: Change | None = None,
) -> int:
    """Store a response in its ``answer``, if there is one, by the change that a page counts; return its number.

    What a form changes is newer than all before.
    """
    before = answer.sequence if answer else 0
    change = change or Change(sequence=before + 1, page="", made_at=utcnow())
    number = number_of(change, answer)
    if answer is None:
        answer = Answer(attempt=attempt, question_id=question_id)
        session.add(answer)
    answer.response, answer.sequence = response, number
    answer.page, answer.page_sequence, answer.changed_at = change.page, change.sequence, change.made_at
    return number
