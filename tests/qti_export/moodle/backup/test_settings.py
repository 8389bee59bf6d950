"""The settings of the quiz, and when what may be seen."""

from datetime import UTC, datetime

import pytest

from content.quiz import UNLIMITED, Seen, Settings, Shown, WhichAttempt
from qti_export import NotExportable
from tests.qti_export.moodle.backup.exported import backup, losses

OPENS, CLOSES = datetime(2026, 11, 21, 10, tzinfo=UTC), datetime(2026, 11, 30, 18, tzinfo=UTC)


def column(name, **settings):
    return backup(settings=Settings(**settings)).quiz[name]


def test_the_time_limit_counts_seconds():
    assert column("timelimit", time_limit=30) == "1800"


def test_the_wait_counts_seconds_before_the_second_attempt_and_before_later_ones():
    quiz = backup(settings=Settings(attempts=3, wait_between_attempts=30)).quiz
    assert (quiz["delay1"], quiz["delay2"]) == ("1800", "1800")
    assert column("delay1", attempts=3) == "0"


@pytest.mark.parametrize(("attempts", "number"), [(None, "1"), (3, "3"), (UNLIMITED, "0")])
def test_attempts_are_one_where_nothing_is_said_and_0_without_limit(attempts, number):
    assert column("attempts_number", attempts=attempts) == number


@pytest.mark.parametrize(
    ("which", "number"),
    [
        (WhichAttempt.HIGHEST, "1"),
        (WhichAttempt.AVERAGE, "2"),
        (WhichAttempt.FIRST, "3"),
        (WhichAttempt.LATEST, "4"),
    ],
)
def test_which_attempt_counts_is_the_grading_method(which, number):
    assert column("grademethod", which_attempt=which) == number


def test_dates_are_seconds_since_1970_and_the_access_code_is_the_password():
    quiz = backup(settings=Settings(opens=OPENS, closes=CLOSES, access_code="sesame")).quiz
    assert (quiz["timeopen"], quiz["timeclose"]) == ("1795255200", "1796061600")
    assert quiz["password"] == "sesame"


def test_an_access_code_that_is_too_long_for_the_column_is_refused():
    with pytest.raises(NotExportable, match="access code"):
        backup(settings=Settings(access_code="x" * 256))


@pytest.mark.parametrize(
    ("when", "attempts", "bits"),
    [
        (Shown.NEVER, 1, 0),
        (Shown.AFTER_SUBMISSION, 1, 0x1110),
        (Shown.AFTER_CLOSE, 1, 0x10),
        (Shown.AFTER_LAST_ATTEMPT, 1, 0x1110),
        (Shown.AFTER_LAST_ATTEMPT, 2, 0x10),
    ],
)
def test_review_options_follow_the_policy(when, attempts, bits):
    answers = backup(settings=Settings(show_answers=when, attempts=attempts, closes=CLOSES)).quiz
    assert int(answers["reviewrightanswer"]) == bits
    assert int(answers["reviewmarks"]) == 0x1110
    feedback = backup(settings=Settings(show_feedback=when, attempts=attempts, closes=CLOSES)).quiz
    for name in ("correctness", "marks", "specificfeedback", "generalfeedback", "overallfeedback"):
        assert int(feedback[f"review{name}"]) == bits, name
    assert int(feedback["reviewattempt"]) == 0x11110


def test_feedback_at_once_is_moodle_s_immediate_feedback_and_seen_during_the_attempt():
    quiz = backup(settings=Settings(show_feedback=Shown.AT_ONCE)).quiz
    assert quiz["preferredbehaviour"] == "immediatefeedback"
    for name in ("correctness", "marks", "specificfeedback", "generalfeedback"):
        assert int(quiz[f"review{name}"]) == 0x11110, name
    assert int(quiz["reviewrightanswer"]) == int(quiz["reviewoverallfeedback"]) == 0x1110
    quiz = backup(settings=Settings(show_feedback=Shown.AT_ONCE, show_answers=Shown.AT_ONCE)).quiz
    assert int(quiz["reviewrightanswer"]) == 0x11110


def test_right_or_wrong_at_once_is_no_feedback_in_words():
    quiz = backup(settings=Settings(show_feedback=Shown.AT_ONCE, students_see=Seen.RIGHT_OR_WRONG)).quiz
    assert quiz["preferredbehaviour"] == "immediatefeedback"
    assert int(quiz["reviewcorrectness"]) == 0x11110
    assert {int(quiz[f"review{name}"]) for name in ("specificfeedback", "generalfeedback", "rightanswer")} == {0}


@pytest.mark.parametrize(
    "settings",
    [
        {"show_answers": Shown.AT_ONCE},
        {"show_feedback": Shown.AT_ONCE, "students_see": Seen.SCORE},
        {"show_feedback": Shown.AT_ONCE, "show_after": CLOSES},
    ],
)
def test_where_no_answer_can_be_checked_nothing_is_seen_during_the_attempt(settings):
    quiz = backup(settings=Settings(**settings)).quiz
    assert quiz["preferredbehaviour"] == "deferredfeedback"
    shown = [name for name in quiz.values if name.startswith("review") and int(quiz[name]) & 0x10000]
    assert shown == ["reviewattempt", "reviewmaxmarks"]


@pytest.mark.parametrize(
    ("level", "shown"),
    [
        (Seen.SCORE, "marks"),
        (Seen.OWN_ANSWERS, "attempt"),
        (Seen.RIGHT_OR_WRONG, "attempt correctness marks"),
        (
            Seen.EVERYTHING,
            "attempt correctness marks specificfeedback generalfeedback rightanswer overallfeedback",
        ),
    ],
)
def test_after_the_attempt_students_see_as_much_as_the_quiz_says(level, shown):
    quiz = backup(settings=Settings(students_see=level)).quiz
    options = [name for name in quiz.values if name.startswith("review") and name != "reviewmaxmarks"]
    assert {name for name in options if int(quiz[name]) & 0x1110} == {f"review{name}" for name in shown.split()}
    assert int(quiz["reviewattempt"]) & 0x10000


def test_who_sees_the_own_answers_only_sees_no_grade_in_the_gradebook_either():
    package = backup(settings=Settings(students_see=Seen.OWN_ANSWERS))
    assert package.grades.one("grade_item")["hidden"] == "1"


@pytest.mark.parametrize(
    ("when", "closes", "hidden"),
    [
        (Shown.AFTER_SUBMISSION, CLOSES, "0"),
        (Shown.AFTER_CLOSE, CLOSES, "1796061600"),
        (Shown.AFTER_CLOSE, None, "1"),
        (Shown.NEVER, CLOSES, "1"),
    ],
)
def test_the_column_is_hidden_by_moodle_s_rule_or_students_would_see_their_grades(when, closes, hidden):
    package = backup(settings=Settings(show_feedback=when, closes=closes))
    assert package.grades.one("grade_item")["hidden"] == hidden


@pytest.mark.parametrize(
    ("settings", "reported"),
    [
        ({"due": CLOSES}, ["due"]),
        ({"show_after": CLOSES}, ["show-after"]),
        ({"show_answers": Shown.AFTER_LAST_ATTEMPT, "attempts": 2}, ["last-attempt"]),
        ({"show_answers": Shown.AFTER_LAST_ATTEMPT}, []),
        ({"attempts": 3, "wait_between_attempts": 30}, []),
        ({"students_see": Seen.SCORE}, []),
        ({"show_feedback": Shown.AT_ONCE, "show_answers": Shown.AT_ONCE}, []),
        ({"students_see": Seen.OWN_ANSWERS}, ["students-see"]),
        ({"students_see": Seen.OWN_ANSWERS, "show_feedback": Shown.NEVER}, []),
        ({"students_see": Seen.RIGHT_OR_WRONG}, []),
        ({"students_see": Seen.SCORE, "show_answers": Shown.AFTER_LAST_ATTEMPT, "attempts": 2}, []),
        ({"attempts": 11}, ["attempts"]),
        ({"attempts": 10}, []),
        ({"attempts": UNLIMITED}, []),
        ({"time_limit": 5, "opens": OPENS, "closes": CLOSES, "access_code": "x", "shuffle_questions": True}, []),
    ],
)
def test_what_moodle_cannot_do_is_reported_and_nothing_else(settings, reported):
    assert losses(settings=Settings(**settings)) == reported
