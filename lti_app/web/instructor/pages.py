"""What an instructor sees and does at a resource link."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import partial

from flask import Response as FlaskResponse
from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from content.numbers import read_number
from lti_app.services import attempts, audit, files, passback, quizzes, roster, scores
from lti_app.services.columns import kind_of_columns
from lti_app.services.gradebook import GradebookRow, gradebook
from lti_app.services.grading_by_hand import InvalidGrade
from lti_app.services.grading_by_hand import grade_answer as grade_by_hand
from lti_app.services.passback import GradeState
from lti_app.services.policy import WHOLE
from lti_app.web.access import current_launch
from lti_app.web.downloads import download
from lti_app.web.facts import facts
from lti_app.web.instructor.blueprint import bp
from lti_app.web.languages import translated
from lti_app.web.prose import prose_of
from lti_app.web.questions import Review, review
from lti_app.web.questions import preview as previewed
from lti_app.web.tool import tool


@bp.get("/")
def home(launch_id: str) -> str | Response:
    """Show who has done what; where no quiz is chosen yet, lead to the choice."""
    here, link = tool(), current_launch().resource_link
    with here.database.reading() as session:
        roster_is_old = roster.is_old(session, link)
    if roster_is_old:
        roster.refresh(here.database, here.config, link)
    with here.database.reading() as session:
        revision = quizzes.newest_revision(session, link.quiz_id or "")
        rows = gradebook(session, link)
        people = roster.view(session, link)
        kind = kind_of_columns(session, link)
    if revision is None:
        return redirect(url_for("instructor.choose", launch_id=launch_id), 303)
    quiz = facts(revision)
    return render_template(
        "instructor/results.html",
        quiz=quiz,
        rows=rows,
        counts=_counts(rows, quiz.pass_mark),
        columns=kind,
        roster=people,
    )


@bp.post("/roster")
def read_roster(launch_id: str) -> Response:
    """Ask the LMS anew who is in the course."""
    here, link = tool(), current_launch().resource_link
    with here.database.reading() as session:
        known = roster.view(session, link) is not None
    if known:
        roster.refresh(here.database, here.config, link)
    return redirect(url_for("instructor.home", launch_id=launch_id, _anchor="roster"), 303)


@bp.get("/quiz")
def choose(launch_id: str) -> str:  # noqa: ARG001 - the guard has found the launch
    """Show the quizzes that can be chosen."""
    return _choice()


@bp.post("/quiz")
def bind(launch_id: str) -> Response | tuple[str, int]:
    """Bind the chosen quiz to the resource link."""
    try:
        with tool().database.writing() as session:
            link = session.merge(current_launch().resource_link, load=True)
            quizzes.choose_quiz(session, link, request.form.get("quiz_id", ""))
            who = audit.person(current_launch().user)
            audit.record(session, who, "quiz.chosen", link_id=link.id, quiz=link.quiz_id)
    except quizzes.LinkTaken as error:
        return _choice(problem=translated(error.args[0])), 409
    except LookupError:
        return _choice(problem=gettext("This quiz is no longer offered; choose another.")), 422
    return redirect(url_for("instructor.home", launch_id=launch_id), 303)


@bp.get("/preview")
def preview(launch_id: str) -> str:  # noqa: ARG001
    """Show a quiz with its key and feedback: the chosen one, or that of ``?quiz=`` before the choice."""
    link = current_launch().resource_link
    bound, course_id = link.quiz_id, link.course_id
    quiz_id = request.args.get("quiz") or bound or ""
    with tool().database.reading() as session:
        if quiz_id != bound and quizzes.find_published(session, course_id, quiz_id) is None:
            abort(404)
        revision = quizzes.newest_revision(session, quiz_id) or abort(404)
    questions = previewed(quizzes.load(revision), prose_of(revision))
    return render_template(
        "instructor/preview.html", quiz=facts(revision), questions=questions, chosen=quiz_id == bound
    )


@bp.get("/students/<int(max=2147483647):user_id>/attempts/<int(max=2147483647):number>")
def attempt(launch_id: str, user_id: int, number: int) -> str:  # noqa: ARG001
    """Show one attempt of a student at this resource link with its answers."""
    return _attempt_page(user_id, number)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongGrade:
    """What was sent to grade an answer, and the sentence that says what is wrong with it."""

    question_id: str
    points: str
    comment: str
    sentence: str


def _attempt_page(user_id: int, number: int, problem: WrongGrade | None = None) -> str:
    link = current_launch().resource_link
    with tool().database.reading() as session:
        found = attempts.find_attempt(session, link.id, user_id, number) or abort(404)
        shown = Review(
            quiz=quizzes.quiz_of(found),
            seed=found.seed,
            responses=scores.responses_of(found),
            prose=prose_of(found.revision),
            sight=WHOLE,
            whose="a student's",
        )
        score = scores.score_of(found)
        student = found.user
        grades = passback.status(session, link, student)
        numbers = [each.number for each in attempts.list_attempts(session, link.id, user_id)]
        answers = {answer.question_id: answer for answer in found.answers}
    return render_template(
        "instructor/attempt.html",
        quiz=facts(found.revision),
        student=student,
        attempt=found,
        numbers=numbers,
        score=score,
        questions=review(shown, score),
        answers=answers,
        grades=grades,
        problem=problem,
    )


@bp.get("/students/<int(max=2147483647):user_id>/attempts/<int(max=2147483647):number>/files/<question_id>")
def handed_in(launch_id: str, user_id: int, number: int, question_id: str) -> FlaskResponse:  # noqa: ARG001
    """Return a file that a student has handed in."""
    link = current_launch().resource_link
    with tool().database.reading() as session:
        found = attempts.find_attempt(session, link.id, user_id, number) or abort(404)
        return download(files.find_file(session, found, question_id))


@bp.post("/students/<int(max=2147483647):user_id>/attempts/<int(max=2147483647):number>/grades/<question_id>")
def grade_answer(launch_id: str, user_id: int, number: int, question_id: str) -> Response | tuple[str, int]:
    """Give points and a comment to an essay or a file."""
    launch = current_launch()
    points, comment = request.form.get("points", "").strip(), request.form.get("comment", "")
    wrong = partial(WrongGrade, question_id=question_id, points=points, comment=comment)
    number_given = read_number(points)
    if number_given is None:
        return _attempt_page(user_id, number, wrong(sentence=gettext("Points must be a number like 2 or 2.5."))), 422
    try:
        with tool().database.writing() as session:
            found = attempts.find_attempt(session, launch.resource_link_id, user_id, number) or abort(404)
            grade_by_hand(session, found, question_id, number_given, comment, launch.user)
    except InvalidGrade as error:
        return _attempt_page(user_id, number, wrong(sentence=translated(error.args[0]))), 422
    here = url_for("instructor.attempt", launch_id=launch_id, user_id=user_id, number=number, _anchor=question_id)
    return redirect(here, 303)


@bp.get("/no-attempt")
def no_attempt(launch_id: str) -> tuple[str, int]:  # noqa: ARG001
    """Say that the person whom the LMS's gradebook asked for has not begun the quiz here."""
    return render_template("instructor/no_attempt.html"), 404


def _choice(problem: str = "") -> str:
    course_id = current_launch().resource_link.course_id
    with tool().database.reading() as session:
        revisions = [quizzes.newest_revision(session, quiz.id) for quiz in quizzes.published(session, course_id)]
    offered = [facts(revision) for revision in revisions if revision is not None]
    return render_template(
        "instructor/choose.html", offered=offered, chosen=current_launch().resource_link.quiz_id, problem=problem
    )


def _counts(rows: list[GradebookRow], pass_mark: Decimal | None) -> dict[str, int | None]:
    """Return how many students have submitted, have passed (None without a pass mark), and have grades on the way."""
    scores = [row.score for row in rows if row.score is not None]
    return {
        "submitted": sum(row.has_submitted for row in rows),
        "passed": None if pass_mark is None else sum(score.share >= Fraction(pass_mark) for score in scores),
        "outgoing": sum(grade.state is not GradeState.NONE for row in rows if row.score for grade in row.grades),
        "stuck": sum(grade.state in (GradeState.FAILED, GradeState.BLOCKED) for row in rows for grade in row.grades),
    }
