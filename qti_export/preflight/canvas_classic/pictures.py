"""Traps of the pictures and files that questions of a package name, in Classic Quizzes."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from qti_export.preflight.canvas_classic.quiz import all_items
from qti_export.preflight.markup import path_of, references
from qti_export.preflight.model import Effect, Place
from qti_export.preflight.package import Package
from qti_export.preflight.rules import Rules, Said


@dataclass(frozen=True)
class Picture:
    """A file of the package's own that the item with this ident names, as it is written there."""

    package: Package
    ident: str
    written: str

    def __str__(self) -> str:
        """Return the name as written, and the item's ident."""
        return f"'{self.written}' ({self.ident})"

    def place(self, node: etree._Element | None) -> Place:
        """Return the place of the package."""
        return self.package.place(node)

    @cached_property
    def path(self) -> str:
        """Where it should be, from the root of the package."""
        return path_of(self.written)

    @cached_property
    def matches(self) -> set[str]:
        """The members that may be meant: by the path, or by the end of it."""
        return {name for name in self.package.names if name == self.path or name.endswith(f"/{self.path}")}


PICTURE: Rules[Picture] = Rules("canvas")


def pictures_of(package: Package) -> Iterator[Picture]:
    """Return what the items name, in their order, of each item each once."""
    named = {
        (item.ident, reference): None
        for item in all_items(package)
        for text in item.all_texts
        if "<" in text.text and text.type != "text/plain"
        for reference in references(text.text)
    }
    return (Picture(package, ident, reference) for ident, reference in named)


@PICTURE.trap("classic-picture-missing", Effect.VANISHES, "A picture that is not in the package is a broken link.")
def _picture_missing(picture: Picture) -> Iterator[Said]:
    if not picture.matches:
        yield Said(f"{picture} is not in the package.", "Add it to the package.")


@PICTURE.trap("classic-picture-unlisted", Effect.VANISHES, "A picture that the manifest does not list is not imported.")
def _picture_unlisted(picture: Picture) -> Iterator[Said]:
    found = picture.matches
    if picture.package.manifest and found and not found & picture.package.listed:
        yield Said(f"{picture} is not in the manifest.", "List it as a resource (webcontent).")


@PICTURE.trap(
    "classic-picture-ambiguous",
    Effect.CHANGES,
    "A picture is found by the end of its path: where several end so any of them is shown.",
)
def _picture_ambiguous(picture: Picture) -> Iterator[Said]:
    found = picture.matches
    if len(found) > 1 and picture.path not in found:
        sentence = f"{picture} can be {' or '.join(sorted(found))}."
        yield Said(sentence, "Write the path from the root of the package.")


@PICTURE.trap(
    "classic-picture-plus", Effect.VANISHES, "A + in the name of a picture is decoded to a blank: the link breaks."
)
def _picture_plus(picture: Picture) -> Iterator[Said]:
    if "+" in picture.written:
        yield Said(f"{picture} is looked for with a blank.", "Rename the file without '+'.")


@PICTURE.trap(
    "classic-picture-percent",
    Effect.CHANGES,
    "A percent sequence in a picture's path that is not UTF-8 makes an 'Error' of the question.",
)
def _picture_percent(picture: Picture) -> Iterator[Said]:
    if "�" in picture.path and "�" not in picture.written:
        yield Said(f"{picture} has an escape that is not UTF-8.", "Rename the file in plain letters.")
