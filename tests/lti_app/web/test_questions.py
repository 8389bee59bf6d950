"""What pages show of questions."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.questions import Essay
from content.scoring import score_quiz
from lti_app.web.questions import Mark, SavedAnswer, ask, preview, review
from tests.lti_app.web.quizzes import PARTLY_RIGHT, SEA, without_key

NOTHING = Mark(icon="none", word="")


def picks(responses: dict[str, list[int]]) -> dict[str, frozenset[int]]:
    return {question_id: frozenset(places) for question_id, places in responses.items()}


responses = st.fixed_dictionaries(
    {},
    optional={
        "depth": st.sampled_from([[0], [1]]),
        "salts": st.lists(st.integers(0, 3), unique=True),
        "wet": st.sampled_from([[0], [1]]),
    },
)


@given(responses)
def test_a_question_is_asked_the_same_whatever_its_key(answers: dict[str, list[int]]) -> None:
    saved = {question_id: SavedAnswer(picked=picked, sequence=1) for question_id, picked in picks(answers).items()}
    asked = ask(SEA, saved, 1)
    assert asked == ask(without_key(SEA), saved, 1)
    assert {question.id for question in asked if question.answered} == {name for name, got in answers.items() if got}


@given(responses)
def test_without_the_key_only_ones_own_picks_are_marked(answers: dict[str, list[int]]) -> None:
    score = score_quiz(SEA, picks(answers))
    for question in review(SEA, score, 1, show_key=False):
        for choice in question.choices:
            assert (choice.mark != NOTHING) is choice.picked
            assert choice.picked or choice.feedback == ""


@given(responses)
def test_with_the_key_every_right_choice_and_every_pick_is_marked_in_words(answers: dict[str, list[int]]) -> None:
    score = score_quiz(SEA, picks(answers))
    for question, marked in zip(SEA.questions, review(SEA, score, 1, show_key=True), strict=True):
        for place, choice in enumerate(marked.choices):
            right = place in question.key  # type: ignore[attr-defined]
            expected = {
                (True, True): Mark(icon="right", word="Your answer, right"),
                (True, False): Mark(icon="wrong", word="Your answer, wrong"),
                (False, True): Mark(icon="missed", word="Right answer"),
                (False, False): NOTHING,
            }
            assert choice.mark == expected[choice.picked, right]


def test_the_verdict_is_a_word() -> None:
    score = score_quiz(SEA, picks(PARTLY_RIGHT))
    verdicts = [question.verdict.word for question in review(SEA, score, 1, show_key=True) if question.verdict]
    assert verdicts == ["Wrong", "Partly right", "Right"]


def test_a_preview_tells_every_feedback_and_no_verdict() -> None:
    first, *_ = preview(SEA)
    assert [choice.feedback for choice in first.choices] == ["<p>TOLD-SHALLOW</p>", "<p>TOLD-DEEP</p>"]
    assert [told.label for told in first.feedback] == ["Told when right", "Told when not right", "Told always"]
    assert (first.verdict, first.points) == (None, None)


def test_a_kind_that_has_no_page_yet_is_not_left_out_in_silence() -> None:
    quiz = replace(SEA, parts=(*SEA.questions, Essay(id="essay", stem="Write.")))
    with pytest.raises(TypeError, match="essay"):
        ask(quiz, {}, 1)


def test_shuffled_choices_stand_in_one_order_for_each_attempt_and_are_reviewed_in_it() -> None:
    quiz = replace(SEA, settings=replace(SEA.settings, shuffle_answers=True))
    score = score_quiz(quiz, {})
    orders = set()
    for seed in range(20):
        asked = ask(quiz, {}, seed)
        assert asked == ask(quiz, {}, seed)
        for question, marked in zip(asked, review(quiz, score, seed, show_key=True), strict=True):
            assert [choice.text for choice in question.choices] == [choice.text for choice in marked.choices]
        orders.add(tuple(choice.place for choice in asked[1].choices))
        assert [choice.place for choice in asked[2].choices] == [0, 1]  # true and false
    assert len(orders) > 5
    assert all(sorted(order) == [0, 1, 2, 3] for order in orders)
