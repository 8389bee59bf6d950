from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.drawing import draw
from content.identity import with_ids
from content.questions import (
    Choice,
    ChoiceQuestion,
    Feedback,
    MultipleChoice,
    MultipleResponse,
    PartialCredit,
    Question,
    TrueFalse,
)
from content.quiz import Quiz, Settings
from content.scoring import format_points, score, score_quiz, to_decimal
from tests.content.strategies import choice_questions, picks, questions, quizzes, responses

RIGHT, WRONG = Choice(text="right", correct=True), Choice(text="wrong")
THREE_OF_FIVE = (RIGHT, RIGHT, RIGHT, WRONG, WRONG)


def several(credit: PartialCredit = PartialCredit.RIGHT_MINUS_WRONG, points: str = "1") -> MultipleResponse:
    return MultipleResponse(stem="Q", choices=THREE_OF_FIVE, partial_credit=credit, points=Decimal(points))


class TestOneChoice:
    question = MultipleChoice(stem="Q", choices=(WRONG, RIGHT, WRONG), points=Decimal("2.5"))

    @pytest.mark.parametrize(("response", "points"), [({1}, "2.5"), ({0}, 0), (set(), 0)])
    def test_the_right_choice_earns_all_and_any_other_nothing(self, response: set[int], points: str) -> None:
        assert score(self.question, frozenset(response)).points == Fraction(points)

    def test_true_or_false_is_scored_alike(self) -> None:
        question = TrueFalse(stem="Q", choices=(Choice(text="True"), Choice(text="False", correct=True)))
        assert [score(question, frozenset({place})).fraction for place in (0, 1)] == [0, 1]

    def test_two_picks_are_refused(self) -> None:
        with pytest.raises(ValueError, match="Only one choice"):
            score(self.question, frozenset({0, 1}))


class TestSeveralChoices:
    @pytest.mark.parametrize(
        ("response", "minus_wrong", "all_or_nothing", "right_only"),
        [
            (set(), "0", "0", "0"),
            ({0}, "1/3", "0", "1/3"),
            ({0, 1}, "2/3", "0", "2/3"),
            ({0, 1, 2}, "1", "1", "1"),
            ({0, 1, 3}, "1/3", "0", "2/3"),
            ({0, 1, 2, 3}, "2/3", "0", "1"),
            ({0, 3, 4}, "0", "0", "1/3"),
            ({0, 1, 2, 3, 4}, "1/3", "0", "1"),
            ({3}, "0", "0", "0"),
        ],
    )
    def test_each_rule_of_partial_credit(
        self, response: set[int], minus_wrong: str, all_or_nothing: str, right_only: str
    ) -> None:
        shares = [score(several(credit), frozenset(response)).fraction for credit in PartialCredit]
        assert shares == [Fraction(minus_wrong), Fraction(all_or_nothing), Fraction(right_only)]

    def test_thirds_add_up_to_exactly_one(self) -> None:
        assert sum(score(several(points="0.1"), frozenset({place})).points for place in (0, 1, 2)) == Fraction(1, 10)


class TestWhatTheStudentIsTold:
    feedback = Feedback(general="general", correct="correct", incorrect="incorrect")

    def test_only_a_wholly_right_response_gets_the_correct_feedback(self) -> None:
        question = replace(several(), feedback=self.feedback)
        told = [score(question, frozenset(response)).feedback for response in ({0, 1, 2}, {0, 1}, set())]
        assert told == [
            Feedback(general="general", correct="correct"),
            Feedback(general="general", incorrect="incorrect"),
            Feedback(general="general", incorrect="incorrect"),
        ]

    def test_the_feedback_of_a_choice_is_told_to_who_picked_it(self) -> None:
        choices = (Choice(text="a", feedback="of a"), Choice(text="b", correct=True, feedback="of b"))
        marks = score(MultipleChoice(stem="Q", choices=choices), frozenset({0})).choices
        assert [(mark.picked, mark.right, mark.feedback) for mark in marks] == [
            (True, False, "of a"),
            (False, True, ""),
        ]


class TestRefusals:
    @pytest.mark.parametrize("place", [-1, 5])
    def test_a_choice_that_is_not_there(self, place: int) -> None:
        with pytest.raises(ValueError, match=f"no choice at position {place}"):
            score(several(), frozenset({0, place}))

    def test_a_question_without_a_key(self) -> None:
        with pytest.raises(ValueError, match="no right choice"):
            score(MultipleResponse(stem="Q", choices=(WRONG, WRONG)), frozenset())

    def test_a_kind_without_a_rule(self) -> None:
        class Drawing(Question):
            kind = "drawing"

        with pytest.raises(TypeError, match="drawing"):
            score(Drawing(stem="Draw a cat."), frozenset())


class TestQuiz:
    quiz = Quiz(
        title="T",
        parts=(replace(several(points="2"), id="a"), replace(several(points="0.5"), id="b")),
        settings=Settings(pass_mark=Decimal("0.8")),
    )

    def test_the_points_of_the_questions_are_summed_exactly(self) -> None:
        result = score_quiz(self.quiz, {"a": frozenset({0, 1, 2}), "b": frozenset({0})})
        assert (result.points, result.possible) == (Fraction(13, 6), Decimal("2.5"))
        assert result.fraction == Fraction(13, 15)
        assert [one.is_right for one in result.scores] == [True, False]

    def test_what_was_not_answered_earns_nothing(self) -> None:
        assert score_quiz(self.quiz, {}).points == 0

    @pytest.mark.parametrize(("response", "passed"), [({0, 1, 2}, True), ({0, 1}, False)])
    def test_reaching_the_pass_mark_exactly_is_a_pass(self, response: set[int], passed: bool) -> None:
        assert score_quiz(self.quiz, {"a": frozenset(response)}).passed is passed

    def test_without_a_pass_mark_nobody_passes_or_fails(self) -> None:
        assert score_quiz(replace(self.quiz, settings=Settings()), {}).passed is None

    def test_a_quiz_in_which_nothing_can_be_earned_scores_nothing(self) -> None:
        assert score_quiz(Quiz(title="T", parts=()), {}).fraction == 0

    def test_a_response_to_no_question_of_the_quiz_is_refused(self) -> None:
        with pytest.raises(ValueError, match="'c'"):
            score_quiz(self.quiz, {"c": frozenset()})

    @pytest.mark.parametrize("ids", [("", "b"), ("b", "b")])
    def test_questions_without_ids_of_their_own_are_refused(self, ids: tuple[str, str]) -> None:
        first, second = self.quiz.questions
        quiz = replace(self.quiz, parts=(replace(first, id=ids[0]), replace(second, id=ids[1])))
        with pytest.raises(ValueError, match="id of its own"):
            score_quiz(quiz, {})


@given(st.data())
def test_whatever_is_answered_the_share_is_between_nothing_and_all(data: st.DataObject) -> None:
    question = data.draw(questions())
    response = data.draw(responses(question))
    result = score(question, response)
    assert 0 <= result.fraction <= 1
    assert result.points == result.fraction * Fraction(question.points)


@given(choice_questions())
def test_the_key_earns_all_and_no_answer_nothing(question: ChoiceQuestion) -> None:
    assert score(question, question.key).points == Fraction(question.points)
    assert score(question, frozenset()).points == 0


@given(st.data())
def test_the_order_of_the_choices_does_not_matter(data: st.DataObject) -> None:
    question = data.draw(choice_questions())
    response = data.draw(picks(question))
    order = data.draw(st.permutations(range(len(question.choices))))
    shuffled = replace(question, choices=tuple(question.choices[place] for place in order))
    moved = frozenset(order.index(place) for place in response)
    assert score(shuffled, moved).fraction == score(question, response).fraction


@given(st.data())
def test_all_or_nothing_earns_least_and_right_only_most(data: st.DataObject) -> None:
    response = data.draw(picks(several()))
    minus_wrong, all_or_nothing, right_only = (score(several(rule), response).fraction for rule in PartialCredit)
    assert all_or_nothing <= minus_wrong <= right_only


@given(st.data())
def test_a_quiz_earns_what_its_questions_earn(data: st.DataObject) -> None:
    quiz = draw(with_ids(data.draw(quizzes())), Random(data.draw(st.integers(0, 9))))
    answered = {question.id: data.draw(responses(question)) for question in quiz.questions}
    result = score_quiz(quiz, answered)
    assert result.points == sum(score(question, answered[question.id]).points for question in quiz.questions)
    assert result.possible == quiz.points


@given(st.fractions(min_value=-1000, max_value=1000), st.integers(0, 9))
def test_points_are_rounded_half_up_once_from_the_exact_value(points: Fraction, places: int) -> None:
    rounded = to_decimal(points, places)
    assert -rounded.as_tuple().exponent == places
    assert abs(Fraction(rounded) - points) <= Fraction(1, 2 * 10**places)
    assert abs(Fraction(rounded)) - abs(points) != -Fraction(1, 2 * 10**places)


@given(st.decimals(-1000, 1000, places=9), st.integers(0, 9))
def test_a_decimal_is_rounded_as_decimals_are(points: Decimal, places: int) -> None:
    assert to_decimal(points, places) == points.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


@pytest.mark.parametrize(
    ("points", "text"),
    [
        (Fraction(8, 3), "2.67"),
        (Fraction(1), "1"),
        (Decimal("0.50"), "0.5"),
        (Fraction(0), "0"),
        (Decimal(100), "100"),
        (Decimal("0.005"), "0.01"),
    ],
)
def test_points_are_written_as_people_write_them(points: Fraction | Decimal, text: str) -> None:
    assert format_points(points) == text
