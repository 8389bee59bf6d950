"""Moodle 4.5, as it was seen to behave."""

from collections.abc import Mapping
from typing import Any

from lti_app.demo_lms.behaviours.behaviour import SHORT_ROLES, Behaviour, Reply


def _empty(_score: Mapping[str, Any], _result_url: str) -> Reply:
    return Reply(200)


MOODLE = Behaviour(
    name="Moodle",
    product_family="moodle",
    authorize_path="/mod/lti/auth.php",
    keeps_for_tools=False,
    roster_roles=SHORT_ROLES,
    linking_data=False,
    linking_targets=("frame", "iframe", "window"),
    keeps_item_dates=False,
    wrong_accept=400,
    no_scope=401,
    score_taken=_empty,
    old_score=Reply(409, []),
    equal_score=Reply(409, []),
    not_a_student=Reply(400, []),
    pages_columns=True,
    pages_members=True,
    # With curly quotes, which go out as UTF-8 and arrive as other letters; the address is escaped as for HTML.
    next_link="<{escaped_url}>; rel=\u00e2\u0080\u009cnext\u00e2\u0080\u009d",
)
