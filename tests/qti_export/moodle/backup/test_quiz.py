"""How the quiz is given, its slots, and its column in the gradebook."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings

from content.prose import to_html
from content.quiz import Settings, Shown
from content.scoring import to_decimal
from qti_export import NotExportable, export
from tests.content.strategies import choice_quizzes
from tests.qti_export.moodle.backup.exported import backup, losses
from tests.qti_export.moodle.backup.package import Package
from tests.qti_export.quizzes import multiple_choice, multiple_response, true_false

ASKED = (multiple_choice(points=Decimal("0.1")), multiple_response(points=Decimal("0.2")), true_false())
REVIEW = ("attempt", "correctness", "maxmarks", "marks", "specificfeedback", "generalfeedback", "rightanswer")


def test_description_becomes_the_intro_as_html():
    quiz_ = backup(description="By *Friday*.").quiz
    assert (quiz_["intro"], quiz_["introformat"]) == ("<p>By <em>Friday</em>.</p>", "1")


@pytest.mark.parametrize("shuffle", [True, False])
def test_answers_are_shuffled_where_quiz_and_question_both_say_so(shuffle):
    package = backup(settings=Settings(shuffle_answers=shuffle))
    expected = str(int(shuffle))
    assert package.quiz["shuffleanswers"] == expected
    assert package.bank.one("multichoice")["shuffleanswers"] == expected


@pytest.mark.parametrize(("one", "per_page", "pages"), [(True, "1", ["1", "2", "3"]), (False, "0", ["1", "1", "1"])])
def test_one_question_at_a_time_is_one_on_each_page(one, per_page, pages):
    package = backup(*ASKED, settings=Settings(one_question_at_a_time=one))
    assert package.quiz["questionsperpage"] == per_page
    assert [slot["page"] for slot in package.slots] == pages


@pytest.mark.parametrize(("cant", "method"), [(True, "sequential"), (False, "free")])
def test_students_who_cannot_go_back_move_in_sequence(cant, method):
    given_so = Settings(one_question_at_a_time=True, cant_go_back=cant)
    assert backup(settings=given_so).quiz["navmethod"] == method


def test_students_see_all_after_the_attempt_and_their_attempt_always():
    # 0x10000 during the attempt, 0x1000 right after, 0x100 later while open, 0x10 after closing; absent means never.
    columns = {name: int(backup().quiz[f"review{name}"]) for name in REVIEW}
    assert columns.pop("attempt") == columns.pop("maxmarks") == 0x11110
    assert set(columns.values()) == {0x1110}


def test_right_answers_stay_hidden_where_the_quiz_says_so():
    quiz_ = backup(settings=Settings(show_answers=Shown.NEVER)).quiz
    assert quiz_["reviewrightanswer"] == "0"
    assert quiz_["reviewcorrectness"] == "4368"


def test_one_attempt_as_in_canvas_with_feedback_after_it():
    quiz_ = backup().quiz
    assert (quiz_["attempts_number"], quiz_["preferredbehaviour"]) == ("1", "deferredfeedback")
    assert (quiz_["timeopen"], quiz_["timeclose"], quiz_["timelimit"]) == ("0", "0", "0")


def test_points_are_the_marks_of_slots_and_questions():
    package = backup(*ASKED)
    assert [slot["maxmark"] for slot in package.slots] == ["0.1000000", "0.2000000", "1.0000000"]
    assert [question["defaultmark"] for question in package.bank.all("question")] == [
        slot["maxmark"] for slot in package.slots
    ]


def test_the_grade_is_the_exact_sum_of_the_marks_with_5_decimals():
    package = backup(*ASKED)
    assert package.quiz["sumgrades"] == package.quiz["grade"] == "1.30000"
    assert package.grades.one("grade_item")["grademax"] == "1.30000"


@pytest.mark.parametrize(("mark", "grade"), [("0.8", "1.04000"), ("0", "0.00000"), ("1", "1.30000"), (None, "0.00000")])
def test_pass_mark_is_the_grade_to_pass(mark, grade):
    settings = Settings(pass_mark=None if mark is None else Decimal(mark))
    assert backup(*ASKED, settings=settings).grades.one("grade_item")["gradepass"] == grade


def test_the_column_is_not_hidden_since_marks_are_shown_while_the_quiz_is_open():
    package = backup()
    assert int(package.quiz["reviewmarks"]) & 0x100
    assert package.grades.one("grade_item")["hidden"] == "0"


def test_overall_feedback_is_the_one_empty_entry_that_moodle_writes():
    feedback = backup(*ASKED).activity.one("feedback")
    assert (feedback["mingrade"], feedback["maxgrade"], feedback["feedbacktext"]) == ("0.00000", "2.30000", "")


@hypothesis_settings(max_examples=40)
@given(choice_quizzes())
def test_any_quiz_arrives_whole(any_quiz):
    package = Package.of(export(any_quiz, "moodle-backup").data)
    entries = {entry["id"]: entry for entry in package.bank.all("question_bank_entry")}
    assert len(package.slots) == len(any_quiz.questions)
    for slot, question in zip(package.slots, any_quiz.questions, strict=True):
        shown = entries[slot.one("question_reference")["questionbankentryid"]].one("question")
        assert shown["questiontext"].replace("&#64;", "@") == to_html(question.stem)
        assert len(shown.all("answer")) == len(question.choices)
        assert Decimal(slot["maxmark"]) == question.points
    total = sum(question.points for question in any_quiz.questions)
    pass_mark = any_quiz.settings.pass_mark or 0
    assert Decimal(package.grades.one("grade_item")["gradepass"]) == to_decimal(total * pass_mark)


def test_points_of_more_than_5_decimals_are_rounded_and_reported():
    asked = multiple_choice(points=Decimal("1.000005"))
    assert backup(asked).quiz["sumgrades"] == "1.00001"
    assert losses(asked) == ["points"]
    assert losses(multiple_choice(points=Decimal("1.00001"))) == []


@pytest.mark.parametrize(
    ("points", "code"),
    [("0.000004", "points-too-small"), ("100000", "points-too-many"), ("1E+30", "points-too-many")],
)
def test_points_that_moodle_s_columns_cannot_hold_are_refused(points, code):
    with pytest.raises(NotExportable) as refused:
        backup(multiple_choice(points=Decimal(points)))
    assert [problem.code for problem in refused.value.problems] == [code]


def test_points_that_they_just_hold_are_not():
    assert backup(multiple_choice(points=Decimal("99999.999994"))).quiz["sumgrades"] == "99999.99999"
