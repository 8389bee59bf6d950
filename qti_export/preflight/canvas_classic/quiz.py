"""A quiz or bank of a package as Canvas's Classic importer sees it, with the settings that it finds."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from qti_export.preflight.documents import Document
from qti_export.preflight.model import Place
from qti_export.preflight.package import Package
from qti_export.preflight.qti12 import Item, items_of
from qti_export.preflight.qti12_files import is_qti12

META = "assessment_meta.xml"
CANVAS_EXPORT = "course_settings/canvas_export.txt"
CANVAS_RESOURCE = "learning-application-resource"


@dataclass(frozen=True)
class Quiz:
    """An ``assessment``."""

    package: Package
    document: Document
    node: etree._Element

    def place(self, node: etree._Element | None) -> Place:
        """Return the place of an element; without one, that of the assessment."""
        return self.document.place(self.node if node is None else node)

    @cached_property
    def ident(self) -> str:
        """Its ident, as Canvas repairs it."""
        return repaired(self.node.get("ident") or "")

    @cached_property
    def items(self) -> list[Item]:
        """Its questions."""
        return [Item(self.document, node) for node in self.node.iter("item")]

    @cached_property
    def meta_path(self) -> str:
        """Where Canvas looks for the settings."""
        return f"{self.ident}/{META}"

    @cached_property
    def meta(self) -> Document | None:
        """The settings file, where Canvas finds it: listed, under its type, in the folder called as the quiz is."""
        manifest = self.package.manifest
        for resource in manifest.resources if manifest else ():
            if resource.type.endswith(CANVAS_RESOURCE) and self.meta_path in resource.files:
                return self.package.documents.get(self.meta_path)
        return None

    @cached_property
    def settings(self) -> etree._Element | None:
        """The root of the settings file."""
        return None if self.meta is None else self.meta.root

    @cached_property
    def fields(self) -> dict[str, tuple[str, etree._Element]]:
        """Its own metadata: entry and element by label in small letters."""
        found = {}
        for field in self.node.iterfind("qtimetadata/qtimetadatafield"):
            found[(field.findtext("fieldlabel") or "").lower()] = ((field.findtext("fieldentry") or "").strip(), field)
        return found


def repaired(ident: str) -> str:
    """Return an ident as the QTI migration tool rewrites it: ``:`` and blanks replaced, no digit in front."""
    clean = ident.replace(":", "-").replace(" ", "_")
    return f"ID_{clean}" if clean[:1].isdigit() else clean


def is_canvas_cartridge(package: Package) -> bool:
    """Return whether Canvas takes the package for an export of one of its own courses."""
    manifest = package.manifest
    if manifest is None:
        return False
    hrefs = {one.node.get("href") for one in manifest.resources}
    return CANVAS_EXPORT in hrefs or any((href or "").startswith("course_settings/") for href in hrefs)


def read_documents(package: Package) -> list[Document]:
    """Return the QTI 1.2 files that Canvas reads: all of them, of its own cartridges only the full ones."""
    documents = [one for one in package.documents.values() if is_qti12(one)]
    if is_canvas_cartridge(package):
        return [one for one in documents if one.member.startswith("non_cc_assessments/")]
    return documents


def quizzes_of(package: Package) -> list[Quiz]:
    """Return the quizzes, in the order of the manifest."""
    found = []
    for document in read_documents(package):
        if document.root is not None:
            found += [Quiz(package, document, node) for node in document.root.iter("assessment")]
    return found


def all_items(package: Package) -> Iterator[Item]:
    """Yield every item that Canvas reads, in the order of the manifest."""
    return (item for document in read_documents(package) for item in items_of(document))
