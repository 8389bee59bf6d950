"""How a quiz is given, in Canvas's settings file, and what is lost of it."""

from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

from content.quiz import UNLIMITED, Seen, Settings, Shown, WhichAttempt
from qti_export import export
from tests.qti_export.packages import members, tree
from tests.qti_export.quizzes import quiz

EASTERN = timezone(timedelta(hours=-5))
CLOSES = datetime(2026, 11, 30, 18, 0, 30, 999, EASTERN)
CLOSES_UTC = "2026-11-30T23:00:30"
LATER = datetime(2026, 12, 24, 12, 0, tzinfo=EASTERN)
LATER_UTC = "2026-12-24T17:00:00"


def meta(**fields: Any) -> dict[str, str | None]:
    root = tree(members(export(quiz(settings=Settings(**fields)), "canvas").data)["week-1/assessment_meta.xml"])
    return {child.tag: child.text for child in root}


def qti_fields(**fields: Any) -> dict[str, str]:
    root = tree(members(export(quiz(settings=Settings(**fields)), "canvas").data)["week-1/week-1.xml"])
    found = root.iterfind("assessment/qtimetadata/qtimetadatafield")
    return {field.findtext("fieldlabel", ""): field.findtext("fieldentry", "") for field in found}


def codes(**fields: Any) -> list[str]:
    return [loss.code for loss in export(quiz(settings=Settings(**fields)), "canvas").report.losses]


@pytest.mark.parametrize(
    ("fields", "name", "value"),
    [
        ({"time_limit": 30}, "time_limit", "30"),
        ({}, "time_limit", None),
        ({"attempts": 3}, "allowed_attempts", "3"),
        ({"attempts": UNLIMITED}, "allowed_attempts", "-1"),
        ({}, "allowed_attempts", "1"),
        ({"which_attempt": WhichAttempt.LATEST}, "scoring_policy", "keep_latest"),
        ({"which_attempt": WhichAttempt.AVERAGE}, "scoring_policy", "keep_average"),
        ({}, "scoring_policy", "keep_highest"),
        ({"access_code": "open & <sesame>"}, "access_code", "open & <sesame>"),
        ({}, "access_code", None),
        ({"closes": CLOSES}, "lock_at", CLOSES_UTC),
        ({"due": CLOSES}, "due_at", CLOSES_UTC),
        ({"opens": CLOSES}, "unlock_at", CLOSES_UTC),
    ],
    ids=str,
)
def test_a_setting_arrives(fields: dict[str, Any], name: str, value: str | None) -> None:
    assert meta(**fields).get(name) == value
    assert codes(**fields) == []


def test_time_limit_and_attempts_stand_in_the_qti_as_well() -> None:
    assert qti_fields(time_limit=30, attempts=3) == {"qmd_timelimit": "30", "cc_maxattempts": "3"}
    assert qti_fields(attempts=UNLIMITED) == {"cc_maxattempts": "unlimited"}


SHOWN = ("show_correct_answers", "show_correct_answers_last_attempt", "show_correct_answers_at", "hide_results")
NEVER, NOW, LAST, CLOSE = Shown.NEVER, Shown.AFTER_SUBMISSION, Shown.AFTER_LAST_ATTEMPT, Shown.AFTER_CLOSE
ONCE = Shown.AT_ONCE


@pytest.mark.parametrize(
    ("fields", "shown", "lost"),
    [
        ({}, ("true", "false", None, None), []),
        ({"show_answers": NEVER}, ("false", "false", None, None), []),
        ({"show_answers": LAST, "attempts": 2}, ("true", "true", None, None), []),
        ({"show_answers": LAST, "attempts": 1}, ("true", "false", None, None), []),
        ({"show_answers": LAST, "attempts": UNLIMITED}, ("false", "false", None, None), []),
        ({"show_answers": CLOSE, "closes": CLOSES}, ("true", "false", CLOSES_UTC, None), []),
        ({"show_answers": CLOSE}, ("false", "false", None, None), []),
        ({"show_answers": NEVER, "show_feedback": NEVER}, ("false", "false", None, "always"), []),
        (
            {"show_answers": LAST, "show_feedback": LAST, "attempts": 2},
            ("true", "true", None, "until_after_last_attempt"),
            [],
        ),
        ({"show_feedback": LAST, "attempts": 1}, ("true", "false", None, None), []),
        ({"show_feedback": LAST, "attempts": 2}, ("true", "false", None, "until_after_last_attempt"), ["show-answers"]),
        ({"show_feedback": NEVER}, ("true", "false", None, "always"), ["show-answers"]),
        (
            {"show_answers": CLOSE, "show_feedback": CLOSE, "closes": CLOSES},
            ("true", "false", CLOSES_UTC, "always"),
            ["show-feedback"],
        ),
        ({"show_feedback": ONCE}, ("true", "false", None, None), ["at-once"]),
        ({"show_answers": ONCE, "show_feedback": ONCE}, ("true", "false", None, None), ["at-once"]),
        ({"show_answers": ONCE}, ("true", "false", None, None), []),
        ({"students_see": Seen.SCORE}, ("false", "false", None, "always"), []),
        ({"students_see": Seen.OWN_ANSWERS}, ("false", "false", None, "always"), ["students-see"]),
        ({"students_see": Seen.RIGHT_OR_WRONG}, ("false", "false", None, None), ["students-see"]),
        (
            {"students_see": Seen.RIGHT_OR_WRONG, "show_feedback": NEVER},
            ("false", "false", None, "always"),
            [],
        ),
        ({"show_after": LATER}, ("true", "false", LATER_UTC, "always"), ["show-feedback"]),
        (
            {"show_answers": CLOSE, "closes": CLOSES, "show_after": LATER, "show_feedback": NEVER},
            ("true", "false", LATER_UTC, "always"),
            ["show-answers"],
        ),
    ],
    ids=str,
)
def test_when_answers_and_feedback_are_shown(fields: dict[str, Any], shown: tuple[str, ...], lost: list[str]) -> None:
    found = meta(**fields)
    assert tuple(found.get(name) for name in SHOWN) == shown
    assert codes(**fields) == lost


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"shuffle_questions": True}, "shuffle-questions"),
        ({"which_attempt": WhichAttempt.FIRST, "attempts": 2}, "which-attempt"),
        ({"which_attempt": WhichAttempt.FIRST, "attempts": UNLIMITED}, "which-attempt"),
        ({"pass_mark": Decimal("0.5")}, "pass-mark"),
        ({"wait_between_attempts": 30, "attempts": 2}, "wait"),
    ],
    ids=str,
)
def test_what_canvas_has_no_setting_for_is_reported(fields: dict[str, Any], code: str) -> None:
    assert codes(**fields) == [code]


def test_of_one_attempt_the_first_is_the_highest_and_nobody_waits_for_the_next() -> None:
    assert codes(which_attempt=WhichAttempt.FIRST) == []
    assert codes(wait_between_attempts=30) == []
