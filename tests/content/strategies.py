"""Quizzes, questions and responses for hypothesis, in all the variety that quiz text can say.

All texts are as a reader leaves them: Markdown without white space around it and without characters that XML cannot
hold. Among them are lines that look like marks of quiz text, code, blank lines, formulas, HTML and right-to-left text.
"""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from content.questions import (
    Choice,
    ChoiceQuestion,
    Feedback,
    MultipleChoice,
    MultipleResponse,
    PartialCredit,
    TrueFalse,
)
from content.quiz import Quiz, Settings, Shown, is_valid_id
from content.scoring import Response

TRICKY_LINES = (
    *(
        "1. a question",
        "a) a choice",
        "*b) right",
        "*a)",
        "[*] box",
        "[ ] box",
        "[]",
        "... told",
        "+ right",
        "- wrong",
        "…",
    ),
    *("% comment", "COMMENT", "END_COMMENT", "GROUP", "END_GROUP", "___", "^^^", "* x", "= 5 +- 1", "! solution"),
    *("Points: 3", "Quiz title: other", "id: x", "Text: y", "needs review: z", "Can't go back: true", "True", "false"),
    *("```python", "```", "    indented code", "\ttabbed code", "\t  \tmore", "   ", "", "", "~~~"),
    *("**bold** _em_ `code`", "$x^2 < 3$", "$$\\frac{1}{2}$$", "\\(y\\)", "____ of ____", "costs $5 and $6"),
    *("<b>bold</b> <script>alert(1)</script>", "List<String> & AT&T; a < b", "&amp; &lt; &nbsp;", "]]>", "<!-- c -->"),
    *("| a | b |", "|---|---|", "> 5", "1986. A year", "# heading", "- item", "\\*a) escaped\\", "![alt](img/x.png)"),
    *(
        "مرحبا بالعالم",
        "שלום",
        "\u202eabc\u202c",
        "日本語",
        "👩‍🔬",
        "e\u0301",
        "\xa0",
        "\u2028",
        "\x85",
        "\ufeff",
        "\x7f",
    ),
)

FORBIDDEN = [*map(chr, range(32)), "\ufffe", "\uffff"]  # tabs and line ends come with the tricky lines

CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters=FORBIDDEN)


def _settled(text: str) -> str:
    return text.strip(" \t\n")


def lines() -> st.SearchStrategy[str]:
    """Texts of one line, never empty."""
    tricky = st.sampled_from([line for line in map(_settled, TRICKY_LINES) if line.strip()])
    free = st.text(CHARACTERS, min_size=1, max_size=30).map(_settled).filter(lambda line: bool(line.strip()))
    return free | tricky


def texts() -> st.SearchStrategy[str]:
    """Markdown of one or several lines, never empty."""
    inner = st.lists(st.sampled_from(TRICKY_LINES) | st.text(CHARACTERS, max_size=30), min_size=1, max_size=6)
    several = inner.map("\n".join).map(_settled).filter(lambda text: bool(text.strip()))
    return lines() | several


def ids() -> st.SearchStrategy[str]:
    """Valid ids."""
    return st.from_regex(r"\A[A-Za-z][A-Za-z0-9]{0,8}(?:[_-][A-Za-z0-9]{1,5}){0,3}\Z").filter(is_valid_id)


def points() -> st.SearchStrategy[Decimal]:
    """Points of a question: whole, in quarters, or any decimal number."""
    return st.decimals("0.001", "999", places=3) | st.sampled_from([Decimal(1), Decimal("2.50"), Decimal("0.25")])


@st.composite
def choices(draw: st.DrawFn, right: int | None = None) -> tuple[Choice, ...]:
    """Two to five choices of different texts; so many of them right, or any number from one up."""
    wording = draw(st.lists(texts(), min_size=2, max_size=5, unique_by=str.strip))
    count = right or draw(st.integers(1, len(wording)))
    key = draw(st.sets(st.integers(0, len(wording) - 1), min_size=count, max_size=count))
    return tuple(
        Choice(text=text, correct=place in key, feedback=draw(st.just("") | texts()))
        for place, text in enumerate(wording)
    )


def _are_true_and_false(choices: tuple[Choice, ...]) -> bool:
    return sorted(choice.text.lower() for choice in choices) == ["false", "true"]


@st.composite
def _true_and_false(draw: st.DrawFn) -> tuple[Choice, ...]:
    words, right = draw(st.permutations(["True", "False"])), draw(st.integers(0, 1))
    told = st.just("") | texts()
    return tuple(Choice(text=word, correct=place == right, feedback=draw(told)) for place, word in enumerate(words))


def _common() -> dict[str, st.SearchStrategy[Any]]:
    tags = lines().map(lambda line: line.replace(",", " ").strip()).filter(bool)
    told = st.just("") | texts()
    return {
        "stem": texts(),
        "title": st.just("") | lines(),
        "points": points(),
        "feedback": st.builds(Feedback, general=told, correct=told, incorrect=told),
        "tags": st.lists(tags, max_size=2, unique=True).map(tuple),
    }


def questions() -> st.SearchStrategy[ChoiceQuestion]:
    """Questions of every kind, without an id, that an LMS can take."""
    single = choices(right=1).filter(lambda drawn: not _are_true_and_false(drawn))
    credit = st.sampled_from(PartialCredit)
    return st.one_of(
        st.builds(MultipleChoice, choices=single, **_common()),
        st.builds(TrueFalse, choices=_true_and_false(), **_common()),
        st.builds(MultipleResponse, choices=choices(), partial_credit=credit, **_common()),
    )


@st.composite
def questions_to_review(draw: st.DrawFn) -> MultipleChoice:
    """Questions that wait for review: there may be no choices, no key, several keys or empty texts."""
    text = st.just("") | texts()
    choice = st.builds(Choice, text=text, correct=st.booleans(), feedback=text)
    drawn = draw(st.lists(choice, max_size=4).map(tuple).filter(lambda drawn: not _are_true_and_false(drawn)))
    return draw(st.builds(MultipleChoice, choices=st.just(drawn), needs_review=lines(), **_common() | {"stem": text}))


def settings() -> st.SearchStrategy[Settings]:
    """All settings of a quiz."""
    share = st.none() | st.decimals(0, 1, places=4)
    flag = st.booleans()
    return st.builds(
        Settings,
        shuffle_answers=flag,
        show_answers=st.sampled_from([Shown.AFTER_SUBMISSION, Shown.NEVER]),
        one_question_at_a_time=flag,
        cant_go_back=flag,
        pass_mark=share,
    )


@st.composite
def quizzes(draw: st.DrawFn, *, review: bool = False) -> Quiz:
    """Quizzes of one to three questions, some of which have ids, and some of which may wait for review."""
    drawn = draw(st.lists(questions() | questions_to_review() if review else questions(), min_size=1, max_size=3))
    names = draw(st.lists(st.just("") | ids(), min_size=len(drawn), max_size=len(drawn)).filter(_no_name_twice))
    return Quiz(
        title=draw(lines()),
        parts=tuple(replace(question, id=name) for question, name in zip(drawn, names, strict=True)),
        id=draw(st.just("") | ids()),
        description=draw(st.just("") | texts()),
        settings=draw(settings()),
    )


def _no_name_twice(names: list[str]) -> bool:
    given = [name for name in names if name]
    return len(set(given)) == len(given)


@st.composite
def responses(draw: st.DrawFn, question: ChoiceQuestion) -> Response:
    """Responses that the question's page could send, the empty one among them."""
    most = len(question.choices) if isinstance(question, MultipleResponse) else 1
    return draw(st.frozensets(st.integers(0, len(question.choices) - 1), max_size=most))
