"""The images of a quiz in a Canvas package. They land in the course's files, in a hidden folder "Quiz Files"."""

from collections.abc import Callable, Iterator

from content.prose import relink
from content.quiz import Quiz
from qti_export import qti12
from qti_export.images import image_files
from qti_export.package import Member
from qti_export.xml_text import Xml

BASE = "$IMS-CC-FILEBASE$"
"""How both importers are told that a path begins at the root of the package."""

FOLDER = "media"


def paths(quiz: Quiz) -> dict[str, bytes]:
    """Return the images by their paths in the package."""
    return {_path(file.name): file.data for file in image_files(quiz).values()}


def members(quiz: Quiz) -> Iterator[Member]:
    """Yield the images as members of the package."""
    for path, data in paths(quiz).items():
        yield Member(path, [data])


def links(quiz: Quiz) -> Callable[[str], str | None]:
    """Return the function that turns the name of an image into its address in the package."""
    addresses = {name: f"{BASE}/{_path(file.name)}" for name, file in image_files(quiz).items()}
    return addresses.get


def relinked(item: Xml, link: Callable[[str], str | None]) -> Xml:
    """Return the item such that all its HTML shows the images of the package."""
    return qti12.with_html(item, [relink(html, link) for html in qti12.html_of(item)])


def _path(name: str) -> str:
    return f"{FOLDER}/{name}"
