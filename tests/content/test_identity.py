from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.identity import id_from_name, with_ids
from content.problem import Source
from content.questions import Essay
from content.quiz import Pool, Quiz, Section, is_valid_id
from tests.content.strategies import quizzes

Q = Essay(stem="Write.")


def ids(quiz: Quiz) -> list[str]:
    return [part.id for part in with_ids(quiz).all_parts]


def test_places_are_counted_through_groups_and_sections() -> None:
    parts = (Q, Section(parts=(Q, Pool(pick=1, questions=(Q, Q)))), Pool(pick=1, questions=(Q,)))
    assert ids(Quiz(title="T", parts=parts)) == ["q1", "section1", "q2", "pool1", "q3", "q4", "pool2", "q5"]


def test_an_authors_id_stays_and_is_given_to_nothing_else() -> None:
    assert ids(Quiz(title="T", parts=(Q, replace(Q, id="q1"), Q))) == ["q1-2", "q1", "q3"]
    assert ids(Quiz(title="T", parts=(Q, Pool(pick=1, id="q1", questions=(Q,))))) == ["q1-2", "q1", "q2"]


def test_a_quiz_is_named_after_its_file() -> None:
    quiz = Quiz(title="T", parts=(Q,), source=Source("quizzes/Week 3.md"))
    assert with_ids(quiz).id == "week-3"
    assert with_ids(replace(quiz, id="mine")).id == "mine"


@pytest.mark.parametrize(
    ("name", "id_"), [("week_3", "week-3"), ("3rd week", "quiz-3rd-week"), ("Übung", "ubung"), ("", "quiz")]
)
def test_a_name_becomes_an_id_that_people_know_it_by(name: str, id_: str) -> None:
    assert id_from_name(name) == id_


def test_names_that_lose_letters_keep_apart() -> None:
    names = ["первая", "вторая", "x" * 80, "x" * 81]
    assert len(set(map(id_from_name, names))) == 4


@given(st.text())
def test_every_name_becomes_a_valid_id(name: str) -> None:
    assert is_valid_id(id_from_name(name))


@given(quizzes())
def test_every_part_gets_an_id_of_its_own_and_nothing_else_changes(quiz: Quiz) -> None:
    named = with_ids(quiz)
    found = [part.id for part in named.all_parts]
    assert len(set(found)) == len(found)
    assert all(map(is_valid_id, [named.id, *found]))
    assert with_ids(named) == named
    given_ids = [(part.id, place) for place, part in enumerate(quiz.all_parts) if part.id]
    assert all(found[place] == id_ for id_, place in given_ids)


@given(quizzes())
def test_editing_a_word_changes_no_id(quiz: Quiz) -> None:
    def reworded(part: object) -> object:
        if isinstance(part, Section):
            return replace(part, title="New", parts=tuple(map(reworded, part.parts)))
        if isinstance(part, Pool):
            return replace(part, title="New", questions=tuple(map(reworded, part.questions)))
        return replace(part, stem="New")  # type: ignore[type-var]

    assert ids(replace(quiz, title="New", parts=tuple(map(reworded, quiz.parts)))) == ids(quiz)
