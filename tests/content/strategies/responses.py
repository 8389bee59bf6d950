"""Responses that a question's page could send, none at all among them."""

from collections.abc import Mapping

from hypothesis import strategies as st

from content.numbers import write_number
from content.questions import (
    ChoiceQuestion,
    Dropdowns,
    FillInBlanks,
    Matching,
    MultipleResponse,
    Numerical,
    Ordering,
    Question,
    ShortAnswer,
    TextBlock,
)
from content.scoring import Picks, Response
from tests.content.strategies.texts import texts


@st.composite
def picks(draw: st.DrawFn, question: ChoiceQuestion) -> Picks:
    """Picks of choices, the empty one among them."""
    most = len(question.choices) if isinstance(question, MultipleResponse) else 1
    return draw(st.frozensets(st.integers(0, len(question.choices) - 1), max_size=most))


def responses(question: Question) -> st.SearchStrategy[Response]:
    """Responses to the question; those that are right are not rare."""
    if isinstance(question, TextBlock):
        return st.none()
    return st.none() | _given(question)


def _given(question: Question) -> st.SearchStrategy[Response]:
    match question:
        case ChoiceQuestion():
            return picks(question)
        case ShortAnswer():
            return _typed([answer.text for answer in question.answers])
        case Numerical():
            return _typed([write_number(bound) for answer in question.answers for bound in answer.bounds()])
        case Matching():
            place = st.none() | st.integers(0, len(question.rights) - 1)
            return st.tuples(*[place | st.just(key) for key in question.key])
        case Ordering():
            return st.permutations(range(len(question.items))).map(tuple)
        case FillInBlanks():
            return _by_name({blank.name: _typed(list(blank.answers)) for blank in question.blanks})
        case Dropdowns():
            return _by_name({one.name: st.integers(0, len(one.choices) - 1) for one in question.dropdowns})
        case _:
            return texts()


def _typed(right: list[str]) -> st.SearchStrategy[str]:
    accepted = st.sampled_from(right)
    return accepted | accepted.map(str.upper) | texts() | st.just("")


def _by_name(given: Mapping[str, st.SearchStrategy[object]]) -> st.SearchStrategy[Response]:
    return st.fixed_dictionaries({}, optional=dict(given))  # type: ignore[return-value]
