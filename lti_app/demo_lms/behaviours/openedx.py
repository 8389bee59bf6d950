"""Open edX, as its LTI consumer was seen to behave."""

from collections.abc import Mapping
from typing import Any

from lti_app.demo_lms.behaviours.behaviour import INSTITUTION, SYSTEM, Behaviour, Reply, first_of_links
from lti_app.demo_lms.course import Role


def _echo(score: Mapping[str, Any], _result_url: str) -> Reply:
    return Reply(201, dict(score))


OPENEDX = Behaviour(
    name="Open edX",
    authorize_path="/api/lti_consumer/v1/launch/",
    login_by_get=True,
    keeps_for_tools=False,
    id_token_seconds=3600,
    authorized_party=True,
    launch_roles={
        Role.LEARNER: (f"{INSTITUTION}Student", Role.LEARNER.value, f"{SYSTEM}None"),
        Role.INSTRUCTOR: (f"{INSTITUTION}None", Role.INSTRUCTOR.value, f"{SYSTEM}None"),
    },
    tells_little=True,
    shown_columns=first_of_links,
    wrong_accept=None,
    no_token=403,
    score_taken=_echo,
    old_score=Reply(400, {"timestamp": ["Score timestamp can only be updated to a later point in time"]}),
    equal_score=Reply(400, {"timestamp": ["Score already exists for the provided timestamp"]}),
    grades_anybody=True,
    no_deletion=Reply(403, {"detail": "You do not have permission to perform this action."}),
    pages_members=True,
)
