"""Every line of the certification of LTI tools has its test, which can be found here by the line's id."""

import re
from pathlib import Path

import pytest

from tests.shared import shared

TESTS = Path(__file__).parents[1]
CHECKLIST = "samples/lti/certification.md"

BAD = "certification/test_bad_launches.py"
VALID = "certification/test_valid_launches.py"
LOGIN = "certification/test_login.py"
LAUNCH = "lti_app/lti/test_launch.py"
CARRYING = "lti_app/web/test_carrying.py"
REVIEW = "lti_app/web/test_review.py"
REGISTRATION = "lti_app/web/test_registration.py"

HELD_BY = {
    # Known bad launches
    "A1": (BAD, "test_no_kid_in_the_header"),
    "A2": (BAD, "test_a_kid_that_the_platform_does_not_publish"),
    "A3": (BAD, "test_another_lti_version"),
    "A4": (BAD, "test_no_lti_version"),
    "A5": (BAD, "test_a_signed_token_that_is_no_lti_message"),
    "A6": (BAD, "test_several_claims_missing_at_once_are_all_named_in_the_log"),
    "A7": (BAD, "test_times_that_do_not_fit"),
    "A8": (BAD, "test_a_missing_lti_claim"),
    "A9": (BAD, "test_a_missing_lti_claim"),
    "A10": (BAD, "test_a_missing_lti_claim"),
    "A11": (BAD, "test_no_resource_link_or_no_id_of_it"),
    "A12": (BAD, "test_no_resource_link_or_no_id_of_it"),
    "A13": (BAD, "test_a_missing_claim_of_openid_connect"),
    "A14": (BAD, "test_claims_changed_after_signing"),
    "A15": (BAD, "test_hs256_with_the_public_key_as_its_secret"),
    "A16": (BAD, "test_an_audience_without_this_tool"),
    "A17": (BAD, "test_an_authorized_party_that_is_not_this_tool"),
    "A18": (BAD, "test_the_token_of_another_registered_platform"),
    "A19": (BAD, "test_an_unknown_deployment"),
    "A20": (LAUNCH, "test_a_token_is_no_good_for_a_later_login"),
    "A21": (LAUNCH, "test_the_state_of_another_browser_is_refused"),
    "A22": (BAD, "test_a_target_on_another_host"),
    "A23": (BAD, "test_a_message_type_that_the_tool_does_not_offer"),
    "A24": (VALID, "test_times_that_fit_within_the_leeway"),
    "A25": (BAD, "test_an_error_of_the_platform_instead_of_a_token"),
    "A26": (BAD, "test_a_body_that_is_too_large"),
    # Valid launches of teachers
    "B1": (VALID, "test_roles"),
    "B2": (VALID, "test_roles"),
    "B3": (VALID, "test_roles"),
    "B4": (VALID, "test_roles"),
    "B5": (VALID, "test_roles"),
    "B6": (VALID, "test_email_without_names"),
    "B7": (VALID, "test_names_without_email"),
    "B8": (VALID, "test_no_personal_data"),
    "B9": (VALID, "test_email_without_context"),
    # Valid launches of students; C1 to C9 are one line
    "C1": (VALID, "test_roles"),
    "C10": (VALID, "test_a_student_with_a_resource_link_only"),
    "C11": (VALID, "test_a_mentor_of_a_student_is_no_teacher"),
    "C12": (VALID, "test_an_audience_list_of_one_with_the_authorized_party"),
    "C13": (VALID, "test_what_is_optional_may_be_null_empty_or_of_any_form"),
    # Login and security
    "D1": (LOGIN, "test_a_login_leads_to_the_authentication_request"),
    "D2": (LOGIN, "test_a_login_leads_to_the_authentication_request"),
    "D3": (LOGIN, "test_hints_are_echoed_as_they_came"),
    "D4": (LOGIN, "test_states_and_nonces_are_fresh_and_long"),
    "D5": (LOGIN, "test_without_a_client_the_deployment_decides_between_registrations"),
    "D6": (LOGIN, "test_an_unknown_issuer_or_client_is_not_redirected"),
    "D7": (LOGIN, "test_the_keyset_is_public_and_shows_no_private_half"),
    "D8": (
        "lti_app/lti/test_keys.py",
        "test_a_platform_that_keeps_the_keyset_for_a_day_can_check_every_signature_across_rotations",
    ),
    "D9": (LOGIN, "test_a_launch_right_after_the_platform_changed_its_key"),
    "D10": ("journeys/test_blocked_cookies.py", "test_a_quiz_is_taken_in_a_frame_without_any_cookie"),
    "D11": (
        "journeys/test_blocked_cookies.py",
        "test_a_quiz_opens_in_a_tab_of_its_own_where_nobody_keeps_anything",
    ),
    "D12": ("lti_app/web/test_headers.py", "test_a_page_may_be_framed_by_its_own_lms_only"),
    # LTI Advantage Complete
    "H1": (REGISTRATION, "test_recorded_lms_registers"),
    "H2": (REGISTRATION, "test_moodle_s_refusals_are_told_in_its_own_words_and_leave_nothing"),
    "H3": (REGISTRATION, "test_a_configuration_speaks_only_for_the_issuer_of_its_own_host"),
    "H4": (REVIEW, "test_a_learner_may_review_nobody_else"),
    "H6": (CARRYING, "test_a_launch_waits_for_its_proof_and_opens_nothing_before"),
    "H7": (BAD, "test_a_message_type_that_the_tool_does_not_offer"),
}


def lines() -> list[str]:
    text = (shared(CHECKLIST)).read_text(encoding="utf-8")
    return re.findall(r"^- \[ \] ([ABCDH]\d+)", text, re.MULTILINE)


def test_every_line_about_launches_and_registration_has_its_test() -> None:
    # H5 is about line items.
    assert set(lines()) - {"H5"} == set(HELD_BY)


@pytest.mark.parametrize("line", HELD_BY)
def test_the_test_of_a_line_is_there(line: str) -> None:
    file, name = HELD_BY[line]
    assert re.search(rf"^ *def {name}\(", (TESTS / file).read_text(encoding="utf-8"), re.MULTILINE)
