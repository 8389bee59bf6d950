"""The images of a quiz in a QTI package: each content once, and known by what shows it."""

from collections.abc import Callable, Iterator

from content.quiz import Quiz
from qti_export.images import image_files
from qti_export.package import Member

FOLDER = "media"


class Images:
    """The images of a quiz, and which of them the documents show that have been written so far."""

    def __init__(self, quiz: Quiz) -> None:
        self._files = image_files(quiz)
        self._shown: dict[str, bytes] = {}
        self._packed: dict[str, bytes] = {}

    def link_from(self, root: str) -> Callable[[str], str | None]:
        """Return what turns the name of an image into its address in a document from which ``root`` leads to the root.

        Images that it is asked for are shown by that document.
        """

        def link(name: str) -> str | None:
            file = self._files.get(name)
            if file is None:
                return None
            self._shown[f"{FOLDER}/{file.name}"] = file.data
            return f"{root}{FOLDER}/{file.name}"

        return link

    def take_shown(self) -> list[str]:
        """Return the paths of the images that were shown since the last call."""
        paths = list(self._shown)
        self._packed |= self._shown
        self._shown.clear()
        return paths

    def members(self) -> Iterator[Member]:
        """Yield the images that any document shows."""
        for path, data in self._packed.items():
            yield Member(path, [data])
