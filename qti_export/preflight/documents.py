"""Reads XML of any origin: no network, no external file, no entity of its own is ever followed."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from lxml import etree

from qti_export.preflight.model import Place


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a document is not well-formed: libxml2's name of the error, its sentence and the line."""

    name: str
    sentence: str
    line: int


@dataclass(frozen=True, slots=True)
class Document:
    """An XML member: its elements without namespaces, as importers look for them, and its fault if it has one.

    With a fault ``root`` holds what could be recovered, if anything. ``namespace`` is the root's own.
    """

    member: str
    root: etree._Element | None
    namespace: str
    fault: Fault | None
    data: bytes

    @property
    def tag(self) -> str:
        """The name of the root element; "" where there is none."""
        return "" if self.root is None else str(self.root.tag)

    def place(self, node: etree._Element | None) -> Place:
        """Return where the element stands; the ident is its own."""
        if node is None:
            return Place(self.member, self.fault.line if self.fault else 0)
        return Place(self.member, line_of(node), node.get("ident") or node.get("identifier") or "")


def read_document(member: str, data: bytes) -> Document:
    """Return the document of a member."""
    parser = _parser(recover=False)
    try:
        root, fault = etree.fromstring(data, parser), None
    except etree.XMLSyntaxError as error:
        log: Any = parser.error_log  # the error's own log holds those of earlier documents, too
        name = next((one.type_name for one in log), "ERR_UNKNOWN")
        fault = Fault(name, str(error).partition(", line")[0], error.lineno or 0)
        root = _recovered(data)
    namespace = "" if root is None else str(root.tag).rpartition("}")[0].removeprefix("{")
    if root is not None:
        for node in root.iter(etree.Element):
            if node.tag.startswith("{"):
                with suppress(ValueError):  # a name such as ``:manifest``, which libxml2 reads and lxml refuses
                    node.tag = node.tag.rpartition("}")[2]
    return Document(member, root, namespace, fault, data)


def _recovered(data: bytes) -> Any:
    try:
        return etree.fromstring(data, _parser(recover=True))
    except etree.XMLSyntaxError:
        return None


def _parser(*, recover: bool) -> etree.XMLParser:
    """Return a parser within libxml2's limits of depth, of a text's length and of what entities grow to."""
    return etree.XMLParser(
        recover=recover,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        strip_cdata=False,
    )


def line_of(node: etree._Element) -> int:
    """Return the line that an element begins in, 0 where that is not known."""
    line: Any = node.sourceline
    return int(line or 0)
