"""Each kind of question as Moodle's question type, and the traps of that type."""

from dataclasses import replace
from decimal import Decimal

import pytest

from content.numbers import Exact, Margin, PercentMargin, Range, SignificantDigits
from content.questions import Accepted, Choice, Dropdown, Feedback, Pair
from content.quiz import Settings
from qti_export import NotExportable
from tests.qti_export.moodle.backup.exported import backup, losses, question_of
from tests.qti_export.moodle.grading import cloze
from tests.qti_export.quizzes import (
    ALL_FEEDBACK,
    choices,
    dropdowns,
    essay,
    file_upload,
    fill_in_blanks,
    matching,
    multiple_choice,
    numerical,
    ordering,
    short_answer,
    text_block,
)

RIGHT_AND_WRONG = Feedback(correct="Well done.", incorrect="Alas.")


def answers(question):
    return [(one["answertext"], one["answerformat"], Decimal(one["fraction"])) for one in question.all("answer")]


def told(question):
    return [one["feedback"] for one in question.all("answer")]


class TestShortAnswer:
    def test_each_accepted_answer_earns_all_and_is_plain_text(self):
        made = question_of(short_answer("Paris", "Lutetia"))
        assert made["qtype"] == "shortanswer"
        assert answers(made) == [("Paris", "0", 1), ("Lutetia", "0", 1)]

    @pytest.mark.parametrize("sensitive", [True, False])
    def test_case_counts_where_the_question_says_so(self, sensitive):
        made = question_of(short_answer("Paris", case_sensitive=sensitive))
        assert made.one("shortanswer")["usecase"] == str(int(sensitive))

    def test_a_star_is_escaped_since_a_bare_one_matches_anything(self):
        assert answers(question_of(short_answer("a*b")))[0][0] == r"a\*b"

    def test_feedback_for_right_is_told_with_each_answer_and_that_for_wrong_by_a_last_answer_that_matches_all(self):
        given = (Accepted(text="Paris", feedback="Yes."), Accepted(text="Lutetia"))
        made = question_of(short_answer(answers=given, feedback=RIGHT_AND_WRONG))
        assert answers(made)[-1] == ("*", "0", 0)
        assert told(made) == ["<p>Yes.</p><p>Well done.</p>", "<p>Well done.</p>", "<p>Alas.</p>"]

    @pytest.mark.parametrize(("text", "reported"), [("Paris", []), ("New York", ["blanks"]), ("Straße", ["letters"])])
    def test_what_moodle_compares_otherwise_is_reported(self, text, reported):
        assert losses(short_answer(text)) == reported


class TestNumerical:
    @pytest.mark.parametrize(
        ("answer", "value", "tolerance"),
        [
            (Exact(value=Decimal("1.50")), "1.5", "0"),
            (Margin(value=Decimal("123456.78901"), margin=Decimal("0.00001")), "123456.78901", "0.00001"),
            (PercentMargin(value=Decimal(-200), percent=Decimal("2.5")), "-200", "5"),
            (Range(low=Decimal("0.1"), high=Decimal("0.25")), "0.175", "0.075"),
            (SignificantDigits(value=Decimal("3.14159"), digits=3), "3.14", "0.005"),
            (Exact(value=Decimal("1E+3")), "1000", "0"),
        ],
    )
    def test_every_answer_is_a_number_with_an_exact_absolute_tolerance(self, answer, value, tolerance):
        made = question_of(numerical(answer))
        [(text, format_, fraction)] = answers(made)
        assert (Decimal(text), format_, fraction) == (Decimal(value), "0", 1)
        assert Decimal(made.one("numerical_record")["tolerance"]) == Decimal(tolerance)
        assert not {"E", "e", ","} & set(text)

    def test_tolerances_name_their_answers_and_units_are_not_asked_for(self):
        made = question_of(numerical(Exact(value=Decimal(1)), Exact(value=Decimal(2))))
        assert [one["answer"] for one in made.all("numerical_record")] == [one["id"] for one in made.all("answer")]
        assert made.one("numerical_option")["showunits"] == "3"

    def test_feedback_for_wrong_is_told_by_a_last_answer_that_matches_all(self):
        made = question_of(numerical(feedback=RIGHT_AND_WRONG))
        assert answers(made)[-1] == ("*", "0", 0)
        assert told(made) == ["<p>Well done.</p>", "<p>Alas.</p>"]

    @pytest.mark.parametrize(
        ("value", "reported"),
        [
            ("0.1", []),
            ("123456.78901", []),
            ("1E+90", []),
            ("1E-14", ["precision"]),
            ("1.00000000000001", ["precision"]),
        ],
    )
    def test_digits_that_moodle_s_floats_do_not_tell_apart_are_reported(self, value, reported):
        assert losses(numerical(Exact(value=Decimal(value)))) == reported


class TestMatching:
    def test_pairs_are_records_and_a_distractor_is_one_without_a_left_side(self):
        made = question_of(matching(distractors=("moo",)))
        assert [(one["questiontext"], one["answertext"]) for one in made.all("match")] == [
            ("<p>dog</p>", "bark"),
            ("<p>cat</p>", "meow"),
            ("", "moo"),
        ]

    def test_a_left_side_of_which_nothing_is_shown_is_no_distractor(self):
        made = question_of(matching(pairs=(Pair(left="<!-- c -->", right="a"), Pair(left="b", right="c"))))
        assert all(one["questiontext"] for one in made.all("match"))

    def test_a_right_side_with_tags_is_escaped_since_moodle_strips_tags_of_it(self):
        made = question_of(matching(pairs=(Pair(left="a", right="<b> & &lt;"), Pair(left="b", right="AT&T"))))
        assert [one["answertext"] for one in made.all("match")] == ["&lt;b> & &amp;lt;", "AT&T"]

    def test_a_right_side_that_is_too_long_for_the_column_is_refused(self):
        with pytest.raises(NotExportable, match="255 characters"):
            backup(matching(distractors=("x" * 256,)))

    def test_feedback_of_pairs_is_reported_and_combined_feedback_arrives(self):
        told = (Pair(left="a", right="b", feedback="Yes."), Pair(left="c", right="d"))
        assert losses(matching(pairs=told)) == ["pair-feedback"]
        made = question_of(matching(feedback=ALL_FEEDBACK)).one("matchoptions")
        assert made["correctfeedback"] == "<p>Said when right.</p>"
        assert made["partiallycorrectfeedback"] == made["incorrectfeedback"] == "<p>Said when not.</p>"


class TestOrdering:
    def test_items_stand_in_the_right_order_with_their_places_for_fractions(self):
        made = question_of(ordering("one", "*two*"))
        assert answers(made) == [("one", "1", 1), ("<em>two</em>", "1", 2)]

    def test_each_item_in_its_place_earns_a_share(self):
        record = question_of(ordering()).one("ordering")
        assert (record["gradingtype"], record["selecttype"]) == ("0", "0")

    def test_that_the_type_is_new_is_reported_since_a_quiz_with_an_unknown_one_cannot_be_attempted(self):
        assert losses(ordering()) == ["ordering"]
        assert losses(ordering("a", "a", "b")) == ["ordering", "same-items"]


class TestBlanksAndDropdowns:
    def test_each_blank_is_a_question_of_its_own_worth_1(self):
        bank = backup(fill_in_blanks("[a] and [b]", a=("x", "y"), b=("z",))).bank
        whole, *parts = bank.all("question")
        assert (whole["qtype"], whole["questiontext"]) == ("multianswer", "<p>{#1} and {#2}</p>")
        assert whole.one("multianswer")["sequence"] == ",".join(part["id"] for part in parts)
        assert [(part["parent"], part["qtype"], part["defaultmark"], part["penalty"]) for part in parts] == [
            (whole["id"], "shortanswer", "1.0000000", "0.0000000")
        ] * 2
        assert [answers(part) for part in parts] == [[("x", "0", 1), ("y", "0", 1)], [("z", "0", 1)]]

    def test_parts_are_entries_of_the_same_category_without_an_idnumber(self):
        category = backup(fill_in_blanks()).bank.all("question_category")[1]
        whole, part = category.all("question_bank_entry")
        assert whole["questioncategoryid"] == part["questioncategoryid"] == category["id"]
        assert part.values["idnumber"] is None

    def test_parts_come_in_the_order_of_the_text_whatever_that_of_the_answers(self):
        _, first, second = backup(fill_in_blanks("[b] and [a]", a=("x",), b=("z",))).bank.all("question")
        assert (answers(first)[0][0], answers(second)[0][0]) == ("z", "x")

    def test_a_dropdown_is_a_choice_of_one_whose_texts_are_plain(self):
        _, part = backup(dropdowns(pet=("*a < b", "<b>"))).bank.all("question")
        assert answers(part) == [("a &lt; b", "1", 1), ("&lt;b&gt;", "1", 0)]
        record = part.one("multichoice")
        assert (record["single"], record["layout"]) == ("1", "0")

    def test_feedback_of_a_dropdown_s_choices_arrives(self):
        given = (Choice(text="a", correct=True, feedback="Yes."), Choice(text="b"))
        asked = replace(dropdowns(), dropdowns=(Dropdown(name="pet", choices=given),))
        _, part = backup(asked).bank.all("question")
        assert told(part) == ["<p>Yes.</p>", ""]

    @pytest.mark.parametrize("text", ["{#1}", "{1:MC:=a}", "{ 2 :SA:=a}", "{:SHORTANSWER:=a}"])
    def test_a_text_that_looks_like_a_place_or_its_code_is_not_taken_for_one(self, text):
        whole = question_of(fill_in_blanks(f"`{text}` [pet]"))
        assert whole["questiontext"] == f"<p><code>&#123;{text[1:]}</code> {{#1}}</p>"

    @pytest.mark.parametrize("text", ["a}b", "a~b", "a#b", "=a", "%50%a", "&lt;", "<b>", "a\\", "*", '"', "a{b"])
    def test_the_code_by_which_the_form_knows_a_part_says_the_same_as_its_records(self, text):
        for question in (fill_in_blanks(pet=(text, "other")), dropdowns(pet=(f"*{text}", "other"))):
            _, part = backup(question).bank.all("question")
            [coded] = cloze(part["questiontext"])
            assert coded.type == part["qtype"]
            assert [answer for answer, _ in coded.answers] == [answer for answer, _, _ in answers(part)]

    def test_case_counts_where_the_question_says_so(self):
        _, part = backup(replace(fill_in_blanks(), case_sensitive=True)).bank.all("question")
        assert part.one("shortanswer")["usecase"] == "1"
        assert part["questiontext"].startswith("{1:SHORTANSWER_C:")

    def test_a_place_that_nobody_would_see_is_refused(self):
        with pytest.raises(NotExportable, match="not shown"):
            backup(fill_in_blanks("Text <!-- [pet] -->"))


class TestGradedByAPerson:
    def test_an_essay_is_a_text(self):
        record = question_of(essay()).one("essay")
        assert (record["responseformat"], record["attachments"]) == ("editor", "0")

    def test_an_upload_is_an_essay_of_one_file_without_a_text(self):
        record = question_of(file_upload()).one("essay")
        assert (record["responseformat"], record["responserequired"]) == ("noinline", "0")
        assert (record["attachments"], record["attachmentsrequired"]) == ("1", "1")


def test_a_text_block_is_a_description_of_no_length_worth_nothing_and_without_a_plugin():
    package = backup(text_block(), multiple_choice())
    made = package.bank.all("question")[0]
    assert (made["qtype"], made["length"], made["defaultmark"]) == ("description", "0", "0.0000000")
    assert not [child for child in made.children if child.tag.startswith("plugin")]
    assert package.slots[0]["maxmark"] == "0.0000000"


@pytest.mark.parametrize("question", [fill_in_blanks(), dropdowns(), essay(), file_upload()], ids=lambda one: one.kind)
def test_combined_feedback_that_a_type_does_not_have_is_reported(question):
    assert losses(replace(question, feedback=RIGHT_AND_WRONG)) == ["combined-feedback"]
    assert losses(replace(question, feedback=Feedback(general="Said always."))) == []


def test_hints_arrive_and_that_they_are_shown_only_in_interactive_mode_is_reported():
    asked = multiple_choice(hints=("Think.", "*Harder*."))
    assert [hint["hint"] for hint in question_of(asked).all("question_hint")] == [
        "<p>Think.</p>",
        "<p><em>Harder</em>.</p>",
    ]
    assert losses(asked) == ["hints"]


def test_learning_outcomes_arrive_as_tags_and_the_report_says_so():
    asked = multiple_choice(tags=("cats",), outcomes=("LO 1",))
    assert [tag["rawname"] for tag in question_of(asked).all("tag")] == ["cats", "LO 1"]
    assert losses(asked) == ["outcomes"]


@pytest.mark.parametrize("shuffle", [True, False])
def test_pairs_and_dropdowns_are_shuffled_where_the_quiz_says_so(shuffle):
    bank = backup(matching(), dropdowns(), settings=Settings(shuffle_answers=shuffle)).bank
    assert bank.one("matchoptions")["shuffleanswers"] == str(int(shuffle))
    assert bank.one("multichoice")["shuffleanswers"] == str(int(shuffle))


def test_choices_of_a_dropdown_keep_their_order():
    _, part = backup(dropdowns(pet=("a", "*b", "c"))).bank.all("question")
    assert [text for text, _, _ in answers(part)] == [choice.text for choice in choices("a", "*b", "c")]
