from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.questions import ChoiceQuestion, MultipleResponse
from content.quizzes import bundled
from content.readers.quiz_text import read_quiz_text
from lti_app.demo.by_hand import Key, all_right, half_wrong, read_key

TEXT = """\
Quiz title: Ships

1. Which one floats?
a) A stone
*b) A boat
... Yes.
c) An anchor

points: 2.5
2. Which are ships? (Select all)
[*] Frigate
[ ] Lorry
[*] Ferry

3. Water is wet.
*a) True
b) False
"""

SINGLE = Key(Fraction(2), several=False, choices=[False, True, False])
SEVERAL = Key(Fraction(1), several=True, choices=[True, True, False, True])


def test_the_key_is_read_from_the_text() -> None:
    assert read_key(TEXT) == [
        Key(Fraction(1), several=False, choices=[False, True, False]),
        Key(Fraction(5, 2), several=True, choices=[True, False, True]),
        Key(Fraction(1), several=False, choices=[True, False]),
    ]


@pytest.mark.parametrize("path", bundled(), ids=lambda path: path.stem)
def test_the_keys_of_the_bundled_quizzes_are_those_that_the_reader_finds(path) -> None:
    text = path.read_text(encoding="utf-8")
    quiz = read_quiz_text(text, path.name).quiz
    assert quiz
    expected = [
        Key(Fraction(one.points), isinstance(one, MultipleResponse), [choice.correct for choice in one.choices])
        for one in quiz.questions
        if isinstance(one, ChoiceQuestion)
    ]
    assert read_key(text) == expected


@pytest.mark.parametrize(
    ("key", "picked", "points"),
    [
        (SINGLE, {1}, 2),
        (SINGLE, {0}, 0),
        (SINGLE, set(), 0),
        (SEVERAL, {0, 1, 3}, 1),
        (SEVERAL, {0, 1}, Fraction(2, 3)),
        (SEVERAL, {0, 1, 2}, Fraction(1, 3)),
        (SEVERAL, {0, 2}, 0),
        (SEVERAL, {2}, 0),  # never below nothing
        (SEVERAL, {0, 1, 2, 3}, Fraction(2, 3)),
        (SEVERAL, set(), 0),
    ],
)
def test_points(key: Key, picked: set[int], points: Fraction) -> None:
    assert key.score(picked) == points


@st.composite
def keys(draw: st.DrawFn) -> Key:
    choices = draw(st.lists(st.booleans(), min_size=2, max_size=6))
    several = draw(st.booleans())
    right = draw(st.integers(0, len(choices) - 1))
    if several:
        choices[right] = True
        choices[right - 1] = False
    else:
        choices = [place == right for place in range(len(choices))]
    return Key(Fraction(draw(st.integers(1, 5))), several, choices)


@given(st.lists(keys(), min_size=1, max_size=8))
def test_who_knows_everything_gets_all_and_who_errs_in_every_other_question_gets_those_between(
    quiz: list[Key],
) -> None:
    assert [key.score(picks) for key, picks in zip(quiz, all_right(quiz), strict=True)] == [key.points for key in quiz]
    for place, (key, picks) in enumerate(zip(quiz, half_wrong(quiz), strict=True)):
        assert picks  # an open question would be another thing than a wrong one
        assert (key.score(picks) < key.points) == (place % 2 == 0)
