"""Sakai, as its code says."""

from collections.abc import Mapping
from typing import Any

from lti_app.demo_lms.behaviours.behaviour import Behaviour, Reply
from lti_app.demo_lms.course import Role

ROLES = {role: (short, role.value) for role, short in ((Role.LEARNER, "Learner"), (Role.INSTRUCTOR, "Instructor"))}


def _empty(_score: Mapping[str, Any], _result_url: str) -> Reply:
    return Reply(200)


SAKAI = Behaviour(
    name="Sakai",
    product_family="sakai",
    authorize_path="/imsoidc/lti13/oidc_auth",
    keeps_for_tools=False,
    id_token_seconds=3600,
    launch_roles=ROLES,
    roster_roles=ROLES,
    wrong_accept=None,
    no_scope=400,
    score_taken=_empty,
    not_a_student=Reply(400, "User does not belong to site"),
    null_results=True,
    pages_members=True,
)
