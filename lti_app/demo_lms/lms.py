"""Everything that the running LMS knows: itself, the tool, the course, and what came in so far."""

import itertools
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from flask import current_app, g, has_app_context

from lti_app.demo_lms.behaviours import STRICT, Behaviour
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
    # Custom parameters of every launch; values that are variables of LTI 1.3 core, appendix C, are filled in.
    custom: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PendingLaunch:
    """A launch that has begun: who launches what, to review whose submission. The id_token for it is given out once."""

    person: Person
    activity: Activity
    review_of: Person | None = None


@dataclass(frozen=True, slots=True)
class PendingLinking:
    """A deep linking request that has begun: who picks content for which course, and the ``data`` to be sent back."""

    person: Person
    course_id: str
    data: str


@dataclass(frozen=True, slots=True)
class Room:
    """A course and its gradebook."""

    course: Course
    gradebook: Gradebook


class Lms:
    """The state of one LMS."""

    def __init__(self, base_url: str, tool: ToolRegistration, course: Course, behaviour: Behaviour = STRICT) -> None:
        self.base_url = base_url
        self.behaviour = behaviour
        self.register(tool)
        # When the tokens for registering a tool expire.
        self.registration_tokens: dict[str, float] = {}
        self.rooms: dict[str, Room] = {}
        self._numbers = itertools.count(2)
        self._open(course)
        self.key = PlatformKey()
        self.tokens = TokenStore()
        self.outage = OutageSwitch()
        self.pending: dict[str, PendingLaunch | PendingLinking] = {}
        # The courses that deep linking requests are for, by the requests' data; each is answered once.
        self.linking: dict[str, str] = {}

    def register(self, tool: ToolRegistration) -> None:
        """Make this the tool of the LMS."""
        self.tool = tool
        self.tool_keys = ToolKeys(tool.keyset_url)

    @property
    def room(self) -> Room:
        """The room that this request is about; outside of requests the first."""
        if has_app_context() and "room" in g:
            found: Room = g.room
            return found
        return next(iter(self.rooms.values()))

    @property
    def course(self) -> Course:
        """The course that this request is about."""
        return self.room.course

    @property
    def gradebook(self) -> Gradebook:
        """The gradebook of the course that this request is about."""
        return self.room.gradebook

    def room_with(self, activity_id: str | None) -> Room | None:
        """Return the room whose course has this activity, or None."""
        return next((room for room in list(self.rooms.values()) if room.course.activity(activity_id)), None)

    def copy_course(self) -> Room:
        """Copy the course that this request is about, without its grades; return the copy's room."""
        return self._open(self.course.copy(next(self._numbers)))

    def add_activity(self, course_id: str, activity: Activity, column: Mapping[str, str] | None) -> None:
        """Add an activity to a course, with a column of these fields unless it has no grade."""
        room = self.rooms[course_id]
        course = replace(room.course, activities=(*room.course.activities, activity))
        self.rooms[course_id] = Room(course, room.gradebook)
        if column is not None:
            room.gradebook.add(
                label=activity.title, score_maximum=activity.points, resource_link_id=activity.id, **column
            )

    def begin_launch(self, launch: PendingLaunch | PendingLinking) -> str:
        """Remember that a launch begins; return its message hint."""
        hint = secrets.token_urlsafe(16)
        self.pending[hint] = launch
        return hint

    def _open(self, course: Course) -> Room:
        room = self.rooms[course.id] = Room(course, Gradebook(course))
        return room


def lms() -> Lms:
    """Return the LMS whose request this is."""
    found: Lms = current_app.extensions["demo_lms"]
    return found
