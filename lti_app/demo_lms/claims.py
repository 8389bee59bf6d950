"""The claims of an id_token: for a launch (LTI 1.3 core, section 5.3) and for deep linking, shaped like Moodle's."""

import time
from typing import Any
from urllib.parse import quote, urlencode

from flask import request

from lti_app.demo_lms.behaviours import Behaviour
from lti_app.demo_lms.course import Activity, Person
from lti_app.demo_lms.lineitems import column_url
from lti_app.demo_lms.lms import Lms, PendingLaunch, PendingLinking
from lti_app.demo_lms.service import service_url
from lti_app.demo_lms.tokens import AGS_SCOPES

CLAIM = "https://purl.imsglobal.org/spec/lti/claim"
LINKING_QUERY = "request"
LINKING_SETTINGS = "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings"


def launch_claims(lms: Lms, launch: PendingLaunch, nonce: str) -> dict[str, Any]:
    """Return what the tool is told of a launch in the course that this request is about."""
    activity = launch.activity
    return {
        **_common_claims(lms, launch.person, nonce),
        f"{CLAIM}/resource_link": _link(lms, activity),
        f"{CLAIM}/custom": _custom(lms, activity),
        **_service_claims(lms, activity),
        **_message(launch),
    }


def linking_claims(lms: Lms, linking: PendingLinking, nonce: str) -> dict[str, Any]:
    """Return what the tool is told when somebody is to pick content for the course that this request is about."""
    url = f"{lms.base_url}/course/add/return"
    in_data = lms.behaviour.linking_data
    settings = {
        "deep_link_return_url": url if in_data else f"{url}?{urlencode({LINKING_QUERY: linking.data})}",
        "accept_types": ["ltiResourceLink"],
        "accept_presentation_document_targets": list(lms.behaviour.linking_targets),
        "accept_multiple": True,
        **({"data": linking.data} if in_data else {}),
    }
    return {
        **_common_claims(lms, linking.person, nonce),
        f"{CLAIM}/message_type": "LtiDeepLinkingRequest",
        LINKING_SETTINGS: settings,
    }


def _common_claims(lms: Lms, person: Person, nonce: str) -> dict[str, Any]:
    return {
        **_token_claims(lms),
        **_person_claims(lms.behaviour, person),
        "nonce": nonce,
        f"{CLAIM}/version": "1.3.0",
        f"{CLAIM}/deployment_id": lms.tool.deployment_id,
        f"{CLAIM}/target_link_uri": lms.tool.launch_url,
        f"{CLAIM}/context": {
            "id": lms.course.id,
            "label": lms.course.label,
            "title": lms.course.title,
            "type": ["http://purl.imsglobal.org/vocab/lis/v2/course#CourseSection"],
        },
        f"{CLAIM}/launch_presentation": {
            "document_target": "iframe",
            "locale": request.accept_languages.best or "en",
            "return_url": f"{lms.base_url}/course",
        },
        f"{CLAIM}/tool_platform": _platform(lms),
    }


def _token_claims(lms: Lms) -> dict[str, Any]:
    now, behaviour, client_id = int(time.time()), lms.behaviour, lms.tool.client_id
    claims: dict[str, Any] = {
        "iss": lms.base_url,
        "aud": client_id,
        "iat": now,
        "exp": now + behaviour.id_token_seconds,
    }
    if behaviour.authorized_party:
        claims["azp"] = client_id
    if behaviour.not_before:
        claims["nbf"] = now
    return claims


def _person_claims(behaviour: Behaviour, person: Person) -> dict[str, Any]:
    claims: dict[str, Any] = {
        "sub": person.id,
        "name": person.name,
        "email": person.email,
        f"{CLAIM}/roles": behaviour.roles_in_launch(person.role),
    }
    if not behaviour.tells_little:
        claims |= {"given_name": person.given_name, "family_name": person.family_name}
    return claims


def _platform(lms: Lms) -> dict[str, str]:
    platform = {"guid": lms.base_url, "name": "Pier College"}
    if lms.behaviour.product_family:
        platform["product_family_code"] = lms.behaviour.product_family
    return platform


def _link(lms: Lms, activity: Activity) -> dict[str, str]:
    return {"id": activity.id} if lms.behaviour.tells_little else {"id": activity.id, "title": activity.title}


def _message(launch: PendingLaunch) -> dict[str, Any]:
    """Return the type of the message: to open the activity, or to review a submission (Submission Review 1.0)."""
    if launch.review_of is None:
        return {f"{CLAIM}/message_type": "LtiResourceLinkRequest"}
    # Like Moodle, this LMS asks nobody whether the one who looks is a teacher.
    for_user = {"user_id": launch.review_of.id, "name": launch.review_of.name}
    return {f"{CLAIM}/message_type": "LtiSubmissionReviewRequest", f"{CLAIM}/for_user": for_user}


def _custom(lms: Lms, activity: Activity) -> dict[str, str]:
    """Return the custom parameters; a variable that this LMS does not know stays as it is."""
    variables = {
        "$ResourceLink.id.history": _history(activity.history),
        "$Context.id.history": _history(lms.course.history),
        "$ResourceLink.submission.endDateTime": activity.due,
    }
    custom = {**lms.tool.custom, **activity.custom}
    return {name: variables.get(value, value) for name, value in custom.items()}


def _history(ids: tuple[str, ...]) -> str:
    return ",".join(quote(id_, safe="") for id_ in ids)


def _service_claims(lms: Lms, activity: Activity) -> dict[str, Any]:
    """Return where the tool finds AGS and NRPS. A ``lineitem`` is named only where there is exactly one (AGS 3.1)."""
    endpoint: dict[str, Any] = {"scope": list(AGS_SCOPES), "lineitems": service_url("lineitems")}
    columns = lms.gradebook.columns({"resource_link_id": activity.id})
    if len(columns) == 1 and lms.behaviour.names_column:
        endpoint["lineitem"] = column_url(columns[0])
    return {
        "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint": endpoint,
        "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice": {
            "context_memberships_url": service_url("members"),
            "service_versions": ["2.0"],
        },
    }
