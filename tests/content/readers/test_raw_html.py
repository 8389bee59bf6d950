"""What is taken out of the HTML of a text is reported, at the place where it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.prose import lost_attributes, to_html
from content.readers import read_text


def found_in(question: str) -> list[tuple[str, int, int]]:
    text = f"Quiz title: T\n\n1. Which?\n*a) yes\nb) no\n\n2. {question}\n*a) yes\nb) no\n"
    problems = read_text(text, "quiz.md").problems
    return [(one.code, one.source.line, one.source.column) for one in problems]


@pytest.mark.parametrize(
    ("markdown", "column"),
    [
        ('<b onclick="x()">this</b>', 7),
        ('<a href="javascript:alert(1)">this</a>', 7),
        ('<a href=" java&#115;cript:alert(1)">this</a>', 7),
        ('<a href="ftp://example.org">this</a>', 7),
        ('<span style="color: red; position: fixed">this</span>', 10),
        ("<p class=big>this</p>", 7),
        ('<img src="https://example.org/a.png" alt="a" onerror=x>', 49),
    ],
)
def test_an_attribute_that_is_taken_out_is_reported_where_it_stands(markdown: str, column: int) -> None:
    assert found_in(markdown) == [("html-lost", 7, column)]


@pytest.mark.parametrize(
    "markdown",
    [
        '<a href="https://example.org" title="t">this</a> and <a href="mailto:ann@example.org">that</a>',
        '<span style="color: red; font-weight: bold" lang="fr">this</span>',
        "`<b onclick=x>`, List<String a=b> and a<b c=d",
        "<!-- <b onclick=x> -->this",
        "    <b onclick=x>",
    ],
)
def test_what_is_kept_and_what_is_no_html_is_not_reported(markdown: str) -> None:
    assert found_in(f"Look:\n\n   {markdown}") == []


def test_what_is_taken_out_twice_of_a_part_is_reported_once() -> None:
    assert len(found_in("<b class=x>this</b> or <b class=y>that</b>")) == 1


@pytest.mark.xdist_group("raw html")  # handed out to one process at once: one by one, that costs more than they do
@pytest.mark.parametrize("tag", ["b", "a", "div", "span", "ol"])
@pytest.mark.parametrize("name", ["class", "dir", "href", "id", "lang", "onclick", "start", "style", "target", "title"])
@pytest.mark.parametrize(
    "value", ["x", "https://example.org", "JavaScript:x", "#x", "color: red", "left: 0", "//[x", "java\tscript:x"]
)
def test_just_what_the_sanitiser_takes_out_is_reported(tag: str, name: str, value: str) -> None:
    text = f'<{tag} {name}="{value}">x</{tag}>'
    kept = f'{name}="{value.replace(": ", ":")}"' in to_html(text).replace(": ", ":")
    assert lost_attributes(text) == (() if kept else ((tag, name),))


@given(st.text(st.sampled_from("<>/ab=\"'& \n!-x;:") | st.characters(), max_size=60))
def test_any_text_can_be_asked(text: str) -> None:
    assert all(tag and name for tag, name in lost_attributes(text))
