"""Of an SVG only what draws is left."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from content.svg import safe_svg
from tests.content.pictures import SVG

XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'


def drawn(inside: str, root: str = "") -> str:
    made, cut = safe_svg(f'<svg xmlns="http://www.w3.org/2000/svg" {root}>{inside}</svg>'.encode())
    assert cut
    return made.decode()


def kept(inside: str, root: str = "") -> str:
    made, cut = safe_svg(f'<svg xmlns="http://www.w3.org/2000/svg" {root}>{inside}</svg>'.encode())
    assert not cut
    return made.decode()


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>",
        "<rect onclick='alert(1)'/>",
        "<rect ONCLICK='alert(1)'/>",
        "<image href='http://evil.org/x.png'/>",
        "<image href='x.png'/>",
        "<image href='data:image/svg+xml;base64,AAAA'/>",
        "<use xlink:href='http://evil.org/x.svg#a'/>",
        "<set attributeName='href' to='javascript:alert(1)'/>",
        "<animate attributeName='onclick' values='alert(1)'/>",
        "<rect fill='url(http://evil.org/#a)'/>",
        "<rect fill='url( \"x.svg#a\")'/>",
        "<rect style='fill:\\75rl(http://evil.org)'/>",
        "<style>@import 'http://evil.org/x.css';</style>",
        "<style>.a{background:image-set('x.png' 1x)}</style>",
        "<style>@font-face{src:url(//evil.org/f.woff)}</style>",
        "<a href='javascript:alert(1)'><text>x</text></a>",
        "<iframe xmlns='http://www.w3.org/2000/svg' src='http://evil.org'/>",
    ],
)
def test_what_runs_or_loads_something_is_taken_out(inside: str) -> None:
    made = drawn(inside, XLINK)
    for word in ("alert", "evil", "x.png", "x.svg", "script", "foreign", "onclick", "@import", "set(", "data:", "75rl"):
        assert word not in made.replace("xlink", "")


@pytest.mark.parametrize(
    "inside",
    [
        '<path d="M0 0L1 1" style="fill:url(#g);stroke:red" transform="rotate(3)"/>',
        "<rect fill=\"url('#g')\"/>",
        "<style>.a &gt; b { fill: red }</style>",
        '<text xml:space="preserve">a <tspan>b</tspan> c</text>',
        '<image href="data:image/png;base64,AAAA"/>',
        "<title>&lt;script&gt; and on</title>",
        '<text aria-label="see https://x.org/a">a</text>',
        '<style type="text/css">*{stroke-linejoin: round} /* // */</style>',
        '<use xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="#a"/>',
    ],
)
def test_what_draws_stays_as_it_is(inside: str) -> None:
    assert inside in kept(inside)


def test_a_link_goes_and_what_is_drawn_in_it_stays() -> None:
    assert "<g><text>node</text></g>" in drawn('<a href="https://x.org"><text>node</text></a>')


def test_the_words_around_what_is_dropped_stay() -> None:
    assert "<text>one  two</text>" in drawn("<text>one <script>x</script> two</text>")


def test_notes_of_an_editor_go_without_a_word() -> None:
    notes = 'xmlns:ink="urn:ink" ink:version="1"'
    inside = "<!-- by hand --><?x y?><ink:view ink:zoom='2'/><metadata><ink:by>me</ink:by></metadata>"
    assert kept(inside, notes) == kept("")


def test_a_document_type_and_style_sheets_go() -> None:
    start = b'<?xml version="1.0"?><?xml-stylesheet href="http://evil.org/x.css"?><!DOCTYPE svg PUBLIC "a" "http://b/c.dtd">'
    assert safe_svg(start + SVG) == safe_svg(SVG)


@pytest.mark.parametrize(
    "data",
    [
        b"<svg",
        b'<svg xmlns="http://www.w3.org/2000/svg">',
        b"<html><svg/></html>",
        b"<svg/>",
        b'<!DOCTYPE svg [<!ENTITY a "x">]>' + SVG,
        b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
        b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg" id="&b;"/>',
        b'<svg xmlns="http://www.w3.org/2000/svg">&undefined;</svg>',
        b'<svg xmlns="http://www.w3.org/2000/svg">' + b"<g>" * 5000 + b"</g>" * 5000 + b"</svg>",
    ],
)
def test_what_is_broken_or_has_entities_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"This .*\.$"):
        safe_svg(data)


@given(st.binary() | st.binary().map(lambda data: SVG[:-6] + data + b"</svg>"))
def test_no_bytes_end_in_anything_but_a_safe_image_or_a_refusal(data: bytes) -> None:
    try:
        made, _ = safe_svg(data)
    except ValueError:
        return
    assert etree.fromstring(made).tag == "{http://www.w3.org/2000/svg}svg"
    assert safe_svg(made) == (made, False)
