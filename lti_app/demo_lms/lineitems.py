"""Line items: the columns of the gradebook, as a tool sees them (AGS 2.0, section 3.2)."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, request

from lti_app.demo_lms.gradebook import LineItem
from lti_app.demo_lms.lms import lms
from lti_app.demo_lms.service import (
    BehavedError,
    ServiceError,
    answer,
    json_body,
    number_of,
    page_of,
    require_accept,
    require_service_query,
    service_url,
    text_of,
)
from lti_app.demo_lms.tokens import LINE_ITEM, LINE_ITEM_READ, require_scope

bp = Blueprint("lineitems", __name__, url_prefix="/services/<course_id>/lineitems")

LIST_MEDIA = "application/vnd.ims.lis.v2.lineitemcontainer+json"
ITEM_MEDIA = "application/vnd.ims.lis.v2.lineitem+json"


def find_column(course_id: str, column_id: str) -> LineItem:
    """Return a column of the course; refuse one that is not there."""
    require_service_query()
    column = lms().gradebook.column(column_id)
    if column is None or course_id != lms().course.id:
        raise ServiceError(404, "There is no such line item.")
    return column


def column_url(column: LineItem) -> str:
    """Return the id of a line item: its URL."""
    return service_url(f"lineitems/{column.id}/lineitem")


@bp.get("")
def list_columns(course_id: str) -> Response:
    """Return the line items, or those that the filters name."""
    require_scope(LINE_ITEM, LINE_ITEM_READ)
    require_accept(LIST_MEDIA)
    require_course(course_id)
    filters = {name: request.args[name] for name in ("resource_link_id", "resource_id", "tag") if name in request.args}
    columns, more = page_of(lms().gradebook.columns(filters), paged=lms().behaviour.pages_columns)
    response = answer([_document(column) for column in columns], LIST_MEDIA)
    response.headers.update(more)
    return response


@bp.post("")
def create(course_id: str) -> Response:
    """Make a line item."""
    require_scope(LINE_ITEM)
    require_course(course_id)
    fields = _fields(json_body(ITEM_MEDIA))
    column = lms().gradebook.add(**fields)
    response = answer(_document(column), ITEM_MEDIA, 201)
    response.headers["Location"] = column_url(column)
    return response


@bp.get("/<column_id>/lineitem")
def show(course_id: str, column_id: str) -> Response:
    """Return one line item."""
    require_scope(LINE_ITEM, LINE_ITEM_READ)
    require_accept(ITEM_MEDIA)
    return answer(_document(find_column(course_id, column_id)), ITEM_MEDIA)


@bp.put("/<column_id>/lineitem")
def update(course_id: str, column_id: str) -> Response:
    """Replace a line item. A field that is not sent is emptied, the link to the activity too, as in Moodle."""
    require_scope(LINE_ITEM)
    column = replace(find_column(course_id, column_id), **_fields(json_body(ITEM_MEDIA)))
    lms().gradebook.replace(column)
    return answer(_document(column), ITEM_MEDIA)


@bp.delete("/<column_id>/lineitem")
def delete(course_id: str, column_id: str) -> tuple[str, int]:
    """Delete a line item with its scores."""
    require_scope(LINE_ITEM)
    column, refused = find_column(course_id, column_id), lms().behaviour.no_deletion
    if refused:
        raise BehavedError(refused, "Tools delete no columns here.")
    lms().gradebook.remove(column.id)
    return "", 204


def require_course(course_id: str) -> None:
    """Refuse a request for another course than the one there is."""
    require_service_query()
    if course_id != lms().course.id:
        raise ServiceError(404, "There is no such course.")


def _fields(body: dict[str, Any]) -> dict[str, Any]:
    maximum = number_of(body, "scoreMaximum")
    if not maximum:
        raise ServiceError(400, "scoreMaximum must be greater than 0.")
    link = text_of(body, "resourceLinkId")
    if link and lms().course.activity(link) is None:
        raise ServiceError(403, f"There is no activity {link!r} of this tool in the course.")
    return {
        "label": text_of(body, "label", required=True),
        "score_maximum": maximum,
        "resource_link_id": link,
        "resource_id": text_of(body, "resourceId"),
        "tag": text_of(body, "tag"),
    }


def _document(column: LineItem) -> dict[str, object]:
    fields = {
        "id": column_url(column),
        "label": column.label,
        "scoreMaximum": column.score_maximum,
        "resourceLinkId": column.resource_link_id,
        "resourceId": column.resource_id,
        "tag": column.tag,
    }
    return {name: value for name, value in fields.items() if value}
