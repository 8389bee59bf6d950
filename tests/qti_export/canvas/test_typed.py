"""Each rule of Canvas's two importers that touches what is typed or handed in."""

from decimal import Decimal
from typing import Any

import pytest

from content.numbers import Exact, Margin, PercentMargin, Range, SignificantDigits
from content.questions import Accepted, Question
from tests.qti_export.canvas import new_quizzes
from tests.qti_export.canvas.classic import read
from tests.qti_export.canvas.exported import codes, item_of
from tests.qti_export.kinds import (
    essay,
    file_upload,
    numerical,
    short_answer,
)


def number(text: str) -> Decimal:
    return Decimal(text)


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
    @pytest.mark.parametrize("answer", [Exact(value=number("-0")), Range(low=number("-0.0"), high=number("-0"))])
    def test_a_zero_has_no_sign(self, answer: Any) -> None:
        bounds = [node.text for node in item_of(numerical(answer)).iter("vargte", "varlte", "varequal")]
        assert bounds
        assert not any(str(text).startswith("-") for text in bounds)

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


class TestWhatAPersonGrades:
    @pytest.mark.parametrize("question", [essay(), file_upload()], ids=lambda one: one.kind)
    def test_sets_no_score_since_new_quizzes_would_read_a_fill_in_the_blank(self, question: Question) -> None:
        [condition] = item_of(question).iter("respcondition")
        assert condition.get("continue") == "No"
        assert [child.tag for child in condition.iter()] == ["respcondition", "conditionvar", "other"]

    def test_a_file_upload_has_no_response(self) -> None:
        [presentation] = item_of(file_upload()).iter("presentation")
        assert [child.tag for child in presentation] == ["material"]
