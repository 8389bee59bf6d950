import pytest
from lxml import html

from content.forms import Prose

PROSE = Prose(lambda _name: None)


def names(markdown: str) -> list[str]:
    return [str(name) for name in html.fragment_fromstring(PROSE.block(markdown), "div").xpath(".//math/@aria-label")]


@pytest.mark.parametrize(
    ("tex", "name"),
    [
        ("x", "x"),
        (r"\lambda w^2", "λ w ^ 2"),
        (r"\frac{a+b}{c}", "(a + b) / c"),
        (r"\frac12", "1 / 2"),
        (r"x_i^{n+1}", "x _ i ^ (n + 1)"),
        (r"w_0", "w _ 0"),
        (r"\frac{1}{2}^2", "(1 / 2) ^ 2"),
        (r"\left(\frac{1}{2}\right)^2", "( 1 / 2 ) ^ 2"),
        (r"\overline{A+B}", "(A + B) ^ ―"),
        (r"A+\overline{B}", "A + B ^ ―"),
        (r"\binom{n}{k}", "( n; k )"),
        (r"\left(\frac{n}{k}\right)", "( n / k )"),
        (r"\sqrt{x+1}", "√ (x + 1)"),
        (r"\sqrt[3]{x}", "3 √ x"),
        (r"\sum_{i=1}^n i", "∑ _ (i = 1) ^ n i"),
        (r"\begin{matrix} a & b \\ c & d \end{matrix}", "a, b; c, d"),
        (r"x \phantom{y}", "x"),
        (r'a < b \text{ or "c"}', 'a < b or "c"'),
    ],
)
def test_a_formula_is_named_by_itself_in_one_line(tex: str, name: str) -> None:
    assert names(f"Take ${tex}$.") == [name]


def test_each_formula_has_its_own_name() -> None:
    assert names("$a$ and $$b$$") == ["a", "b"]


def test_a_formula_that_shows_nothing_has_no_name() -> None:
    assert names(r"$\phantom{x}$") == []


def test_a_formula_of_three_hundred_roots_stays_a_formula() -> None:
    shown = PROSE.inline("$" + r"\sqrt{" * 300 + "x" + "}" * 300 + "$")
    assert shown.startswith('<bdi dir="ltr"><math xmlns')


def test_a_formula_inside_of_code_is_no_formula() -> None:
    assert PROSE.inline("`<math></math>`") == '<code dir="ltr">&lt;math&gt;&lt;/math&gt;</code>'
