from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_app.lti.claims import BRIGHTSPACE, MOST_COPIES, LaunchClaims, read_claims, require_claims
from lti_app.lti.failures import LaunchRefused
from lti_app.models import Role
from tests.lti_app.platform import AGS_ENDPOINT, CLAIM, Platform

GOOD = Platform("https://lms.example.edu").claims("nonce", custom={"quiz": "week-1"})
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda values: st.lists(values, max_size=3) | st.dictionaries(st.text(), values, max_size=3),
    max_leaves=5,
)


def read(**changes: Any) -> LaunchClaims:
    claims = read_claims({**GOOD, **{CLAIM + name: value for name, value in changes.items()}}, 1, 2)
    assert isinstance(claims, LaunchClaims)
    return claims


def test_a_launch_in_the_tool_s_own_words() -> None:
    assert read_claims(GOOD, 1, 2) == LaunchClaims(
        registration_id=1,
        deployment_id=2,
        sub="student-1",
        role=Role.LEARNER,
        name="Ada Example",
        email="ada@example.edu",
        context_id="course-1",
        context_title="Chemistry",
        resource_link_id="link-1",
        resource_link_title="Week 1 quiz",
        quiz_id="week-1",
        lineitem_url="https://lms.example.edu/courses/2/lineitems/7/lineitem?type_id=3",
        lineitems_url="https://lms.example.edu/courses/2/lineitems?type_id=3",
        ags_scopes=("https://purl.imsglobal.org/spec/lti-ags/scope/score",),
    )


@pytest.mark.parametrize("quiz", ["$ResourceLink.quiz", "", "week 1", "../etc", "w" * 65, 7, None, ["week-1"]])
def test_a_quiz_parameter_that_is_no_quiz_s_id_counts_as_absent(quiz: Any) -> None:
    assert read(custom={"quiz": quiz}).quiz_id is None


def test_a_variable_that_the_platform_left_as_it_was_is_no_title() -> None:
    assert read(context={"id": "1", "title": "$Context.title", "label": "CHEM"}).context_title == "CHEM"


def test_a_title_of_any_length_is_cut_and_on_one_line() -> None:
    assert read(resource_link={"id": "1", "title": "a\n\x00b\u0085" + "x" * 1000}).resource_link_title == (
        "a b " + "x" * 296
    )


@pytest.mark.parametrize(
    ("sent", "ids"),
    [
        ("b,a", ("b", "a")),
        (" b , a ,, ", ("b", "a")),
        ("a%2Cb,100%25", ("a,b", "100%")),
        ("block-v1:x+y+type@lti+block@1", ("block-v1:x+y+type@lti+block@1",)),
        ("", ()),
        ("$ResourceLink.id.history", ()),
        ("b,%00,\ud800," + "a" * 256, ("b",)),
        (None, ()),
        (7, ()),
        (["b", "a"], ()),
    ],
)
def test_a_history_is_a_list_of_ids(sent: Any, ids: tuple[str, ...]) -> None:
    claims = read(custom={"link_history": sent, "context_history": sent})
    assert (claims.link_history, claims.context_history) == (ids, ids)


def test_of_a_long_history_the_latest_ids_are_read() -> None:
    history = read(custom={"link_history": ",".join(map(str, range(100_000)))}).link_history
    assert history == tuple(map(str, range(MOST_COPIES)))


@pytest.mark.parametrize("custom", [{}, {"context_history": "$Context.id.history"}])
def test_brightspace_sends_the_history_of_a_course_unasked(custom: dict[str, str]) -> None:
    body = {**GOOD, f"{CLAIM}custom": custom, BRIGHTSPACE: {"Context.id.history": "6606"}}
    claims = read_claims(body, 1, 2)
    assert isinstance(claims, LaunchClaims)
    assert claims.context_history == ("6606",)


@given(claim=st.sampled_from(sorted(GOOD)), value=VALUES)
def test_a_claim_of_any_form_is_understood_or_refused(claim: str, value: Any) -> None:
    body = {**GOOD, claim: value}
    try:
        require_claims(body)
        claims = read_claims(body, 1, 2)
    except LaunchRefused:
        return
    for text in (claims.sub, claims.name, claims.email, claims.context_id, claims.context_title):
        assert "\x00" not in text  # which PostgreSQL cannot store
        text.encode()


@given(value=VALUES)
def test_what_is_inside_a_claim_may_have_any_form_too(value: Any) -> None:
    body = {
        **GOOD,
        f"{CLAIM}custom": {"quiz": value},
        f"{CLAIM}roles": [value, value],
        AGS_ENDPOINT: {"lineitem": value, "lineitems": value, "scope": [value]},
        "name": value,
        "given_name": value,
        f"{CLAIM}launch_presentation": {"return_url": value},
    }
    claims = read_claims(body, 1, 2)
    assert claims.sub == "student-1"
    assert claims.role is Role.LEARNER or value in ("Instructor", "ContentDeveloper", "TeachingAssistant")
