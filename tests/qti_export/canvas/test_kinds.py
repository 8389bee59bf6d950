"""Each rule of Canvas's two importers that touches kinds other than choices."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from lxml import etree

from content.numbers import Exact, Margin, PercentMargin, Range, SignificantDigits
from content.questions import Accepted, Blank, Dropdown, Pair, Question
from content.quiz import Quiz
from qti_export import NotExportable, export
from tests.qti_export.canvas import new_quizzes
from tests.qti_export.canvas.classic import read
from tests.qti_export.kinds import (
    dropdowns,
    essay,
    file_upload,
    fill_in_blanks,
    matching,
    numerical,
    ordering,
    short_answer,
    text_block,
)
from tests.qti_export.packages import metadata, qti_items
from tests.qti_export.quizzes import ALL_FEEDBACK, choices, multiple_choice, quiz

COMMENTS = {"neutral": "Said always.", "correct": "Said when right.", "incorrect": "Said when not."}

EVERY_KIND = [
    (short_answer(), "short_answer_question"),
    (numerical(), "numerical_question"),
    (matching(), "matching_question"),
    (ordering(), "matching_question"),
    (fill_in_blanks(), "fill_in_multiple_blanks_question"),
    (dropdowns(), "multiple_dropdowns_question"),
    (essay(), "essay_question"),
    (file_upload(), "file_upload_question"),
]
every_kind = pytest.mark.parametrize(("question", "name"), EVERY_KIND, ids=[kind.kind for kind, _ in EVERY_KIND])


def number(text: str) -> Decimal:
    return Decimal(text)


def of(question: Question) -> Quiz:
    """A quiz with the question; the other one is there because a quiz needs one that asks something."""
    return quiz(question, multiple_choice(id="z"))


def item_of(question: Question) -> etree._Element:
    return qti_items(export(of(question), "canvas").data)[0]


def codes(question: Question) -> list[str]:
    return [loss.code for loss in export(of(question), "canvas").report.losses]


class TestEveryKind:
    @every_kind
    def test_is_named_as_both_importers_know_it(self, question: Question, name: str) -> None:
        assert read(item_of(question)).type == name
        assert new_quizzes.question_type(item_of(question)) == name

    @every_kind
    def test_keeps_its_points_and_its_three_feedbacks(self, question: Question, name: str) -> None:
        imported = read(item_of(replace(question, points=Decimal("2.50"), feedback=ALL_FEEDBACK)))
        assert imported.type == name
        assert imported.points == Fraction(5, 2)
        assert imported.comments == COMMENTS

    @every_kind
    def test_loses_nothing_but_the_look_of_an_ordering(self, question: Question, name: str) -> None:
        assert codes(question) == (["ordering"] if question.kind == "ordering" else []), name

    @every_kind
    def test_has_response_idents_that_canvas_does_not_treat_specially(self, question: Question, name: str) -> None:
        for response in item_of(question).iter("response_lid", "response_str"):
            ident = response.get("ident")
            assert ident.startswith("response"), name
            assert ident not in {"response", "RESP_MC"}


class TestShortAnswer:
    def test_any_of_the_texts_is_right(self) -> None:
        item = item_of(short_answer("Paris", "Lutetia"))
        assert list(read(item).texts) == ["Paris", "Lutetia"]
        assert new_quizzes.accepted(item) == ["Paris", "Lutetia"]

    def test_answers_are_written_as_people_type_them_since_canvas_keeps_every_blank(self) -> None:
        assert list(read(item_of(short_answer(" New \t York\u00a0City "))).texts) == ["New York City"]

    def test_feedback_of_an_answer_is_shown_for_its_text(self) -> None:
        told = (Accepted(text="Paris", feedback="Indeed."), Accepted(text="Lutetia"))
        assert read(item_of(short_answer(answers=told))).texts == {"Paris": "Indeed.", "Lutetia": ""}

    def test_case_is_reported_as_lost_since_canvas_ignores_it(self) -> None:
        assert codes(short_answer("NaCl", case_sensitive=True)) == ["case"]
        assert read(item_of(short_answer("NaCl", case_sensitive=True))).score_text("nacl") == 1

    @pytest.mark.parametrize("text", ["a < b", "<b>", "&amp;", "]]>"])
    def test_signs_of_xml_arrive_as_they_are(self, text: str) -> None:
        assert list(read(item_of(short_answer(text))).texts) == [text]


class TestNumerical:
    @pytest.mark.parametrize(
        ("answer", "kind", "low", "high"),
        [
            (Exact(value=number("1.50")), "exact", "1.50", "1.50"),
            (Exact(value=number("1E+2")), "exact", "100", "100"),
            (Margin(value=number("0.1"), margin=number("0.05")), "exact", "0.05", "0.15"),
            (Margin(value=number("10"), margin=number("0.5")), "exact", "9.5", "10.5"),
            (Margin(value=number("-3"), margin=number("0")), "exact", "-3", "-3"),
            (PercentMargin(value=number("-200"), percent=number("2.5")), "exact", "-205", "-195"),
            (Range(low=number("-1"), high=number("2.25")), "range", "-1", "2.25"),
            (SignificantDigits(value=number("3.14159"), digits=3), "exact", "3.135", "3.145"),
            (SignificantDigits(value=number("1234"), digits=2), "exact", "1150", "1250"),
        ],
        ids=str,
    )
    def test_classic_keeps_the_bounds_exact(self, answer: Any, kind: str, low: str, high: str) -> None:
        [arrived] = read(item_of(numerical(answer))).numbers
        assert (arrived.kind, arrived.low, arrived.high) == (kind, number(low), number(high))
        assert (number(low), number(high)) == answer.bounds()
        assert codes(numerical(answer)) == []

    @pytest.mark.parametrize(
        ("answer", "kind"),
        [
            (Exact(value=number("1.50")), "exactResponse"),
            (Exact(value=number("1E+2")), "exactResponse"),
            (Margin(value=number("10"), margin=number("0.5")), "marginOfError"),
            (PercentMargin(value=number("10"), percent=number("5")), "marginOfError"),
            (Range(low=number("1"), high=number("2")), "withinARange"),
            (SignificantDigits(value=number("3.14159"), digits=3), "marginOfError"),
        ],
        ids=str,
    )
    def test_new_quizzes_supports_the_type_and_keeps_the_bounds(self, answer: Any, kind: str) -> None:
        [(arrived, low, high)] = new_quizzes.numbers(item_of(numerical(answer)))
        assert arrived == kind
        assert (low, high) == answer.bounds()

    def test_an_exact_number_is_the_same_text_three_times_with_the_digits_it_was_given(self) -> None:
        [test] = item_of(numerical(Exact(value=number("1.50")))).iter("conditionvar")
        assert [one.text for one in test.iter("varequal", "vargte", "varlte")] == ["1.50", "1.50", "1.50"]

    def test_no_bound_is_exclusive_since_canvas_takes_such_margins_for_a_precision_or_loses_them(self) -> None:
        answers = (Margin(value=number("10"), margin=number("0.5")), SignificantDigits(value=number("9"), digits=1))
        assert not list(item_of(numerical(*answers)).iter("vargt", "varlt"))

    def test_numbers_have_no_power_of_ten_and_no_comma(self) -> None:
        [test] = item_of(numerical(Exact(value=number("1.5E-7")))).iter("conditionvar")
        assert {one.text for one in test.iter("varequal", "vargte", "varlte")} == {"0.00000015"}

    def test_each_answer_is_a_condition_of_its_own(self) -> None:
        question = numerical(Exact(value=number("1")), Range(low=number("5"), high=number("6")))
        assert [one.kind for one in read(item_of(question)).numbers] == ["exact", "range"]
        assert len(new_quizzes.numbers(item_of(question))) == 2

    def test_feedback_of_an_answer_is_kept_by_classic_and_reported_for_new_quizzes(self) -> None:
        question = numerical(Exact(value=number("1"), feedback="One."), Exact(value=number("2")))
        assert [one.comment for one in read(item_of(question)).numbers] == ["One.", ""]
        assert codes(question) == ["answer-feedback"]

    def test_more_digits_than_a_float_has_are_reported(self) -> None:
        assert codes(numerical(Exact(value=number("3.14159265358979323846")))) == ["digits"]
        assert codes(numerical(Margin(value=number("1"), margin=number("1E-30")))) == ["digits"]


class TestMatching:
    def test_both_importers_find_the_pairs(self) -> None:
        item = item_of(matching("a -> x", "b -> y", "c -> x", distractors=("z",)))
        places = read(item).places.values()
        assert [(place.seen, [place.options[one] for one in place.right]) for place in places] == [
            ("a", ["x"]),
            ("b", ["y"]),
            ("c", ["x"]),
        ]
        assert list(new_quizzes.pairs(item).values()) == ["1", "2", "1"]

    def test_right_sides_are_the_same_list_for_every_pair_since_classic_reads_the_first_only(self) -> None:
        lids = item_of(matching("a -> x", "b -> y", distractors=("z",))).iter("response_lid")
        lists = [
            [(one.get("ident"), one.findtext("material/mattext")) for one in lid.iter("response_label")] for lid in lids
        ]
        assert lists == [[("1", "x"), ("2", "y"), ("3", "z")]] * 2

    def test_idents_of_right_sides_differ_in_their_digits_which_are_all_that_classic_looks_at(self) -> None:
        texts = [f"{count} -> right {count}" for count in range(25)]
        [place, *_] = read(item_of(matching(*texts))).places.values()
        assert len(place.options) == 25

    @pytest.mark.parametrize(
        ("left", "seen"),
        [("a < b & c", "a < b & c"), ("`<b>`", "<b>"), ("**bold** < x", "bold < x"), ("1986. A", "1986. A")],
    )
    def test_left_sides_with_signs_are_shown_as_written_and_not_as_entities(self, left: str, seen: str) -> None:
        [place, *_] = read(item_of(matching(f"{left} -> x", "b -> y"))).places.values()
        assert place.seen == seen

    def test_right_sides_are_plain_text_and_signs_in_them_are_reported_for_new_quizzes(self) -> None:
        question = matching("a -> x < y", "b -> <i>", distractors=("R&D",))
        [place, *_] = read(item_of(question)).places.values()
        assert list(place.options.values()) == ["x < y", "<i>", "R&D"]
        assert codes(question) == ["signs"]

    def test_feedback_of_a_pair_is_left_out_and_reported_since_canvas_tells_it_to_those_who_miss_the_pair(self) -> None:
        question = matching(pairs=(Pair(left="a", right="x", feedback="Right!"), Pair(left="b", right="y")))
        assert not list(item_of(question).iter("itemfeedback"))
        assert codes(question) == ["answer-feedback"]


class TestOrdering:
    def test_becomes_matching_places_with_items_as_when_canvas_imports_one(self) -> None:
        places = list(read(item_of(ordering("one", "two", "three"))).places.values())
        assert [(place.seen, [place.options[one] for one in place.right]) for place in places] == [
            ("1", ["one"]),
            ("2", ["two"]),
            ("3", ["three"]),
        ]

    def test_items_are_plain_text_and_their_formatting_is_reported(self) -> None:
        question = ordering("**one**", "two")
        [place, *_] = read(item_of(question)).places.values()
        assert list(place.options.values()) == ["one", "two"]
        assert codes(question) == ["ordering", "formatting"]

    def test_an_item_that_is_nothing_but_a_picture_is_shown_as_it_was_written(self) -> None:
        question = ordering("![](https://a.org/x.png)", "two")
        [place, *_] = read(item_of(question)).places.values()
        assert list(place.options.values()) == ["![](https://a.org/x.png)", "two"]
        assert codes(question) == ["ordering", "formatting"]

    @pytest.mark.parametrize("item", ["a < b", "two\nlines", "1986. A year", "R&D"])
    def test_items_without_formatting_are_not_reported_for_it(self, item: str) -> None:
        assert "formatting" not in codes(ordering(item, "two"))

    def test_items_that_differ_in_formatting_only_are_reported(self) -> None:
        assert codes(ordering("**one**", "one")) == ["ordering", "formatting", "same-text"]

    def test_items_of_the_same_text_are_interchangeable(self) -> None:
        imported = read(item_of(ordering("step", "turn", "step")))
        assert imported.score_picks({"response_1": "1", "response_2": "2", "response_3": "1"}) == 1


class TestBlanks:
    def test_every_text_that_a_blank_lists_is_accepted(self) -> None:
        item = item_of(fill_in_blanks())
        assert {name: list(place.options.values()) for name, place in read(item).places.items()} == {
            "who": ["cat", "kitten"],
            "where": ["mat"],
        }
        assert new_quizzes.blanks(item) == {"who": ["cat", "kitten"], "where": ["mat"]}

    def test_blanks_are_response_lids_since_a_response_str_loses_the_markup_of_the_text(self) -> None:
        assert not list(item_of(fill_in_blanks()).iter("response_str"))
        assert [lid.get("ident") for lid in item_of(fill_in_blanks()).iter("response_lid")] == [
            "response_who",
            "response_where",
        ]

    def test_each_blank_adds_its_share(self) -> None:
        shares = [(one.text, one.get("action")) for one in item_of(fill_in_blanks()).iter("setvar")]
        assert shares == [("50.00000", "Add")] * 2

    def test_case_is_reported_as_lost(self) -> None:
        assert codes(fill_in_blanks(case_sensitive=True)) == ["case"]

    def test_signs_in_an_answer_are_reported_for_new_quizzes(self) -> None:
        blanks = (Blank(name="who", answers=("a<b",)), Blank(name="where", answers=("mat",)))
        assert codes(fill_in_blanks(blanks=blanks)) == ["signs"]

    @pytest.mark.parametrize("hidden", ["[who](https://a.org)", "<!-- [who] -->", '<abbr title="[who]">x</abbr>'])
    def test_a_place_that_is_not_in_the_shown_text_is_refused_by_name_since_canvas_could_not_find_it(
        self, hidden: str
    ) -> None:
        with pytest.raises(NotExportable, match=r"'\[who\]'") as refused:
            export(of(fill_in_blanks(stem=f"{hidden} [where]")), "canvas")
        assert [problem.code for problem in refused.value.problems] == ["lost-blank"]


class TestDropdowns:
    def test_both_importers_find_the_key_of_each(self) -> None:
        item = item_of(dropdowns())
        right = {name: [place.options[one] for one in place.right] for name, place in read(item).places.items()}
        assert right == {"who": ["cat"], "where": ["mat"]}
        assert new_quizzes.pairs(item) == {"response_who": "1", "response_where": "4"}
        assert new_quizzes.blanks(item) == {"who": ["cat", "dog"], "where": ["sea", "mat", "cat"]}

    def test_idents_of_choices_are_numbers_and_differ_over_the_whole_item_since_canvas_mixes_up_keys(self) -> None:
        idents = [label.get("ident") for label in item_of(dropdowns()).iter("response_label")]
        assert idents == ["1", "2", "3", "4", "5"]

    def test_feedback_of_a_choice_arrives(self) -> None:
        first, second = dropdowns().dropdowns
        told = replace(first, choices=tuple(replace(one, feedback=f"On {one.text}.") for one in first.choices))
        places = read(item_of(dropdowns(dropdowns=(told, second)))).places
        assert places["who"].comments == {"1": "On cat.", "2": "On dog."}
        assert places["where"].comments == {}
        assert places["who"].right == {"1"}

    def test_texts_of_choices_are_plain_and_signs_in_them_are_reported_for_new_quizzes(self) -> None:
        lists = (Dropdown(name="who", choices=choices("*<b>", "x & y")), dropdowns().dropdowns[1])
        assert list(read(item_of(dropdowns(dropdowns=lists))).places["who"].options.values()) == ["<b>", "x & y"]
        assert codes(dropdowns(dropdowns=lists)) == ["signs"]


class TestWhatAPersonGrades:
    @pytest.mark.parametrize("question", [essay(), file_upload()], ids=lambda one: one.kind)
    def test_sets_no_score_since_new_quizzes_would_read_a_fill_in_the_blank(self, question: Question) -> None:
        [condition] = item_of(question).iter("respcondition")
        assert condition.get("continue") == "No"
        assert [child.tag for child in condition.iter()] == ["respcondition", "conditionvar", "other"]

    def test_a_file_upload_has_no_response(self) -> None:
        [presentation] = item_of(file_upload()).iter("presentation")
        assert [child.tag for child in presentation] == ["material"]


class TestTextBlock:
    def test_is_a_text_worth_nothing_without_response_processing_which_would_be_invalid(self) -> None:
        item = item_of(text_block(title="Before you begin"))
        assert read(item).type == "text_only_question"
        assert new_quizzes.question_type(item) == "text_only_question"
        assert metadata(item)["points_possible"] == "0"
        assert [child.tag for child in item] == ["itemmetadata", "presentation"]
        assert item.get("title") == "Before you begin"

    def test_does_not_count_among_the_questions(self) -> None:
        items = qti_items(export(quiz(text_block(), essay(), text_block(id="t2"), essay(id="e2")), "canvas").data)
        assert [item.get("title") for item in items] == ["Text", "Question 1", "Text", "Question 2"]
