"""The promise: the same quiz, answered the same way, earns the same in every LMS, or the report says otherwise."""

from collections.abc import Iterable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.questions import ChoiceQuestion, PartialCredit
from content.scoring import Response, score
from qti_export import export
from tests.content.strategies import choice_questions
from tests.content.strategies import picks as picks_of
from tests.qti_export.canvas.importers import classic, new_quizzes
from tests.qti_export.moodle.backup.exported import backup
from tests.qti_export.moodle.importers import cartridge, question_bank
from tests.qti_export.packages import qti_items, tree
from tests.qti_export.quizzes import multiple_response, quiz

ROUNDED = Fraction(1, 10**5)
"""How far Moodle's grades, which have 5 to 7 places, may be off for a whole question."""


@st.composite
def answered(draw: st.DrawFn) -> tuple[ChoiceQuestion, Response]:
    question = draw(choice_questions())
    return question, draw(picks_of(question))


def true_first(question: ChoiceQuestion, picks: Iterable[int]) -> set[int]:
    """The places of the picks in an LMS, which puts True before False."""
    swapped = question.kind == "true_false" and question.choices[0].text == "False"
    return {1 - pick if swapped else pick for pick in picks}


def reported(question: ChoiceQuestion, target: str) -> bool:
    return "partial-credit" in {loss.code for loss in export(quiz(question), target).report.losses}


@given(answered())
def test_canvas_classic_scores_as_we_do_or_the_report_says_not(answer):
    question, picks = answer
    [item] = qti_items(export(quiz(question), "canvas").data)
    earned = classic(item).score({str(place + 1) for place in true_first(question, picks)})
    assert earned == score(question, picks).fraction or reported(question, "canvas")


@given(choice_questions())
def test_new_quizzes_has_the_same_key(question):
    [item] = qti_items(export(quiz(question), "canvas").data)
    assert new_quizzes(item).key == {str(place + 1) for place in true_first(question, question.key)}


@given(answered())
def test_moodle_s_question_bank_scores_as_we_do_or_the_report_says_not(answer):
    question, picks = answer
    [_category, entry] = tree(export(quiz(question), "moodle-xml").data).iter("question")
    earned = question_bank(entry).score(true_first(question, picks))
    assert abs(earned - score(question, picks).fraction) < ROUNDED or reported(question, "moodle-xml")


@given(answered())
def test_a_restored_cartridge_scores_as_we_do_or_the_report_says_not(answer):
    question, picks = answer
    [item] = qti_items(export(quiz(question), "moodle-cartridge").data)
    earned = cartridge(item).score(true_first(question, picks))
    assert abs(earned - score(question, picks).fraction) < ROUNDED or reported(question, "moodle-cartridge")


@given(answered())
def test_a_restored_backup_scores_as_we_do_or_the_report_says_not(answer):
    question, picks = answer
    answers = backup(question).bank.all("answer")
    earned = sum((Fraction(answers[pick]["fraction"]) for pick in true_first(question, picks)), Fraction(0))
    difference = min(Fraction(1), max(Fraction(0), earned)) - score(question, picks).fraction
    assert abs(difference) < ROUNDED or reported(question, "moodle-backup")


@pytest.mark.parametrize("rule", PartialCredit)
def test_canvas_s_own_rule_is_never_reported_as_lost(rule):
    assert reported(multiple_response(partial_credit=rule), "canvas") is (rule is not PartialCredit.RIGHT_MINUS_WRONG)
