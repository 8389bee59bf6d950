"""What a student sees and does: start an attempt, submit it, read the result. Answers come in by `answers`."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from lti_app.services import Attempt, Role, attempts, checking, passback, quizzes, receipts, scores
from lti_app.services.access_codes import TooManyCodes, WrongCode
from lti_app.services.overview import Overview, overview, settle_own
from lti_app.services.resuming import resumes_at
from lti_app.services.standing import browser_key
from lti_app.services.steps import goes_one_way
from lti_app.services.timing import is_over
from lti_app.web.access import current_launch
from lti_app.web.asking import AskedStep, SavedAnswer, ask
from lti_app.web.facts import facts
from lti_app.web.prose import prose_of
from lti_app.web.questions import Review, review
from lti_app.web.student.checks import Checks, checks
from lti_app.web.tool import tool

bp = Blueprint("student", __name__, url_prefix="/launches/<launch_id>", template_folder="templates")


@bp.before_request
def lead_instructors_to_their_pages() -> BaseResponse | None:
    """Keep those who teach from attempts of their own: the LMS has no gradebook row for them."""
    launch = current_launch()
    return redirect(url_for("instructor.home", launch_id=launch.id), 303) if launch.role is Role.INSTRUCTOR else None


@bp.get("/")
def home(launch_id: str) -> str:  # noqa: ARG001 - the guard has found the launch
    """Say what to expect and what has been done; offer to start, continue or try again."""
    return _start_page()


@bp.post("/attempts")
def start(launch_id: str) -> BaseResponse | tuple[str, int]:
    """Start an attempt, or go on with the one that runs. A wrong access code is said on the start page."""
    launch = current_launch()
    with tool().database.writing() as session:
        try:
            found = attempts.start_attempt(session, launch, request.form.get("code", ""))
            place = resumes_at(found)
            anchor = f"question-{place}" if place else None
            to = url_for("student.attempt", launch_id=launch_id, number=found.number, _anchor=anchor)
        except (attempts.NoQuiz, attempts.NotGivenNow):
            return redirect(url_for("student.home", launch_id=launch_id), 303)
        except (WrongCode, TooManyCodes) as error:
            problem = error  # outside of the block, so that the try is counted
        else:
            return redirect(to, 303)
    if isinstance(problem, TooManyCodes):
        return _start_page(gettext("That was a few wrong codes in a row. Wait a minute, then try again.")), 429
    return _start_page(gettext("This is not the access code of the quiz. Ask your teacher for it.")), 422


@bp.get("/attempts/<int(max=2147483647):number>")
def attempt(launch_id: str, number: int) -> str | BaseResponse:
    """Show the questions of a running attempt. ``?check`` says first which of them have no answer."""
    launch = current_launch()
    with tool().database.reading() as session:
        found = own(attempts.find_attempt(session, launch.resource_link_id, launch.user_id, number))
        over = found.submitted_at is None and is_over(found)
        sequences = {answer.question_id: answer.sequence for answer in found.answers}
        responses = scores.responses_of(found)
        key = browser_key(session, found)
        quiz = quizzes.quiz_of(found)
        sight = checking.sight_of_checked(session, quiz, found)
    if over:
        with tool().database.writing() as session:
            settle_own(session, launch)
    if over or found.submitted_at is not None:
        return redirect(url_for("student.result", launch_id=launch_id, number=number), 303)
    prose = prose_of(found.revision)
    saved = {
        question_id: SavedAnswer(response=response, sequence=sequences[question_id])
        for question_id, response in responses.items()
    }
    steps = ask(quiz, saved, found.seed, prose)
    here = min(found.position, len(steps) - 1)
    shown = Review(quiz=quiz, seed=found.seed, responses=responses, prose=prose, sight=sight)
    made = checks(found, steps[here].questions, shown)
    return _attempt_page(found, steps, here, made, key, one_way=goes_one_way(quiz))


def _attempt_page(
    found: Attempt, steps: tuple[AskedStep, ...], here: int, made: Checks, key: str, *, one_way: bool
) -> str:
    questions = [question for step in steps for question in step.questions]
    reachable = [question for question in questions if not one_way or question.step >= here]
    unanswered = [question for question in reachable if not question.answered]
    return render_template(
        "student/attempt.html",
        quiz=facts(found.revision),
        attempt=found,
        step=steps[here],
        here=here,
        last=len(steps) - 1,
        one_way=one_way,
        total=len(questions),
        answered=sum(question.answered for question in questions),
        open_to_change=[question for question in steps[here].questions if question.id not in made.done],
        checks=made,
        unanswered=unanswered,
        jumps=reachable if here == len(steps) - 1 else [],
        check="check" in request.args and bool(unanswered),
        now=datetime.now(UTC),
        key=key,
    )


@bp.get("/attempts/<int(max=2147483647):number>/result")
def result(launch_id: str, number: int) -> str | BaseResponse:
    """Show what a submitted attempt has earned and what is told about each answer, as far as the quiz lets see it."""
    launch = current_launch()
    with tool().database.reading() as session:
        found = own(attempts.find_attempt(session, launch.resource_link_id, launch.user_id, number))
        if found.submitted_at is None:
            return redirect(url_for("student.attempt", launch_id=launch_id, number=number), 303)
        here = overview(session, launch) or abort(404)
        grades = passback.status(session, launch.resource_link, launch.user)
        proof: dict[str, Any] = {
            "receipt": receipts.receipt_of(session, found),
            "key": browser_key(session, found),
            "sequences": {answer.question_id: answer.sequence for answer in found.answers},
        }
        if not here.sight.score:
            return _submitted_page(found, here, grades, proof)
        score = scores.score_of(found)
        shown = Review(
            quiz=quizzes.quiz_of(found),
            seed=found.seed,
            responses=scores.responses_of(found),
            prose=prose_of(found.revision),
            sight=here.sight,
        )
        comments = {answer.question_id: answer.comment for answer in found.answers} if here.sight.feedback else {}
    return render_template(
        "student/result.html",
        quiz=facts(found.revision),
        attempt=found,
        score=score,
        questions=review(shown, score),
        comments=comments,
        grades=grades,
        overview=here,
        **proof,
    )


@bp.get("/grade")
def grade(launch_id: str) -> str:  # noqa: ARG001
    """Return how far the student's grade is, as the piece of HTML that grade.js puts into the result page."""
    launch = current_launch()
    with tool().database.reading() as session:
        grades = passback.status(session, launch.resource_link, launch.user)
    return render_template("student/_grade.html", grades=grades)


def own(found: Attempt | None) -> Attempt:
    """Return the attempt that was looked for among the student's own.

    :raise 404: where there is none
    """
    return found or abort(404)


def _start_page(problem: str = "") -> str:
    launch = current_launch()
    with tool().database.reading() as session:
        here = overview(session, launch)
        over = here is not None and here.running is not None and is_over(here.running)
    if over:
        with tool().database.writing() as session:
            settle_own(session, launch)
            here = overview(session, launch)
    if here is None:
        return render_template("student/no_quiz.html")
    return render_template("student/start.html", quiz=facts(here.revision), overview=here, problem=problem)


def _submitted_page(
    found: Attempt, here: Overview, grades: tuple[passback.GradeStatus, ...], proof: dict[str, Any]
) -> str:
    return render_template(
        "student/submitted.html", quiz=facts(found.revision), attempt=found, overview=here, grades=grades, **proof
    )
