"""Reads the image files that lie beside a quiz: only from its own folder, and only what is an image of a sane size."""

import stat
from dataclasses import dataclass, field
from pathlib import Path

from content.media import Media, image_type

MAX_BYTES = 10_000_000
"""Of one image. Canvas and Moodle would take more; students on a phone would not."""

MAX_TOTAL_BYTES = 50_000_000
"""Of all images of a quiz, since they are held in memory and uploaded at once."""

KINDS = "PNG, JPEG, GIF, WebP and SVG"


CODES = frozenset(
    {
        *("missing-image", "image-outside", "unreadable-image", "not-an-image", "bad-svg"),
        *("image-too-large", "images-too-large"),
    }
)
"""The codes of the problems that an image file can be; the text of the quiz is whole all the same."""


class BadImageError(ValueError):
    """An image that cannot go with the quiz: a stable code, a sentence and a remedy for the quiz's author."""

    def __init__(self, code: str, sentence: str, remedy: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.remedy = remedy


@dataclass(slots=True)
class ImageFolder:
    """The folder of a quiz. It counts the bytes of the images read so far."""

    folder: Path
    total: int = field(default=0, init=False)

    def read(self, name: str) -> tuple[Media, bool]:
        """Return the image with this name, and whether it is an SVG that something unsafe was taken out of.

        Raise BadImageError for what is not there, lies outside of the folder, is no image, or is too large; of what
        is too large nothing is read.
        """
        data = self._bytes(name)
        self.total += len(data)
        type_ = image_type(data)
        if type_ is None:
            sentence = f"'{name}' is no image that every browser shows, whatever its name says."
            raise BadImageError("not-an-image", sentence, f"Save it as one of {KINDS}.")
        if type_ != "image/svg+xml":
            return Media(name, data, type_), False
        from content.svg import safe_svg  # lxml takes long to load, and few quizzes have an SVG

        try:
            data, cut = safe_svg(data)
        except ValueError as error:
            raise BadImageError("bad-svg", f"'{name}': {error}", "Save it as plain SVG, or as PNG.") from error
        return Media(name, data, type_), cut

    def _bytes(self, name: str) -> bytes:
        try:
            path = self._inside(name)
            size = self._size(path, name)
            self._allow(size, name)
            with path.open("rb") as stream:
                return stream.read(size)
        except (FileNotFoundError, NotADirectoryError) as error:
            remedy = "Check its name, with capital and small letters, and its place: it is looked for beside the quiz."
            raise BadImageError("missing-image", f"There is no image '{name}'.", remedy) from error
        except OSError as error:
            sentence = f"The image '{name}' cannot be read: {error.strerror}."
            raise BadImageError("unreadable-image", sentence, "Check its permissions.") from error

    def _inside(self, name: str) -> Path:
        """Return where the file really is. Its name may hold anything, and links may lead anywhere."""
        folder = self.folder.resolve()
        path = Path(name)
        if "\0" not in name and not path.is_absolute() and not path.drive:
            real = (folder / path).resolve()
            if real.is_relative_to(folder):
                return real
        sentence = f"The image '{name}' is not in the folder of the quiz, from which alone images are taken."
        raise BadImageError("image-outside", sentence, "Copy it beside the quiz, and name it from there.")

    def _size(self, path: Path, name: str) -> int:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            what = "a folder" if stat.S_ISDIR(found.st_mode) else "no ordinary file"
            raise BadImageError("not-an-image", f"'{name}' is {what}, not an image.", "Name an image file.")
        return found.st_size

    def _allow(self, size: int, name: str) -> None:
        if size > MAX_BYTES:
            sentence = f"The image '{name}' has {_megabytes(size)}; at most {_megabytes(MAX_BYTES)} are taken."
            raise BadImageError("image-too-large", sentence, "Make it smaller: a page shows 1,600 pixels at most.")
        if self.total + size > MAX_TOTAL_BYTES:
            sentence = f"With '{name}' the quiz's images have more than {_megabytes(MAX_TOTAL_BYTES)}."
            raise BadImageError("images-too-large", sentence, "Make the images smaller, or split the quiz.")


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f}".removesuffix(".0") + " MB"
