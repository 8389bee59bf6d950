"""QTI 2 items: what Canvas's importers read of them, which is less well known than of QTI 1.2."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from lxml import etree

from qti_export.preflight.documents import Document, line_of
from qti_export.preflight.markup import shortened
from qti_export.preflight.model import Arrival, Effect, Place
from qti_export.preflight.package import Package
from qti_export.preflight.qti12_files import QTI2_ITEM
from qti_export.preflight.rules import Rules, Said

KINDS = {
    "matchInteraction": "matching_question",
    "associateInteraction": "matching_question",
    "orderInteraction": "matching_question",
    "textEntryInteraction": "short_answer_question",
    "extendedTextInteraction": "essay_question",
    "uploadInteraction": "file_upload_question",
}


@dataclass(frozen=True)
class Item2:
    """An ``assessmentItem``."""

    document: Document
    node: etree._Element

    def place(self, node: etree._Element | None) -> Place:
        """Return where an element stands, with the item's identifier."""
        at = self.node if node is None else node
        return Place(self.document.member, line_of(at), self.node.get("identifier") or "")

    @cached_property
    def interactions(self) -> list[etree._Element]:
        """What can be answered in it."""
        return [one for one in self.node.iter(etree.Element) if str(one.tag).endswith("Interaction")]

    @cached_property
    def fields(self) -> dict[str, str]:
        """What Canvas's own conversion adds as metadata."""
        return {one.get("name") or "": one.get("value") or "" for one in self.node.iter("instructureField")}

    @cached_property
    def kind(self) -> str:
        """Canvas's kind by its own metadata, else by the shape; multiple choice where that says nothing."""
        if said := self.fields.get("question_type"):
            return said
        if not self.interactions:
            return "text_only_question"
        first = self.interactions[0]
        if first.tag == "choiceInteraction":
            declared = self.node.find("responseDeclaration")
            several = declared is not None and declared.get("cardinality") == "multiple"
            return "multiple_answers_question" if several else "multiple_choice_question"
        return KINDS.get(str(first.tag), "multiple_choice_question")

    @cached_property
    def key(self) -> tuple[str, ...]:
        """The right choices in words, or the values of the correct response."""
        values = [(one.text or "").strip() for one in self.node.iterfind(".//correctResponse/value")]
        texts = {one.get("identifier"): " ".join("".join(map(str, one.itertext())).split()) for one in self._choices}
        return tuple(shortened(texts.get(value) or value) for value in values)

    @cached_property
    def _choices(self) -> list[etree._Element]:
        return list(self.node.iter("simpleChoice", "inlineChoice"))

    @cached_property
    def points(self) -> Decimal:
        """The points, where Canvas's metadata names any; else 1."""
        try:
            return Decimal(self.fields.get("points_possible") or "1")
        except ArithmeticError:
            return Decimal(0)


ITEM2: Rules[Item2] = Rules("canvas")


@ITEM2.trap(
    "classic-qti2-guess",
    Effect.NOTES,
    "QTI 2 is read, but says less of Canvas's kinds and points: look at each question.",
)
def _guess(item: Item2) -> Iterator[Said]:
    if not item.fields:
        yield Said(f"By its shape the item becomes '{item.kind}', worth {item.points}.", "Look at it in Canvas.")


@ITEM2.trap(
    "classic-qti2-interaction",
    Effect.CHANGES,
    "Hot spots, graphics, sliders and several interactions in one item have no kind in Canvas: it guesses.",
)
def _interaction(item: Item2) -> Iterator[Said]:
    known = {*KINDS, "choiceInteraction", "inlineChoiceInteraction"}
    for node in item.interactions:
        if node.tag not in known:
            yield Said(f"Canvas has no kind for a {node.tag}: it guesses one.", "Make the question anew.", node)


@ITEM2.trap("classic-qti2-order", Effect.CHANGES, "An orderInteraction becomes matching with the places 1 to n.")
def _order(item: Item2) -> Iterator[Said]:
    if any(node.tag == "orderInteraction" for node in item.interactions):
        yield Said("Canvas has no ordering: it becomes matching with places.", "Look at it in Canvas.")


@ITEM2.trap("classic-rubric-block", Effect.VANISHES, "A rubricBlock is dropped without a warning.")
def _rubric_block(item: Item2) -> Iterator[Said]:
    for node in item.node.iter("rubricBlock"):
        yield Said("The rubricBlock is dropped.", "Put its text into the question.", node)


@ITEM2.trap(
    "classic-qti2-no-key", Effect.CHANGES, "A choice item of QTI 2 that names nothing as right earns nobody points."
)
def _no_key(item: Item2) -> Iterator[Said]:
    picked = any(node.tag in {"choiceInteraction", "inlineChoiceInteraction"} for node in item.interactions)
    if picked and not item.key and item.node.find(".//mapEntry") is None and not _scores(item):
        yield Said("The item names no right response.", "Add a correctResponse.")


def _scores(item: Item2) -> bool:
    return item.node.find(".//responseProcessing//setOutcomeValue") is not None


def items_of(package: Package) -> list[Item2]:
    """Return the QTI 2 items of a package."""
    documents = [one for one in package.documents.values() if one.tag == QTI2_ITEM]
    return [Item2(one, one.root) for one in documents if one.root is not None]


def arrivals_of(package: Package) -> list[Arrival]:
    """Return what Classic makes of each QTI 2 item."""
    return [
        Arrival(
            where=item.place(None),
            title=item.node.get("title") or "Question",
            kind=item.kind,
            points=item.points,
            key=item.key,
            feedback=tuple(dict.fromkeys(one.get("identifier") or "" for one in item.node.iter("modalFeedback"))),
            findings=tuple(ITEM2.findings(item)),
        )
        for item in items_of(package)
    ]
