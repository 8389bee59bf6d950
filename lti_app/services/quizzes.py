"""The quizzes that can be embedded: published from files, bound to resource links, kept in revisions."""

import hashlib
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import structlog
from sqlalchemy import Select, bindparam, select, update
from sqlalchemy.orm import Session

import content.quiz
from content.checks import check
from content.drawing import draw_for
from content.identity import with_ids
from content.problem import Problem, has_errors
from content.quiz import WhichAttempt
from content.quizzes import bundled
from content.readers import quiz_files, read_file
from content.readers.quiz_text import read_quiz_text
from content.sentences import Sentence
from content.writers.quiz_text import write_quiz_text
from lti_app.config import Config
from lti_app.models import (
    Attempt,
    Course,
    CourseQuiz,
    Database,
    Deployment,
    Picture,
    Quiz,
    QuizRevision,
    ResourceLink,
    RevisionPicture,
    utcnow,
)
from lti_app.services.terms import terms_for
from lti_app.services.timing import deadline, is_over

log = structlog.get_logger(__name__)

# Every page asks for it, and to build a statement takes longer than to run it.
NEWEST = (
    select(QuizRevision).where(QuizRevision.quiz_id == bindparam("quiz")).order_by(QuizRevision.number.desc()).limit(1)
)


class QuizRefused(Exception):  # noqa: N818
    """A quiz that nobody can be given to take; ``problems`` say why."""

    def __init__(self, quiz: content.quiz.Quiz, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"The quiz {quiz.title!r} has errors.")
        self.problems = problems


class LinkTaken(Exception):  # noqa: N818
    """Another quiz stands at the resource link, and students have begun it; the message is for the instructor."""


def publish_all(database: Database, config: Config) -> None:
    """Publish every bundled quiz and every quiz of the folder ``config.quizzes``, which wins where ids are the same.

    A quiz that cannot be read or taken is logged and left out: where an earlier revision of it is embedded, that stays.
    Quizzes whose files are gone are offered no more.
    """
    own = quiz_files(config.quizzes) if config.quizzes else []
    quizzes: dict[str, content.quiz.Quiz] = {}
    for path in (*bundled(), *own):
        quiz = _read(path)
        if quiz is not None:
            if quiz.id in quizzes:
                log.warning("quiz replaces another with its id", file=str(path), quiz=quiz.id)
            quizzes[quiz.id] = quiz
    with database.exclusive() as session:
        for quiz in quizzes.values():
            publish(session, quiz)
        uploaded = select(CourseQuiz.quiz_id)
        session.execute(update(Quiz).where(Quiz.id.not_in(quizzes), Quiz.id.not_in(uploaded)).values(offered=False))


def _read(path: Path) -> content.quiz.Quiz | None:
    """Return the quiz in a file with all ids, or None, with a line in the log, if nobody can be given it to take."""
    reading = read_file(path)
    if reading.quiz is not None and not has_errors(reading.problems):
        return with_ids(reading.quiz)
    log.warning("quiz not published", file=str(path), problems=[str(problem) for problem in reading.problems])
    return None


def publish(session: Session, quiz: content.quiz.Quiz) -> QuizRevision:
    """Return the newest revision of the quiz, made now if its text has changed.

    Running attempts keep the revision that they began with, but end when the quiz closes now.

    Raise QuizRefused for a quiz with errors or questions that need review.
    """
    quiz = with_ids(quiz)
    problems = tuple(check(quiz))
    if has_errors(problems):
        raise QuizRefused(quiz, problems)
    text = write_quiz_text(quiz)
    pictures = {media.name: hashlib.sha256(media.data).hexdigest() for media in quiz.media}
    named = "".join(f"\0{name}\0{of_one}" for name, of_one in sorted(pictures.items()))
    digest = hashlib.sha256((text + named).encode()).hexdigest()
    row = session.get(Quiz, quiz.id, with_for_update=True)
    if row is None:
        row = Quiz(id=quiz.id)
        session.add(row)
    row.title = quiz.title
    row.offered = True
    newest = newest_revision(session, quiz.id)
    if newest is not None and newest.digest == digest:
        return newest
    for media in quiz.media:
        session.merge(Picture(digest=pictures[media.name], type=media.type, data=media.data))
    revision = QuizRevision(quiz_id=quiz.id, number=newest.number + 1 if newest else 1, digest=digest, text=text)
    revision.pictures = [RevisionPicture(name=name, digest=of_one) for name, of_one in pictures.items()]
    session.add(revision)
    session.flush()
    if newest is not None and load(newest).settings.closes != quiz.settings.closes:
        at_quiz = select(Attempt).join(Attempt.resource_link).where(ResourceLink.quiz_id == quiz.id)
        reset_deadlines(session, at_quiz)
    return revision


def reset_deadlines(session: Session, attempts: Select[Attempt]) -> None:
    """Give those of the attempts that run the time that is theirs now.

    How long they take is what the quiz said when they began, when it closes is what it says now. One whose time was up
    already, and that nobody has submitted yet, goes on. None ends before now: what is on its way is still taken.
    """
    running = attempts.where(Attempt.submitted_at.is_(None)).order_by(Attempt.id).with_for_update(of=Attempt)
    for attempt in session.scalars(running):
        link = attempt.resource_link
        settings = replace(load(attempt.revision).settings, closes=settings_at(session, link).closes)
        end = deadline(attempt.started_at, terms_for(session, settings, link, attempt.user_id))
        attempt.ends_at = end if end is None or is_over(attempt) else max(end, utcnow())


def published(session: Session, course_id: int) -> list[Quiz]:
    """Return the quizzes that an instructor of the course can pick from, by title: everybody's and the course's own."""
    others = select(CourseQuiz.quiz_id).where(CourseQuiz.course_id != course_id)
    offered = select(Quiz).where(Quiz.offered, Quiz.id.not_in(others))
    return list(session.scalars(offered.order_by(Quiz.title, Quiz.id)))


def find_published(session: Session, course_id: int, quiz_id: str) -> Quiz | None:
    """Return the quiz if an instructor of the course can pick it."""
    return next((quiz for quiz in published(session, course_id) if quiz.id == quiz_id), None)


def newest_revision(session: Session, quiz_id: str) -> QuizRevision | None:
    """Return what a new attempt at the quiz is started with, or None where there is no such quiz."""
    return session.scalar(NEWEST, {"quiz": quiz_id})


def settings_at(session: Session, link: ResourceLink) -> content.quiz.Settings:
    """Return the present settings of the quiz at the link: those of its newest revision.

    So an edit that shows the answers, or moves the closing date, holds for attempts from before it, too.
    """
    revision = newest_revision(session, link.quiz_id or "")
    return load(revision).settings if revision else content.quiz.Settings()


def find_picture(session: Session, digest: str) -> Picture | None:
    """Return an image by its digest, or None."""
    return session.get(Picture, digest)


def choose_quiz(session: Session, link: ResourceLink, quiz_id: str) -> None:
    """Bind the quiz that an instructor of the link's course has chosen, as `bind_quiz` does.

    Raise LookupError where it is not offered to that course.
    """
    if link.quiz_id != quiz_id and find_published(session, link.course_id, quiz_id) is None:
        raise LookupError(f"There is no quiz {quiz_id!r}.")
    bind_quiz(session, link, quiz_id)


def bind_quiz(session: Session, link: ResourceLink, quiz_id: str) -> None:
    """Bind the quiz to the resource link.

    Raise LookupError where no such quiz is offered at this platform, LinkTaken where students have begun another quiz
    at the link.
    """
    if link.quiz_id == quiz_id:
        return
    quiz = session.get(Quiz, quiz_id)
    if quiz is None or not quiz.offered or _is_of_others(session, link, quiz_id):
        raise LookupError(f"There is no quiz {quiz_id!r}.")
    if session.scalar(select(Attempt.id).where(Attempt.resource_link_id == link.id).limit(1)) is not None:
        raise LinkTaken(
            Sentence("Students have begun the quiz that is here; for another quiz, add a new link to your course.")
        )
    link.quiz = quiz
    revision = newest_revision(session, quiz_id)
    link.which_attempt = load(revision).settings.which_attempt if revision else WhichAttempt.HIGHEST
    session.flush()


def _is_of_others(session: Session, link: ResourceLink, quiz_id: str) -> bool:
    """Return whether the quiz was uploaded at another platform; a copied course has that of its original."""
    owner = session.get(CourseQuiz, quiz_id)
    if owner is None or owner.course_id == link.course_id:
        return False
    schools = select(Deployment.registration_id).join(Course).where(Course.id.in_((owner.course_id, link.course_id)))
    return len(set(session.scalars(schools))) != 1


def load(revision: QuizRevision) -> content.quiz.Quiz:
    """Return the quiz that the revision holds; its images stay where they are, in ``revision.pictures``."""
    return _load(revision.text)


def quiz_of(attempt: Attempt) -> content.quiz.Quiz:
    """Return the quiz as the attempt asks it: with the questions that were drawn for it, in their order."""
    return draw_for(load(attempt.revision), attempt.seed)


@lru_cache(maxsize=256)
def _load(text: str) -> content.quiz.Quiz:
    reading = read_quiz_text(text, "revision")
    if reading.quiz is None:
        raise ValueError("a stored revision holds no quiz")
    return reading.quiz
