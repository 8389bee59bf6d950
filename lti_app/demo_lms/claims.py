"""The claims of an id_token for a resource link launch (LTI 1.3 core, section 5.3), shaped like Moodle's."""

import time
from typing import Any

from lti_app.demo_lms.course import Activity, Person
from lti_app.demo_lms.lineitems import column_url
from lti_app.demo_lms.lms import Lms
from lti_app.demo_lms.service import service_url
from lti_app.demo_lms.tokens import AGS_SCOPES

CLAIM = "https://purl.imsglobal.org/spec/lti/claim"
LIFETIME = 60  # seconds, as in Moodle


def launch_claims(lms: Lms, person: Person, activity: Activity, nonce: str) -> dict[str, Any]:
    """Return what the tool is told when this person launches this activity."""
    now = int(time.time())
    return {
        "iss": lms.base_url,
        "aud": lms.tool.client_id,
        "sub": person.id,
        "iat": now,
        "exp": now + LIFETIME,
        "nonce": nonce,
        "name": person.name,
        "given_name": person.given_name,
        "family_name": person.family_name,
        "email": person.email,
        f"{CLAIM}/message_type": "LtiResourceLinkRequest",
        f"{CLAIM}/version": "1.3.0",
        f"{CLAIM}/deployment_id": lms.tool.deployment_id,
        f"{CLAIM}/target_link_uri": lms.tool.launch_url,
        f"{CLAIM}/roles": [person.role.value],
        f"{CLAIM}/context": {
            "id": lms.course.id,
            "label": lms.course.label,
            "title": lms.course.title,
            "type": ["http://purl.imsglobal.org/vocab/lis/v2/course#CourseSection"],
        },
        f"{CLAIM}/resource_link": {"id": activity.id, "title": activity.title},
        f"{CLAIM}/custom": dict(activity.custom),
        f"{CLAIM}/launch_presentation": {
            "document_target": "iframe",
            "locale": "en",
            "return_url": f"{lms.base_url}/course",
        },
        f"{CLAIM}/tool_platform": {"guid": lms.base_url, "name": "Pier College", "product_family_code": "demo-lms"},
        **_service_claims(lms, activity),
    }


def _service_claims(lms: Lms, activity: Activity) -> dict[str, Any]:
    """Return where the tool finds AGS and NRPS. A ``lineitem`` is named only where there is exactly one (AGS 3.1)."""
    endpoint: dict[str, Any] = {"scope": list(AGS_SCOPES), "lineitems": service_url("lineitems")}
    columns = lms.gradebook.columns({"resource_link_id": activity.id})
    if len(columns) == 1:
        endpoint["lineitem"] = column_url(columns[0])
    return {
        "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint": endpoint,
        "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice": {
            "context_memberships_url": service_url("members"),
            "service_versions": ["2.0"],
        },
    }
