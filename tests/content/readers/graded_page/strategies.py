"""Quizzes as graded pages can hold them, and the styles of pages, for hypothesis."""

from decimal import Decimal

from hypothesis import strategies as st

from content.questions import Choice, ChoiceQuestion, MultipleChoice, MultipleResponse, TrueFalse
from content.quiz import Quiz, Settings
from tests.content.readers.graded_page.pages import LAYOUTS, Style

OPENINGS = (
    *("A", "The", "One", "Only", "O", "Or", "True", "Yes", "2", "10", "It is"),
    *("**Bold**", "`O = 1`", "“Quoted”", "<i>So</i>", "$x^2$", "(a)", "É", "日本"),
)
WORDS = (
    *("model", "data", "is correct", "Correct", "x < 3", "f(x) = 1/2", "`tf.data`", "**sure**", "don’t", "____", "2^n"),
    *("point", "1 point", "the O ring", "true", "& co", "a_b", "[link](#)", "e.g.", "two  spaces", "100%", "*so*"),
)


@st.composite
def phrases(draw: st.DrawFn, end: str = "") -> str:
    """Some words, the first of which begins a sentence and the last of which ends one."""
    words = [draw(st.sampled_from(OPENINGS)), *draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6)), "item"]
    return " ".join(words) + end


@st.composite
def feedbacks(draw: st.DrawFn, lines: int) -> str:
    """Nothing, one line, or several lines and paragraphs of feedback."""
    told = draw(st.lists(phrases(end="."), max_size=lines))
    praise = draw(st.sampled_from(["Correct! ", "That's right! ", "Correct: ", "Right on track! ", ""]))
    return praise + draw(st.sampled_from(["\n", "\n\n"])).join(told) if told else ""


@st.composite
def questions(draw: st.DrawFn, lines: int) -> ChoiceQuestion:
    """A question with a key; feedback of so many lines for what is right, as only that was selected."""
    points = draw(st.sampled_from([Decimal(1), Decimal(2), Decimal("0.5"), Decimal("1.25")]))
    stem = draw(phrases())
    kind = draw(st.sampled_from([TrueFalse, MultipleChoice, MultipleResponse]))
    if kind is TrueFalse:
        texts = draw(st.permutations(["True", "False"]))
    else:
        texts = draw(st.lists(phrases(), min_size=2, max_size=5, unique=True))
    if kind is MultipleResponse:
        right = draw(st.sets(st.integers(0, len(texts) - 1), min_size=1))
        stem += draw(st.sampled_from([" (Select all that apply)", ". Check all that apply."]))
    else:
        right = {draw(st.integers(0, len(texts) - 1))}
        stem += "?"
    choices = tuple(
        Choice(text=text, correct=place in right, feedback=draw(feedbacks(lines)) if place in right else "")
        for place, text in enumerate(texts)
    )
    return kind(stem=stem, choices=choices, points=points)


@st.composite
def quizzes(draw: st.DrawFn, lines: int = 1) -> Quiz:
    """A quiz of up to four questions."""
    pass_mark = draw(st.sampled_from([None, Decimal("0.8"), Decimal("0.755")]))
    asked = draw(st.lists(questions(lines), min_size=1, max_size=4))
    return Quiz(title="Week 3: Serving", parts=tuple(asked), settings=Settings(pass_mark=pass_mark))


SIGNS = (
    ("☒", "☐"),
    ("☑", "☐"),
    ("●", "○"),
    ("[x]", "[ ]"),
    ("(*)", "( )"),
    ("<b>☑</b>", "<b>☐</b>"),
)
GLUED = (("☒", "☐"), ("☑", "□"), ("●", "○"))
MARKS = ("✔ **Correct**", "**Correct**", "✓ Correct", "<b>Correct</b>", "✅ Correct", "Correct")


@st.composite
def styles(draw: st.DrawFn) -> Style:
    """Any layout, with any signs."""
    layout = draw(st.sampled_from(sorted(LAYOUTS)))
    selected, empty = draw(st.sampled_from(GLUED if layout == "run together" else SIGNS))
    return Style(
        layout=layout,
        selected=selected,
        empty=empty,
        number=draw(st.sampled_from(["{}. ", "{}) ", "**{}.** ", "{}\\. ", "Question {}: "])),
        points=draw(st.sampled_from(["{0} / {0} point", "{0}/{0} points", "({0} / {0} point)", "{0} of {0} points"])),
        mark=draw(st.sampled_from(MARKS)),
        heading=draw(st.sampled_from(["{}", "## {}", "**{}**", "# **{}**"])),
        newline=draw(st.sampled_from(["\n", "\r\n", "\r"])),
        space=draw(st.sampled_from([" ", "\xa0"])),
        blank_lines=draw(st.integers(1, 3)),
    )
