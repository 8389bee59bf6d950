"""Scores that come in and results that go out (AGS 2.0, sections 3.3 and 3.4)."""

import re
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, request

from lti_app.demo_lms.gradebook import LineItem, OldScoreError, Score
from lti_app.demo_lms.lineitems import column_url, find_column
from lti_app.demo_lms.lms import lms
from lti_app.demo_lms.outage import Outage
from lti_app.demo_lms.service import HungUpError, ServiceError, answer, json_body, number_of, require_accept, text_of
from lti_app.demo_lms.tokens import RESULT_READ, SCORE, require_scope

bp = Blueprint("scores", __name__, url_prefix="/services/<course_id>/lineitems/<column_id>/lineitem")

SCORE_MEDIA = "application/vnd.ims.lis.v1.score+json"
RESULTS_MEDIA = "application/vnd.ims.lis.v2.resultcontainer+json"

ACTIVITY_PROGRESS = ("Initialized", "Started", "InProgress", "Submitted", "Completed")
GRADING_PROGRESS = ("FullyGraded", "Pending", "PendingManual", "Failed", "NotReady")
TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)", re.ASCII)


@bp.post("/scores")
def receive(course_id: str, column_id: str) -> tuple[str, int]:
    """Take in a score and note in the history what became of it."""
    require_scope(SCORE)
    column = find_column(course_id, column_id)
    body = json_body(SCORE_MEDIA)
    try:
        _suffer_outage()
        lms().gradebook.record(_score(column, body))
    except HungUpError as refusal:
        lms().gradebook.note(column, body, 0, refusal.description)
        raise
    except ServiceError as refusal:
        lms().gradebook.note(column, body, refusal.status, refusal.description)
        raise
    except OldScoreError:
        reason = "A score with this timestamp or a later one is stored already; times count in whole seconds."
        lms().gradebook.note(column, body, 409, reason)
        raise ServiceError(409, reason) from None
    lms().gradebook.note(column, body, 204)
    return "", 204


@bp.get("/results")
def results(course_id: str, column_id: str) -> Response:
    """Return the results of the students who have one, or of the one that ``user_id`` names."""
    require_scope(RESULT_READ)
    require_accept(RESULTS_MEDIA)
    column = find_column(course_id, column_id)
    wanted = request.args.get("user_id")
    people = [person for person in lms().course.students if wanted in (None, person.id)]
    scores = [lms().gradebook.score(column.id, person.id) for person in people]
    return answer([_result(column, score) for score in scores if score], RESULTS_MEDIA)


def _suffer_outage() -> None:
    outage = lms().outage.now
    if outage is Outage.ERROR:
        raise ServiceError(500, "The LMS is having a bad day.")
    if outage is Outage.UNAVAILABLE:
        raise ServiceError(503, "The LMS is being maintained; try again later.")
    if outage is Outage.SILENCE:
        lms().outage.keep_silent()
    if outage is not Outage.NONE:
        raise HungUpError


def _score(column: LineItem, body: dict[str, Any]) -> Score:
    student = lms().course.person(text_of(body, "userId", required=True))
    if student is None or student.teaches:
        raise ServiceError(400, "userId is no student who is enrolled in this course.")
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
        person_id=student.id,
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
        "id": column_url(column).replace("/lineitem?", f"/lineitem/results/{score.person_id}?"),
        "scoreOf": column_url(column),
        "userId": score.person_id,
        "resultScore": score.points_of(column),
        "resultMaximum": column.score_maximum,
        "comment": score.comment,
    }
    return {name: value for name, value in document.items() if value != ""}
