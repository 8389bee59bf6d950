"""Prose in items: XHTML and MathML that the schemas of all versions take, with all its words."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from content.questions import Feedback
from qti_export import export
from tests.content.strategies import texts
from tests.qti_export.packages import with_schemas_of_qti, xsd_errors
from tests.qti_export.qti.exported import TARGETS, codes, each_version, item_of, of
from tests.qti_export.quizzes import choices, multiple_choice, quiz

FORMULAS = (
    *(
        r"\frac{a}{b}",
        r"x^2_1",
        r"\sqrt[3]{x}",
        r"\sum_{i=1}^n i",
        r"\int_0^\infty e^{-x}\,dx",
        r"\vec{v} \cdot \hat{w}",
    ),
    *(
        r"\begin{matrix} a & b \\ c & d \end{matrix}",
        r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}",
        r"\left( x \right)",
    ),
    *(r"\begin{cases} x & y \\ z & w \end{cases}", r"\overline{AB}", r"\underbrace{x}_{n}", r"\text{if } x < 3 \& y"),
    *(
        r"\mathbb{R} \to \mathbf{x} \mathcal{L}",
        r"\color{red}{x}",
        r"\boxed{x}",
        r"\limsup_{x \to 0}",
        r"a \quad b \! c",
    ),
    *(r"\binom{n}{k}", r"\big( \Big[ \bigg\{", r"\displaystyle \frac12", r"\operatorname{arg} x", r"f'(x)", r"\not="),
    *(r"\begin{align} a &= b \\ c &= d \end{align}", r"\begin{array}{c|c} a & b \\ \hline c & d \end{array}"),
    *(r"\xcancel{x}", r"\hskip{x}", r"\raise{x}{y}", r"\colorbox{pink}{y}", r"\rule{x}{y}", r"\Huge", r"\hphantom{x}"),
    *(r"\negmedspace x \negthickspace", r"\color{1em}x", r"\colorbox{red}{y}", r"\moveleft{2pt}{y}", r"\shoveleft{x}"),
    *(
        r"\xrightarrow{n}",
        r"\phantom{x}y",
        r"\stackrel{!}{=}",
        r"\lfloor x \rfloor",
        r"\mathrm{d}x",
        r"\huge x",
        r"x \over y",
    ),
)

PIECES = (
    *(
        "<b>",
        "</b>",
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<ul>",
        "<ol start=3>",
        "<li>",
        "</li>",
        "</ul>",
        "<dl>",
        "<dt>",
    ),
    *(
        "<dd>",
        "</dl>",
        "<table>",
        "<tr>",
        "<td>",
        "<th scope=row>",
        "</td>",
        "</tr>",
        "</table>",
        "<caption>",
        "<thead>",
    ),
    *("<tfoot>", "<tbody>", "<colgroup><col>", "<blockquote>", "</blockquote>", "<pre>", "</pre>", "<code>", "<a>"),
    *("<a href='http://x/[]|%zz'>", "</a>", "<img src='a b.png' width=50% height=x>", "<del>", "<u>", "<br>", "<hr>"),
    *(
        "<span style='font-weight:bold; color:red'>",
        "<span dir=rtl lang=he>",
        "<p lang='no language'>",
        "<h3>",
        "</h3>",
    ),
    *("text ", "& ", "&lt;", "$x^2$", "\n\n", "\n", "<q>", "<kbd>", "<abbr title=x>", "<td colspan=0 rowspan=2>"),
)

HTML = st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map(lambda pieces: f"x{''.join(pieces)}")


def valid(question, target):
    return xsd_errors(export(of(question), target).data, ".zip")


def body(markdown, target="qti21"):
    return item_of(multiple_choice(stem=markdown), target).find("itemBody")


def told(markdown):
    return item_of(multiple_choice(feedback=Feedback(general=markdown)), "qti21").find("modalFeedback")


@with_schemas_of_qti
@hypothesis_settings(max_examples=40)
@given(HTML, HTML, st.sampled_from(TARGETS))
def test_any_html_becomes_valid_wherever_it_stands(one, other, target):
    feedback = Feedback(general=other)
    question = multiple_choice(stem=one, hints=(other,), feedback=feedback, choices=choices(f"*{one}", f"{other}!"))
    assert valid(question, target) == ""


@with_schemas_of_qti
@each_version
def test_formulas_are_valid_mathml(target):
    stem = "\n\n".join(f"${formula}$ and $${formula}$$" for formula in FORMULAS)
    assert valid(multiple_choice(stem=stem), target) == ""


def test_a_formula_keeps_its_letters_and_loses_only_what_mathml_2_does_not_know():
    question = multiple_choice(stem=r"$\raise{2pt}{y} \! \color{red}{x}$")
    [formula] = item_of(question, "qti21").iter("{*}math")
    assert words(formula) == "yx"
    assert formula.find(".//{*}mspace").get("width") == "-0.167em"
    assert formula.find(".//{*}mstyle").get("mathcolor") == "red"
    [loss] = export(of(question), "qti21").report.losses
    assert loss.sentence.endswith(": details of formulas.")


def words(element):
    return "".join("".join(element.itertext()).split())


@given(texts(), st.sampled_from(TARGETS))
def test_no_word_is_lost_or_doubled(markdown, target):
    from lxml import html

    from content.prose import to_html

    made = to_html(markdown, math="mathml")
    expected = words(html.fragment_fromstring(made, create_parent="div")) if made else ""
    feedback = item_of(multiple_choice(feedback=Feedback(general=f"{markdown}")), target).find("modalFeedback")
    shown = words(feedback) if feedback is not None else ""
    assert shown.replace("\ufeff", "") == expected.replace("\ufeff", "")


@each_version
def test_blanks_of_code_are_kept(target):
    code = "```\nif x:\n    y  = 1\n```"
    assert body(code, target).findtext("pre/code") == "if x:\n    y  = 1\n"


def test_a_formula_is_mathml_in_its_own_namespace():
    assert body("$x$").find("p/{http://www.w3.org/1998/Math/MathML}math") is not None


def test_text_between_blocks_gets_a_paragraph_for_a_body_holds_no_text():
    made = body("<div>a</div> b *c* <div>d</div>")
    assert [(child.tag, "".join(child.itertext()).strip()) for child in made][:3] == [
        ("div", "a"),
        ("p", "b *c*"),
        ("div", "d"),
    ]


def test_blocks_within_a_paragraph_become_lines_of_it():
    made = told("<b>a<p>b</p></b>")
    assert [child.tag for child in made.iter()][1:] == ["b", "br"] or "b" in {child.tag for child in made.iter()}
    assert words(made) == "ab"


def test_a_table_with_nothing_but_a_head_has_it_as_its_body():
    [table] = body("| a |\n|---|").iterfind("table")
    assert table.findtext("tbody/tr/th") == "a"


def test_alignment_of_a_table_is_kept():
    [table] = body("| a |\n|--:|\n| 1 |").iterfind("table")
    assert table.find("tbody/tr/td").get("align") == "right"


def test_a_picture_without_a_source_leaves_its_words():
    assert told("<img alt='a cat'>").text == "a cat"


@pytest.mark.parametrize(
    ("markdown", "lost"),
    [
        ("~~a~~", "strikethrough"),
        ("<u>a</u>", "underlining"),
        ("```python\nx = 1\n```", "colours"),
        ("3. a\n4. b", "list numbers"),
        ("<span dir=rtl>a</span>", "text direction"),
        (f"{'<span>' * 300}a{'</span>' * 300}", "deep nesting"),
        (f"{'<div>' * 3000}a", "deep nesting"),
    ],
)
def test_formatting_that_has_no_place_is_named(markdown, lost):
    [loss] = export(of(multiple_choice(stem=markdown)), "qti21").report.losses
    assert loss.sentence.endswith(f": {lost}.")
    assert words(body(markdown)).startswith(("a", "x=1"))


def test_text_direction_is_kept_where_the_version_has_a_word_for_it():
    assert body("<span dir=rtl>a</span>", "qti22").find("p/span").get("dir") == "rtl"
    assert codes(multiple_choice(stem="<span dir=rtl>a</span>"), "qti30") == []


@each_version
def test_hints_are_buttons_that_show_them(target):
    made = item_of(multiple_choice(hints=("Think *hard*.",)), target).find("itemBody")
    if target == "qti30":
        shown = made.find("div/details")
        assert shown.findtext("summary") == "Hint"
    else:
        shown = made.find("infoControl")
        assert shown.get("title") == "Hint"
    assert "".join(shown.itertext()).endswith("Think hard.")


@with_schemas_of_qti
@each_version
def test_a_stem_that_shows_nothing_still_has_a_body(target):
    assert valid(multiple_choice(stem="<!-- nothing -->"), target) == ""


@each_version
def test_titles_are_those_of_the_questions_or_their_numbers(target):
    named = item_of(multiple_choice(title="Cats & dogs", points=Decimal(2)), target)
    assert named.get("title") == "Cats & dogs"
    assert item_of(multiple_choice(), target).get("title") == "Question 1"
    assert quiz(multiple_choice()).title == "Week 1"


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("https://x.org/a?b=c&d#e", "https://x.org/a?b=c&d#e"),
        ("https://x.org/[a]|%zz#b#c", "https://x.org/%5Ba%5D%7C%25zz#b%23c"),
        ("https://x.org/ä ö", "https://x.org/%C3%A4%20%C3%B6"),
    ],
)
def test_links_become_valid_addresses(link, address):
    assert told(f'<a href="{link}">a</a>').find(".//a").get("href") == address


def test_a_link_that_leads_nowhere_leaves_its_words_and_is_reported():
    question = multiple_choice(stem='<a href="//x.org:port/">here</a>')
    assert words(item_of(question, "qti21").find("itemBody/p")) == "here"
    assert "formatting" in codes(question)
