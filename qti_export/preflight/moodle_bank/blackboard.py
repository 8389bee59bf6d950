"""Traps of Blackboard's pools and tests in Moodle's question bank.

The importer's own sources: question/format/blackboard_six.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from lxml import etree

from qti_export.preflight.documents import Document, line_of
from qti_export.preflight.manifest import Resource
from qti_export.preflight.markup import path_of, plain, references, shortened
from qti_export.preflight.model import Arrival, Effect, Finding, Place
from qti_export.preflight.package import Package
from qti_export.preflight.qti12 import Item, to_number
from qti_export.preflight.rules import Rules, Said

TYPES = {
    "Multiple Choice": "multichoice",
    "Multiple Answer": "multichoice",
    "True/False": "truefalse",
    "Fill in the Blank": "shortanswer",
    "Essay": "essay",
    "Short Response": "essay",
    "Matching": "match",
}
POOL_TYPES = {
    "QUESTION_MULTIPLECHOICE": "multichoice",
    "QUESTION_MULTIPLEANSWER": "multichoice",
    "QUESTION_TRUEFALSE": "truefalse",
    "QUESTION_FILLINBLANK": "shortanswer",
    "QUESTION_ESSAY": "essay",
    "QUESTION_MATCH": "match",
}
BB_FILE = "{http://www.blackboard.com/content-packaging/}file"

PACKAGE: Rules[Package] = Rules("moodle")


@PACKAGE.trap(
    "blackboard-no-file", Effect.VANISHES, "A test or pool is found by the attribute bb:file of its resource."
)
def _no_file(package: Package) -> Iterator[Said]:
    for one in package.manifest.resources if package.manifest else ():
        if one.type.startswith("assessment/x-bb-qti") and one.node.get(BB_FILE) not in package.names:
            yield Said(f"The file of '{one.identifier}' is not found.", "Name it in the attribute bb:file.", one.node)


@PACKAGE.trap(
    "blackboard-unlisted",
    Effect.VANISHES,
    "A file of another type than x-bb-qti-test, x-bb-qti-pool and x-bb-pool is not read.",
)
def _unlisted(package: Package) -> Iterator[Said]:
    known = {one.node.get(BB_FILE) or one.node.get("file") for one in _read(package)}
    for document in package.documents.values():
        if not package.bare and document.tag in {"questestinterop", "POOL"} and document.member not in known:
            yield Said(f"{document.member} is not read.", "List it as assessment/x-bb-qti-pool.")


def _read(package: Package) -> list[Resource]:
    resources = package.manifest.resources if package.manifest else ()
    return [one for one in resources if one.type.startswith("assessment/x-bb-")]


@PACKAGE.trap(
    "blackboard-namespace", Effect.VANISHES, "Blackboard's QTI has no namespace: with one nothing is found in it."
)
def _namespace(package: Package) -> Iterator[Said]:
    for document in package.documents.values():
        if document.tag == "questestinterop" and document.namespace:
            yield Said(f"{document.member or 'The file'} has a namespace: nothing is found in it.", "Take it away.")


@PACKAGE.trap("blackboard-broken", Effect.KILLS, "A file that is not well-formed ends the import.")
def _broken(package: Package) -> Iterator[Said]:
    for document in package.documents.values():
        if document.fault:
            where = f"{document.member}:{document.fault.line}".lstrip(":")
            yield Said(f"The XML is broken at {where}: {document.fault.sentence}.", "Export it again.")


@PACKAGE.trap("blackboard-sections", Effect.VANISHES, "Of the sections of a test the first is read.")
def _sections(package: Package) -> Iterator[Said]:
    for document in package.documents.values():
        found = [] if document.root is None else list(document.root.iterfind("assessment/section"))
        if len(found) > 1:
            yield Said(f"Of {len(found)} sections only the first is read.", "Put all questions into one.", found[1])


@PACKAGE.trap(
    "blackboard-no-quiz", Effect.NOTES, "Blackboard's tests bring questions into the question bank, and no quiz."
)
def _no_quiz(package: Package) -> Iterator[Said]:  # noqa: ARG001 - it holds of every file
    yield Said("The questions go into the question bank: there is no quiz.", "Make one there, and add them to it.")


@dataclass(frozen=True)
class Question:
    """A question of Blackboard's QTI (``item``) or of an old pool."""

    package: Package
    document: Document
    node: etree._Element
    said: str

    def place(self, node: etree._Element | None) -> Place:
        """Return where the question stands."""
        return Place(self.document.member, line_of(self.node if node is None else node), self.node.get("id") or "")

    @cached_property
    def type(self) -> str:
        """Moodle's type, "" for none."""
        return TYPES.get(self.said) or POOL_TYPES.get(self.said, "")

    @cached_property
    def text(self) -> str:
        """Its text."""
        found = self.node.find("BODY/TEXT") if self.said in POOL_TYPES else self.node.find(".//mat_formattedtext")
        found = self.node.find(".//mattext") if found is None else found
        return "" if found is None else found.text or ""

    @cached_property
    def points(self) -> str:
        """The points that the file names."""
        if self.said not in POOL_TYPES:
            return Item(self.document, self.node).fields.get("qmd_absolutescore_max", "")
        root = self.document.root
        listed = () if root is None else root.iterfind("QUESTIONLIST/QUESTION")
        return next((one.get("points") or "" for one in listed if one.get("id") == self.node.get("id")), "")


ITEM: Rules[Question] = Rules("moodle")


@ITEM.trap(
    "blackboard-type",
    Effect.VANISHES,
    "Numeric, ordering, hot spot and other types are unknown, and skipped.",
    drops=True,
)
def _question_type(question: Question) -> Iterator[Said]:
    if not question.type:
        yield Said(f"Moodle knows no type '{question.said}': the question is skipped.", "Make it anew in Moodle.")


@ITEM.trap("blackboard-points", Effect.CHANGES, "Every question is worth 1.")
def _points(question: Question) -> Iterator[Said]:
    if question.type and to_number(question.points) not in {0.0, 1.0}:
        yield Said(f"Its {question.points} points become 1.", "Set the mark in the quiz.")


@ITEM.trap(
    "blackboard-multiple-answer",
    Effect.CHANGES,
    "Wrong picks of a multiple answer cost nothing: who ticks everything gets all the points.",
)
def _multiple_answer(question: Question) -> Iterator[Said]:
    if question.said in {"Multiple Answer", "QUESTION_MULTIPLEANSWER"}:
        yield Said("Who ticks everything gets all the points.", "Give wrong choices negative grades in Moodle.")


@ITEM.trap("blackboard-picture", Effect.VANISHES, "A picture that is not in the package is a broken link.")
def _picture(question: Question) -> Iterator[Said]:
    for path in references(question.text):
        name = path_of(path).rpartition("/")[2]
        if not any(one.endswith(name) for one in question.package.names):
            yield Said(f"'{shortened(path)}' is not in the package.", "Add it in Moodle.")


def moodle_blackboard(package: Package) -> tuple[list[Finding], list[Arrival]]:
    """Return what Moodle makes of the pools and tests, and of each question in them."""
    return list(PACKAGE.findings(package)), list(map(_arrival, _questions(package)))


def _questions(package: Package) -> Iterator[Question]:
    for document in package.documents.values():
        if document.root is None:
            continue
        for node in document.root.iterfind("assessment/section[1]/item"):
            yield Question(package, document, node, Item(document, node).fields.get("bbmd_questiontype", "unknown"))
        for node in document.root.iterfind("*") if document.tag == "POOL" else ():
            if str(node.tag).startswith("QUESTION_"):
                yield Question(package, document, node, str(node.tag))


def _arrival(question: Question) -> Arrival:
    return Arrival(
        where=question.place(None),
        title=shortened(plain(question.text)),
        kind=question.type or question.said,
        points=Decimal(1),
        findings=tuple(ITEM.findings(question)),
    )
