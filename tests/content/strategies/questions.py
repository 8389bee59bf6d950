"""Questions of every kind, without an id, that an LMS can take."""

from decimal import Decimal
from functools import cache
from typing import Any

from hypothesis import strategies as st

from content.numbers import MAX_DIGITS, Exact, Margin, NumericAnswer, PercentMargin, Range, SignificantDigits
from content.prose import to_html
from content.questions import (
    BLANK,
    Accepted,
    Blank,
    Choice,
    ChoiceQuestion,
    Dropdown,
    Dropdowns,
    Essay,
    Feedback,
    FileUpload,
    FillInBlanks,
    Matching,
    MultipleChoice,
    MultipleResponse,
    Numerical,
    Ordering,
    Pair,
    PartialCredit,
    Question,
    ShortAnswer,
    TextBlock,
    TrueFalse,
)
from content.typed_text import fold
from tests.content.strategies.texts import ids, lines, points, texts

Fields = dict[str, st.SearchStrategy[Any]]


@cache
def told() -> st.SearchStrategy[str]:
    """A feedback, or none."""
    return st.just("") | texts()


@cache
def _words() -> st.SearchStrategy[tuple[str, ...]]:
    words = lines().map(lambda line: line.replace(",", " ").strip()).filter(bool)
    return st.lists(words, max_size=2, unique=True).map(tuple)


@cache
def _common(*, classic: bool = False) -> Fields:
    """Return what all questions have; ``classic`` leaves out what targets that only know choices do not know."""
    fields: Fields = {
        "stem": texts(),
        "title": st.just("") | lines(),
        "points": points(),
        "feedback": st.builds(Feedback, general=told(), correct=told(), incorrect=told()),
        "tags": _words(),
    }
    more: Fields = {"hints": st.lists(texts(), max_size=2).map(tuple), "outcomes": _words()}
    return fields if classic else fields | more


@st.composite
def choices(draw: st.DrawFn, right: int | None = None) -> tuple[Choice, ...]:
    """Two to five choices of different texts; so many of them right, or any number from one up."""
    seen = texts().filter(lambda text: to_html(text, inline=True).strip() != "")
    wording = draw(st.lists(seen, min_size=2, max_size=5, unique_by=str.strip))
    count = right or draw(st.integers(1, len(wording)))
    key = draw(st.sets(st.integers(0, len(wording) - 1), min_size=count, max_size=count))
    return tuple(Choice(text=text, correct=place in key, feedback=draw(told())) for place, text in enumerate(wording))


def _are_true_and_false(choices: tuple[Choice, ...]) -> bool:
    return sorted(choice.text.lower() for choice in choices) == ["false", "true"]


@cache
@st.composite
def _true_and_false(draw: st.DrawFn) -> tuple[Choice, ...]:
    words, right = draw(st.permutations(["True", "False"])), draw(st.integers(0, 1))
    return tuple(Choice(text=word, correct=place == right, feedback=draw(told())) for place, word in enumerate(words))


@cache
def choice_questions(*, classic: bool = True) -> st.SearchStrategy[ChoiceQuestion]:
    """Questions with choices; ``classic`` as for `_common`."""
    common = _common(classic=classic)
    single = choices(right=1).filter(lambda drawn: not _are_true_and_false(drawn))
    credit = st.sampled_from(PartialCredit)
    return st.one_of(
        st.builds(MultipleChoice, choices=single, **common),
        st.builds(TrueFalse, choices=_true_and_false(), **common),
        st.builds(MultipleResponse, choices=choices(), partial_credit=credit, **common),
    )


@st.composite
def short_answers(draw: st.DrawFn) -> ShortAnswer:
    """Short answer questions, no two of whose answers are the same."""
    sensitive = draw(st.booleans())
    words = draw(st.lists(lines(), min_size=1, max_size=3, unique_by=lambda text: fold(text, case_sensitive=sensitive)))
    answers = tuple(Accepted(text=text, feedback=draw(told())) for text in words)
    return draw(st.builds(ShortAnswer, answers=st.just(answers), case_sensitive=st.just(sensitive), **_common()))


@cache
def numbers() -> st.SearchStrategy[Decimal]:
    """Numbers of every size and length that can stand in a quiz, each with the digits that it happens to have."""
    plain = st.decimals("-1e12", "1e12", places=6) | st.decimals("-100", "100", places=2)
    exact = st.builds(
        lambda sign, digits, power: Decimal((sign, tuple(map(int, str(digits))), power)),
        st.integers(0, 1),
        st.integers(0, 10**50 - 1),
        st.integers(-99, 40),
    ).filter(lambda number: abs(number.adjusted()) <= 99)
    return plain | exact | st.sampled_from([Decimal("1.50"), Decimal("1E+2"), Decimal("-0"), Decimal("1E-30")])


@cache
def numeric_answers() -> st.SearchStrategy[NumericAnswer]:
    """Answers of every form."""
    margins = numbers().map(abs)
    ends = st.tuples(numbers(), numbers()).map(sorted)
    return st.one_of(
        st.builds(Exact, value=numbers(), feedback=told()),
        st.builds(Margin, value=numbers(), margin=margins, feedback=told()),
        st.builds(PercentMargin, value=numbers(), percent=margins, feedback=told()),
        st.builds(lambda ends, told: Range(low=ends[0], high=ends[1], feedback=told), ends, told()),
        st.builds(SignificantDigits, value=numbers().filter(bool), digits=st.integers(1, MAX_DIGITS), feedback=told()),
    )


@cache
def numericals() -> st.SearchStrategy[Numerical]:
    """Numerical questions."""
    return st.builds(Numerical, answers=st.lists(numeric_answers(), min_size=1, max_size=3).map(tuple), **_common())


@st.composite
def matchings(draw: st.DrawFn) -> Matching:
    """Matching questions, some of whose pairs share a right side."""
    lefts = draw(st.lists(texts(), min_size=2, max_size=4, unique_by=str.strip))
    wording = draw(st.lists(lines(), min_size=1, max_size=5, unique_by=str.strip))
    rights = draw(st.lists(st.sampled_from(wording), min_size=len(lefts), max_size=len(lefts)))
    sides = zip(lefts, rights, strict=True)
    pairs = tuple(Pair(left=left, right=right, feedback=draw(told())) for left, right in sides)
    distractors = tuple(text for text in wording if text not in rights)
    return draw(st.builds(Matching, pairs=st.just(pairs), distractors=st.just(distractors), **_common()))


@cache
def orderings() -> st.SearchStrategy[Ordering]:
    """Ordering questions."""
    items = st.lists(texts(), min_size=2, max_size=5, unique_by=str.strip).map(tuple)
    return st.builds(Ordering, items=items, **_common())


@cache
@st.composite
def _stems_with_places(draw: st.DrawFn) -> tuple[str, list[str]]:
    text = draw(texts())
    name = ids().filter(lambda name: name not in BLANK.findall(text))
    names = draw(st.lists(name, min_size=1, max_size=3, unique=True))
    return f"{text} {' and '.join(f'[{name}]' for name in names)}", names


@st.composite
def fill_in_blanks(draw: st.DrawFn) -> FillInBlanks:
    """Questions with blanks."""
    stem, names = draw(_stems_with_places())
    sensitive = draw(st.booleans())
    answers = st.lists(lines(), min_size=1, max_size=3, unique_by=lambda text: fold(text, case_sensitive=sensitive))
    blanks = tuple(Blank(name=name, answers=tuple(draw(answers))) for name in names)
    fields = _common() | {"stem": st.just(stem)}
    return draw(st.builds(FillInBlanks, blanks=st.just(blanks), case_sensitive=st.just(sensitive), **fields))


@st.composite
def dropdowns(draw: st.DrawFn) -> Dropdowns:
    """Questions with dropdowns."""
    stem, names = draw(_stems_with_places())
    made = []
    for name in names:
        wording = draw(st.lists(lines(), min_size=2, max_size=4, unique_by=str.strip))
        right = draw(st.integers(0, len(wording) - 1))
        found = [Choice(text=text, correct=place == right, feedback=draw(told())) for place, text in enumerate(wording)]
        made.append(Dropdown(name=name, choices=tuple(found)))
    return draw(st.builds(Dropdowns, dropdowns=st.just(tuple(made)), **_common() | {"stem": st.just(stem)}))


@cache
def text_blocks() -> st.SearchStrategy[TextBlock]:
    """Texts between questions."""
    words = _words()
    return st.builds(TextBlock, stem=texts(), title=st.just("") | lines(), tags=words, outcomes=words)


@cache
def questions() -> st.SearchStrategy[Question]:
    """Questions of every kind that asks something."""
    return st.one_of(
        choice_questions(classic=False),
        short_answers(),
        numericals(),
        matchings(),
        orderings(),
        fill_in_blanks(),
        dropdowns(),
        st.builds(Essay, **_common()),
        st.builds(FileUpload, **_common()),
    )


@cache
@st.composite
def questions_to_review(draw: st.DrawFn) -> MultipleChoice:
    """Questions that wait for review: there may be no choices, no key, several keys or empty texts."""
    text = told()
    choice = st.builds(Choice, text=text, correct=st.booleans(), feedback=text)
    drawn = draw(st.lists(choice, max_size=4).map(tuple).filter(lambda drawn: not _are_true_and_false(drawn)))
    return draw(st.builds(MultipleChoice, choices=st.just(drawn), needs_review=lines(), **_common() | {"stem": text}))
