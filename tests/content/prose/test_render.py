import html
import subprocess
import sys
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from content.characters import drop_forbidden
from content.prose import to_html, to_plain
from content.prose.render import _rendered
from tests.content.strategies import CHARACTERS, texts
from tests.stopwatch import cpu_seconds


class TestMarkdown:
    @pytest.mark.parametrize(
        ("markdown", "made"),
        [
            ("plain", "<p>plain</p>"),
            ("  spaced \n", "<p>spaced</p>"),
            ("", ""),
            ("AT&T: 3 < 5 > 2, \"so\" 'it' is", "<p>AT&amp;T: 3 &lt; 5 &gt; 2, \"so\" 'it' is</p>"),
            ("**bold** _em_ `a<b`", "<p><strong>bold</strong> <em>em</em> <code>a&lt;b</code></p>"),
            ("one\n\ntwo", "<p>one</p>\n<p>two</p>"),
            ("~~struck~~", "<p><del>struck</del></p>"),
            ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
            ("# heading", "<h1>heading</h1>"),
            ("[to](https://x.org/?a=1&b=2)", '<p><a href="https://x.org/?a=1&amp;b=2">to</a></p>'),
            ("![a cat](img/cat.png)", '<p><img src="img/cat.png" alt="a cat"></p>'),
            ("مرحبا **بالعالم**", "<p>مرحبا <strong>بالعالم</strong></p>"),
        ],
    )
    def test_it_becomes_html(self, markdown: str, made: str) -> None:
        assert to_html(markdown) == made

    def test_a_table_keeps_the_alignment_of_its_columns(self) -> None:
        made = to_html("| a | b |\n|---|--:|\n| 1 | 2 |")
        assert '<td style="text-align:right">2</td>' in made
        assert "<td>1</td>" in made

    def test_code_keeps_its_white_space_and_gets_its_colours_inline(self) -> None:
        made = to_html("```python\n\nif x:\n\ty = '<b>'\n\n    z\n```")
        assert made.startswith("<pre><code>")
        assert "<code>\n<span style" in made
        assert "class=" not in made
        assert to_plain("```python\n\nif x:\n\ty = '<b>'\n\n    z\n```") == "if x:\n\ty = '<b>'\n\n    z"

    @pytest.mark.parametrize("info", ["{.python .numberLines}", "python3", "Python"])
    def test_the_language_of_code_is_found_as_text2qtis_users_write_it(self, info: str) -> None:
        assert "color:" in to_html(f"```{info}\nif x:\n    y\n```")

    @pytest.mark.parametrize("info", ["", "nonesuch", "{}"])
    def test_code_in_no_known_language_stays_plain(self, info: str) -> None:
        assert to_html(f"```{info}\nif x < y:\n    z\n```") == "<pre><code>if x &lt; y:\n    z\n</code></pre>"

    def test_very_long_code_stays_plain(self) -> None:
        assert "style" not in to_html("```python\n" + "if x: y\n" * 5000 + "```")


class TestBlanks:
    @pytest.mark.parametrize(
        "text", ["____", "The ____ of ____.", "The (____)/(____).", "___x___", "a____b____c", "____ **is** ____"]
    )
    def test_underscores_that_leave_room_for_an_answer_survive(self, text: str) -> None:
        assert to_plain(text).count("_") == text.count("_")
        assert "<em>" not in to_html(text)

    def test_a_line_of_underscores_is_no_rule_across_the_page(self) -> None:
        assert to_html("Fill in:\n\n_____\n\nand go") == "<p>Fill in:</p>\n<p>_____</p>\n<p>and go</p>"

    def test_a_line_of_hyphens_is(self) -> None:
        assert to_html("a\n\n---\n\nb") == "<p>a</p>\n<hr>\n<p>b</p>"


class TestInline:
    @pytest.mark.parametrize(
        ("markdown", "made"),
        [
            ("plain", "plain"),
            ("**bold**", "<strong>bold</strong>"),
            ("two\nlines", "two\nlines"),
            ("one\n\ntwo", "<p>one</p>\n<p>two</p>"),
            ("> 5", "&gt; 5"),
            ("- 5", "- 5"),
            ("+", "+"),
            ("1986. A year", "1986. A year"),
            ("# of *all*", "# of <em>all</em>"),
            ("<p>a</p><p>b</p>", "<p>a</p><p>b</p>"),
        ],
    )
    def test_a_choice_comes_without_a_paragraph_and_one_line_is_no_block(self, markdown: str, made: str) -> None:
        assert to_html(markdown, inline=True) == made


class TestTex:
    @pytest.mark.parametrize(
        ("markdown", "made"),
        [
            ("$x^2 < 3$", r"<p>\(x^2 &lt; 3\)</p>"),
            (r"\(a_1 * b_2 * c\)", r"<p>\(a_1 * b_2 * c\)</p>"),
            ("is $$x$$ so", r"<p>is \[x\] so</p>"),
            (r"\[x\]", r"<p>\[x\]</p>"),
            ("$$\na\n- b\n\\\\ c\n$$", "<p>\\[a\n- b\n\\\\ c\\]</p>"),
            ("so\n\\[\na\n\\]\nand", "<p>so</p>\n<p>\\[a\\]</p>\n<p>and</p>"),
            ("> $$\n> a\n> $$", "<blockquote>\n<p>\\[a\\]</p>\n</blockquote>"),
            ("$a$ and $b$", r"<p>\(a\) and \(b\)</p>"),
            ("$$x$$ is good\nand $$y$$", "<p>\\[x\\] is good\nand \\[y\\]</p>"),
            ("- $$ a\n- b $$", "<ul>\n<li>$$ a</li>\n<li>b $$</li>\n</ul>"),
        ],
    )
    def test_a_formula_comes_as_canvas_and_moodle_show_it(self, markdown: str, made: str) -> None:
        assert to_html(markdown) == made

    @pytest.mark.parametrize(
        "text",
        ["$5 and $6", "US$ 5", "5 $ and 6 $", "`$x$`", "$", "$$", "$$$$", r"\$5\$", "$20,000-$30,000", "$$ a\n\n$$"],
    )
    def test_a_price_or_a_lone_dollar_is_no_formula(self, text: str) -> None:
        assert "\\(" not in to_html(text)
        assert "\\[" not in to_html(text)

    @pytest.mark.parametrize(
        ("text", "made"),
        [
            ("At $5 each, $x$ cost $50", r"<p>At $5 each, \(x\) cost $50</p>"),
            ("$6 for `$x$`, or $y$", r"<p>$6 for <code>$x$</code>, or \(y\)</p>"),
        ],
    )
    def test_a_price_before_a_formula_leaves_the_formula_whole(self, text: str, made: str) -> None:
        assert to_html(text) == made

    @pytest.mark.parametrize(("text", "made"), [(r"\\(x\\)", "<p>\\(x\\)</p>"), (r"\(x", "<p>(x</p>")])
    def test_an_escaped_or_endless_formula_is_text(self, text: str, made: str) -> None:
        assert to_html(text, math="mathml") == made

    def test_as_mathml_it_is_a_math_element(self) -> None:
        made = to_html(r"$\frac{a}{2} < \text{<b>}$", math="mathml")
        root = etree.fromstring(made)
        assert [etree.QName(node).localname for node in root.iter()][:4] == ["p", "math", "mrow", "mfrac"]
        assert "".join(root.itertext()) == "a2<<b>"

    def test_as_mathml_display_is_a_block(self) -> None:
        assert 'display="block"' in to_html("$$x$$", math="mathml")

    @pytest.mark.parametrize("tex", [r"\foo{x}", r"\frac{1}", "{", r"\left(", "{" * 3000])
    def test_tex_that_mathml_cannot_say_is_shown_as_it_was_written(self, tex: str) -> None:
        assert to_html(f"${tex}$", math="mathml") == f"<p><code>{html.escape(tex)}</code></p>"

    def test_authors_cannot_write_mathml_themselves(self) -> None:
        assert to_html("<math><mi>x</mi></math>", math="mathml").startswith("<p>&lt;math&gt;")


class TestHtml:
    @pytest.mark.parametrize(
        "raw",
        [
            "<i>x</i>",
            "<sub>2</sub>",
            '<span lang="he" dir="rtl">x</span>',
            '<span style="color:red">x</span>',
            '<a href="mailto:a@b.c">x</a>',
        ],
    )
    def test_what_both_lmss_keep_passes(self, raw: str) -> None:
        assert to_html(f"a {raw} b") == f"<p>a {raw} b</p>"

    @pytest.mark.parametrize(
        ("raw", "kept"),
        [
            ('<b onclick="x()">b</b>', "<b>b</b>"),
            ('<a href="javascript:x()">b</a>', "<a>b</a>"),
            ('<img src="data:image/png;base64,AA" alt="b">', '<img alt="b">'),
            ('<span style="position:fixed;color:red">b</span>', '<span style="color:red">b</span>'),
            ('<p id="x" class="y">b</p>', "<p>b</p>"),
            ("<b>b", "<b>b</b>"),
            ("b<!-- c -->", "b"),
        ],
    )
    def test_what_they_would_refuse_is_taken_away(self, raw: str, kept: str) -> None:
        assert to_html(raw, inline=True) == kept

    @pytest.mark.parametrize(
        "text",
        [
            "List<String>",
            "What does <script>alert(1)</script> do?",
            "<script>\nalert(1)\n</script>",
            "<iframe src='x'></iframe>",
            "#include <stdio.h>",
            "<?php echo 1; ?>",
            "<!DOCTYPE html>",
            "<style>\nb {}\n</style>",
            "<!-- endless",
            "<T>\n\nx",
            "<svg onload=alert(1)>",
        ],
    )
    def test_any_other_tag_is_shown_as_it_was_written(self, text: str) -> None:
        assert to_plain(text, inline=True).split() == text.split()

    def test_a_line_that_begins_with_such_a_tag_is_a_paragraph(self) -> None:
        assert to_html("<main>\n*a*\n</main>") == "<p>&lt;main&gt;\n<em>a</em>\n&lt;/main&gt;</p>"

    def test_entities_become_characters(self) -> None:
        assert to_html("a&nbsp;&copy;&hellip; &amp;nbsp; &lt;") == "<p>a\xa0©… &amp;nbsp; &lt;</p>"


class TestPlain:
    @pytest.mark.parametrize(
        ("markdown", "plain"),
        [
            ("a < b & **c**", "a < b & c"),
            ("one\n\ntwo", "one\ntwo"),
            ("a<br>b", "a\nb"),
            ('![a "cat"](c.png) and [dog](d)', 'a "cat" and dog'),
            ("$x^2$ and $$y$$", "x^2 and y"),
            ("![graph of $x^2$](g.png)", "graph of x^2"),
            ("&lt;b&gt;", "<b>"),
            ("x\x00\ufffe", "x"),
            ("**x\x00**\x0b", "x"),
            ("**a\x85b\x7f**\x9f", "ab"),
            ("<div>a&#1;b&#127;</div>", "ab"),
        ],
    )
    def test_only_the_words_are_left(self, markdown: str, plain: str) -> None:
        assert to_plain(markdown) == plain

    def test_of_a_choice_the_first_character_is_kept(self) -> None:
        assert to_plain("> 5", inline=True) == "> 5"
        assert to_plain("- **5**", inline=True) == "- 5"


ALLOWED_URLS = ("http:", "https:", "mailto:")


class Inspector(HTMLParser):
    """Fails at whatever a browser could run."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in {
            "script",
            "style",
            "iframe",
            "object",
            "embed",
            "svg",
            "form",
            "input",
            "base",
            "link",
            "meta",
        }
        for name, value in attrs:
            assert not name.startswith("on")
            if name in ("href", "src") and ":" in (value or ""):
                assert (value or "").strip().lower().startswith(ALLOWED_URLS)


HOSTILE = st.sampled_from(
    [
        *(
            "<script>",
            "</script>",
            "<img src=x onerror=alert(1)>",
            "<a href=javascript:alert(1)>",
            "<svg/onload=x>",
            "<b",
        ),
        *("<math><mtext><table><mglyph><style>", "<!--", "-->", "<![CDATA[", "]]>", "<p title='</p><script>'>", "\\"),
        *(
            "](javascript:x)",
            "![",
            "[a]",
            "`",
            "```",
            "$",
            "$$",
            "\\(",
            "\\text{<script>}",
            "\\href{javascript:x}{y}",
            "\n",
        ),
        *(
            "&lt;script&gt;",
            "&#60;",
            "<a href='data:text/html,x'>",
            "<div style='background:url(x)'>",
            "  ",
            "> ",
            "- ",
        ),
    ]
)


@given(
    st.lists(HOSTILE | st.text(max_size=8), max_size=12).map("".join), st.booleans(), st.sampled_from(["tex", "mathml"])
)
def test_whatever_is_written_nothing_in_it_runs(markdown: str, inline: bool, math: str) -> None:
    made = to_html(markdown, inline=inline, math=math)  # type: ignore[arg-type]
    inspector = Inspector()
    inspector.feed(made)
    inspector.close()


@given(texts() | st.text(st.characters(max_codepoint=0x2FF)), st.booleans())
def test_what_is_made_can_stand_in_any_xml(markdown: str, inline: bool) -> None:
    for made in (to_html(markdown, inline=inline), to_plain(markdown, inline=inline)):
        element = etree.Element("x")
        element.text = made
        assert (etree.fromstring(etree.tostring(element)).text or "") == made


BEGINNINGS = (
    "- a",
    "+",
    "> a",
    "# a",
    "1. a",
    "1) a",
    "a\n===",
    "a\n---",
    "a | b\n:-|-",
    "a\n: b",
    "a \nb",
    "a  \nb",
    "a\n b",
)


@given(st.text(CHARACTERS | st.sampled_from("\n 1.)"), max_size=60) | st.sampled_from(BEGINNINGS), st.booleans())
def test_a_plain_text_takes_a_short_cut_to_the_same_html(text: str, inline: bool) -> None:
    assert to_html(text, inline=inline) == _rendered(text.strip(), inline, "tex")


@pytest.mark.parametrize("text", BEGINNINGS)
def test_the_beginning_of_a_line_is_seen_on_the_short_cut(text: str) -> None:
    assert to_html(text) == _rendered(drop_forbidden(text), False, "tex")


def test_a_quiz_without_markup_never_loads_the_parser() -> None:
    code = (
        "import sys; from content.prose import to_html, to_plain; from content.readers.quiz_text import read_quiz_text;"
        "to_html('What is 2 + 3, Ann\\nand Bob?'); to_html(''); to_html('> 5', inline=True); to_plain('plain');"
        "sys.exit('markdown_it' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_ten_thousand_plain_texts_take_no_time() -> None:
    texts = [f"What is {number} + 3, if {number} is a number (and not a letter)?" for number in range(10_000)]
    assert cpu_seconds(lambda: list(map(to_html, texts))) < 1


@pytest.mark.parametrize("piece", ["$a ", "\\(", "\\[\n", "$$ a\n", "___ ", "<!--", "$$", "[$", "<b", "`$"])
def test_hostile_prose_takes_linear_time(piece: str) -> None:
    def seconds(count: int) -> float:
        return cpu_seconds(lambda: to_html("x " + piece * count))

    seconds(100)
    assert seconds(8_000) < 24 * max(seconds(1_000), 0.01)  # quadratic would be 64 times
