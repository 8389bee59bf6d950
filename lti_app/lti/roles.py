"""What a person's roles are worth in a course (LTI 1.3 core, appendix A.2)."""

from collections.abc import Iterable

from lti_app.models import Role

MEMBERSHIP = "http://purl.imsglobal.org/vocab/lis/v2/membership"
TEACHING = frozenset({"Administrator", "ContentDeveloper", "Instructor"})
# "Administrator" alone was in LTI 1.1 as often the school's as the course's.
TEACHING_SHORT = frozenset({"ContentDeveloper", "Instructor"})


def role_in_context(roles: Iterable[str]) -> Role:
    """Return INSTRUCTOR if any of the roles teaches in this context, else LEARNER, which has the least rights.

    Only context roles count: a student may be staff of the school, and Canvas says so in an institution role.
    """
    return Role.INSTRUCTOR if any(map(_teaches, roles)) else Role.LEARNER


def _teaches(role: str) -> bool:
    if not role.startswith(MEMBERSHIP):
        return role in TEACHING_SHORT
    # ".../membership#Instructor", its sub-role ".../membership/Instructor#Grader", and Sakai's
    # ".../membership#Instructor#TeachingAssistant": the main role always comes first.
    main_role = role.removeprefix(MEMBERSHIP)[1:].partition("#")[0]
    return role.removeprefix(MEMBERSHIP)[:1] in ("#", "/") and main_role in TEACHING
