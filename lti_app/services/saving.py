"""Answers as they are saved: one by one while a student works, or all of a page at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from content.numbers import is_out_of_range
from content.questions import FileUpload, Numerical
from content.quiz import Quiz
from content.sentences import Sentence
from lti_app.models import Answer, Attempt, utcnow
from lti_app.services import metrics, quizzes, steps
from lti_app.services.changes import Change, Stored, is_newer, number_of, sent_change
from lti_app.services.responses import InvalidResponse, read_response, write_response
from lti_app.services.standing import Standing
from lti_app.services.timing import has_ended

CHECKED = Sentence("This answer was checked, so it stands; it cannot be changed any more.")
OVER = Sentence("This attempt is submitted; its answers cannot be changed.")
OUT_OF_RANGE = Sentence("This number is out of range: write one of at most 50 digits, between 1e-99 and 1e99.")
TIME_IS_UP = Sentence("The time for this attempt is up; its answers stand as they were saved.")

# Built once, as every save asks for them; read as rows, which costs a third of what their objects do.
STATE = (
    select(Attempt.submitted_at, Attempt.ends_at, Attempt.position)
    .where(Attempt.id == bindparam("attempt"))
    .with_for_update()
)
CHANGES = select(
    Answer.question_id,
    Answer.sequence,
    Answer.page,
    Answer.page_sequence,
    Answer.changed_at,
    Answer.checked_at,
).where(Answer.attempt_id == bindparam("attempt"))
RESPONSE = select(Answer.response).where(
    Answer.attempt_id == bindparam("attempt"), Answer.question_id == bindparam("question")
)
ADD = insert(Answer)
CHANGE = update(Answer).where(Answer.attempt_id == bindparam("attempt"), Answer.question_id == bindparam("question"))


class AttemptOver(Exception):  # noqa: N818
    """The attempt is submitted, so nothing can be saved into it."""


class AnswerChecked(InvalidResponse):
    """The answer was checked, so no other one is taken; ``standing`` is how the attempt stands."""

    def __init__(self, standing: Standing) -> None:
        super().__init__(CHECKED)
        self.standing = standing


@dataclass(frozen=True, slots=True)
class Saved:
    """Whether what was sent is what is stored now, and the sequence number of what is stored.

    ``standing`` is how the attempt stands with it.
    """

    stands: bool
    sequence: int
    standing: Standing


def save_answer(
    session: Session, attempt: Attempt, question_id: str, response: Any, sequence: Any, page: Any = "", age: Any = 0
) -> Saved:
    """Save a response (see `services.responses`) unless a newer one is stored (see `services.changes`).

    ``page`` names the page that sends it, and ``age`` says how many milliseconds ago the student gave it. The attempt
    may have been read in an earlier transaction: whatever of it can change is read again.

    Raise AttemptOver when the attempt is submitted or its time is up, AnswerChecked for another response than the one
    that was checked, InvalidResponse for what the quiz has no place for.
    """
    change = sent_change(attempt, sequence, page, age)
    quiz = quizzes.quiz_of(attempt)
    checked = _checked(quiz, question_id, response)
    session.flush()  # rows are read past what the session holds
    connection = session.connection()
    state = connection.execute(STATE, {"attempt": attempt.id}).one()
    _check_running(state.submitted_at, state.ends_at)
    check_reachable(quiz, state.position, question_id)
    rows = connection.execute(CHANGES, {"attempt": attempt.id}).all()
    standing = _standing(state.ends_at, rows)
    before = next((row for row in rows if row.question_id == question_id), None)
    key = {"attempt": attempt.id, "question": question_id}
    if before is not None and before.checked_at is not None:
        same = connection.scalar(RESPONSE, key) == checked
        return _left_as_checked(before, change, standing, same=same)
    if before is not None and not is_newer(change, before):
        return Saved(False, before.sequence, standing)
    number = number_of(change, before)
    values = {"response": checked, "sequence": number, **_made(change)}
    if before is None:
        connection.execute(ADD, {"attempt_id": attempt.id, "question_id": question_id, **values})
    else:
        connection.execute(CHANGE, {**key, **values})
    metrics.SAVES.labels(attempt.user.registration_id).inc()
    return Saved(True, number, replace(standing, sequences={**standing.sequences, question_id: number}))


def _left_as_checked(stored: Stored, change: Change, standing: Standing, *, same: bool) -> Saved:
    """Return what is said of a change of an answer that was checked; raise AnswerChecked where it is not the same.

    One that its own page had replaced before the check was only slow on its way.
    """
    if not same and not (change.page == stored.page and change.sequence < stored.page_sequence):
        raise AnswerChecked(standing)
    return Saved(same, stored.sequence, standing)


def _standing(ends_at: datetime | None, rows: Sequence[Any]) -> Standing:
    """Return how a running attempt stands that ends then, and whose answers are these `CHANGES`."""
    return Standing(
        over=False,
        ends_at=ends_at,
        sequences={row.question_id: row.sequence for row in rows},
        checked=tuple(sorted(row.question_id for row in rows if row.checked_at is not None)),
    )


def save_answers(session: Session, attempt: Attempt, responses: Mapping[str, Any]) -> None:
    """Save the responses of a whole page.

    They count more than what was saved before; a question that they do not name keeps its saved response, and an empty
    one takes it back. An answer that was checked stands all the same (see `services.checking.refused`).

    Raise AttemptOver and InvalidResponse as `save_answer` does.
    """
    checked = check_all(attempt, responses)
    lock_running(session, attempt)
    store_all(session, attempt, checked)


def lock(session: Session, attempt: Attempt) -> None:
    """Wait until no other transaction saves into the attempt or submits it, and see whether it is submitted now."""
    changing = ["submitted_at", "ends_at", "points", "possible", "position"]
    session.refresh(attempt, changing, with_for_update=True)


def lock_running(session: Session, attempt: Attempt) -> None:
    """Wait until no other transaction saves into the attempt; raise AttemptOver where nothing can be saved any more."""
    lock(session, attempt)
    _check_running(attempt.submitted_at, attempt.ends_at)


def _check_running(submitted_at: datetime | None, ends_at: datetime | None) -> None:
    if submitted_at is not None:
        raise AttemptOver(OVER)
    if has_ended(ends_at):
        raise AttemptOver(TIME_IS_UP)


def check_all(attempt: Attempt, responses: Mapping[str, Any]) -> dict[str, Any]:
    """Return the responses as they are stored; raise InvalidResponse for what the attempt has no place for."""
    quiz = quizzes.quiz_of(attempt)
    checked = {question_id: _checked(quiz, question_id, response) for question_id, response in responses.items()}
    for question_id in checked:
        check_reachable(quiz, attempt.position, question_id)
    return checked


def _checked(quiz: Quiz, question_id: str, response: Any) -> Any:
    question = quiz.find_question(question_id)
    if question is None:
        raise InvalidResponse(f"This attempt has no question {question_id[:80]!r}.")
    if isinstance(question, FileUpload):
        raise InvalidResponse("A file is uploaded, not typed.")
    if isinstance(question, Numerical) and isinstance(response, str) and is_out_of_range(response):
        raise _refusal(quiz, question_id, OUT_OF_RANGE)
    try:
        return write_response(read_response(question, response))
    except InvalidResponse as error:
        raise _refusal(quiz, question_id, error.args[0]) from error


def _refusal(quiz: Quiz, question_id: str, problem: str) -> InvalidResponse:
    """Return what says of which question it is, too, where a student may read it: a page holds many."""
    if isinstance(problem, Sentence):
        number = steps.number_of(quiz, question_id)
        problem = Sentence("Question %(number)s: %(problem)s", number=number, problem=problem)
    return InvalidResponse(problem)


def check_reachable(quiz: Quiz, position: int, question_id: str) -> None:
    """Raise InvalidResponse for a question before the student's position, where there is no way back."""
    if steps.goes_one_way(quiz) and steps.step_of(quiz, question_id) < position:
        raise InvalidResponse(Sentence("This question is behind you; its answer cannot be changed any more."))


def store_response(session: Session, attempt: Attempt, question_id: str, response: Any) -> int:
    """Store a response that was checked, as a new change of the answer; return the change's number."""
    number = _store(session, attempt, question_id, session.get(Answer, (attempt.id, question_id)), response)
    session.flush()
    return number


def store_all(session: Session, attempt: Attempt, checked: Mapping[str, Any]) -> None:
    """Store those of the responses, which were checked, that are others than before."""
    session.refresh(attempt, ["answers"])
    stored = {answer.question_id: answer for answer in attempt.answers}
    for question_id, response in checked.items():
        answer = stored.get(question_id)
        if answer is None or (answer.checked_at is None and answer.response != response):
            _store(session, attempt, question_id, answer, response)


def _store(session: Session, attempt: Attempt, question_id: str, answer: Answer | None, response: Any) -> int:
    """Store a response in its ``answer``, if there is one, as a change by a form, newer than all before."""
    change = Change(sequence=answer.sequence + 1 if answer else 1, page="", made_at=utcnow())
    number = number_of(change, answer)
    if answer is None:
        answer = Answer(attempt=attempt, question_id=question_id)
        session.add(answer)
    values = {"response": response, "sequence": number, **_made(change)}
    for column, value in values.items():
        setattr(answer, column, value)
    return number


def _made(change: Change) -> dict[str, Any]:
    return {"page": change.page, "page_sequence": change.sequence, "changed_at": change.made_at}
