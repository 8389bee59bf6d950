import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_app.lti.roles import role_in_context
from lti_app.models import Role

MEMBERSHIP = "http://purl.imsglobal.org/vocab/lis/v2/membership"
INSTITUTION = "http://purl.imsglobal.org/vocab/lis/v2/institution/person"
SYSTEM = "http://purl.imsglobal.org/vocab/lis/v2/system/person"
TEACHING = [f"{MEMBERSHIP}#Instructor", f"{MEMBERSHIP}#Administrator", f"{MEMBERSHIP}#ContentDeveloper", "Instructor"]


@pytest.mark.parametrize("role", [*TEACHING, "ContentDeveloper", "TeachingAssistant"])
def test_who_teaches_in_the_course_is_an_instructor(role: str) -> None:
    assert role_in_context([role]) is Role.INSTRUCTOR


@pytest.mark.parametrize(
    "role",
    [
        f"{INSTITUTION}#Instructor",
        f"{INSTITUTION}#Administrator",
        f"{INSTITUTION}#Faculty",
        f"{SYSTEM}#Administrator",
        f"{SYSTEM}#SysAdmin",
        "urn:lti:sysrole:ims/lis/Administrator",
        "Administrator",
        "instructor",
        f"{MEMBERSHIP}#Mentor",
        f"{MEMBERSHIP}#Learner",
        f"{MEMBERSHIP}/Learner#Instructor",
        f"{MEMBERSHIP}s#Instructor",
        f"{MEMBERSHIP}Instructor",
        f"https://evil.example/{MEMBERSHIP}#Instructor",
        MEMBERSHIP,
        "",
    ],
)
def test_a_role_elsewhere_gives_no_rights_in_the_course(role: str) -> None:
    assert role_in_context([role]) is Role.LEARNER


@pytest.mark.parametrize(
    "role",
    [
        f"{MEMBERSHIP}/Instructor#TeachingAssistant",
        f"{MEMBERSHIP}/Instructor#Grader",
        f"{MEMBERSHIP}#Instructor#TeachingAssistant",
    ],
)
def test_a_teaching_assistant_is_an_instructor_but_not_if_a_learner_too(role: str) -> None:
    assert role_in_context([role]) is Role.INSTRUCTOR
    assert role_in_context([f"{MEMBERSHIP}#Learner", role]) is Role.LEARNER
    assert role_in_context([f"{MEMBERSHIP}#Learner", role, f"{MEMBERSHIP}#Instructor"]) is Role.INSTRUCTOR


@given(st.lists(st.text()), st.sampled_from(TEACHING), st.randoms())
def test_one_teaching_role_among_any_others_teaches(others: list[str], teaching: str, random: object) -> None:
    roles = [*others, teaching]
    random.shuffle(roles)  # type: ignore[attr-defined]
    assert role_in_context(roles) is Role.INSTRUCTOR


@given(st.lists(st.text(alphabet="abLNerint#/:_").map(lambda text: INSTITUTION + text)))
def test_institution_roles_of_any_form_never_teach(roles: list[str]) -> None:
    assert role_in_context(roles) is Role.LEARNER
