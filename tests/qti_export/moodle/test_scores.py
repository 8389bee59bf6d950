"""The promise for Moodle: the same question, answered the same way, earns the same, or the report says otherwise."""

from fractions import Fraction
from typing import Any

from hypothesis import assume, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from content.questions import Essay, FileUpload, Question, TextBlock
from content.scoring import Response, score
from qti_export import NotExportable, export
from tests.content.strategies import questions, responses
from tests.content.strategies.questions import short_answers
from tests.qti_export.moodle.answering import in_moodle
from tests.qti_export.moodle.backup.exported import restored
from tests.qti_export.moodle.importers import banked, cartridge_short_answer
from tests.qti_export.packages import qti_items, tree
from tests.qti_export.quizzes import multiple_choice, quiz

ROUNDED = Fraction(1, 10**5)
"""How far Moodle's grades, which have 5 to 7 places, may be off for a whole question."""

NOT_KEPT = {
    "partial-credit",
    "blanks",
    "letters",
    "precision",
    "same-items",
    "share-of-points",
    "case",
    "zero",
    "left-out",
}
"""The losses that speak of the score."""

BY_A_PERSON = (Essay, FileUpload, TextBlock)


@st.composite
def answered(draw: st.DrawFn) -> tuple[Question, Response]:
    question = draw(questions().filter(lambda drawn: not isinstance(drawn, BY_A_PERSON)))
    return question, draw(responses(question))


def kept(question: Question, target: str) -> bool:
    try:
        losses = export(quiz(multiple_choice(id="other"), question), target).report.losses
    except NotExportable:
        return False
    return not NOT_KEPT & {loss.code for loss in losses}


def agree(earned: Fraction, question: Question, response: Any) -> bool:
    return abs(earned - score(question, response).fraction) < ROUNDED


@hypothesis_settings(max_examples=40)
@given(answered())
def test_a_restored_backup_scores_as_we_do_or_the_report_says_not(answer: tuple[Question, Response]) -> None:
    question, response = answer
    assume(kept(question, "moodle-backup"))
    assert agree(restored(question).score(in_moodle(question, response)), question, response)


@hypothesis_settings(max_examples=40)
@given(answered())
def test_moodle_s_question_bank_scores_as_we_do_or_the_report_says_not(answer: tuple[Question, Response]) -> None:
    question, response = answer
    assume(kept(question, "moodle-xml"))
    [_category, entry] = tree(export(quiz(question), "moodle-xml").data).iter("question")
    assert agree(banked(entry).score(in_moodle(question, response)), question, response)


@hypothesis_settings(max_examples=40)
@given(st.data())
def test_a_restored_cartridge_takes_the_same_short_answers_or_the_report_says_not(data: st.DataObject) -> None:
    question = data.draw(short_answers())
    response = data.draw(responses(question))
    assume(kept(question, "moodle-cartridge"))
    [_other, item] = qti_items(export(quiz(multiple_choice(id="other"), question), "moodle-cartridge").data)
    assert agree(cartridge_short_answer(item).score(in_moodle(question, response)), question, response)
