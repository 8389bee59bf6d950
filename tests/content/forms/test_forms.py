from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from content.forms import Fields, Prose, Shown, controls, key_of, response_of
from content.forms.orders import shown_order
from content.questions import FileUpload, Matching, Ordering, Pair, Question
from content.quiz import Quiz, Settings
from content.scoring import Response, score
from tests.content.forms.reading import fields_of, fill
from tests.content.strategies import choice_questions, questions
from tests.content.strategies.responses import responses

PROSE = Prose(lambda _name: None)
SHUFFLED = Quiz(title="T", parts=(), settings=Settings(shuffle_answers=True))


@st.composite
def answered(draw: st.DrawFn) -> tuple[Question, object, int]:
    question = replace(draw(questions()), id="q1")
    return question, draw(responses(question)), draw(st.integers(0, 99))


def form(question: Question, seed: int = 1, **given: object) -> str:
    return controls(question, Shown(quiz=SHUFFLED, prose=PROSE, seed=seed, **given))


def sent_back(question: Question, fields: Fields, seed: int) -> Response:
    return response_of(question, fields, SHUFFLED, seed)


@settings(max_examples=40, deadline=None)
@given(answered())
def test_what_is_filled_in_and_sent_scores_as_the_response_itself(case):
    question, response, seed = case
    again = sent_back(question, fill(question, response, SHUFFLED, seed), seed)
    assert score(question, again) == score(question, response)


@settings(max_examples=40, deadline=None)
@given(answered())
def test_a_form_that_comes_back_filled_sends_the_same_again(case):
    question, response, seed = case
    if isinstance(question, FileUpload):
        return  # no page may fill in a file
    sent = sent_back(question, fill(question, response, SHUFFLED, seed), seed)
    again = sent_back(question, fields_of(f"<div>{form(question, seed, response=sent)}</div>"), seed)
    if not isinstance(question, Ordering) or response is not None:
        assert score(question, again).fraction == score(question, response).fraction


@settings(max_examples=40, deadline=None)
@given(questions(), st.integers(0, 99))
def test_no_form_holds_a_word_of_its_key_or_feedback(question, seed):
    secrets = {"correct": "SECRET", "incorrect": "SECRET", "general": "SECRET"}
    told = replace(question, id="q1", feedback=replace(question.feedback, **secrets))
    assert "SECRET" not in form(told, seed)
    assert not html.fromstring(f"<div>{form(told, seed)}</div>").xpath("//*[contains(@class, 'right')]")


@pytest.mark.parametrize("seed", range(10))
@given(question=choice_questions())
@settings(max_examples=10, deadline=None)
def test_choices_are_sent_by_where_they_are_shown(question, seed):
    page = html.fromstring(f"<div>{form(replace(question, id='q1'), seed)}</div>")
    assert page.xpath("//input/@value") == [str(at) for at in range(len(question.choices))]


@pytest.mark.parametrize("seed", range(30))
def test_right_sides_and_items_are_sent_by_where_they_are_shown(seed):
    pairs = tuple(Pair(left=f"l{number}", right=f"r{number}") for number in range(5))
    matching = Matching(id="q1", stem="M", pairs=pairs)
    options = html.fromstring(form(matching, seed)).xpath("(//select)[1]/option[@value != '']")
    assert [option.get("value") for option in options] == ["0", "1", "2", "3", "4"]
    assert [option.text for option in options] == [f"r{place}" for place in shown_order(matching, seed)]
    ordering = Ordering(id="q1", stem="O", items=("a", "b", "c"))
    assert shown_order(ordering, seed) != (0, 1, 2)


@pytest.mark.parametrize("value", ["-1", "0", "9", "x", "1" * 20, "²"])
def test_what_no_form_sends_is_refused(value):
    ordering = Ordering(id="q1", stem="O", items=("a", "b"))
    with pytest.raises(ValueError, match="There is no choice"):
        sent_back(ordering, {"q.q1.0": [value]}, 1)


def test_items_without_a_place_come_last_and_nothing_is_answered_where_none_has_one():
    ordering = Ordering(id="q1", stem="O", items=("a", "b", "c"))
    first, second, third = shown_order(ordering, 1)
    assert sent_back(ordering, {"q.q1.1": ["1"]}, 1) == (second, first, third)
    assert sent_back(ordering, {"q.q1.0": ["2"], "q.q1.2": ["2"], "q.q1.1": ["3"]}, 1) == (first, third, second)
    assert sent_back(ordering, {"q.q1.0": [""]}, 1) is None


@settings(max_examples=40, deadline=None)
@given(questions())
def test_a_key_is_told_for_every_kind_that_has_one(question):
    assert bool(key_of(question, PROSE)) is (question.kind not in ("essay", "file_upload", "text_block"))
