"""What `export` promises for every target."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings

from content.problem import Source
from content.quiz import Quiz
from qti_export import TARGETS, NotExportable, export
from tests.content.strategies import choice_quizzes
from tests.qti_export.quizzes import choices, multiple_choice, multiple_response, quiz, true_false

every_target = pytest.mark.parametrize("target", TARGETS)

ALL_CHOICES = [target for target in TARGETS if target != "aiken"]
"""The targets that take every kind of question with choices."""


@pytest.mark.parametrize("target", ALL_CHOICES)
def test_report_counts_what_arrives(target):
    asked = (multiple_choice(), multiple_response(points=Decimal("2.5")), true_false(), multiple_choice(id="q4"))
    report = export(quiz(*asked), target).report
    assert report.arrives == {"multiple_choice": 2, "multiple_response": 1, "true_false": 1}
    assert report.points == Decimal("5.5")
    assert (report.target, report.quiz_id, report.quiz_title) == (target, "week-1", "Week 1")


@every_target
def test_report_tells_the_instructor_what_to_do_in_three_short_steps(target):
    steps = export(quiz(), target).report.steps
    assert len(steps) == 3
    assert all(len(step) < 160 for step in steps)


@every_target
def test_a_question_that_needs_review_keeps_the_quiz_from_being_exported(target):
    doubtful = multiple_choice(needs_review="The page does not show which choice is right.")
    with pytest.raises(NotExportable) as refused:
        export(quiz(true_false(), doubtful), target)
    assert [problem.code for problem in refused.value.problems] == ["needs-review"]


@every_target
@pytest.mark.parametrize("broken", [{"choices": choices("a", "b")}, {"choices": choices("*a")}, {"stem": " "}])
def test_a_quiz_with_errors_is_refused_with_all_its_problems(target, broken):
    with pytest.raises(NotExportable) as refused:
        export(quiz(multiple_choice(**broken), title=""), target)
    assert len(refused.value.problems) == 2
    assert "no-title" in str(refused.value)


def test_an_unknown_target_is_named():
    with pytest.raises(ValueError, match=r"no target 'blackbord'; there are canvas, canvas-bank, moodle-xml"):
        export(quiz(), "blackbord")


@every_target
def test_ids_are_given_where_the_author_gave_none(target):
    asked = (replace(multiple_choice(), id=""), replace(multiple_response(), id=""))
    unnamed = Quiz(title="Week 3", parts=asked, source=Source("quizzes/week 3.md"))
    exported = export(unnamed, target)
    assert exported.report.quiz_id == "week-3"
    assert exported.data == export(unnamed, target).data


@pytest.mark.parametrize("target", ALL_CHOICES)
def test_losses_say_where_the_question_stands(target):
    asked = multiple_response(choices=choices(*(f"*{number}" for number in range(11)), "wrong"), tags=("t",))
    asked = replace(asked, source=Source("week-1.md", 12), partial_credit="right only")
    for loss in export(quiz(asked, source=Source("week-1.md")), target).report.losses:
        assert loss.source.file == "week-1.md"
        assert loss.source.line == (12 if loss.code in {"partial-credit", "share-of-points"} else 0)


@hypothesis_settings(max_examples=20)
@given(choice_quizzes())
def test_same_quiz_same_bytes(any_quiz):
    for target in ALL_CHOICES:
        assert export(any_quiz, target).data == export(any_quiz, target).data
