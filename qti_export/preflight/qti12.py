"""QTI 1.2 as it stands in a file: items with their responses, conditions and feedback. What it means, importers say."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import escape

from lxml import etree

from qti_export.preflight.documents import Document, line_of
from qti_export.preflight.model import Place

RESPONSES = ("response_lid", "response_str", "response_num", "response_xy", "response_grp")
NUMBER = re.compile(r"\s*[+-]?[0-9]{1,300}(?:\.[0-9]{1,300})?(?:[eE][+-]?[0-9]{1,3})?")
QUESTION_KINDS = ("qmd_questiontype", "question_type", "bbmd_questiontype")


@dataclass(frozen=True)
class Text:
    """A ``mattext`` (or Blackboard's ``mat_formattedtext``): its text and its type in small letters, "" for none."""

    node: etree._Element

    @property
    def type(self) -> str:
        """``text/html``, ``text/plain`` or what else is said."""
        return (self.node.get("texttype") or self.node.get("type") or "").lower()

    @property
    def text(self) -> str:
        """What it holds; elements in it stay tags."""
        own = self.node.text or ""
        return (
            own + "".join(etree.tostring(child, encoding="unicode") for child in self.node) if len(self.node) else own
        )

    @property
    def html(self) -> str:
        """The text as HTML."""
        return escape(self.text, quote=False) if self.type == "text/plain" else self.text

    @property
    def is_cdata(self) -> bool:
        """Whether it is written as a CDATA section."""
        return "<![CDATA[" in etree.tostring(self.node, encoding="unicode", with_tail=False)


def texts_of(node: etree._Element | None) -> list[Text]:
    """Return the texts right in a node's materials (and in those of flows around these), not in its responses."""
    if node is None:
        return []
    return [Text(one) for one in _walk(node) if one.tag in {"mattext", "mat_formattedtext"}]


def _walk(node: etree._Element) -> Iterator[etree._Element]:
    for child in node.iterchildren(etree.Element):
        if child.tag in {"material", "flow", "flow_mat", "flow_label", "mat_extension"}:
            yield from _walk(child)
        elif child.tag in {"mattext", "mat_formattedtext"}:
            yield child


@dataclass(frozen=True)
class Label:
    """A ``response_label``: what can be picked, or is accepted."""

    node: etree._Element

    @property
    def ident(self) -> str:
        """Its ident."""
        return self.node.get("ident") or ""

    @cached_property
    def texts(self) -> list[Text]:
        """What is shown for it."""
        return texts_of(self.node)

    @cached_property
    def html(self) -> str:
        """What is shown for it, as HTML."""
        return "".join(one.html for one in self.texts)

    @cached_property
    def text(self) -> str:
        """What is shown for it, as written."""
        return "".join(one.text for one in self.texts)


@dataclass(frozen=True)
class Response:
    """A ``response_lid``, ``response_str`` and so on."""

    node: etree._Element

    @property
    def ident(self) -> str:
        """Its ident."""
        return self.node.get("ident") or ""

    @property
    def cardinality(self) -> str:
        """``Single``, ``Multiple`` or ``Ordered``."""
        return self.node.get("rcardinality") or "Single"

    @cached_property
    def texts(self) -> list[Text]:
        """What is shown before it: the left side of a pair, the name of a blank."""
        return texts_of(self.node)

    @cached_property
    def labels(self) -> list[Label]:
        """What can be picked."""
        return [Label(one) for one in self.node.iter("response_label")]


@dataclass(frozen=True)
class Condition:
    """A ``respcondition``."""

    node: etree._Element

    @property
    def test(self) -> etree._Element | None:
        """Its ``conditionvar``."""
        return self.node.find("conditionvar")

    @cached_property
    def scores(self) -> list[str]:
        """The values that it sets SCORE to, or adds to it; a variable that begins or ends so counts as SCORE."""
        return [(one.text or "").strip() for one in self.node.iterfind("setvar") if _is_score(one.get("varname"))]

    @cached_property
    def earns(self) -> bool:
        """Whether it gives points."""
        return any(to_number(value) > 0 for value in self.scores)

    @cached_property
    def shows(self) -> list[str]:
        """The idents of the feedback that it shows."""
        return [one.get("linkrefid") or "" for one in self.node.iterfind("displayfeedback")]

    @cached_property
    def named(self) -> list[etree._Element]:
        """Its ``varequal`` tests, but for those within ``not``."""
        tests = [] if self.test is None else list(self.test.iter("varequal"))
        return [one for one in tests if not any(up.tag == "not" for up in one.iterancestors())]

    @property
    def goes_on(self) -> bool:
        """Whether the conditions after it are looked at as well."""
        return (self.node.get("continue") or "").lower() == "yes"


def _is_score(name: str | None) -> bool:
    upper = (name or "SCORE").upper()
    return upper.startswith("SCORE") or upper.endswith("SCORE")


def to_number(text: str | None) -> float:
    """Return the number that a text begins with, 0 where it begins with none, as Ruby's ``to_f`` has it."""
    found = NUMBER.match(text or "")
    return float(found[0]) if found else 0.0


@dataclass(frozen=True)
class Item:
    """An ``item``, and the section around it from which some questions are picked, if it is in such a one."""

    document: Document
    node: etree._Element
    group: etree._Element | None = None

    def place(self, node: etree._Element | None) -> Place:
        """Return the line of an element of the item, or of the item, with the item's ident."""
        return Place(self.document.member, line_of(self.node if node is None else node), self.ident)

    @property
    def ident(self) -> str:
        """Its ident; "" where it has none."""
        return self.node.get("ident") or ""

    @property
    def title(self) -> str:
        """Its title."""
        return self.node.get("title") or ""

    @cached_property
    def fields(self) -> dict[str, str]:
        """Its metadata by label in small letters, as Canvas reads it; Blackboard's elements count as labels."""
        return {label.lower(): entry for label, entry in self.raw_fields.items()}

    @cached_property
    def raw_fields(self) -> dict[str, str]:
        """Its metadata by label."""
        found = {}
        metadata = self.node.find("itemmetadata")
        for field in () if metadata is None else metadata.iter("qtimetadatafield", "qti_metadatafield"):
            found[(field.findtext("fieldlabel") or "").strip()] = (field.findtext("fieldentry") or "").strip()
        for child in () if metadata is None else metadata.iterchildren(etree.Element):
            if str(child.tag).startswith(("bbmd_", "qmd_")):
                found[str(child.tag)] = (child.text or "").strip()
        return found

    @cached_property
    def type(self) -> str:
        """The kind that its metadata names, "" for none."""
        return next((self.fields[label] for label in QUESTION_KINDS if self.fields.get(label)), "")

    @property
    def presentation(self) -> etree._Element | None:
        """Its ``presentation``."""
        return self.node.find("presentation")

    @cached_property
    def stem(self) -> list[Text]:
        """The texts of the question itself."""
        return texts_of(self.presentation)

    @cached_property
    def stem_html(self) -> str:
        """The question's text as HTML."""
        return "<br/>".join(one.html for one in self.stem)

    @cached_property
    def responses(self) -> list[Response]:
        """Its responses, wherever flows have put them."""
        inside = self.presentation
        return [] if inside is None else [Response(one) for one in inside.iter(*RESPONSES)]

    @cached_property
    def labels(self) -> list[Label]:
        """All that can be picked, of all responses."""
        return [label for response in self.responses for label in response.labels]

    @cached_property
    def conditions(self) -> list[Condition]:
        """Its conditions, in order."""
        return [Condition(one) for one in self.node.iterfind("resprocessing/respcondition")]

    @cached_property
    def feedback(self) -> dict[str, etree._Element]:
        """Its ``itemfeedback`` by ident; of those that share one the last."""
        return {one.get("ident") or "": one for one in self.node.iterfind("itemfeedback")}

    @cached_property
    def all_texts(self) -> list[Text]:
        """Every text in the item."""
        return [Text(one) for one in self.node.iter("mattext", "mat_formattedtext")]


def items_of(document: Document) -> Iterator[Item]:
    """Yield the items of a document, in order; what each of them remembers can go with it."""
    if document.root is None:
        return
    groups = {
        one for one in document.root.iter("section") if one.find("selection_ordering//selection_number") is not None
    }
    for node in document.root.iter("item"):
        if _is_question(node):
            around = node.getparent()
            yield Item(document, node, around if around in groups else None)


def _is_question(node: etree._Element) -> bool:
    return node.find("presentation") is not None or node.find("itemmetadata") is not None or "ident" in node.attrib
