from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.drawing import draw, draw_for
from content.questions import Choice, Essay, MultipleChoice, TextBlock
from content.quiz import Pool, Quiz, Section, Settings
from content.scoring import score_quiz
from tests.content.strategies import quizzes

YES = (Choice(text="a", correct=True), Choice(text="b"))
ASKED = tuple(MultipleChoice(stem="Q", id=f"q{number}", choices=YES) for number in range(9))
POOL = Pool(pick=3, questions=ASKED)


def test_a_student_gets_so_many_different_questions_in_file_order() -> None:
    questions = draw(Quiz(title="T", parts=(POOL,)), Random(1)).questions
    ids = [question.id for question in questions]
    assert len(set(ids)) == 3
    assert ids == sorted(ids)


def test_a_question_from_a_pool_is_worth_what_the_pool_says() -> None:
    questions = draw(Quiz(title="T", parts=(replace(POOL, points=Decimal("2.5")),)), Random(1)).questions
    assert [question.points for question in questions] == [Decimal("2.5")] * 3


def test_a_pool_in_a_section_is_drawn_and_everything_else_stays() -> None:
    essay = Essay(stem="Write.", id="essay")
    drawn = draw(Quiz(title="T", parts=(Section(title="S", parts=(POOL, essay)), essay)), Random(1))
    section, last = drawn.parts
    assert isinstance(section, Section)
    assert (len(section.parts), section.parts[-1], last) == (4, essay, essay)


def test_every_question_of_a_pool_is_drawn_for_somebody() -> None:
    quiz = Quiz(title="T", parts=(POOL,))
    assert {question for seed in range(50) for question in draw(quiz, Random(seed)).questions} == set(ASKED)


def test_a_pool_that_picks_more_than_it_has_is_refused() -> None:
    with pytest.raises(ValueError, match="larger than population"):
        draw(Quiz(title="T", parts=(replace(POOL, pick=10),)), Random(1))


def test_a_quiz_is_scored_only_as_a_student_got_it() -> None:
    with pytest.raises(ValueError, match="drawing"):
        score_quiz(Quiz(title="T", parts=(POOL,)), {})


@given(quizzes(), st.integers())
def test_the_same_seed_gives_the_same_quiz_and_every_quiz_the_same_points(quiz: Quiz, seed: int) -> None:
    drawn = draw(quiz, Random(seed))
    assert drawn == draw(quiz, Random(seed))
    assert drawn.points == quiz.points
    assert not drawn.pools


def test_questions_are_shuffled_among_their_neighbours_where_the_quiz_says_so() -> None:
    text = TextBlock(stem="Read.", id="text")
    section = Section(title="S", parts=ASKED[:4])
    parts = (*ASKED[4:7], text, *ASKED[7:], section)
    still = Quiz(title="T", parts=parts)
    moved = replace(still, settings=Settings(shuffle_questions=True))
    assert draw_for(still, 1).parts == parts
    drawn = [draw_for(moved, seed).parts for seed in range(9)]
    for one in drawn:
        assert one[3] == text
        assert set(one[:3]) == set(ASKED[4:7])
        assert isinstance(one[-1], Section)
        assert set(one[-1].parts) == set(section.parts)
    assert len({one[:3] for one in drawn}) > 1
    assert len({one[-1].parts for one in drawn}) > 1
    assert draw_for(moved, 3) == draw_for(moved, 3)
