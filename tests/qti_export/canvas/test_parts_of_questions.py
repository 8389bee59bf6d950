"""Each rule of Canvas's two importers that touches pairs, items, blanks and dropdowns."""

from dataclasses import replace

import pytest

from content.questions import Blank, Dropdown, Pair
from qti_export import NotExportable, export
from tests.qti_export.canvas import new_quizzes
from tests.qti_export.canvas.classic import read
from tests.qti_export.canvas.exported import codes, item_of, of
from tests.qti_export.kinds import (
    dropdowns,
    fill_in_blanks,
    matching,
    ordering,
)
from tests.qti_export.quizzes import choices


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
