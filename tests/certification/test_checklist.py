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
REFUSED = "lti_app/web/test_registration_refused.py"
REGISTRATION = "lti_app/web/test_registration.py"
CONFIGURATION = "lti_app/lti/test_registration_configuration.py"
LINKING = "lti_app/web/test_linking.py"
LINKING_REQUEST = "lti_app/lti/test_linking_request.py"
LINKING_JOURNEY = "journeys/test_deep_linking.py"
AGS = "lti_app/lti/test_ags.py"
LINE_ITEMS = "lti_app/lti/test_line_items.py"
COLUMNS = "lti_app/services/test_line_items.py"
PASSBACK = "lti_app/services/test_passback.py"
DELIVERY = "lti_app/services/test_delivery.py"
BEHAVIOURS = "journeys/test_behaviours.py"
COURSES = "journeys/test_courses.py"
SELF_TEST = "lti_app/services/test_self_test.py"
MEMBERSHIPS = "lti_app/lti/test_memberships.py"
ROSTER = "lti_app/web/test_roster.py"
ROLES = "lti_app/lti/test_roles.py"

HELD_BY = {
    # Known bad launches
    "A1": [(BAD, "test_no_kid_in_the_header")],
    "A2": [(BAD, "test_a_kid_that_the_platform_does_not_publish")],
    "A3": [(BAD, "test_another_lti_version")],
    "A4": [(BAD, "test_no_lti_version")],
    "A5": [(BAD, "test_a_signed_token_that_is_no_lti_message")],
    "A6": [(BAD, "test_several_claims_missing_at_once_are_all_named_in_the_log")],
    "A7": [(BAD, "test_times_that_do_not_fit")],
    "A8": [(BAD, "test_a_missing_lti_claim")],
    "A9": [(BAD, "test_a_missing_lti_claim")],
    "A10": [(BAD, "test_a_missing_lti_claim")],
    "A11": [(BAD, "test_no_resource_link_or_no_id_of_it")],
    "A12": [(BAD, "test_no_resource_link_or_no_id_of_it")],
    "A13": [(BAD, "test_a_missing_claim_of_openid_connect")],
    "A14": [(BAD, "test_claims_changed_after_signing")],
    "A15": [(BAD, "test_hs256_with_the_public_key_as_its_secret")],
    "A16": [(BAD, "test_an_audience_without_this_tool")],
    "A17": [(BAD, "test_an_authorized_party_that_is_not_this_tool")],
    "A18": [(BAD, "test_the_token_of_another_registered_platform")],
    "A19": [(BAD, "test_an_unknown_deployment")],
    "A20": [(LAUNCH, "test_a_token_is_no_good_for_a_later_login")],
    "A21": [(LAUNCH, "test_the_state_of_another_browser_is_refused")],
    "A22": [(BAD, "test_a_target_on_another_host")],
    "A23": [(BAD, "test_a_message_type_that_the_tool_does_not_offer")],
    "A24": [(VALID, "test_times_that_fit_within_the_leeway")],
    "A25": [(BAD, "test_an_error_of_the_platform_instead_of_a_token")],
    "A26": [(BAD, "test_a_body_that_is_too_large")],
    # Valid launches of teachers
    "B1": [(VALID, "test_roles")],
    "B2": [(VALID, "test_roles")],
    "B3": [(VALID, "test_roles")],
    "B4": [(VALID, "test_roles")],
    "B5": [(VALID, "test_roles")],
    "B6": [(VALID, "test_email_without_names")],
    "B7": [(VALID, "test_names_without_email")],
    "B8": [(VALID, "test_no_personal_data")],
    "B9": [(VALID, "test_email_without_context")],
    # Valid launches of students; C1 to C9 are one line
    "C1": [(VALID, "test_roles")],
    "C10": [(VALID, "test_a_student_with_a_resource_link_only")],
    "C11": [(VALID, "test_a_mentor_of_a_student_is_no_teacher")],
    "C12": [(VALID, "test_an_audience_list_of_one_with_the_authorized_party")],
    "C13": [(VALID, "test_what_is_optional_may_be_null_empty_or_of_any_form")],
    # Login and security
    "D1": [(LOGIN, "test_a_login_leads_to_the_authentication_request")],
    "D2": [(LOGIN, "test_a_login_leads_to_the_authentication_request")],
    "D3": [(LOGIN, "test_hints_are_echoed_as_they_came")],
    "D4": [(LOGIN, "test_states_and_nonces_are_fresh_and_long")],
    "D5": [(LOGIN, "test_without_a_client_the_deployment_decides_between_registrations")],
    "D6": [(LOGIN, "test_an_unknown_issuer_or_client_is_not_redirected")],
    "D7": [(LOGIN, "test_the_keyset_is_public_and_shows_no_private_half")],
    "D8": [
        (
            "lti_app/lti/test_keys.py",
            "test_a_platform_that_keeps_the_keyset_for_a_day_can_check_every_signature_across_rotations",
        )
    ],
    "D9": [(LOGIN, "test_a_launch_right_after_the_platform_changed_its_key")],
    "D10": [("journeys/test_blocked_cookies.py", "test_a_quiz_is_taken_in_a_frame_without_any_cookie")],
    "D11": [("journeys/test_blocked_cookies.py", "test_a_quiz_opens_in_a_tab_of_its_own_where_nobody_keeps_anything")],
    "D12": [("lti_app/web/test_headers.py", "test_a_page_may_be_framed_by_its_own_lms_only")],
    # Deep Linking
    "E1": [
        (LINKING_REQUEST, "test_a_recorded_request_opens_the_picker"),
        (LINKING_REQUEST, "test_only_those_who_teach_or_administer_pick"),
    ],
    "E2": [(LINKING, "test_where_one_is_taken_one_can_be_picked_and_sent")],
    "E3": [(LINKING, "test_where_no_links_are_taken_it_says_so_and_lets_one_leave")],
    "E4": [(LINKING, "test_only_what_the_lms_takes_is_in_it")],
    "E5": [(LINKING, "test_only_what_the_lms_takes_is_in_it")],
    "E6": [
        (LINKING, "test_it_is_what_deep_linking_asks_for"),
        (LINKING, "test_no_data_is_sent_where_none_came"),
    ],
    "E7": [
        (LINKING_JOURNEY, "test_quizzes_are_added_from_the_lms_and_their_grades_come_into_new_columns"),
        (LINKING_JOURNEY, "test_a_teacher_goes_back_with_nothing_with_scripts_off"),
    ],
    "E8": [(LINKING, "test_it_is_what_deep_linking_asks_for")],
    "E9": [
        (LINKING, "test_an_item_has_all_that_was_set"),
        (LINKING_JOURNEY, "test_quizzes_are_added_from_the_lms_and_their_grades_come_into_new_columns"),
    ],
    "E10": [(LINKING, "test_leaving_sends_an_empty_list_and_says_so")],
    "E11": [
        ("lti_app/web/test_linked_quizzes.py", "test_it_has_the_quiz_and_its_settings"),
        (LINKING_JOURNEY, "test_quizzes_are_added_from_the_lms_and_their_grades_come_into_new_columns"),
    ],
    "E12": [(LINKING, "test_an_item_has_all_that_was_set")],
    "E13": [(LINKING, "test_a_visit_is_answered_once")],
    # Assignment and Grade Services
    "F1": [
        (COLUMNS, "test_who_may_only_send_scores_makes_none"),
        (SELF_TEST, "test_a_permission_that_is_missing_is_named"),
    ],
    "F2": [
        (AGS, "test_it_is_asked_for_by_an_assertion_that_the_published_key_signs"),
        (AGS, "test_its_audience_is_the_one_that_the_registration_names"),
        (AGS, "test_it_is_kept_until_some_minutes_before_it_expires"),
        (AGS, "test_it_belongs_to_one_registration"),
    ],
    "F3": [(AGS, "test_an_answer_without_a_usable_one_sends_no_score")],
    "F4": [
        (LINE_ITEMS, "test_what_is_found_is_not_made"),
        (LINE_ITEMS, "test_every_page_is_looked_through"),
    ],
    "F5": [
        (LINE_ITEMS, "test_what_is_not_found_is_made_and_tied_to_the_link"),
        (COLUMNS, "test_the_first_grade_makes_the_column_and_then_goes_there"),
    ],
    "F6": [(LINE_ITEMS, "test_changing_a_column_keeps_all_else_that_it_has")],
    # The tool deletes no column but the one that its self-test has made.
    "F7": [(SELF_TEST, "test_with_a_student_everything_is_seen_to_work_and_nothing_is_left_behind")],
    "F8": [
        (AGS, "test_it_has_everything_that_ags_asks_for"),
        (AGS, "test_the_media_type_is_the_one_of_scores_exactly"),
        (AGS, "test_any_success_is_success_whatever_its_body"),
    ],
    "F9": [
        (COLUMNS, "test_later_grades_find_it"),
        (COURSES, "test_a_copied_course_keeps_its_quizzes_and_nobody_s_work"),
    ],
    "F10": [
        (BEHAVIOURS, "test_a_grade_arrives_and_a_better_one_replaces_it"),
        (DELIVERY, "test_a_newer_score_that_is_not_ours_stays_and_the_teacher_is_told"),
    ],
    # Sent by nobody on purpose: Moodle takes progress without a score for the end of the grade.
    "F11": [(PASSBACK, "test_an_attempt_that_is_not_submitted_sends_nothing")],
    "F12": [
        (LINE_ITEMS, "test_recorded_results_are_read"),
        ("lti_app/web/test_grades.py", "test_what_differs_is_shown_and_stays_until_the_teacher_says_so"),
    ],
    "F13": [
        (COLUMNS, "test_a_link_says_where_its_grades_go"),
        (VALID, "test_a_student_with_a_resource_link_only"),
    ],
    "F14": [(AGS, "test_it_goes_below_the_line_item_s_path_and_before_its_query")],
    "F15": [
        (AGS, "test_a_kept_one_that_is_refused_is_renewed_once"),
        (DELIVERY, "test_a_grade_waits_while_the_lms_is_in_trouble"),
        (DELIVERY, "test_a_grade_that_the_lms_will_never_take_fails_with_a_sentence"),
    ],
    # Names and Role Provisioning
    "G1": [
        (ROSTER, "test_who_has_not_started_is_listed"),
        (ROSTER, "test_without_a_roster_nothing_is_asked"),
        (ROSTER, "test_students_ask_for_no_roster"),
    ],
    "G2": [(MEMBERSHIPS, "test_a_recorded_roster_is_read")],
    "G3": [
        (MEMBERSHIPS, "test_all_pages_are_read_and_nobody_twice"),
        (LINE_ITEMS, "test_a_token_goes_nowhere_else_and_no_page_is_asked_for_twice"),
    ],
    # No filter is asked for: Moodle loses it in its next page, and Open edX has none.
    "G4": [
        (MEMBERSHIPS, "test_only_what_the_platform_can_is_asked_for"),
        (MEMBERSHIPS, "test_a_recorded_roster_is_read"),
    ],
    "G5": [
        (MEMBERSHIPS, "test_statuses_count_in_any_case_and_none_means_active"),
        (ROSTER, "test_who_left_the_course_is_marked"),
    ],
    "G6": [
        (MEMBERSHIPS, "test_a_recorded_roster_is_read"),
        ("lti_app/web/test_display.py", "test_a_person_without_a_name_gets_one"),
    ],
    "G7": [
        (MEMBERSHIPS, "test_what_a_member_would_be_launched_with_may_be_a_list_or_an_object"),
        (ROSTER, "test_canvas_is_asked_for_those_who_have_the_link"),
    ],
    "G8": [(MEMBERSHIPS, "test_a_link_to_the_differences_is_no_page")],
    "G9": [
        (MEMBERSHIPS, "test_short_and_full_roles_mean_the_same"),
        (ROLES, "test_who_teaches_in_the_course_is_an_instructor"),
    ],
    # LTI Advantage Complete
    "H1": [(REGISTRATION, "test_recorded_lms_registers")],
    "H2": [(REFUSED, "test_moodle_s_refusals_are_told_in_its_own_words_and_leave_nothing")],
    "H3": [(CONFIGURATION, "test_a_configuration_speaks_only_for_the_issuer_of_its_own_host")],
    "H4": [
        (REVIEW, "test_a_teacher_lands_on_the_attempt_that_counts"),
        (REVIEW, "test_a_learner_may_review_nobody_else"),
        (REVIEW, "test_of_somebody_without_an_attempt_a_teacher_gets_a_clear_page"),
    ],
    "H5": [(LINKING, "test_an_item_has_all_that_was_set")],
    "H6": [(CARRYING, "test_a_launch_waits_for_its_proof_and_opens_nothing_before")],
    "H7": [(BAD, "test_a_message_type_that_the_tool_does_not_offer")],
}


def lines() -> list[str]:
    text = (shared(CHECKLIST)).read_text(encoding="utf-8")
    return re.findall(r"^- \[ \] ([A-H]\d+)", text, re.MULTILINE)


def test_every_line_has_its_tests() -> None:
    assert set(lines()) == set(HELD_BY)


@pytest.mark.parametrize("line", HELD_BY)
def test_the_tests_of_a_line_are_there(line: str) -> None:
    for file, name in HELD_BY[line]:
        assert re.search(rf"^ *def {name}\(", (TESTS / file).read_text(encoding="utf-8"), re.MULTILINE), name
