"""How LMSs differ where a tool notices: one value of `Behaviour` for each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lti_app.demo_lms.course import Role
from lti_app.demo_lms.gradebook import LineItem

INSTITUTION = "http://purl.imsglobal.org/vocab/lis/v2/institution/person#"
SYSTEM = "http://purl.imsglobal.org/vocab/lis/v2/system/person#"
SHORT_ROLES = {Role.LEARNER: ("Learner",), Role.INSTRUCTOR: ("Instructor",)}


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer of a service; its body is a text as it stands, nothing at all (None), or what JSON is made of."""

    status: int
    body: object = None
    headers: Mapping[str, str] = field(default_factory=dict)


NOT_NEWER = Reply(409, {"error": "Conflict", "error_description": "A score as new or newer is stored already."})


def _no_content(_score: Mapping[str, Any], _result_url: str) -> Reply:
    return Reply(204)


def first_of_links(columns: Sequence[LineItem]) -> list[LineItem]:
    """Return the first of the columns that are tied to each link, and none that is tied to no link."""
    first: dict[str, LineItem] = {}
    for column in columns:
        if column.resource_link_id:
            first.setdefault(column.resource_link_id, column)
    return list(first.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """What an LMS does in its own way; the defaults are those of the demo LMS itself, which is strict.

    ``authorize_path`` is where it takes authentication requests, ``product_family`` what launches call it.
    """

    name: str
    product_family: str = ""
    authorize_path: str = "/authorize"
    # The login initiation comes as a redirect, and not as a form.
    login_by_get: bool = False
    # The page around the tool keeps what its browser does not (LTI platform storage).
    keeps_for_tools: bool = True
    id_token_seconds: int = 60
    not_before: bool = False
    authorized_party: bool = False
    # The audience of a tool's assertions; empty is the token URL.
    assertion_audience: str = ""
    launch_roles: Mapping[Role, tuple[str, ...]] = field(default_factory=dict)
    roster_roles: Mapping[Role, tuple[str, ...]] = field(default_factory=dict)
    # Launches carry no title of the link, no given and family name, and no empty custom claim.
    tells_little: bool = False
    # Which of the columns stand in the gradebook that people see.
    shown_columns: Callable[[Sequence[LineItem]], list[LineItem]] = list
    # Launches name the column of their link, where there is one.
    names_column: bool = True
    # A deep linking request has ``data`` to be sent back; else what it is about stands in the query of its return URL.
    linking_data: bool = True
    linking_targets: tuple[str, ...] = ("iframe", "window")
    # Dates of an item that was picked are kept.
    keeps_item_dates: bool = True
    # What a wrong Accept header is answered with; None takes "*/*", too.
    wrong_accept: int | None = 406
    no_token: int = 401
    no_scope: int = 403
    # What a score is answered with that was sent (first) for somebody whose result has this URL (second).
    score_taken: Callable[[Mapping[str, Any], str], Reply] = _no_content
    old_score: Reply = NOT_NEWER
    # None takes a score whose timestamp is that of the stored one.
    equal_score: Reply | None = NOT_NEWER
    # Scores are kept by user id, whoever that is.
    grades_anybody: bool = False
    not_a_student: Reply | None = None
    too_many_calls: Reply = Reply(429, "Too many requests", {"Retry-After": "1"})
    no_deletion: Reply | None = None
    # Results list students without a grade, too, as plain JSON.
    null_results: bool = False
    pages_columns: bool = False
    pages_members: bool = False
    next_link: str = '<{url}>; rel="next"'

    def roles_in_launch(self, role: Role) -> list[str]:
        """Return the roles that a launch carries."""
        return list(self.launch_roles.get(role, (role.value,)))

    def roles_in_roster(self, role: Role) -> list[str]:
        """Return the roles that the roster shows."""
        return list(self.roster_roles.get(role, (role.value,)))


PAGE = 2
"""Lines of a page where lists come in pages: so few that the demo's small course has several."""
