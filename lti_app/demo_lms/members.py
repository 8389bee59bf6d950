"""The members of the course, as a tool sees them (NRPS 2.0)."""

from flask import Blueprint, Response

from lti_app.demo_lms.course import Person
from lti_app.demo_lms.lineitems import require_course
from lti_app.demo_lms.lms import lms
from lti_app.demo_lms.service import answer, require_accept, service_url
from lti_app.demo_lms.tokens import MEMBERS_READ, require_scope

bp = Blueprint("members", __name__, url_prefix="/services/<course_id>/members")

MEDIA = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"


@bp.get("")
def list_members(course_id: str) -> Response:
    """Return everyone in the course."""
    require_scope(MEMBERS_READ)
    require_accept(MEDIA)
    require_course(course_id)
    course = lms().course
    document = {
        "id": service_url("members"),
        "context": {"id": course.id, "label": course.label, "title": course.title},
        "members": [_member(person) for person in course.people],
    }
    return answer(document, MEDIA)


def _member(person: Person) -> dict[str, object]:
    return {
        "user_id": person.id,
        "status": "Active",
        "roles": [person.role.value],
        "name": person.name,
        "given_name": person.given_name,
        "family_name": person.family_name,
        "email": person.email,
    }
