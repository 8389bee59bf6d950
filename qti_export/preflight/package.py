"""A package of questions as it lies before an importer: its members, its manifest, its documents."""

from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from qti_export.preflight.archive import Archive
from qti_export.preflight.documents import Document, read_document
from qti_export.preflight.manifest import NAME, Manifest
from qti_export.preflight.model import Place


@dataclass(frozen=True)
class Package:
    """An archive, or a single file that came without one (``bare``)."""

    file: str
    archive: Archive
    bare: bool = False

    def place(self, node: etree._Element | None) -> Place:
        """Return the place of an element of the manifest, or of the package as a whole."""
        if node is None or self.manifest is None:
            return Place()
        return self.manifest.document.place(node)

    @cached_property
    def root(self) -> str:
        """The folder that the manifest is in, with a slash; "" where it is at the top, or where there is none."""
        found = sorted((path.count("/"), path) for path in self.archive.contents if _name(path) == NAME)
        if found:
            return found[0][1].removesuffix(NAME)
        tops = {path.partition("/")[0] for path in self.archive.sizes}
        only = tops.pop() if len(tops) == 1 else ""
        return f"{only}/" if only and f"{only}" not in self.archive.sizes else ""

    @cached_property
    def names(self) -> frozenset[str]:
        """The paths of all members, from `root`."""
        return frozenset(path.removeprefix(self.root) for path in self.archive.sizes if path.startswith(self.root))

    @cached_property
    def manifest_document(self) -> Document | None:
        """The manifest's document, which may be broken."""
        data = self.archive.contents.get(self.root + NAME)
        return None if data is None else read_document(NAME, data)

    @cached_property
    def manifest(self) -> Manifest | None:
        """The manifest; None where there is none that can be read."""
        document = self.manifest_document
        return Manifest(document, document.root) if document and document.root is not None else None

    @cached_property
    def documents(self) -> dict[str, Document]:
        """Every other XML member by its path from `root`; those in the manifest's order first."""
        paths = [path.removeprefix(self.root) for path in self.archive.contents if path.startswith(self.root)]
        listed = [path for one in self.manifest.resources for path in one.files] if self.manifest else []
        ordered = dict.fromkeys([*(path for path in listed if path in set(paths)), *sorted(paths)])
        return {path: read_document(path, self.archive.contents[self.root + path]) for path in ordered if path != NAME}

    @cached_property
    def listed(self) -> frozenset[str]:
        """The paths that the manifest lists."""
        return self.manifest.listed if self.manifest else frozenset()


def _name(path: str) -> str:
    return path.rpartition("/")[2]
