"""The manifest of a package: what it lists, under which type, and what hangs together."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from lxml import etree

from qti_export.preflight.documents import Document

NAME = "imsmanifest.xml"


@dataclass(frozen=True)
class Resource:
    """A ``resource``: its identifier, type, files (paths from the package's root) and what it depends on."""

    node: etree._Element

    @cached_property
    def identifier(self) -> str:
        """Its identifier."""
        return self.node.get("identifier") or ""

    @cached_property
    def type(self) -> str:
        """Its type, which decides what importers take it for."""
        return self.node.get("type") or ""

    @cached_property
    def files(self) -> tuple[str, ...]:
        """The paths of its files, the first of which is the resource itself; its ``href`` where it has none."""
        found = [file.get("href") or "" for file in self.node.iterfind("file")]
        return tuple(unquote(path).removeprefix("./") for path in found or [self.node.get("href") or ""] if path)

    @cached_property
    def dependencies(self) -> tuple[str, ...]:
        """The identifiers of the resources that it depends on."""
        return tuple(one.get("identifierref") or "" for one in self.node.iterfind("dependency"))


@dataclass(frozen=True)
class Manifest:
    """A manifest that could be read."""

    document: Document
    root: etree._Element

    @cached_property
    def resources(self) -> tuple[Resource, ...]:
        """All resources, in order."""
        return tuple(Resource(node) for node in self.root.iter("resource"))

    @cached_property
    def listed(self) -> frozenset[str]:
        """The path of every file that some resource lists."""
        return frozenset(path for one in self.resources for path in one.files)

    @cached_property
    def schema(self) -> str:
        """``<schema>`` of the metadata."""
        return (self.root.findtext("metadata/schema") or "").strip()

    @cached_property
    def version(self) -> str:
        """``<schemaversion>`` of the metadata."""
        return (self.root.findtext("metadata/schemaversion") or "").strip()

    def by_identifier(self, identifier: str) -> Resource | None:
        """Return the resource of this identifier."""
        return next((one for one in self.resources if one.identifier == identifier), None)
