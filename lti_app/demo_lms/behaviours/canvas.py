"""Canvas, as its documentation and its code say."""

from collections.abc import Mapping, Sequence
from typing import Any

from lti_app.demo_lms.behaviours.behaviour import INSTITUTION, SYSTEM, Behaviour, Reply, first_of_links
from lti_app.demo_lms.course import Role
from lti_app.demo_lms.gradebook import LineItem


def _error(kind: str, message: str) -> dict[str, object]:
    return {"errors": {"type": kind, "message": message}}


def _result_url(_score: Mapping[str, Any], result_url: str) -> Reply:
    return Reply(200, {"resultUrl": result_url})


def _with_assignments(columns: Sequence[LineItem]) -> list[LineItem]:
    """Return what is in the gradebook: of an assignment the first line item; one without a link is an assignment."""
    first = first_of_links(columns)
    return [column for column in columns if not column.resource_link_id or column in first]


CANVAS = Behaviour(
    name="Canvas",
    product_family="canvas",
    authorize_path="/api/lti/authorize_redirect",
    id_token_seconds=3600,
    authorized_party=True,
    # What somebody is anywhere in the school comes along: a student of this course may teach another one.
    launch_roles={
        Role.LEARNER: (f"{INSTITUTION}Instructor", Role.LEARNER.value, f"{SYSTEM}User"),
        Role.INSTRUCTOR: (f"{INSTITUTION}Instructor", Role.INSTRUCTOR.value, f"{SYSTEM}User"),
    },
    shown_columns=_with_assignments,
    linking_data=False,
    wrong_accept=None,
    score_taken=_result_url,
    old_score=Reply(
        400, _error("bad_request", "Provided timestamp of an hour ago before last updated timestamp of just now")
    ),
    equal_score=None,
    not_a_student=Reply(422, _error("unprocessable_entity", "User not found in course or is not a student")),
    too_many_calls=Reply(403, "403 Forbidden (Rate Limit Exceeded)", {"X-Rate-Limit-Remaining": "0"}),
    pages_columns=True,
    pages_members=True,
    next_link='<{url}&page=1>; rel="current",<{url}>; rel="next",<{url}&page=1>; rel="first"',
)
