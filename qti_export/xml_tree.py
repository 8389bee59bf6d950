"""Small XML trees, one for each question, written one after the other into a document of any length."""

from collections.abc import Iterable, Iterator

from lxml import etree

from content.characters import drop_forbidden

DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'
"""In double quotes: Moodle does not know a backup whose first file has single ones, as lxml writes them."""

SLOT = "items"
"""The empty element of a skeleton that a stream of children takes the place of."""


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
    """Yield the skeleton's document with the children in place of its one `SLOT`, each serialised as it comes."""
    chunks = fill(skeleton, children)
    yield DECLARATION + next(chunks)
    yield from chunks


def fill(skeleton: etree._Element, children: Iterable[etree._Element]) -> Iterator[bytes]:
    """Yield the skeleton with the children in place of its one `SLOT`, as a part of a document.

    No text can be mistaken for the slot, since a ``<`` in text is written ``&lt;``. White space is added between
    children only: New Quizzes takes white space inside an ``and`` for an answer.
    """
    head, tail = etree.tostring(skeleton, encoding="UTF-8").split(f"<{SLOT}/>".encode())
    yield head + b"\n"
    for child in children:
        yield etree.tostring(child, encoding="UTF-8") + b"\n"
    yield tail + b"\n"
