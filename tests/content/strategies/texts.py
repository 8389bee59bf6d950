"""Texts in all the variety that quiz text can say.

All are as a reader leaves them: without white space around them and without characters that XML cannot hold. Among
them are lines that look like marks of quiz text, code, blank lines, formulas, HTML and right-to-left text.
"""

from decimal import Decimal
from functools import cache

from hypothesis import strategies as st

from content.quiz import is_valid_id

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
    *("-> to", "a -> b", "\\-> c", "->", "> a -> b", "~ item", "<> [x] y", "{*} [x] y", "{ }", "? hint"),
    *("SECTION", "END_SECTION", "Text title: z", "time limit: 5", "[sic] [name] [1]"),
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
        "\ufeff",
    ),
)

FORBIDDEN = [*map(chr, range(32)), *map(chr, range(127, 160)), "\ufffe", "\uffff"]
# tabs and line ends come with the tricky lines

CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters=FORBIDDEN)


def _settled(text: str) -> str:
    return text.strip(" \t\n")


@cache
def lines() -> st.SearchStrategy[str]:
    """Texts of one line, never empty."""
    tricky = st.sampled_from([line for line in map(_settled, TRICKY_LINES) if line.strip()])
    free = st.text(CHARACTERS, min_size=1, max_size=30).map(_settled).filter(lambda line: bool(line.strip()))
    return free | tricky


@cache
def texts() -> st.SearchStrategy[str]:
    """Markdown of one or several lines, never empty."""
    inner = st.lists(st.sampled_from(TRICKY_LINES) | st.text(CHARACTERS, max_size=30), min_size=1, max_size=6)
    several = inner.map("\n".join).map(_settled).filter(lambda text: bool(text.strip()))
    return lines() | several


@cache
def ids() -> st.SearchStrategy[str]:
    """Valid ids."""
    return st.from_regex(r"\A[A-Za-z][A-Za-z0-9]{0,8}(?:[_-][A-Za-z0-9]{1,5}){0,3}\Z").filter(is_valid_id)


@cache
def points() -> st.SearchStrategy[Decimal]:
    """Points of a question: whole, in quarters, or any decimal number."""
    return st.decimals("0.001", "999", places=3) | st.sampled_from([Decimal(1), Decimal("2.50"), Decimal("0.25")])
