"""HTML as the body of a QTI document takes it: XHTML 1.0 without styles, in the content model of QTI 2.1's schema.

That model is the strictest of the three versions, and valid in all of them: text only in paragraphs and the like, no
block inside a paragraph, tables with a body, no ``u`` or ``del``.
"""

import html
import re
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy

from lxml import etree

from content.prose import relink
from qti_export.qti import formulas, xhtml_attributes

PLACE = "place"
"""The element that stands in HTML for the interaction of this number (``n``), which takes its place."""

MARKUP = re.compile(rf"<(?!/?{PLACE}\b)[^>]*>")
"""Every tag but those that stand for interactions."""

VOID = re.compile(r"<(br|hr|img|col)\b([^>]*)>")

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

TEXTS = frozenset({"p", "pre", "dt", "caption", *HEADINGS})
"""Blocks, and parts of them, that hold text and nothing but text."""

FLOWS = frozenset({"div", "li", "dd", "td", "th"})
"""Blocks, and parts of them, that hold both text and blocks."""

LISTS = {"ul": frozenset({"li"}), "ol": frozenset({"li"}), "dl": frozenset({"dt", "dd"})}
"""Lists, and what they are made of; anything else in one is put into the last of these by the alphabet."""

BLOCKS = frozenset({"p", "pre", "div", "hr", "blockquote", "table", *HEADINGS, *LISTS})

PARTS = frozenset({"li", "dd", "dt", "td", "th", "tr", "thead", "tbody", "tfoot", "caption"})
"""Parts of lists and tables; one that stands elsewhere is a ``div``."""

INLINE = frozenset(
    {"a", "abbr", "b", "br", "cite", "code", "em", "i", "img", "kbd", "q", "samp", "small", "span", "strong", "sub"}
    | {"sup", "var", PLACE, "{http://www.w3.org/1998/Math/MathML}math"}
)

ADDRESSED = {"a": "href", "img": "src"}
"""Elements that need an address, and where they have it; without one their words stay."""

AS_SPAN = {"del": "strikethrough", "strike": "strikethrough", "ins": "underlining", "u": "underlining"}
"""Elements that QTI does not have, and what is lost with them; their content stays."""

DEEPEST = 40
"""Levels of elements in elements; no teacher's text has as many, and below it only the text is kept."""


class Writer:
    """Writes HTML into elements, and remembers what formatting had no place.

    ``link`` turns the name of an image into its address, or None where it has none in the package.
    ``has_direction`` says whether elements may have ``dir``, which QTI 2.1 does not know.
    """

    def __init__(self, link: Callable[[str], str | None], *, has_direction: bool) -> None:
        self._link = link
        self._attributes = xhtml_attributes.Kept(has_direction=has_direction)
        self._interactions: Sequence[etree._Element] = ()

    def take_lost(self) -> list[str]:
        """Return the names of the formatting that had no place since the last call."""
        lost = sorted(self._attributes.lost)
        self._attributes.lost.clear()
        return lost

    def blocks(self, parent: etree._Element, source: str, interactions: Sequence[etree._Element] = ()) -> None:
        """Append the HTML as blocks, at least one, with the interactions in their places."""
        if _append_paragraph(parent, source):
            return
        self._interactions = interactions
        count = len(parent)
        self._as_blocks(parent, self._parsed(source), 0)
        if len(parent) == count:
            etree.SubElement(parent, "p")

    def flow(self, parent: etree._Element, source: str) -> None:
        """Append the HTML where both text and blocks may stand."""
        if "<" not in source:
            _append_text(parent, html.unescape(source))
        elif not _append_paragraph(parent, source):
            self._as_flow(parent, self._parsed(source), 0)

    def _parsed(self, source: str) -> etree._Element:
        """Return an element with the HTML of `content.prose` in it, which is well-formed but for void elements."""
        closed = VOID.sub(r"<\1\2/>", relink(source, self._link))
        try:
            return etree.fromstring(f"<x>{closed}</x>", _PARSER)
        except etree.XMLSyntaxError:  # libxml2 reads some 2,000 levels of elements in elements
            self._attributes.lost.add("deep nesting")
            return etree.fromstring(f"<x>{MARKUP.sub('', closed)}</x>", _PARSER)

    def _as_blocks(self, parent: etree._Element, source: etree._Element, depth: int) -> None:
        """Append what is in the source; texts and inline elements between two blocks share a paragraph."""
        paragraph: etree._Element | None = None
        for piece in _pieces(source):
            if isinstance(piece, str):
                if paragraph is None and piece.strip():
                    paragraph = etree.SubElement(parent, "p")
                if paragraph is not None:
                    _append_text(paragraph, piece)
            elif piece.tag in BLOCKS or piece.tag in PARTS:
                self._block(parent, piece, depth)
                paragraph = None
            else:
                paragraph = etree.SubElement(parent, "p") if paragraph is None else paragraph
                self._inline(paragraph, piece, depth)

    def _as_flow(self, parent: etree._Element, source: etree._Element, depth: int) -> None:
        for piece in _pieces(source):
            if isinstance(piece, str):
                _append_text(parent, piece)
            elif piece.tag in BLOCKS or piece.tag in PARTS:
                self._block(parent, piece, depth)
            else:
                self._inline(parent, piece, depth)

    def _as_text(self, parent: etree._Element, source: etree._Element, depth: int) -> None:
        """Append what is in the source; of a block, which cannot stand here, its content on lines of its own."""
        for piece in _pieces(source):
            if isinstance(piece, str):
                _append_text(parent, piece)
            elif piece.tag in BLOCKS or piece.tag in PARTS:
                if len(parent) or parent.text:
                    etree.SubElement(parent, "br")
                self._deeper(self._as_text, parent, piece, depth)
            else:
                self._inline(parent, piece, depth)

    def _deeper(
        self,
        write: Callable[[etree._Element, etree._Element, int], None],
        parent: etree._Element,
        source: etree._Element,
        depth: int,
    ) -> None:
        if depth < DEEPEST:
            write(parent, source, depth + 1)
        elif text := "".join(map(str, source.itertext())):
            self._attributes.lost.add("deep nesting")
            write(parent, _only_text(text), depth)

    def _inline(self, parent: etree._Element, source: etree._Element, depth: int) -> None:
        tag = source.tag
        if tag == PLACE:
            parent.append(self._interactions[int(source.get("n", ""))])
        elif tag not in INLINE:
            self._attributes.lost.update({AS_SPAN[tag]} if tag in AS_SPAN else ())
            self._deeper(self._as_text, etree.SubElement(parent, "span"), source, depth)
        elif tag.startswith("{"):
            parent.append(formulas.kept(source, self._attributes.lost))
        elif tag in ADDRESSED and not self._attributes.leads(source, ADDRESSED[tag]):
            _append_text(parent, source.get("alt", ""))
            self._deeper(self._as_text, etree.SubElement(parent, "span"), source, depth)
        else:
            made = etree.SubElement(parent, tag)
            inner = self._attributes.copy(source, made)
            self._deeper(self._as_text, inner, source, depth)

    def _block(self, parent: etree._Element, source: etree._Element, depth: int) -> None:
        tag = source.tag
        if tag == "table":
            self._table(parent, source, depth)
            return
        made = etree.SubElement(parent, "div" if tag in PARTS else tag)
        self._attributes.copy(source, made)
        if tag in LISTS:
            self._list(made, source, depth)
            if not len(made):
                parent.remove(made)
        elif tag == "blockquote":
            self._deeper(self._as_blocks, made, source, depth)
        elif tag != "hr":
            self._deeper(self._as_text if tag in TEXTS else self._as_flow, made, source, depth)

    def _list(self, made: etree._Element, source: etree._Element, depth: int) -> None:
        """Fill a list; what is no item of it gets one of its own."""
        own = LISTS[made.tag]
        for piece in _pieces(source):
            if isinstance(piece, str):
                if piece.strip():
                    _append_text(etree.SubElement(made, min(own - {"dt"})), piece)
            elif piece.tag in own:
                item = etree.SubElement(made, piece.tag)
                self._attributes.copy(piece, item)
                self._deeper(self._as_text if piece.tag == "dt" else self._as_flow, item, piece, depth)
            else:
                item = etree.SubElement(made, min(own - {"dt"}))
                self._deeper(self._as_flow, item, _around(piece), depth)

    def _table(self, parent: etree._Element, source: etree._Element, depth: int) -> None:
        """Append a table in QTI's order: caption, head, foot, body. One without a body has its head as such."""
        rows = {name: list(source.iterfind(f"{name}/tr")) for name in ("thead", "tfoot", "tbody")}
        rows["tbody"] += source.findall("tr")
        rows = {name: [row for row in found if len(row)] for name, found in rows.items()}
        if not rows["tbody"]:
            rows["tbody"], rows["thead"] = rows["thead"] or rows["tfoot"], []
        if not rows["tbody"]:
            return
        table = etree.SubElement(parent, "table")
        self._attributes.copy(source, table)
        caption = source.find("caption")
        if caption is not None:
            self._deeper(self._as_text, etree.SubElement(table, "caption"), caption, depth)
        for name, found in rows.items():
            if found:
                part = etree.SubElement(table, name)
                for row in found:
                    self._row(etree.SubElement(part, "tr"), row, depth)

    def _row(self, made: etree._Element, source: etree._Element, depth: int) -> None:
        self._attributes.copy(source, made)
        for cell in source:
            new = etree.SubElement(made, cell.tag)
            self._attributes.copy(cell, new)
            self._deeper(self._as_flow, new, cell, depth)


def _append_paragraph(parent: etree._Element, source: str) -> bool:
    """Append HTML that is one paragraph without tags in it, as most is, and return whether it was."""
    inner = source[3:-4]
    if not (source.startswith("<p>") and source.endswith("</p>")) or "<" in inner:
        return False
    etree.SubElement(parent, "p").text = html.unescape(inner)
    return True


_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


def _pieces(source: etree._Element) -> Iterator[str | etree._Element]:
    if source.text:
        yield source.text
    for child in source:
        yield child
        if child.tail:
            yield child.tail


def _only_text(text: str) -> etree._Element:
    made = etree.Element("x")
    made.text = text
    return made


def _around(child: etree._Element) -> etree._Element:
    """Return an element with a copy of this one in it."""
    made = etree.Element("x")
    copied = deepcopy(child)
    copied.tail = None
    made.append(copied)
    return made


def _append_text(parent: etree._Element, text: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text
