"""What a person's roles are worth in a course (LTI 1.3 core, appendix A.2)."""

from collections.abc import Iterable
from typing import NamedTuple

from lti_app.models import Role

MEMBERSHIP = "http://purl.imsglobal.org/vocab/lis/v2/membership"
INSTITUTION = "http://purl.imsglobal.org/vocab/lis/v2/institution/person"
STAFF = frozenset({"Administrator", "Faculty", "Instructor", "Staff"})
TEACHING = frozenset({"Administrator", "ContentDeveloper", "Instructor"})


class ContextRole(NamedTuple):
    """A role in a course: ``Instructor``, or ``Instructor`` with the sub-role ``TeachingAssistant``."""

    main: str
    sub: str = ""


# Context roles may come by their bare names. "Administrator" is left out: in LTI 1.1 it was as often the school's.
BARE = {
    "ContentDeveloper": ContextRole("ContentDeveloper"),
    "Instructor": ContextRole("Instructor"),
    "Learner": ContextRole("Learner"),
    "TeachingAssistant": ContextRole("Instructor", "TeachingAssistant"),
}


def role_in_context(roles: Iterable[str]) -> Role:
    """Return INSTRUCTOR for those who teach in this course, LEARNER, which has the least rights, for all others.

    Only context roles count: a student may be staff of the school, and Canvas says so in an institution role. A
    sub-role of Instructor that comes beside Learner does not count either: Open edX sends it for students who help in
    the forum, and their grades count.
    """
    known = [role for role in map(_context_role, roles) if role]
    if any(role.main in TEACHING and not role.sub for role in known):
        return Role.INSTRUCTOR
    assists = any(role.main in TEACHING for role in known)
    learns = any(role.main == "Learner" for role in known)
    return Role.INSTRUCTOR if assists and not learns else Role.LEARNER


def learns_in_context(roles: Iterable[str]) -> bool:
    """Return whether somebody on a roster with these roles is a student there: bare names count as full ones do."""
    roles = list(roles)
    learns = any(role.main == "Learner" for role in map(_context_role, roles) if role)
    return learns and role_in_context(roles) is Role.LEARNER


def may_add_content(roles: Iterable[str]) -> bool:
    """Return whether somebody with these roles may pick content for the course.

    Those who teach in it may; of those who have no role in it at all, staff of the school, whom a platform asks to pick
    only where it lets them change the course (Canvas's admins, teachers of 1EdTech's reference platform).
    """
    roles = list(roles)
    if any(map(_context_role, roles)):
        return role_in_context(roles) is Role.INSTRUCTOR
    return any(role.startswith(f"{INSTITUTION}#") and role.partition("#")[2] in STAFF for role in roles)


def _context_role(role: str) -> ContextRole | None:
    if role in BARE:
        return BARE[role]
    if role.startswith(f"{MEMBERSHIP}#"):
        # Sakai sends the sub-role as "...membership#Instructor#TeachingAssistant".
        main, _, sub = role.removeprefix(f"{MEMBERSHIP}#").partition("#")
        return ContextRole(main, sub)
    if role.startswith(f"{MEMBERSHIP}/"):
        main, _, sub = role.removeprefix(f"{MEMBERSHIP}/").partition("#")
        return ContextRole(main, sub or main)
    return None
