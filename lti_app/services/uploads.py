"""Quiz files that teachers upload for their course."""

import secrets
from dataclasses import dataclass, replace
from pathlib import PurePath

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.identity import with_ids
from content.problem import Problem, has_errors
from content.quiz import ID_MAX_LENGTH
from content.readers import read_bytes
from lti_app.models import Course, CourseQuiz
from lti_app.services.quizzes import publish

NAME_LENGTH = 100


@dataclass(frozen=True, slots=True)
class Upload:
    """What became of an uploaded file: the id of its quiz, None if it cannot be taken, and every problem with it."""

    file: str
    quiz_id: str | None
    problems: tuple[Problem, ...]


def upload(session: Session, course: Course, file: str, data: bytes) -> Upload:
    """Read a quiz file in any format that is known, and offer its quiz to the course.

    A file whose quiz the course has already, by the id in it or else by its name, is that quiz's new revision.
    """
    name = PurePath(file).name[-NAME_LENGTH:] or "quiz"
    reading = read_bytes(data, name)
    if reading.quiz is None:
        return Upload(name, None, reading.problems)
    quiz, problems = with_ids(reading.quiz), reading.problems
    if has_errors(problems):
        return Upload(name, None, problems)
    key = CourseQuiz.course_id == course.id, CourseQuiz.source_id == quiz.id
    quiz_id = session.scalar(select(CourseQuiz.quiz_id).where(*key)) or _new_id(quiz.id)
    publish(session, replace(quiz, id=quiz_id))
    session.merge(CourseQuiz(quiz_id=quiz_id, course_id=course.id, source_id=quiz.id))
    return Upload(name, quiz_id, problems)


def _new_id(source_id: str) -> str:
    """Return an id that no other course's quiz has, and that nobody can guess: it may stand in a link's parameters."""
    token = secrets.token_hex(8)
    return f"{source_id[: ID_MAX_LENGTH - len(token) - 1].rstrip('-_')}-{token}"
