"""Questions as they lie in the restored question bank."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given

from content.prose import to_html
from content.questions import Choice, PartialCredit
from tests.content.strategies import choice_questions
from tests.qti_export.moodle.backup.exported import backup, losses, question_of
from tests.qti_export.quizzes import (
    ALL_FEEDBACK,
    choices,
    multiple_choice,
    multiple_response,
    true_false,
)

TOLD = (Choice(text="a", correct=True, feedback="Yes."), Choice(text="b", feedback="No."))


def fractions(question):
    return [Decimal(answer["fraction"]) for answer in question_of(question).all("answer")]


def many_right(count, **fields):
    return multiple_response(choices=choices(*(f"*right {number}" for number in range(count)), "wrong"), **fields)


@pytest.mark.parametrize(("question", "single"), [(multiple_choice, "1"), (multiple_response, "0")])
def test_all_four_feedbacks_arrive_and_what_is_partly_right_is_told_what_is_not_right(question, single):
    made = question_of(question(choices=TOLD, feedback=ALL_FEEDBACK))
    assert made["generalfeedback"] == "<p>Said always.</p>"
    assert [answer["feedback"] for answer in made.all("answer")] == ["<p>Yes.</p>", "<p>No.</p>"]
    record = made.one("multichoice")
    assert record["single"] == single
    assert record["correctfeedback"] == "<p>Said when right.</p>"
    assert record["partiallycorrectfeedback"] == record["incorrectfeedback"] == "<p>Said when not.</p>"


def test_true_and_false_come_in_moodle_s_order_with_the_feedback_for_right_and_wrong_in_each():
    told = (Choice(text="False", feedback="No."), Choice(text="True", correct=True, feedback="Yes."))
    made = question_of(true_false(choices=told, feedback=ALL_FEEDBACK))
    true, false = made.all("answer")
    assert [(one["answertext"], one["answerformat"], one["fraction"]) for one in (true, false)] == [
        ("True", "0", "1.0000000"),
        ("False", "0", "0.0000000"),
    ]
    assert true["feedback"] == "<p>Yes.</p><p>Said when right.</p>"
    assert false["feedback"] == "<p>No.</p><p>Said when not.</p>"
    assert (made.one("truefalse")["trueanswer"], made.one("truefalse")["falseanswer"]) == (true["id"], false["id"])


def test_a_single_choice_earns_all_or_nothing():
    assert fractions(multiple_choice()) == [1, 0, 0]


@pytest.mark.parametrize("count", range(1, 31))
@pytest.mark.parametrize("rule", PartialCredit)
def test_shares_are_equal_to_7_decimals_and_a_perfect_response_counts_as_right(count, rule):
    *right, wrong = fractions(many_right(count, partial_credit=rule))
    assert all(abs(Fraction(share) - Fraction(1, count)) < Fraction(1, 10**7) for share in right)
    assert sum(right) > Decimal("0.999999")  # from there on Moodle calls it right
    kept = {PartialCredit.RIGHT_MINUS_WRONG: -right[0], PartialCredit.ALL_OR_NOTHING: -1, PartialCredit.RIGHT_ONLY: 0}
    assert wrong == kept[rule]


@pytest.mark.parametrize(
    ("count", "reported"), [(10, []), (11, ["share-of-points"]), (20, []), (21, ["share-of-points"])]
)
def test_a_share_that_moodle_s_form_has_no_grade_for_is_reported(count, reported):
    assert losses(many_right(count)) == reported


def test_all_or_nothing_is_reported():
    assert losses(multiple_response(partial_credit=PartialCredit.ALL_OR_NOTHING)) == ["partial-credit"]
    assert losses(multiple_response(partial_credit=PartialCredit.RIGHT_ONLY)) == []


@given(choice_questions())
def test_every_text_is_html_and_says_so(question):
    for record in question_of(question).walk():
        for name in record.values:
            if f"{name}format" in record.values:
                assert record[f"{name}format"] == "1", name


@pytest.mark.parametrize("text", ["0", "`<b>x</b>`", "a < b & c", "]]>", r"\(x\)", "🎓 ‏مرحبا", "a\xa0b", "<x> & /"])
def test_texts_arrive_exactly(text):
    made = question_of(multiple_choice(stem=text, choices=choices(f"*{text}", "other")))
    assert made["questiontext"] == to_html(text)
    assert made.all("answer")[0]["answertext"] == to_html(text, inline=True)


def test_a_text_that_is_how_moodle_writes_null_stays_a_text():
    escaped = r"\$@NULL@\$"  # in Markdown, where a pair of dollars makes a formula
    asked = multiple_choice(stem=escaped, title="$@NULL@$", choices=choices(f"*{escaped}", "b"), tags=("$@NULL@$",))
    package = backup(asked, title="$@NU\x01LL@$")
    made = package.bank.one("question")
    assert made["name"] == package.quiz["name"] == "$@NULL@$ "
    assert made["questiontext"] == "<p>$&#64;NULL@$</p>"
    assert made.all("answer")[0]["answertext"] == "$&#64;NULL@$"
    assert made.one("tag")["rawname"] == "$@NULL@$ "


@pytest.mark.parametrize("link", [r"\$@QUIZVIEWBYID*1@\$", r"\$@COURSEVIEWBYID*1@\$", r"\$@INDEX@\$"])
def test_a_text_that_is_how_moodle_writes_a_link_is_not_turned_into_one(link):
    asked = multiple_choice(stem=link, choices=(Choice(text=link, correct=True, feedback=link), Choice(text="b")))
    package = backup(asked, description=f"See {link}.")
    made = package.bank.one("question")
    answer = made.all("answer")[0]
    written = link.replace("\\", "").replace("@", "&#64;", 1)  # which a browser shows as the same text
    assert (made["questiontext"], answer["answertext"]) == (f"<p>{written}</p>", written)
    assert answer["feedback"] == f"<p>{written}</p>"
    assert package.quiz["intro"] == f"<p>See {written}.</p>"


def test_control_characters_which_make_the_xml_invalid_are_left_out():
    asked = multiple_choice(stem="a\x00b\x1fc", title="\x08T", tags=("\x0bt",))
    made = question_of(asked)
    assert (made["questiontext"], made["name"], made.one("tag")["rawname"]) == ("<p>abc</p>", "T", "t")


def test_name_is_the_title_else_the_number_and_the_beginning_of_the_text():
    package = backup(multiple_choice(title="On cats"), multiple_response())
    assert [question["name"] for question in package.bank.all("question")] == ["On cats", "2 Which ones?"]


def test_idnumber_names_quiz_and_question():
    assert backup(multiple_choice(id="q7"), id="week-3").bank.one("question_bank_entry")["idnumber"] == "week-3__q7"


def test_ids_are_unique_over_all_questions_so_that_no_answer_is_mixed_up_with_another():
    bank = backup(multiple_choice(), multiple_response(), true_false()).bank
    numbers = [answer["id"] for answer in bank.all("answer")]
    assert len(numbers) == len(set(numbers)) == 9
    assert len({question["stamp"] for question in bank.all("question")}) == 3


def test_an_edit_of_the_wording_changes_no_id():
    before, after = (backup(multiple_choice(stem=stem)).bank for stem in ("Which?", "Which one?"))
    assert [record.values.get("id") for record in before.walk()] == [record.values.get("id") for record in after.walk()]
    assert [one["stamp"] for one in before.all("question")] == [one["stamp"] for one in after.all("question")]


def test_a_tag_has_one_id_wherever_it_stands():
    bank = backup(multiple_choice(tags=("Cats", "dogs")), multiple_response(tags=("cats", "Cats"))).bank
    assert [(tag["id"], tag["name"], tag["rawname"]) for tag in bank.all("tag")] == [
        ("1000000001", "cats", "Cats"),
        ("1000000002", "dogs", "dogs"),
        ("1000000001", "cats", "Cats"),
    ]


@pytest.mark.parametrize(("tag", "kept"), [("x" * 51, "x" * 50), ("a<b>`c`", "abc"), ("two  blanks", "two blanks")])
def test_a_tag_that_moodle_changes_is_reported(tag, kept):
    asked = multiple_choice(tags=(tag,))
    assert question_of(asked).one("tag")["rawname"] == kept
    assert losses(asked) == ["tags"]


def test_a_tag_of_which_moodle_takes_nothing_is_left_out():
    assert question_of(multiple_choice(tags=("<>",))).all("tag") == []
