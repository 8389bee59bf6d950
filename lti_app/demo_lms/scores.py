"""Scores that come in and results that go out (AGS 2.0, sections 3.3 and 3.4)."""

import re
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, request

from lti_app.demo_lms.gradebook import LineItem, OldScoreError, Score
from lti_app.demo_lms.lineitems import column_url, find_column
from lti_app.demo_lms.lms import lms
from lti_app.demo_lms.outage import Outage
from lti_app.demo_lms.service import (
    BehavedError,
    HungUpError,
    ServiceError,
    answer,
    json_body,
    number_of,
    reply_with,
    require_accept,
    text_of,
)
from lti_app.demo_lms.tokens import RESULT_READ, SCORE, require_scope

bp = Blueprint("scores", __name__, url_prefix="/services/<course_id>/lineitems/<column_id>/lineitem")

SCORE_MEDIA = "application/vnd.ims.lis.v1.score+json"
RESULTS_MEDIA = "application/vnd.ims.lis.v2.resultcontainer+json"

ACTIVITY_PROGRESS = ("Initialized", "Started", "InProgress", "Submitted", "Completed")
GRADING_PROGRESS = ("FullyGraded", "Pending", "PendingManual", "Failed", "NotReady")
TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)", re.ASCII)


@bp.post("/scores")
def receive(course_id: str, column_id: str) -> Response:
    """Take in a score and note in the history what became of it."""
    require_scope(SCORE)
    column = find_column(course_id, column_id)
    body, behaviour = json_body(SCORE_MEDIA), lms().behaviour
    try:
        _suffer_outage()
        score = _score(column, body)
        lms().gradebook.record(score, takes_equal=behaviour.equal_score is None)
    except HungUpError as refusal:
        lms().gradebook.note(column, body, 0, refusal.description)
        raise
    except ServiceError as refusal:
        lms().gradebook.note(column, body, refusal.status, refusal.description)
        raise
    except OldScoreError as error:
        reason = "A score with this timestamp or a later one is stored already; times count in whole seconds."
        reply = (behaviour.equal_score if error.equal else None) or behaviour.old_score
        lms().gradebook.note(column, body, reply.status, reason)
        raise BehavedError(reply, reason) from None
    taken = behaviour.score_taken(body, _result_url(column, score.person_id))
    lms().gradebook.note(column, body, taken.status)
    return reply_with(taken)


@bp.get("/results")
def results(course_id: str, column_id: str) -> Response:
    """Return the results of the students who have one, or of the one that ``user_id`` names."""
    require_scope(RESULT_READ)
    require_accept(RESULTS_MEDIA)
    column = find_column(course_id, column_id)
    wanted = request.args.get("user_id")
    people = [person for person in lms().course.students if wanted in (None, person.id)]
    scores = [lms().gradebook.score(column.id, person.id) for person in people]
    results = [_result(column, score) for score in scores if score]
    if not lms().behaviour.null_results:
        return answer(results, RESULTS_MEDIA)
    graded = {score.person_id for score in scores if score}
    rest = [{**_result_of(column, person.id), "resultScore": None} for person in people if person.id not in graded]
    return answer([*results, *rest], "application/json")


def _suffer_outage() -> None:
    outage = lms().outage.now
    if outage is Outage.ERROR:
        raise ServiceError(500, "The LMS is having a bad day.")
    if outage is Outage.UNAVAILABLE:
        raise ServiceError(503, "The LMS is being maintained; try again later.")
    if outage is Outage.BUSY:
        raise BehavedError(lms().behaviour.too_many_calls, "Too many calls.")
    if outage is Outage.SILENCE:
        lms().outage.keep_silent()
    if outage is not Outage.NONE:
        raise HungUpError


def _score(column: LineItem, body: dict[str, Any]) -> Score:
    user_id = text_of(body, "userId", required=True)
    student = lms().course.person(user_id)
    if (student is None or student.teaches) and not lms().behaviour.grades_anybody:
        reason = "userId is no student who is enrolled in this course."
        raise BehavedError(reply, reason) if (reply := lms().behaviour.not_a_student) else ServiceError(400, reason)
    if text_of(body, "activityProgress") not in ACTIVITY_PROGRESS:
        raise ServiceError(400, f"activityProgress must be one of {', '.join(ACTIVITY_PROGRESS)}.")
    progress = text_of(body, "gradingProgress")
    if progress not in GRADING_PROGRESS:
        raise ServiceError(400, f"gradingProgress must be one of {', '.join(GRADING_PROGRESS)}.")
    given = number_of(body, "scoreGiven") if body.get("scoreGiven") is not None else None
    maximum = number_of(body, "scoreMaximum") if given is not None else column.score_maximum
    if not maximum:
        raise ServiceError(400, "scoreMaximum must be greater than 0.")
    return Score(
        line_item_id=column.id,
        person_id=user_id,
        given=given,
        maximum=maximum,
        timestamp=_timestamp(body),
        final=progress == "FullyGraded",
        comment=text_of(body, "comment"),
    )


def _timestamp(body: dict[str, Any]) -> datetime:
    text = text_of(body, "timestamp", required=True)
    try:
        if TIMESTAMP.fullmatch(text):
            return datetime.fromisoformat(text)
    except ValueError:
        pass  # a 31st of February
    raise ServiceError(400, "timestamp must be an ISO 8601 date and time with a zone.")


def _result(column: LineItem, score: Score) -> dict[str, object]:
    document = {
        **_result_of(column, score.person_id),
        "resultScore": score.points_of(column),
        "comment": score.comment,
    }
    return {name: value for name, value in document.items() if value != ""}


def _result_of(column: LineItem, person_id: str) -> dict[str, object]:
    return {
        "id": _result_url(column, person_id),
        "scoreOf": column_url(column),
        "userId": person_id,
        "resultMaximum": column.score_maximum,
    }


def _result_url(column: LineItem, person_id: str) -> str:
    return column_url(column).replace("/lineitem?", f"/lineitem/results/{person_id}?")
