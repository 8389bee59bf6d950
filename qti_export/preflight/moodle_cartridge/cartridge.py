"""A Common Cartridge as Moodle's restore sees it: which files it reads as quizzes and banks, and under which name."""

from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from qti_export.preflight.documents import Document
from qti_export.preflight.manifest import Manifest, Resource
from qti_export.preflight.model import Place
from qti_export.preflight.package import Package
from qti_export.preflight.qti12 import Item

NAMESPACES = {
    "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1": "1.1",
    "http://www.imsglobal.org/xsd/imscc/imscp_v1p1": "1.0",
}
QTI_NAMESPACE = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
PROFILES = {
    "cc.multiple_choice.v0p1": "multichoice",
    "cc.multiple_response.v0p1": "multichoice",
    "cc.true_false.v0p1": "truefalse",
    "cc.fib.v0p1": "shortanswer",
    "cc.pattern_match.v0p1": "shortanswer",
    "cc.essay.v0p1": "essay",
}
DETECTED_WITHIN = 1024


def cartridge_version(namespace: str) -> str:
    """Return the version of Common Cartridge that a manifest's namespace names, "" where it is none."""
    if namespace in NAMESPACES:
        return NAMESPACES[namespace]
    for number in ("1.2", "1.3"):
        if f"imsccv{number.replace('.', 'p')}" in namespace:
            return number
    return "1.0" if "/imscc/" in namespace else ""


@dataclass(frozen=True)
class File:
    """A QTI file that a resource of the cartridge names; ``title`` is that of the item which refers to it."""

    package: Package
    resource: Resource
    document: Document
    title: str | None
    version: str

    def place(self, node: etree._Element | None) -> Place:
        """Return the place of an element of the file; without one, of its first assessment or bank."""
        return self.document.place(self.node if node is None else node)

    @cached_property
    def node(self) -> etree._Element | None:
        """The assessment or the bank in it."""
        root = self.document.root
        found = None if root is None else root.find("assessment")
        return found if found is not None or root is None else root.find("objectbank")

    @property
    def is_quiz(self) -> bool:
        """Whether it makes a quiz."""
        return self.node is not None and self.node.tag == "assessment"

    @cached_property
    def items(self) -> list[Item]:
        """The items that are looked at: in top-level sections of a quiz, or right in a bank."""
        if self.node is None:
            return []
        return [Item(self.document, node) for node in self.node.iterfind("section/item" if self.is_quiz else "item")]

    @cached_property
    def fields(self) -> dict[str, tuple[str, etree._Element]]:
        """The metadata of the quiz: entry and element by label."""
        found = {}
        for field in () if self.node is None else self.node.iterfind("qtimetadata/qtimetadatafield"):
            found[field.findtext("fieldlabel") or ""] = ((field.findtext("fieldentry") or "").strip(), field)
        return found


def is_question_resource(resource: Resource) -> bool:
    """Return whether the resource is a quiz or a bank."""
    return resource.type.startswith("imsqti_xmlv1p2/imscc_xmlv1p") and resource.type.endswith(
        ("/assessment", "/question-bank")
    )


def files_of(package: Package) -> list[File]:
    """Return the files that the restore reads: banks, and quizzes that an item of the organization refers to."""
    manifest = package.manifest
    if manifest is None:
        return []
    version = cartridge_version(manifest.document.namespace)
    titles = titles_of(manifest)
    found = []
    for resource in filter(is_question_resource, manifest.resources):
        document = package.documents.get(resource.files[0]) if resource.files else None
        is_bank = resource.type.endswith("/question-bank")
        if document is not None and (is_bank or resource.identifier in titles):
            found.append(File(package, resource, document, titles.get(resource.identifier), version))
    return found


def titles_of(manifest: Manifest) -> dict[str, str]:
    """Return the title of the item that refers to each resource."""
    items = manifest.root.iterfind("organizations//item")
    return {one.get("identifierref") or "": (one.findtext("title") or "").strip() for one in items}
