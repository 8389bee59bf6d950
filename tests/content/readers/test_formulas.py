r"""A formula that cannot be read as TeX is a warning at its place."""

import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.problem import Problem, Severity
from content.prose.mathml import to_mathml
from content.readers import read_text
from content.readers.formulas import PLAIN

CHOICES = "*a) yes\nb) no\n"


def problems(stem: str, choices: str = CHOICES) -> tuple[Problem, ...]:
    return read_text(f"Quiz title: Sums\n\n1. {stem}\n{choices}", "quiz.md").problems


@pytest.mark.parametrize(
    ("tex", "said"),
    [
        (r"\frac{1}", "argument"),
        (r"\frac{1}{2", "braces"),
        ("x}", "braces"),
        ("x^a^b", "superscripts"),
        ("x_a_b", "subscripts"),
        ("x^", "behind"),
        (r"\left(x", r"no \right"),
        (r"\begin{matrix}a", r"no \end"),
        (r"\fraction{1}{2}", r"\fraction"),
    ],
)
def test_a_formula_that_cannot_be_read_is_a_warning_that_says_why(tex: str, said: str) -> None:
    (problem,) = problems(f"Is ${tex}$ one?")
    assert (problem.severity, problem.code) == (Severity.WARNING, "bad-tex")
    assert said in problem.sentence
    assert f"'{tex}'" in problem.sentence
    assert str(problem.source) == "quiz.md:3:8"


@pytest.mark.parametrize("text", ["$$x^$$", r"\(x^\)", r"\[x^\]", "a\n\n   $$\n   x^\n   $$"])
def test_every_way_to_write_a_formula_counts(text: str) -> None:
    assert [problem.code for problem in problems(text)] == ["bad-tex"]


@pytest.mark.parametrize("text", ["costs $5, and $x^$", "$x$ and $y^$", "$y^$ and $x$", "$x$ $y^$ $z$"])
def test_one_that_can_be_read_hides_none_that_cannot(text: str) -> None:
    assert [problem.code for problem in problems(text)] == ["bad-tex"]


def test_each_text_is_looked_at_and_the_place_is_that_of_the_formula() -> None:
    found = problems("Which?", "*a) $x$\n... so $y^$\nb) $z_$\n")
    assert [str(problem.source) for problem in found] == ["quiz.md:5:9", "quiz.md:6:5"]


@pytest.mark.parametrize(
    "text",
    [
        "$x_1^2 + \\alpha$",
        r"$\frac{a}{b} = \sqrt{2}$",
        r"$\{x \mid x > \text{size}\}$",
        r"\[\begin{aligned}a&=b\\c&=d\end{aligned}\]",
        "from $5 to $6",
        r"`$x^$` and \$x^\$",
        "x^",
        "$x$ is a * b and $y$",
    ],
)
def test_what_can_be_read_or_is_no_formula_is_no_problem(text: str) -> None:
    assert problems(text) == ()


def test_a_long_formula_is_cut_in_the_problem() -> None:
    (problem,) = problems(f"${'x' * 500}^$")
    assert len(problem.sentence) < 200


@given(st.from_regex(PLAIN, fullmatch=True))
def test_a_formula_that_is_taken_for_plain_can_be_read(tex: str) -> None:
    if tex.strip():
        to_mathml(tex, display=False)


def test_a_hostile_formula_takes_time_that_grows_with_its_length() -> None:
    start = time.perf_counter()
    for unit in ("x", "x_1", "\\frac{a}", "{x", "(", "x ", "\\sqrt{x}^"):
        PLAIN.fullmatch(unit * 20_000 + "§")
    assert time.perf_counter() - start < 2


def test_plain_formulas_and_prices_load_nothing_that_takes_long() -> None:
    code = (
        "import sys; from content.readers import read_text;"
        "read_text('Quiz title: a\\n\\n1. $x_1$ for $5?\\n*a) x\\nb) y\\n', 'q.md');"
        "print([name for name in ('latex2mathml', 'lxml', 'pygments') if name in sys.modules])"
    )
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert made.stdout.strip() == "[]"
