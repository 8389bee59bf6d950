"""Trees say what they are told, less what XML cannot hold, and go into a document of any length."""

import pytest

from qti_export.xml_text import SLOT
from qti_export.xml_tree import add, element, stream


def test_trees_are_streamed_in_the_place_of_the_children():
    root = element("all", "ä")
    add(root, SLOT)
    document = b"".join(stream(root, (element("item", str(number)) for number in range(2))))
    declaration = '<?xml version="1.0" encoding="UTF-8"?>'
    assert document.decode() == f"{declaration}\n<all>ä\n<item>0</item>\n<item>1</item>\n</all>\n"


@pytest.mark.parametrize("bad", ["\x00", "\x08", "\x0b", "\x1f", "\x7f", "\x85", "\x9f", "\ud800", "\ufffe", "\uffff"])
def test_characters_that_xml_cannot_hold_are_left_out(bad):
    made = element("a", f"x{bad}y", title=f"{bad}z")
    assert (made.text, made.get("title")) == ("xy", "z")
    child = add(made, "b", f"x{bad}y", title=f"{bad}z")
    assert (child.text, child.get("title")) == ("xy", "z")
