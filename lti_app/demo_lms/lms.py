"""Everything that the running LMS knows: itself, the tool, the course, and what came in so far."""

import secrets
from dataclasses import dataclass

from flask import current_app

from lti_app.demo_lms.course import Activity, Course, Person
from lti_app.demo_lms.gradebook import Gradebook
from lti_app.demo_lms.keys import PlatformKey, ToolKeys
from lti_app.demo_lms.outage import OutageSwitch
from lti_app.demo_lms.token_store import TokenStore


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolRegistration:
    """What an admin enters into an LMS to register a tool (LTI 1.3 core, section 3.1.3; security framework, 5.1)."""

    name: str
    client_id: str
    deployment_id: str
    login_url: str
    launch_url: str
    redirect_urls: tuple[str, ...]
    keyset_url: str


@dataclass(frozen=True, slots=True)
class PendingLaunch:
    """A launch that has begun: who launches what. The id_token for it is given out once."""

    person: Person
    activity: Activity


class Lms:
    """The state of one LMS."""

    def __init__(self, base_url: str, tool: ToolRegistration, course: Course) -> None:
        self.base_url = base_url
        self.tool = tool
        self.course = course
        self.key = PlatformKey()
        self.tool_keys = ToolKeys(tool.keyset_url)
        self.tokens = TokenStore()
        self.gradebook = Gradebook(course)
        self.outage = OutageSwitch()
        self.pending: dict[str, PendingLaunch] = {}

    def begin_launch(self, person: Person, activity: Activity) -> str:
        """Remember that a launch begins; return its message hint."""
        hint = secrets.token_urlsafe(16)
        self.pending[hint] = PendingLaunch(person, activity)
        return hint


def lms() -> Lms:
    """Return the LMS whose request this is."""
    found: Lms = current_app.extensions["demo_lms"]
    return found
