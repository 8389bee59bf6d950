"""Small XML trees, one for each question, written one after the other into a document of any length.

They are for what is changed once it is made, as when texts are made to show their images; see `xml_text` for the rest.
"""

from collections.abc import Iterable, Iterator

from lxml import etree

from content.characters import drop_forbidden
from qti_export import xml_text
from qti_export.xml_text import DECLARATION, Xml


def element(tag: str, text: str = "", /, **attributes: str) -> etree._Element:
    """Return an element without a namespace: it takes the default one (``xmlns=``) of the document it is written into.

    Characters that XML cannot hold are left out: behind one of them Canvas's importer garbles the rest of the file.
    """
    made = etree.Element(tag)
    for name, value in attributes.items():
        made.set(name, value if value.isprintable() else drop_forbidden(value))
    if text:
        made.text = text if text.isprintable() else drop_forbidden(text)
    return made


def add(parent: etree._Element, tag: str, text: str = "", /, **attributes: str) -> etree._Element:
    """Append a new element to ``parent`` and return it; it is made as `element` does."""
    # Not a word is shared with `element`: most of an export's time is spent here, and each call counts.
    made = etree.SubElement(parent, tag)
    for name, value in attributes.items():
        made.set(name, value if value.isprintable() else drop_forbidden(value))
    if text:
        made.text = text if text.isprintable() else drop_forbidden(text)
    return made


def whole(root: etree._Element) -> Iterator[bytes]:
    """Yield the document of one small tree."""
    yield DECLARATION + etree.tostring(root, encoding="UTF-8", pretty_print=True)


def exact(root: etree._Element) -> Iterator[bytes]:
    """Yield the document of one small tree in which white space means something, as in HTML."""
    yield DECLARATION + etree.tostring(root, encoding="UTF-8")


def stream(skeleton: etree._Element, children: Iterable[etree._Element]) -> Iterator[bytes]:
    """Yield the skeleton's document with the children in place of its one ``SLOT``, each serialised as it comes."""
    return xml_text.stream(_as_text(skeleton), map(_as_text, children))


def fill(skeleton: etree._Element, children: Iterable[etree._Element]) -> Iterator[bytes]:
    """Yield the skeleton with the children in place of its one ``SLOT``, as a part of a document."""
    return xml_text.fill(_as_text(skeleton), map(_as_text, children))


def _as_text(tree: etree._Element) -> Xml:
    return Xml(etree.tostring(tree, encoding="unicode"))
