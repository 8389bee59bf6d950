"""The scoring of what is not answered by picking choices."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.numbers import Exact, Margin, Range
from content.questions import (
    Accepted,
    Blank,
    Choice,
    Dropdown,
    Dropdowns,
    Essay,
    Feedback,
    FileUpload,
    FillInBlanks,
    Matching,
    MultipleChoice,
    Numerical,
    Ordering,
    Pair,
    Question,
    ShortAnswer,
    TextBlock,
)
from content.scoring import NO_RESPONSE, Response, score
from tests.content.strategies import questions, responses
from tests.content.strategies.questions import dropdowns, fill_in_blanks, matchings, orderings, short_answers

FEEDBACK = Feedback(general="general", correct="correct", incorrect="incorrect")

SHORT = ShortAnswer(stem="Q", answers=(Accepted(text="Café au lait", feedback="of it"), Accepted(text="coffee")))
NUMBER = Numerical(
    stem="Q",
    answers=(
        Exact(value=Decimal("1.50"), feedback="just right"),
        Margin(value=Decimal("1.5"), margin=Decimal("0.1"), feedback="nearly"),
        Range(low=Decimal(10), high=Decimal(20)),
    ),
)
MATCHING = Matching(
    stem="Q",
    pairs=(
        Pair(left="a", right="one", feedback="a told"),
        Pair(left="b", right="two"),
        Pair(left="c", right="one", feedback="c told"),
    ),
    distractors=("three",),
)
ORDERING = Ordering(stem="Q", items=("first", "second", "third", "first"))
BLANKS = FillInBlanks(stem="[x] [y]", blanks=(Blank(name="x", answers=("1", "one")), Blank(name="y", answers=("2",))))
DROPDOWNS = Dropdowns(
    stem="[x] [y]",
    dropdowns=(
        Dropdown(name="x", choices=(Choice(text="1", correct=True, feedback="yes"), Choice(text="2", feedback="no"))),
        Dropdown(name="y", choices=(Choice(text="1"), Choice(text="2"), Choice(text="3", correct=True))),
    ),
)
ESSAY = Essay(stem="Q", feedback=FEEDBACK, points=Decimal(3))


class TestTyped:
    @pytest.mark.parametrize(
        "typed", ["café au lait", "CAFÉ AU LAIT", " Cafe\u0301  au\xa0lait\n", "caf\x9fé au\x7f lait", "Coffee"]
    )
    def test_blanks_case_and_encoding_do_not_count(self, typed: str) -> None:
        assert score(SHORT, typed).is_right

    @pytest.mark.parametrize("typed", ["cafe au lait", "café-au-lait", "", " ", "coffees"])
    def test_everything_else_does(self, typed: str) -> None:
        assert score(SHORT, typed).fraction == 0

    @pytest.mark.parametrize(("typed", "right"), [("Café au lait", True), (" Coffee", False), (" coffee", True)])
    def test_case_counts_where_the_author_says_so(self, typed: str, right: bool) -> None:
        assert score(replace(SHORT, case_sensitive=True), typed).is_right is right

    def test_where_case_counts_the_encoding_of_accents_still_does_not(self) -> None:
        assert score(replace(SHORT, case_sensitive=True), "Cafe\u0301 au lait").is_right

    @pytest.mark.parametrize(
        ("typed", "feedback"),
        [("1.5", "just right"), ("1,50", "just right"), ("1.6", "nearly"), ("1.4", "nearly"), ("1.5e1", "")],
    )
    def test_the_first_answer_that_accepts_a_number_tells_its_feedback(self, typed: str, feedback: str) -> None:
        result = score(NUMBER, typed)
        assert result.is_right
        assert [mark.feedback for mark in result.parts] == [feedback]

    @pytest.mark.parametrize("typed", ["1.61", "9.999", "20.0001", "ten", "", "1.5 apples"])
    def test_what_no_answer_accepts_earns_nothing(self, typed: str) -> None:
        assert score(NUMBER, typed).fraction == 0


class TestParts:
    @pytest.mark.parametrize(
        ("question", "response", "share", "right"),
        [
            (MATCHING, (0, 1, 0), "1", [True, True, True]),
            (MATCHING, (0, 0, None), "1/3", [True, False, False]),
            (MATCHING, (2, 2, 2), "0", [False, False, False]),
            (ORDERING, (0, 1, 2, 3), "1", [True] * 4),
            (ORDERING, (3, 1, 2, 0), "1", [True] * 4),  # the first and the last read the same
            (ORDERING, (1, 0, 2, 3), "1/2", [False, False, True, True]),
            (BLANKS, {"x": "ONE ", "y": "2"}, "1", [True, True]),
            (BLANKS, {"y": "2"}, "1/2", [False, True]),
            (BLANKS, {"x": "2", "y": "1"}, "0", [False, False]),
            (DROPDOWNS, {"x": 0, "y": 2}, "1", [True, True]),
            (DROPDOWNS, {"x": 1, "y": 2}, "1/2", [False, True]),
            (DROPDOWNS, {}, "0", [False, False]),
        ],
    )
    def test_each_earns_an_equal_share(
        self, question: Question, response: Response, share: str, right: list[bool]
    ) -> None:
        result = score(question, response)
        assert result.fraction == Fraction(share)
        assert [mark.right for mark in result.parts] == right

    def test_what_pairs_share_can_be_picked_once_and_distractors_come_last(self) -> None:
        assert MATCHING.rights == ("one", "two", "three")
        assert MATCHING.key == (0, 1, 0)

    def test_the_feedback_of_a_pair_is_told_where_it_is_matched_and_of_a_choice_where_it_is_picked(self) -> None:
        assert [mark.feedback for mark in score(MATCHING, (0, 1, 2)).parts] == ["a told", "", ""]
        assert [mark.feedback for mark in score(DROPDOWNS, {"x": 1}).parts] == ["no", ""]

    def test_only_a_wholly_right_response_gets_the_correct_feedback(self) -> None:
        question = replace(BLANKS, feedback=FEEDBACK)
        assert score(question, {"x": "1", "y": "2"}).feedback == replace(FEEDBACK, incorrect="")
        assert score(question, {"x": "1"}).feedback == replace(FEEDBACK, correct="")


class TestGradedByAPerson:
    @pytest.mark.parametrize("question", [ESSAY, FileUpload(stem="Q", feedback=FEEDBACK)])
    def test_what_was_handed_in_waits_for_a_person(self, question: Question) -> None:
        result = score(question, "My summer.")
        assert (result.needs_grading, result.fraction, result.possible) == (True, 0, question.points)
        assert result.feedback == Feedback(general="general")

    @pytest.mark.parametrize("nothing", ["", " \n", None])
    def test_nothing_waits_where_nothing_was_handed_in(self, nothing: str | None) -> None:
        assert not score(ESSAY, nothing).needs_grading

    def test_a_text_asks_for_nothing(self) -> None:
        result = score(TextBlock(stem="T"), NO_RESPONSE)
        assert (result.points, result.possible, result.needs_grading) == (0, 0, False)


@pytest.mark.parametrize(
    ("question", "response"),
    [
        (SHORT, 3),
        (SHORT, ("coffee",)),
        (NUMBER, 1.5),
        (NUMBER, frozenset({1})),
        (MATCHING, (0, 1)),
        (MATCHING, (0, 1, 3)),
        (MATCHING, (0, 1, -1)),
        (MATCHING, "one"),
        (MATCHING, ("one", "two", "one")),
        (ORDERING, (0, 1, 2)),
        (ORDERING, (0, 1, 2, 2)),
        (ORDERING, (0, 1, 2, None)),
        (ORDERING, (0, 1, 2, 3, 3)),
        (BLANKS, {"z": "1"}),
        (BLANKS, {"x": 1}),
        (BLANKS, "1"),
        (DROPDOWNS, {"x": 2}),
        (DROPDOWNS, {"x": "0"}),
        (DROPDOWNS, {"x": True}),
        (DROPDOWNS, (0, 1)),
        (ESSAY, ("My", "summer")),
        (TextBlock(stem="T"), "What?"),
        (MultipleChoice(stem="Q", choices=(Choice(text="a", correct=True),)), "a"),
        (Matching(stem="Q", pairs=()), ()),
    ],
)
def test_a_response_that_no_page_could_send_is_refused(question: Question, response: Response) -> None:
    with pytest.raises(ValueError, match=r"response|choice|place"):
        score(question, response)


@given(st.data())
def test_whatever_is_answered_the_share_is_between_nothing_and_all(data: st.DataObject) -> None:
    question = data.draw(questions())
    result = score(question, data.draw(responses(question)))
    assert 0 <= result.fraction <= 1
    assert result.points == result.fraction * Fraction(question.points)
    if result.parts:
        assert result.fraction == Fraction(sum(mark.right for mark in result.parts), len(result.parts))


@given(questions())
def test_no_answer_earns_nothing_and_needs_no_grading(question: Question) -> None:
    result = score(question, NO_RESPONSE)
    assert (result.fraction, result.needs_grading) == (0, False)


def key_of(question: Question) -> Response:
    match question:
        case ShortAnswer():
            return question.answers[-1].text
        case Matching():
            return question.key
        case Ordering():
            return tuple(range(len(question.items)))
        case FillInBlanks():
            return {blank.name: blank.answers[-1] for blank in question.blanks}
        case Dropdowns():
            return {one.name: [choice.correct for choice in one.choices].index(True) for one in question.dropdowns}
        case _:
            raise AssertionError(question.kind)


@given(st.one_of(short_answers(), matchings(), orderings(), fill_in_blanks(), dropdowns()))
def test_the_key_earns_all(question: Question) -> None:
    assert score(question, key_of(question)).is_right


@given(st.data())
def test_one_part_less_earns_one_share_less(data: st.DataObject) -> None:
    question = data.draw(st.one_of(fill_in_blanks(), dropdowns()))
    key = key_of(question)
    assert isinstance(key, Mapping)
    without = dict(key)
    del without[data.draw(st.sampled_from(sorted(key)))]
    assert score(question, without).fraction == 1 - Fraction(1, len(key))
