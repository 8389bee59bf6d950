"""What Open edX's consumer asks the rest of Open edX for: a course, its people, its blocks, its gradebook.

Imported when Django is set up. Everything that speaks LTI is the consumer's own.
"""

from dataclasses import dataclass
from decimal import Decimal
from types import SimpleNamespace
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.contrib.auth.models import User
from lti_consumer.models import CourseAllowPIISharingInLTIFlag, Lti1p3Passport, LtiConfiguration
from lti_consumer.plugin import compat
from opaque_keys.edx.keys import CourseKey, UsageKey

COURSE = CourseKey.from_string("course-v1:Pier+ML201+2026")
COURSE_TITLE = "Machine Learning in Production"

PEOPLE = {"ada": ("Ada Osei", "student"), "ben": ("Ben Larsen", "student"), "clara": ("Clara Ruiz", "instructor")}
"""Username, full name, and role in the words of the consumer's table of roles."""

GRADES: list[tuple[str, str, str]] = []
"""What reached the gradebook: username, block, and the points that the consumer made of a score."""


@dataclass(frozen=True)
class Block:
    """A place in the course, as far as the consumer looks at one."""

    location: UsageKey
    display_name: str
    weight: float = 1.0
    has_score: bool = True
    accept_grades_past_due: bool = True
    lti_1p3_passport_id: str = ""
    context_id: str = str(COURSE)

    @property
    def scope_ids(self) -> SimpleNamespace:
        return SimpleNamespace(usage_id=self.location)

    def is_past_due(self) -> bool:
        return False

    def max_score(self) -> float:
        return self.weight

    def set_user_module_score(self, user: User, score: float, maximum: float, comment: str) -> None:
        GRADES.append((user.username, self.location.block_id, str(round(Decimal(score * maximum), 4).normalize())))


def block_key(name: str) -> UsageKey:
    return COURSE.make_usage_key("lti_consumer", name)


TITLES = {"quiz": "The quiz", "untouched": "Nobody's quiz", "linked": "To be linked"}
"""Two quizzes that an author has set up, and a place for which a teacher picks one by deep linking."""

BLOCKS = {name: Block(block_key(name), title) for name, title in TITLES.items()}


def external_id(user: User) -> str:
    return str(uuid5(NAMESPACE_URL, user.username))


def fill(tool: str, custom: dict[str, str]) -> None:
    """Make the people, and a configuration of each block by the values that the tool shows its admin."""
    for username, (name, _role) in PEOPLE.items():
        User.objects.create_user(username, f"{username}@pier.example.edu", first_name=name)
    CourseAllowPIISharingInLTIFlag.objects.create(course_id=COURSE, enabled=True)
    for name, block in BLOCKS.items():
        passport = Lti1p3Passport.objects.create(
            name=name,
            passport_id=uuid5(NAMESPACE_URL, name),
            lti_1p3_client_id=f"client-{name}",
            lti_1p3_tool_keyset_url=f"{tool}/lti/jwks",
        )
        LtiConfiguration.objects.create(
            version=LtiConfiguration.LTI_1P3,
            config_store=LtiConfiguration.CONFIG_ON_DB,
            location=block.location,
            lti_1p3_passport=passport,
            lti_config={"custom": {} if name == "linked" else custom},
            lti_1p3_oidc_url=f"{tool}/lti/login",
            lti_1p3_launch_url=f"{tool}/lti/launch",
            lti_advantage_enable_nrps=True,
            lti_advantage_deep_linking_enabled=name == "linked",
            lti_advantage_deep_linking_launch_url=f"{tool}/lti/launch",
            lti_advantage_ags_mode="programmatic" if name == "linked" else "declarative",
        )


def stand_in_for_edx_platform() -> None:
    """Answer what the consumer asks edx-platform."""
    compat.load_enough_xblock = lambda location: BLOCKS[location.block_id]
    compat.load_block_as_user = lambda location: BLOCKS[location.block_id]
    compat.get_user_from_external_user_id = _user_of
    compat.user_has_studio_write_access = lambda user, _course: PEOPLE.get(user.username, ("", ""))[1] == "instructor"
    compat.get_course_members = _members
    compat.merge_course_forum_roles = lambda _course, members: members
    compat.batch_get_or_create_externalids = lambda users: {
        user.id: SimpleNamespace(external_user_id=external_id(user)) for user in users.prefetch_related(None)
    }


def _user_of(external_user_id: str) -> User:
    return next(user for user in User.objects.all() if external_id(user) == external_user_id)


def _members(_course: CourseKey) -> dict[int, dict[str, Any]]:
    return {
        user.id: {
            "id": user.id,
            "username": user.username,
            "email": user.email,
            "name": user.first_name,
            "roles": [PEOPLE[user.username][1]],
        }
        for user in User.objects.all()
    }
