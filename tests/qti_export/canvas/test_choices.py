"""Each rule of Canvas's two importers that touches choices."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from lxml import etree

from content.prose import to_html
from content.questions import Choice, Feedback, PartialCredit, Question
from qti_export import export
from tests.content.strategies import choice_questions
from tests.qti_export.canvas.importers import classic, new_quizzes
from tests.qti_export.packages import members, metadata, qti_items
from tests.qti_export.quizzes import (
    ALL_FEEDBACK,
    choices,
    multiple_choice,
    multiple_response,
    quiz,
    true_false,
)

IMPORTERS = [classic, new_quizzes]


def item_of(question: Question) -> etree._Element:
    [item] = qti_items(export(quiz(question), "canvas").data)
    return item


@pytest.mark.parametrize("importer", IMPORTERS)
@pytest.mark.parametrize(
    ("question", "question_type", "key"),
    [
        (multiple_choice(), "multiple_choice_question", {"1"}),
        (multiple_response(), "multiple_answers_question", {"1", "2"}),
        (true_false(), "true_false_question", {"1"}),
        (true_false(choices=choices("*False", "True")), "true_false_question", {"2"}),
        (multiple_response(choices=choices("*a", "*b")), "multiple_answers_question", {"1", "2"}),
        (multiple_response(choices=choices("a", "*b")), "multiple_answers_question", {"2"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_both_importers_find_type_and_key(importer, question, question_type, key):
    imported = importer(item_of(question))
    assert imported.type == question_type
    assert imported.key == key


@pytest.mark.parametrize("importer", IMPORTERS)
@pytest.mark.parametrize("points", ["1", "0.25", "2.50", "100", "1E+2", "1E-7"])
def test_points_are_plain_decimals_in_a_lower_case_field(importer, points):
    item = item_of(multiple_choice(points=Decimal(points)))
    assert re.fullmatch(r"\d+(\.\d+)?", metadata(item)["points_possible"])
    assert importer(item).points == Decimal(points)


@pytest.mark.parametrize("importer", IMPORTERS)
@pytest.mark.parametrize("question", [multiple_choice(), multiple_response(), true_false()], ids=lambda q: q.kind)
def test_all_four_feedbacks_arrive(importer, question):
    told = tuple(
        Choice(text=choice.text, correct=choice.correct, feedback=f"About {choice.text}.")
        for choice in question.choices
    )
    question = type(question)(id="q", stem="?", feedback=ALL_FEEDBACK, choices=told)
    imported = importer(item_of(question))
    assert imported.comments == {
        "neutral": "Said always.",
        "correct": "Said when right.",
        "incorrect": "Said when not.",
    }
    assert [answer.comment for answer in imported.answers.values()] == [choice.feedback for choice in told]


@pytest.mark.parametrize("importer", IMPORTERS)
def test_feedback_for_all_right_responses_does_not_become_feedback_of_the_right_choices(importer):
    question = multiple_response(feedback=Feedback(correct="All right!"))
    assert not any(answer.comment for answer in importer(item_of(question)).answers.values())


@pytest.mark.parametrize("importer", IMPORTERS)
@pytest.mark.parametrize(
    ("markdown", "seen"),
    [
        ("a < b & c", "a < b & c"),
        ("`<b>bold</b>`", "<b>bold</b>"),
        ("&amp;", "&"),
        ("*a* < b", "a < b"),
        ("a\u00a0b", "a\u00a0b"),
        ("plain", "plain"),
    ],
)
def test_feedback_with_signs_is_shown_as_written_and_not_as_entities(importer, markdown, seen):
    question = multiple_choice(feedback=Feedback(general=markdown))
    assert importer(item_of(question)).comments["neutral"] == seen


def test_idents_of_choices_are_numbers_so_that_no_feedback_is_taken_for_a_general_one():
    texts = ("*correct", "wrong", "incorrect", "general_", "x_all", "x_C", "x_IC")
    item = item_of(multiple_choice(choices=choices(*texts)))
    assert [label.get("ident") for label in item.iter("response_label")] == ["1", "2", "3", "4", "5", "6", "7"]


def test_the_condition_that_scores_is_the_last_and_those_before_it_go_on():
    told = (Choice(text="yes", correct=True, feedback="Right."), Choice(text="no", feedback="Wrong."))
    conditions = list(item_of(multiple_choice(choices=told)).iter("respcondition"))
    assert [condition.get("continue") for condition in conditions] == ["Yes", "Yes", "No"]
    assert [condition.findtext("setvar") for condition in conditions] == [None, None, "100"]


def test_multiple_response_is_one_condition_of_and_with_not():
    item = item_of(multiple_response())
    [condition] = item.iter("respcondition")
    [both] = condition.findall("conditionvar/and")
    assert [test.text for test in both.findall("varequal")] == ["1", "2"]
    assert [test.text for test in both.findall("not/varequal")] == ["3", "4"]
    assert condition.find("setvar").get("action") == "Set"


def test_true_and_false_are_written_in_english_and_in_canvas_s_order():
    question = true_false(choices=choices("*FALSE", "true"))
    texts = [text.text for text in item_of(question).iter("mattext")]
    assert texts[1:] == ["True", "False"]


@pytest.mark.parametrize("text", ["0", "<script>alert(1)</script>", "a <b> c", "]]>", "&lt;", "1. one\n2. two"])
def test_choices_are_html_with_escaped_tags_since_new_quizzes_takes_plain_text_for_html(text):
    item = item_of(multiple_choice(choices=choices(f"*{text}", "other")))
    assert classic(item).answers["1"].html == to_html(text, inline=True)
    assert b"<![CDATA[" not in b"".join(members(export(quiz(multiple_choice(stem=text)), "canvas").data).values())


def test_question_name_is_the_title_else_its_number():
    questions_ = (multiple_choice(id="a", title="On yes & no"), multiple_choice(id="b"))
    items = qti_items(export(quiz(*questions_), "canvas").data)
    assert [item.get("title") for item in items] == ["On yes & no", "Question 2"]


def test_idents_of_items_name_quiz_and_question_so_that_no_two_quizzes_share_one():
    assert item_of(multiple_choice(id="q1")).get("ident") == "week-1__q1"
    [first] = qti_items(export(quiz(multiple_choice(id="c"), id="a_b"), "canvas").data)
    [second] = qti_items(export(quiz(multiple_choice(id="b_c"), id="a"), "canvas").data)
    assert first.get("ident") != second.get("ident")


def test_longest_ident_is_one_that_canvas_can_make_a_file_name_of():
    [item] = qti_items(export(quiz(multiple_choice(id="q" * 64), id="z" * 64), "canvas").data)
    assert len(item.get("ident")) < 245


def test_response_ident_is_none_of_those_that_canvas_treats_specially():
    for question in (multiple_choice(), multiple_response(), true_false()):
        [response] = item_of(question).iter("response_lid")
        assert response.get("ident") == "response1"


@pytest.mark.parametrize(
    ("rule", "algorithm"),
    [
        (PartialCredit.ALL_OR_NOTHING, "AllOrNothing"),
        (PartialCredit.RIGHT_MINUS_WRONG, None),
        (PartialCredit.RIGHT_ONLY, None),
    ],
)
def test_new_quizzes_is_told_of_all_or_nothing(rule, algorithm):
    item = item_of(multiple_response(partial_credit=rule))
    assert metadata(item).get("scoring_algorithm") == algorithm


@given(choice_questions())
def test_any_question_arrives_whole_in_both(question):
    [item] = qti_items(export(quiz(question), "canvas").data)
    for importer in IMPORTERS:
        imported = importer(item)
        assert imported.stem == to_html(question.stem)
        assert len(imported.answers) == len(question.choices)
        assert len(imported.key) == len(question.key)
        assert imported.points == question.points
