"""The promise: an item's rules earn exactly what `content.scoring` says, and tell the same feedback."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from lxml import etree

from content.numbers import Exact, Margin, PercentMargin, Range, SignificantDigits
from content.questions import Accepted, Feedback, MultipleResponse, PartialCredit, Question
from content.scoring import Response, Score, score
from tests.content.strategies import questions, responses
from tests.qti_export.kinds import (
    dropdowns,
    essay,
    file_upload,
    fill_in_blanks,
    matching,
    numerical,
    ordering,
    short_answer,
)
from tests.qti_export.packages import members
from tests.qti_export.qti.answering import responses_of
from tests.qti_export.qti.exported import TARGETS, each_version, export_if_shown, item_of, of
from tests.qti_export.qti.interpreter import Session, normal
from tests.qti_export.quizzes import ALL_FEEDBACK, choices, multiple_choice, multiple_response


@st.composite
def answered(draw: st.DrawFn) -> tuple[Question, Response]:
    question = draw(questions())
    return question, draw(responses(question))


def session(question: Question, response: Response, target: str) -> Session:
    item = item_of(question, target)
    return Session(item, responses_of(question, response, item), maps_null=False)


def told(result: Score) -> int:
    """How many feedbacks a score tells."""
    whole = result.feedback
    parts = (*result.choices, *result.parts)
    return sum(map(bool, (whole.general, whole.correct, whole.incorrect, *(part.feedback for part in parts))))


@hypothesis_settings(max_examples=60)
@given(answered(), st.sampled_from(TARGETS), st.booleans())
def test_every_question_scores_and_tells_as_we_do(answer, target, maps_null):
    question, response = answer
    ours = score(question, response)
    exported = export_if_shown(of(question), target)
    item = normal(etree.fromstring(members(exported.data)["items/1.xml"]))
    theirs = Session(item, responses_of(question, response, item), maps_null=maps_null)
    if "letters" not in {loss.code for loss in exported.report.losses}:
        assert theirs.score == ours.points
        assert len(theirs.feedback) == told(ours)


@each_version
@pytest.mark.parametrize("rule", PartialCredit)
@pytest.mark.parametrize("picks", [frozenset(), {0}, {0, 1}, {0, 1, 2}, {0, 3}, {2, 3}, {0, 1, 2, 3}])
def test_each_rule_of_partial_credit_is_kept(rule, picks, target):
    question = multiple_response(partial_credit=rule)
    assert session(question, frozenset(picks), target).score == score(question, frozenset(picks)).points


@each_version
def test_a_third_of_a_point_is_divided_by_the_engine_and_not_rounded_before(target):
    question = ordering("a", "b", "c")
    assert session(question, (0, 2, 1), target).score == Fraction(1, 3)
    assert "0.33" not in etree.tostring(item_of(question, target), encoding="unicode")


@each_version
def test_who_has_all_parts_right_gets_the_points_as_written_and_no_quotient_of_floats(target):
    [rule] = item_of(matching(), target).iterfind(".//responseCondition[responseElse]")
    assert rule.find("responseIf/setOutcomeValue[@identifier='SCORE']/variable").get("identifier") == "MAXSCORE"


@each_version
@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        (multiple_choice(feedback=ALL_FEEDBACK), frozenset({0}), frozenset({1})),
        (multiple_response(feedback=ALL_FEEDBACK), frozenset({0, 1}), frozenset({0})),
        (ordering(feedback=ALL_FEEDBACK), (0, 1, 2), (1, 0, 2)),
        (matching(feedback=ALL_FEEDBACK), (0, 1), (0, 0)),
        (fill_in_blanks(feedback=ALL_FEEDBACK), {"who": "cat", "where": "mat"}, {"who": "cat"}),
        (dropdowns(feedback=ALL_FEEDBACK), {"who": 0, "where": 1}, {}),
    ],
    ids=lambda value: getattr(value, "kind", ""),
)
def test_feedback_for_right_and_for_wrong_responses_is_shown(question, right, wrong, target):
    def said(response: Response) -> list[str]:
        return ["".join(shown.itertext()) for shown in session(question, response, target).feedback]

    assert sorted(said(right)) == ["Said always.", "Said when right."]
    assert sorted(said(wrong)) == ["Said always.", "Said when not."]
    assert sorted(said(None)) == ["Said always.", "Said when not."]


@each_version
@pytest.mark.parametrize(
    "question", [essay(feedback=Feedback(general="Thanks.")), file_upload(feedback=Feedback(general="Thanks."))]
)
def test_what_a_person_grades_earns_nothing_by_itself(question, target):
    item = item_of(question, target)
    assert Session(item, {}, maps_null=True).score == 0
    declared = item.find("outcomeDeclaration[@identifier='SCORE']")
    assert declared.get("externalScored") == (None if target == "qti21" else "human")
    assert ["".join(one.itertext()) for one in item.iter("modalFeedback")] == ["Thanks."]


@each_version
def test_right_sides_that_two_pairs_share_can_be_used_twice(target):
    question = matching("a -> x", "b -> x", "c -> y", distractors=("z",))
    assert session(question, (0, 0, 1), target).score == 1
    lefts, rights = item_of(question, target).iter("simpleMatchSet")
    assert {one.get("matchMax") for one in lefts} == {"1"}
    assert {one.get("matchMax") for one in rights} == {"0"}
    assert len(rights) == 3


@each_version
def test_items_of_an_ordering_that_read_the_same_may_change_places(target):
    question = ordering("a", "b", "a")
    assert session(question, (2, 1, 0), target).score == 1


@each_version
def test_wrong_picks_never_cost_more_than_right_ones_earn(target):
    question = MultipleResponse(id="q", stem="?", choices=choices("*a", "b", "c"))
    assert session(question, frozenset({1, 2}), target).score == 0


NUMBERS = [
    (Exact(value=Decimal("1.50")), ["1.5", "1.500"], ["1.51", "-1.5"]),
    (Margin(value=Decimal(10), margin=Decimal("0.5")), ["9.5", "10.5"], ["9.49", "10.51"]),
    (PercentMargin(value=Decimal(-200), percent=Decimal("2.5")), ["-205", "-195"], ["-205.1", "-194.9"]),
    (Range(low=Decimal("0.1"), high=Decimal("0.3")), ["0.1", "0.3"], ["0.09", "0.31"]),
    (SignificantDigits(value=Decimal("9.99"), digits=2), ["9.95", "10.05"], ["9.94", "10.06"]),
]


@each_version
@pytest.mark.parametrize(("answer", "right", "wrong"), NUMBERS, ids=lambda value: type(value).__name__)
def test_each_form_of_numeric_answer_accepts_both_its_ends_and_nothing_beyond(answer, right, wrong, target):
    question = numerical(Exact(value=Decimal(77)), answer)
    assert {session(question, typed, target).score for typed in (*right, "77")} == {1}
    assert {session(question, typed, target).score for typed in (*wrong, "", "seven")} == {0}


@each_version
@pytest.mark.parametrize(("case_sensitive", "earned"), [(True, 0), (False, 1)])
def test_case_counts_where_the_question_says_so(case_sensitive, earned, target):
    short = short_answer(case_sensitive=case_sensitive)
    assert session(short, "PARIS", target).score == earned
    assert session(short, "City of Light", target).score == 1
    blanks = fill_in_blanks(case_sensitive=case_sensitive)
    assert session(blanks, {"who": "KITTEN", "where": "MAT"}, target).score == earned


@each_version
def test_a_typed_answer_tells_its_own_feedback_and_that_of_no_later_one(target):
    said = (Accepted(text="Paris", feedback="One."), Accepted(text="Rome", feedback="Two."))
    question = short_answer(answers=said)
    assert ["".join(shown.itertext()) for shown in session(question, "Rome", target).feedback] == ["Two."]
    both = (Exact(value=Decimal(5), feedback="Just so."), Range(low=Decimal(0), high=Decimal(9), feedback="Near."))
    shown = session(numerical(*both), "5", target).feedback
    assert ["".join(one.itertext()) for one in shown] == ["Just so."]
