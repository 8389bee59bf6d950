"""What pages show of questions."""

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from content.forms import Prose
from content.quiz import Quiz
from content.scoring import Response, score_quiz
from lti_app.services.policy import WHOLE, Sight
from lti_app.web.asking import AskedQuestion, AskedStep, SavedAnswer, ask
from lti_app.web.questions import Mark, MarkedQuestion, Review, preview, review
from tests.lti_app.web.quizzes import PARTLY_RIGHT, SEA, without_key

NOTHING = Mark(icon="none", word="")
PROSE = Prose(lambda _name: None)


def picks(responses: dict[str, list[int]]) -> dict[str, Response]:
    return {question_id: frozenset(places) for question_id, places in responses.items()}


responses = st.fixed_dictionaries(
    {},
    optional={
        "depth": st.sampled_from([[0], [1]]),
        "salts": st.lists(st.integers(0, 3), unique=True),
        "wet": st.sampled_from([[0], [1]]),
    },
)


def questions_of(steps: tuple[AskedStep, ...]) -> list[AskedQuestion]:
    return [question for step in steps for question in step.questions]


def reviewed(quiz: Quiz, answers: dict[str, list[int]], seed: int = 1, *, sight: Sight = WHOLE) -> list[MarkedQuestion]:
    given = picks(answers)
    score = score_quiz(quiz, given)
    made = review(Review(quiz=quiz, seed=seed, responses=given, prose=PROSE, sight=sight), score)
    return [one for one in made if isinstance(one, MarkedQuestion)]


@given(responses)
def test_a_question_is_asked_the_same_whatever_its_key(answers: dict[str, list[int]]) -> None:
    saved = {name: SavedAnswer(response=picked, sequence=1) for name, picked in picks(answers).items()}
    asked = ask(SEA, saved, 1, PROSE)
    assert asked == ask(without_key(SEA), saved, 1, PROSE)
    answered = {question.id for question in questions_of(asked) if question.answered}
    assert answered == {name for name, got in answers.items() if got}


@given(responses)
def test_without_the_key_only_ones_own_picks_are_marked(answers: dict[str, list[int]]) -> None:
    for question in reviewed(SEA, answers, sight=replace(WHOLE, key=False)):
        assert question.key == ()
        for choice in question.choices:
            assert (choice.mark != NOTHING) is choice.picked
            assert choice.picked or choice.feedback == ""


@given(responses)
def test_of_ones_own_answers_the_same_is_shown_whatever_is_right(answers: dict[str, list[int]]) -> None:
    sight = replace(WHOLE, marks=False, feedback=False, key=False)
    shown = reviewed(SEA, answers, sight=sight)
    assert shown == reviewed(without_key(SEA), answers, sight=sight)
    for question in shown:
        picked = [place for place, choice in enumerate(question.choices) if choice.mark.word == "Your answer"]
        assert picked == sorted(answers.get(question.id, []))
        assert (question.verdict is None) is bool(picked)


@given(responses)
def test_right_or_wrong_is_shown_without_any_feedback(answers: dict[str, list[int]]) -> None:
    whole = reviewed(SEA, answers, sight=replace(WHOLE, key=False))
    for question, full in zip(
        reviewed(SEA, answers, sight=replace(WHOLE, feedback=False, key=False)), whole, strict=True
    ):
        assert question == replace(
            full, feedback=(), choices=tuple(replace(choice, feedback="") for choice in full.choices)
        )


def test_where_answers_may_not_be_seen_no_question_is_shown() -> None:
    assert reviewed(SEA, PARTLY_RIGHT, sight=replace(WHOLE, answers=False)) == []


@given(responses)
def test_with_the_key_every_right_choice_and_every_pick_is_marked_in_words(answers: dict[str, list[int]]) -> None:
    for question, marked in zip(SEA.questions, reviewed(SEA, answers), strict=True):
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
    verdicts = [question.verdict.word for question in reviewed(SEA, PARTLY_RIGHT) if question.verdict]
    assert verdicts == ["Wrong", "Partly right", "Right"]


def test_a_preview_tells_every_feedback_and_no_verdict() -> None:
    first, *_ = preview(SEA, PROSE)
    assert isinstance(first, MarkedQuestion)
    assert [choice.feedback for choice in first.choices] == ["<p>TOLD-SHALLOW</p>", "<p>TOLD-DEEP</p>"]
    assert [told.label for told in first.feedback] == ["Told when right", "Told when not right", "Told always"]
    assert (first.verdict, first.points) == (None, None)


CHOICE = r'<span class="prose" dir="auto">(.*?)</span></label>'


def test_shuffled_choices_stand_in_one_order_for_each_attempt_and_are_reviewed_in_it() -> None:
    quiz = replace(SEA, settings=replace(SEA.settings, shuffle_answers=True))
    orders = set()
    for seed in range(20):
        steps = ask(quiz, {}, seed, PROSE)
        assert steps == ask(quiz, {}, seed, PROSE)
        asked = questions_of(steps)
        for question, marked in zip(asked, reviewed(quiz, {}, seed), strict=True):
            shown = [str(choice.text) for choice in marked.choices]
            assert re.findall(CHOICE, question.controls) == shown
        salts, wet = ([choice.text for choice in question.choices] for question in SEA.questions[1:3])
        orders.add(tuple(re.findall(CHOICE, asked[1].controls)))
        assert re.findall(CHOICE, asked[2].controls) == wet  # true and false
    assert len(orders) > 5
    assert all(sorted(order) == sorted(salts) for order in orders)
