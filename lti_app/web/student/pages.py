"""What a student sees and does: start an attempt, answer, submit, read the result."""

from flask import Blueprint, Response, abort, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from content.quiz import Quiz
from content.scoring import score_quiz
from lti_app.services import Attempt, Role, attempts, grading, passback, quizzes
from lti_app.web.access import current_launch
from lti_app.web.facts import facts
from lti_app.web.questions import SavedAnswer, ask, review
from lti_app.web.tool import tool

bp = Blueprint("student", __name__, url_prefix="/launches/<launch_id>", template_folder="templates")

FIELD = "q."
"""What the form's fields begin with; the question's id follows."""


@bp.before_request
def lead_instructors_to_their_pages() -> BaseResponse | None:
    """Keep those who teach from attempts of their own: the LMS has no gradebook row for them."""
    launch = current_launch()
    return redirect(url_for("instructor.home", launch_id=launch.id), 303) if launch.role is Role.INSTRUCTOR else None


@bp.get("/")
def home(launch_id: str) -> str:  # noqa: ARG001 - the guard has found the launch
    """Say what to expect and what has been done; offer to start, continue or try again."""
    launch = current_launch()
    with tool().database.reading() as session:
        revision = quizzes.newest_revision(session, launch.resource_link.quiz_id or "")
        own = attempts.list_attempts(session, launch.resource_link_id, launch.user_id)
        best = grading.counted(own, grading.rule_of(session, launch.resource_link))
    if revision is None:
        return render_template("student/no_quiz.html")
    return render_template(
        "student/start.html",
        quiz=facts(quizzes.load(revision)),
        running=next((attempt for attempt in own if attempt.submitted_at is None), None),
        finished=[attempt for attempt in reversed(own) if attempt.submitted_at is not None],
        best=best,
        given=launch.resource_link.settings,
        may_start=attempts.may_start(launch.resource_link, len(own)),
        not_open=not attempts.may_start(launch.resource_link, 0),
    )


@bp.post("/attempts")
def start(launch_id: str) -> BaseResponse:
    """Start an attempt, or go on with the one that runs."""
    launch = current_launch()
    with tool().database.writing() as session:
        try:
            number = attempts.start_attempt(session, launch).number
        except (attempts.NoQuiz, attempts.NotGivenNow):
            return redirect(url_for("student.home", launch_id=launch_id), 303)
    return redirect(url_for("student.attempt", launch_id=launch_id, number=number), 303)


@bp.get("/attempts/<int(max=2147483647):number>")
def attempt(launch_id: str, number: int) -> str | BaseResponse:
    """Show the questions of a running attempt. ``?check`` says first which of them have no answer."""
    launch = current_launch()
    with tool().database.reading() as session:
        found = _own(attempts.find_attempt(session, launch.resource_link_id, launch.user_id, number))
        if found.submitted_at is not None:
            return redirect(url_for("student.result", launch_id=launch_id, number=number), 303)
        quiz = quizzes.load(found.revision)
        saved = {
            answer.question_id: SavedAnswer(picked=frozenset(answer.response), sequence=answer.sequence)
            for answer in found.answers
        }
    questions = ask(quiz, saved, found.id)
    unanswered = [question for question in questions if not question.answered]
    return render_template(
        "student/attempt.html",
        quiz=facts(quiz),
        attempt=found,
        questions=questions,
        unanswered=unanswered,
        check="check" in request.args and bool(unanswered),
    )


@bp.put("/attempts/<int(max=2147483647):number>/answers/<question_id>")
def save_answer(launch_id: str, number: int, question_id: str) -> tuple[Response, int]:  # noqa: ARG001
    """Save the answer to one question: JSON ``{"response": [positions], "sequence": n}``.

    The answer says which sequence number is stored; 409 when the attempt is over, 422 for what cannot be an answer.
    """
    try:
        sent = request.get_json()
    except RecursionError:  # the parser's own answer to a thousand brackets
        abort(400)
    if not isinstance(sent, dict) or not {"response", "sequence"} <= sent.keys():
        return _refusal("An answer is an object with a response and a sequence number.", 422)
    launch = current_launch()
    with tool().database.writing() as session:
        found = _own(attempts.find_attempt(session, launch.resource_link_id, launch.user_id, number))
        try:
            sequence = attempts.save_answer(session, found, question_id, sent["response"], sent["sequence"])
        except attempts.AttemptOver as error:
            return _refusal(str(error), 409)
        except attempts.InvalidResponse as error:
            return _refusal(str(error), 422)
    return jsonify(saved=True, sequence=sequence), 200


@bp.post("/attempts/<int(max=2147483647):number>/submit")
def submit(launch_id: str, number: int) -> BaseResponse:
    """Submit the attempt with what the form holds; with open questions, and not ``confirmed``, only save it."""
    launch = current_launch()
    with tool().database.writing() as session:
        found = _own(attempts.find_attempt(session, launch.resource_link_id, launch.user_id, number))
        quiz = quizzes.load(found.revision)
        try:
            responses = _responses(quiz)
            if _has_open(quiz, found, responses) and not request.form.get("confirmed"):
                attempts.save_answers(session, found, responses)
                check = url_for("student.attempt", launch_id=launch_id, number=number, check="open", _anchor="finish")
                return redirect(check, 303)
            attempts.submit_attempt(session, found, responses)
        except attempts.AttemptOver:
            pass  # submitted before; the result says so
        except ValueError:  # a position that is no number, or InvalidResponse
            abort(422)
    return redirect(url_for("student.result", launch_id=launch_id, number=number), 303)


@bp.get("/attempts/<int(max=2147483647):number>/result")
def result(launch_id: str, number: int) -> str | BaseResponse:
    """Show what a submitted attempt has earned and what is told about each answer."""
    launch = current_launch()
    with tool().database.reading() as session:
        found = _own(attempts.find_attempt(session, launch.resource_link_id, launch.user_id, number))
        if found.submitted_at is None:
            return redirect(url_for("student.attempt", launch_id=launch_id, number=number), 303)
        quiz = quizzes.load(found.revision)
        score = score_quiz(quiz, attempts.responses_of(found))
        grade = passback.status(session, launch.resource_link, launch.user)
        running = attempts.running_attempt(session, launch.resource_link_id, launch.user_id)
        past = len(attempts.list_attempts(session, launch.resource_link_id, launch.user_id))
    return render_template(
        "student/result.html",
        quiz=facts(quiz),
        attempt=found,
        score=score,
        questions=review(quiz, score, found.id, show_key=quiz.settings.show_correct_answers),
        grade=grade,
        running=running,
        may_start=attempts.may_start(launch.resource_link, past),
    )


@bp.get("/grade")
def grade(launch_id: str) -> str:  # noqa: ARG001
    """Return how far the student's grade is, as the piece of HTML that grade.js puts into the result page."""
    launch = current_launch()
    with tool().database.reading() as session:
        status = passback.status(session, launch.resource_link, launch.user)
    return render_template("student/_grade.html", grade=status)


def _own(found: Attempt | None) -> Attempt:
    """Return the attempt that was looked for among the student's own.

    :raise 404: where there is none
    """
    return found or abort(404)


def _responses(quiz: Quiz) -> dict[str, list[int]]:
    """Return what the form holds, by question id. A question whose fields are not there at all is left out."""
    return {
        question.id: [int(place) for place in request.form.getlist(FIELD + question.id) if place]
        for question in quiz.questions
        if FIELD + question.id in request.form
    }


def _has_open(quiz: Quiz, attempt: Attempt, responses: dict[str, list[int]]) -> bool:
    latest = {**attempts.responses_of(attempt), **responses}
    return not all(latest.get(question.id) for question in quiz.questions)


def _refusal(sentence: str, status: int) -> tuple[Response, int]:
    return jsonify(saved=False, sentence=sentence), status
