"""XML written as text is the same as lxml would write of a tree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from content.characters import drop_forbidden
from qti_export.xml_text import DECLARATION, SLOT, Xml, element, escaped, stream, whole

TEXTS = st.text("ab <>&\"'\t\n\r\x00\x85\ud800\U0001f600ä]/!-", max_size=12)

NESTED = st.recursive(
    st.tuples(st.sampled_from("abc"), st.dictionaries(st.sampled_from("xyz"), TEXTS), TEXTS),
    lambda inner: st.tuples(
        st.sampled_from("abc"), st.dictionaries(st.sampled_from("xyz"), TEXTS), st.lists(inner, min_size=1, max_size=3)
    ),
    max_leaves=8,
)
"""Tag, attributes, and either a text or elements of the same form."""


def as_text(node) -> Xml:
    tag, attributes, content = node
    inside = [content] if isinstance(content, str) else map(as_text, content)
    return element(tag, *inside, **attributes)


def as_tree(node) -> etree._Element:
    tag, attributes, content = node
    made = etree.Element(tag)
    for name, value in attributes.items():
        made.set(name, drop_forbidden(value))
    if isinstance(content, str):
        made.text = drop_forbidden(content) or None
    else:
        made.extend(map(as_tree, content))
    return made


@given(NESTED)
def test_an_element_is_written_as_lxml_writes_it(node):
    assert as_text(node).encode() == etree.tostring(as_tree(node), encoding="UTF-8")


@given(NESTED)
def test_a_whole_document_is_indented_as_lxml_does(node):
    document = etree.tostring(as_tree(node), encoding="UTF-8", pretty_print=True)
    assert b"".join(whole(as_text(node))) == DECLARATION + document


def test_only_what_is_written_already_goes_in_as_it_is():
    assert element("p", element("b"), "<b/>", escaped("&")) == "<p><b/>&lt;b/&gt;&amp;</p>"


@pytest.mark.parametrize("bad", ["\x00", "\x08", "\x0b", "\x1f", "\x7f", "\x85", "\x9f", "\ud800", "\ufffe", "\uffff"])
def test_characters_that_xml_cannot_hold_are_left_out(bad):
    assert element("a", f"x{bad}y", title=f"{bad}z") == '<a title="z">xy</a>'


def test_a_document_is_streamed_one_child_at_a_time():
    made = []

    def children():
        for number in range(3):
            made.append(number)
            yield element("item", str(number))

    chunks = stream(element("all", element(SLOT)), children())
    assert next(chunks) == DECLARATION
    assert next(chunks) == b"<all>\n"
    assert made == []
    assert next(chunks) == b"<item>0</item>\n"
    assert made == [0]
    assert b"".join(chunks) == b"<item>1</item>\n<item>2</item>\n</all>\n"


def test_text_cannot_be_mistaken_for_the_place_of_the_children():
    root = element("all", f"<{SLOT}/>", element(SLOT))
    assert b"".join(stream(root, [])).count(f"&lt;{SLOT}/&gt;".encode()) == 1
