"""The images of a quiz in a cartridge.

Moodle takes those of question texts from the package; in choices and feedback it leaves every path as it is, so that
only an image whose bytes stand in the text is seen there.
"""

from base64 import b64encode
from collections.abc import Mapping

from content.prose import images, relink, to_html
from content.quiz import Quiz
from qti_export import qti12
from qti_export.images import ImageFile, image_files
from qti_export.xml_text import Xml

FOLDER = "img"


class Images:
    """The images of a quiz. ``members`` are those of question texts, by their paths from the root of the package."""

    def __init__(self, quiz: Quiz) -> None:
        self._files: Mapping[str, ImageFile] = image_files(quiz)
        stems = [question.stem for question in quiz.questions] if self._files else []
        names = [image.name or "" for stem in stems for image in images(to_html(stem))]
        self.members = {_path(self._files[name]): self._files[name].data for name in names if name in self._files}

    def relinked(self, item: Xml) -> Xml:
        """Return the item such that all its texts show their images."""
        if not self._files:
            return item
        stem, *others = qti12.html_of(item)
        return qti12.with_html(item, [relink(stem, self._to_path), *(relink(html, self._to_bytes) for html in others)])

    def _to_path(self, name: str) -> str | None:
        return _path(self._files[name]) if name in self._files else None

    def _to_bytes(self, name: str) -> str | None:
        file = self._files.get(name)
        return f"data:{file.type};base64,{b64encode(file.data).decode()}" if file else None


def _path(file: ImageFile) -> str:
    return f"{FOLDER}/{file.name}"
