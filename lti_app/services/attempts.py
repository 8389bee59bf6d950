"""A student's attempts at a quiz: start, save, submit."""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from content.quiz import Quiz
from content.scoring import Response, score, score_quiz
from lti_app.models import Answer, Attempt, Launch, ResourceLink, User, utcnow
from lti_app.services import audit, grading, metrics, passback, quizzes

LARGEST_SEQUENCE = 2**53 - 1
"""The largest integer that JavaScript counts exactly."""

OVER = "This attempt is submitted; its answers cannot be changed."


class AttemptOver(Exception):  # noqa: N818
    """The attempt is submitted, so nothing can be saved into it."""


class InvalidResponse(ValueError):  # noqa: N818
    """A response that the question's page could not have sent; the message says what is wrong with it."""


class NoQuiz(LookupError):  # noqa: N818
    """No quiz is bound to the resource link yet."""


class NotGivenNow(Exception):  # noqa: N818
    """The quiz is not open yet, or the student has had every attempt."""


def may_start(link: ResourceLink, past: int) -> bool:
    """Return whether a student with so many attempts may start another one at the link now."""
    settings = link.settings
    if settings is None:
        return True
    opened = settings.opens is None or settings.opens <= utcnow()
    return opened and (settings.attempts is None or past < settings.attempts)


def start_attempt(session: Session, launch: Launch) -> Attempt:
    """Return the student's running attempt; where there is none, start one with the newest revision of the quiz.

    Raise NoQuiz while no quiz is bound, NotGivenNow where the link's settings allow no attempt.
    """
    link = launch.resource_link
    session.get(User, launch.user_id, with_for_update=True)  # of two tabs that start at once, one waits for the other
    running = running_attempt(session, link.id, launch.user_id)
    if running is not None:
        return running
    revision = quizzes.newest_revision(session, link.quiz_id) if link.quiz_id else None
    if revision is None:
        raise NoQuiz("No quiz has been chosen here yet.")
    past = session.scalar(select(func.max(Attempt.number)).where(_of(link.id, launch.user_id))) or 0
    if not may_start(link, past):
        raise NotGivenNow(f"link {link.id}: {past} attempts so far")
    attempt = Attempt(
        resource_link_id=link.id,
        user_id=launch.user_id,
        revision=revision,
        number=past + 1,
    )
    session.add(attempt)
    session.flush()
    return attempt


def find_attempt(session: Session, link_id: int, user_id: int, number: int) -> Attempt | None:
    """Return the student's attempt of that number, or None."""
    return session.scalar(select(Attempt).where(_of(link_id, user_id), Attempt.number == number))


def running_attempt(session: Session, link_id: int, user_id: int) -> Attempt | None:
    """Return the student's attempt that is not submitted yet, or None."""
    return session.scalar(select(Attempt).where(_of(link_id, user_id), Attempt.submitted_at.is_(None)))


def list_attempts(session: Session, link_id: int, user_id: int) -> list[Attempt]:
    """Return the student's attempts at the link, first to last."""
    return list(session.scalars(select(Attempt).where(_of(link_id, user_id)).order_by(Attempt.number)))


def responses_of(attempt: Attempt) -> dict[str, Response]:
    """Return the saved responses by question id."""
    return {answer.question_id: frozenset(answer.response) for answer in attempt.answers}


def save_answer(session: Session, attempt: Attempt, question_id: str, response: Sequence[int], sequence: int) -> int:
    """Save a response, the positions of the picked choices, and return the sequence number of what is stored now.

    That is the number sent where this response is stored, also where it was before; a higher one where a later change
    arrived earlier, and then nothing is changed.

    Raise AttemptOver when the attempt is submitted, InvalidResponse for what the quiz has no place for.
    """
    if type(sequence) is not int or not 0 <= sequence <= LARGEST_SEQUENCE:
        raise InvalidResponse(f"The sequence number must be a whole number from 0 to {LARGEST_SEQUENCE}.")
    picks = _checked(quizzes.load(attempt.revision), question_id, response)
    _lock(session, attempt)
    if attempt.submitted_at is not None:
        raise AttemptOver(OVER)
    answer = session.get(Answer, (attempt.id, question_id), populate_existing=True)
    if answer is not None and answer.sequence > sequence:
        return answer.sequence
    _store(session, attempt, question_id, picks, sequence)
    session.flush()
    metrics.SAVES.labels(attempt.user.registration_id).inc()
    return sequence


def save_answers(session: Session, attempt: Attempt, responses: Mapping[str, Sequence[int]]) -> None:
    """Save the responses of a whole page.

    They count more than what was saved before; a question that they do not name keeps its saved response, and an empty
    one takes it back.

    Raise AttemptOver when the attempt is submitted, InvalidResponse for what the quiz has no place for.
    """
    checked = _all_checked(attempt, responses)
    _lock(session, attempt)
    if attempt.submitted_at is not None:
        raise AttemptOver(OVER)
    _store_all(session, attempt, checked)


def submit_attempt(session: Session, attempt: Attempt, responses: Mapping[str, Sequence[int]] | None = None) -> None:
    """Score the attempt and have its grade sent, all in this transaction. An attempt that is submitted stays as it is.

    ``responses`` are those of the submitted page, saved as by `save_answers`.

    Raise InvalidResponse for what the quiz has no place for; then nothing is stored.
    """
    checked = _all_checked(attempt, responses or {})
    _lock(session, attempt)
    if attempt.submitted_at is not None:
        return
    _store_all(session, attempt, checked)
    result = score_quiz(quizzes.load(attempt.revision), responses_of(attempt))
    attempt.points, attempt.possible, attempt.submitted_at = result.points, result.possible, utcnow()
    session.flush()
    metrics.SUBMISSIONS.labels(attempt.user.registration_id).inc()
    _want_changed_grade(session, attempt)


def _want_changed_grade(session: Session, attempt: Attempt) -> None:
    """Have the grade sent if this attempt changes it; that the rule lowers it is in the audit trail."""
    link, rule = attempt.resource_link, grading.rule_of(session, attempt.resource_link)
    own = list_attempts(session, link.id, attempt.user_id)
    before = grading.counted([one for one in own if one.id != attempt.id], rule)
    after = grading.counted(own, rule)
    if after is None or (before is not None and after.attempt_number == before.attempt_number):
        return
    passback.want_passback(session, link, attempt.user)
    if before is not None and after.share < before.share:
        shares = {"before": str(before.share), "after": str(after.share), "which_attempt": str(rule.which_attempt)}
        audit.record(session, audit.RULE, "grade.lowered", link_id=link.id, user_id=attempt.user_id, **shares)


def _of(link_id: int, user_id: int) -> ColumnElement[bool]:
    return and_(Attempt.resource_link_id == link_id, Attempt.user_id == user_id)


def _lock(session: Session, attempt: Attempt) -> None:
    """Wait until no other transaction saves into the attempt or submits it, and see whether it is submitted now."""
    session.refresh(attempt, ["submitted_at", "points", "possible"], with_for_update=True)


def _all_checked(attempt: Attempt, responses: Mapping[str, Sequence[int]]) -> dict[str, list[int]]:
    quiz = quizzes.load(attempt.revision)
    return {question_id: _checked(quiz, question_id, picks) for question_id, picks in responses.items()}


def _checked(quiz: Quiz, question_id: str, response: Sequence[int]) -> list[int]:
    """Return the picked positions in order; raise InvalidResponse for what the question has no place for."""
    question = next((question for question in quiz.questions if question.id == question_id), None)
    if question is None:
        raise InvalidResponse(f"This attempt has no question {question_id[:80]!r}.")
    if not isinstance(response, list | tuple) or any(type(place) is not int for place in response):
        raise InvalidResponse("A response is a list of positions, counted from 0.")
    picks = frozenset(response)
    if len(picks) < len(response):
        raise InvalidResponse("A response names each choice only once.")
    try:
        score(question, picks)
    except ValueError as error:
        raise InvalidResponse(str(error)) from error
    return sorted(picks)


def _store_all(session: Session, attempt: Attempt, checked: Mapping[str, list[int]]) -> None:
    session.refresh(attempt, ["answers"])
    sequences = {answer.question_id: answer.sequence for answer in attempt.answers}
    for question_id, picks in checked.items():
        _store(session, attempt, question_id, picks, sequences.get(question_id, 0))


def _store(session: Session, attempt: Attempt, question_id: str, picks: list[int], sequence: int) -> None:
    answer = session.get(Answer, (attempt.id, question_id))
    if answer is None:
        answer = Answer(attempt=attempt, question_id=question_id)
        session.add(answer)
    answer.response, answer.sequence, answer.saved_at = picks, sequence, utcnow()
