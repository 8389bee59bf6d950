"""The members of the course, as a tool sees them (NRPS 2.0)."""

from flask import Blueprint, Response

from lti_app.demo_lms.course import Person
from lti_app.demo_lms.lineitems import require_course
from lti_app.demo_lms.lms import lms
from lti_app.demo_lms.service import answer, page_of, require_accept, service_url
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
    people, more = page_of(course.people, paged=lms().behaviour.pages_members)
    document = {
        "id": service_url("members"),
        "context": {"id": course.id, "label": course.label, "title": course.title},
        "members": [_member(person) for person in people],
    }
    response = answer(document, MEDIA)
    response.headers.update(more)
    return response


def _member(person: Person) -> dict[str, object]:
    behaviour = lms().behaviour
    member: dict[str, object] = {
        "user_id": person.id,
        "status": "Active",
        "roles": behaviour.roles_in_roster(person.role),
        "name": person.name,
        "email": person.email,
    }
    if not behaviour.tells_little:
        member |= {"given_name": person.given_name, "family_name": person.family_name}
    return member
