"""How answers come in: one by one from the page's script, by the page's form, and as files."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from flask import Flask, Response, abort, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from content.forms import Fields, response_of
from content.questions import FileUpload, Question, TextBlock
from content.quiz import Quiz
from content.sentences import Sentence
from lti_app.services import Attempt, Session, attempts, checking, files, quizzes, saving, scores
from lti_app.services.responses import InvalidResponse, is_answered, write_response
from lti_app.services.saving import AnswerChecked, AttemptOver
from lti_app.services.standing import Standing, standing
from lti_app.services.steps import goes_one_way, number_of, steps_of
from lti_app.services.timing import is_time_up
from lti_app.web.access import current_launch
from lti_app.web.asking import understood
from lti_app.web.downloads import download
from lti_app.web.errors import answer_not_taken
from lti_app.web.languages import translated
from lti_app.web.student.pages import bp, own
from lti_app.web.tool import tool
from lti_app.web.typed_numbers import as_meant

FILE_ROOM = 64 * 1024
"""Bytes that a request with a file may have besides it."""

FORM_BYTES = 4 * 1024 * 1024
"""Of a page's answers without files; some essays at their longest are in it."""

FILES_AT_ONCE = 5
"""In a page that is sent with scripts off, each as large as a file may be."""

LARGEST_SUBMISSION = FILES_AT_ONCE * files.LARGEST_FILE + FORM_BYTES

FORM_FIELDS = 10_000
"""On a page that asks everything at once, each item that is matched or put in order has a field of its own."""


def take_files(app: Flask) -> None:
    """Let the requests that carry files and essays be longer than others. Comes before everything that reads a form."""

    @app.before_request
    def allow_answers() -> None:
        if request.endpoint == "student.save_file":
            request.max_content_length = files.LARGEST_FILE + FILE_ROOM
        elif request.endpoint == "student.submit":
            request.max_content_length = LARGEST_SUBMISSION
            request.max_form_memory_size = FORM_BYTES
            request.max_form_parts = FORM_FIELDS
        elif request.endpoint == "student.save_answer":  # which says itself what is too long
            request.max_content_length = FORM_BYTES


@bp.put("/attempts/<int(max=2147483647):number>/answers/<question_id>")
def save_answer(launch_id: str, number: int, question_id: str) -> tuple[Response, int]:  # noqa: ARG001
    """Save the answer to one question: JSON ``{"response": {field: [values]}, "sequence": n}``, fields as in the form.

    ``page`` may name the page, and ``age`` say how many milliseconds old the change is. What comes back says whether it
    is ``saved`` or a newer answer stands, which sequence number is stored, how a number was read, and how the attempt
    stands; 409 when it is over, 422 for what cannot be an answer.
    """
    try:
        sent = request.get_json()
    except RecursionError:  # the parser's own answer to a thousand brackets
        abort(400)
    if not isinstance(sent, dict) or not {"response", "sequence"} <= sent.keys() or not _are_fields(sent["response"]):
        return _refusal("An answer is an object with a response and a sequence number.", 422)
    launch = current_launch()
    with tool().database.reading() as session:  # the transaction that writes, which others wait for, is a short one
        found = own(attempts.find_to_save(session, launch.resource_link_id, launch.user_id, number))
    quiz = quizzes.quiz_of(found)
    question = quiz.find_question(question_id)
    if question is None or not all(_belongs_to(question, name) for name in sent["response"]):
        return _refusal(Sentence("This attempt has no such question."), 422)
    change = (sent["sequence"], sent.get("page", ""), sent.get("age", 0))
    try:
        fields = _without_empty(sent["response"])
        response = as_meant(question, response_of(question, fields, quiz, found.seed))
        with tool().database.writing() as session:
            saved = saving.save_answer(session, found, question_id, write_response(response), *change)
    except AttemptOver as error:
        return _refusal(error.args[0], 409)
    except AnswerChecked as error:
        return jsonify(saved=False, sentence=translated(error.args[0]), attempt=_told(error.standing)), 422
    except ValueError as error:  # a place that is not there, or InvalidResponse
        return _refusal(error.args[0], 422)
    told = understood(question.kind, response)
    return jsonify(saved=saved.stands, sequence=saved.sequence, understood=told, attempt=_told(saved.standing)), 200


@bp.get("/attempts/<int(max=2147483647):number>/standing")
def attempt_standing(launch_id: str, number: int) -> Response:  # noqa: ARG001
    """Say how the attempt stands, to a page that has lain open: answered, submitted or given more time elsewhere."""
    launch = current_launch()
    with tool().database.reading() as session:
        found = own(attempts.find_attempt(session, launch.resource_link_id, launch.user_id, number))
        return jsonify(_told(standing(session, found)))


@bp.post("/attempts/<int(max=2147483647):number>/files/<question_id>")
def save_file(launch_id: str, number: int, question_id: str) -> tuple[Response, int]:  # noqa: ARG001
    """Save the file that was picked for a question; the answer has its name, or a sentence that says why not."""
    launch = current_launch()
    sent = request.files.get(f"q.{question_id}")
    if sent is None or not sent.filename:
        return _refusal(Sentence("Choose a file first."), 422)
    with sent.stream as stream:
        data = stream.read()
    with tool().database.writing() as session:
        found = own(attempts.find_attempt(session, launch.resource_link_id, launch.user_id, number))
        try:
            name, sequence = files.save_file(session, found, question_id, sent.filename, data)
        except AttemptOver as error:
            return _refusal(error.args[0], 409)
        except InvalidResponse as error:
            return _refusal(error.args[0], 422)
    return jsonify(saved=True, name=name, sequence=sequence), 200


@bp.get("/attempts/<int(max=2147483647):number>/files/<question_id>")
def own_file(launch_id: str, number: int, question_id: str) -> Response:  # noqa: ARG001
    """Return the file that the student has handed in."""
    launch = current_launch()
    with tool().database.reading() as session:
        found = own(attempts.find_attempt(session, launch.resource_link_id, launch.user_id, number))
        return download(files.find_file(session, found, question_id))


@bp.post("/attempts/<int(max=2147483647):number>/submit")
def submit(launch_id: str, number: int) -> BaseResponse:
    """Take what the form holds: ``check`` an answer, turn to the step that ``go`` names, or submit the attempt."""
    launch = current_launch()
    with tool().database.writing() as session:
        found = own(attempts.find_attempt(session, launch.resource_link_id, launch.user_id, number))
        quiz = quizzes.quiz_of(found)
        try:
            if goes_one_way(quiz) and request.form.get("step") != str(found.position):
                told: dict[str, Any] | None = {}  # a page that was left, brought back by the browser
            else:
                told = _take_form(session, quiz, found)
        except AttemptOver:
            attempts.settle(session, found)  # submitted before, or its time is up; the result says so
            told = None
        except InvalidResponse as error:
            session.rollback()
            return answer_not_taken(error.args[0])
        except ValueError:  # a place that is not there
            abort(422)
    if told is None:
        return redirect(url_for("student.result", launch_id=launch_id, number=number), 303)
    return redirect(url_for("student.attempt", launch_id=launch_id, number=number, **told), 303)


def _take_form(session: Session, quiz: Quiz, found: Attempt) -> dict[str, Any] | None:
    """Do what the form asks for; return what the page of the attempt says then, None where that is submitted.

    With open questions, and not ``confirmed``, a submission only saves, and the page comes back to say which they are;
    likewise where an answer came too late for one that stands, since it was checked.
    """
    responses = _responses(quiz, found)
    _save_files(session, quiz, found)
    check, go = request.form.get("check", ""), request.form.get("go", "")
    told = {}
    if check:
        checking.check_answer(session, found, check, responses)
        told = {"unchecked": check, "_anchor": f"question-{number_of(quiz, check)}"}
    elif go:
        saving.save_answers(session, found, responses)
        attempts.turn_to(session, found, int(go[:6]))
    elif is_time_up(found) or not (checking.refused(quiz, found, responses) or _asks_again(quiz, found, responses)):
        attempts.submit_attempt(session, found, responses)
        return None
    else:
        saving.save_answers(session, found, responses)
        told = {"check": "open", "_anchor": "finish"}
    refused = checking.refused(quiz, found, responses)
    return {**told, "refused": ",".join(refused)} if refused else told


def _told(stands: Standing) -> dict[str, Any]:
    """Return what the page's script reads; times are ISO 8601, with the server's ``now`` to count from."""
    return {
        "over": stands.over,
        "ends": stands.ends_at.isoformat() if stands.ends_at else None,
        "now": datetime.now(UTC).isoformat(),
        "sequences": stands.sequences,
        "checked": stands.checked,
    }


def _save_files(session: Session, quiz: Quiz, attempt: Attempt) -> None:
    """Store the files that the form carries, where no script has sent them before."""
    for question in quiz.questions:
        sent = request.files.get(f"q.{question.id}")
        if isinstance(question, FileUpload) and sent is not None and sent.filename:
            with sent.stream as stream:
                files.save_file(session, attempt, question.id, sent.filename, stream.read())


def _responses(quiz: Quiz, attempt: Attempt) -> dict[str, Any]:
    """Return what the form holds, by question id. A question whose fields are not there at all is left out."""
    fields = _without_empty(request.form.to_dict(flat=False))
    responses = {}
    for question in quiz.questions:
        if isinstance(question, FileUpload | TextBlock) or not _is_there(question, request.form):
            continue
        response = as_meant(question, response_of(question, fields, quiz, attempt.seed))
        responses[question.id] = write_response(response)
    return responses


def _is_there(question: Question, names: Any) -> bool:
    return any(_belongs_to(question, name) for name in names)


def _belongs_to(question: Question, name: str) -> bool:
    own_name = f"q.{question.id}"
    return name == own_name or name.startswith(f"{own_name}.")


def _asks_again(quiz: Quiz, attempt: Attempt, responses: Mapping[str, Any]) -> bool:
    """Return whether questions are open that the student can still answer, and has not said may be open."""
    if request.form.get("confirmed"):
        return False
    latest = {**scores.responses_of(attempt), **responses}
    ahead = steps_of(quiz)[attempt.position if goes_one_way(quiz) else 0 :]
    asked = [one for step in ahead for one in step if isinstance(one, Question) and not isinstance(one, TextBlock)]
    return not all(is_answered(latest.get(one.id)) for one in asked)


def _are_fields(sent: object) -> bool:
    return isinstance(sent, dict) and all(
        isinstance(values, list) and all(isinstance(value, str) for value in values) for values in sent.values()
    )


def _without_empty(fields: Fields) -> dict[str, list[str]]:
    """Return the fields without empty values: a hidden one says that the question was on the page."""
    return {name: [value for value in values if value] for name, values in fields.items()}


def _refusal(sentence: str, status: int) -> tuple[Response, int]:
    return jsonify(saved=False, sentence=translated(sentence)), status
