"""The images of a quiz as files of a package: each content once, under a name that every LMS takes."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

from content.quiz import Quiz

SUFFIXES = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/svg+xml": ".svg",
}
"""By what an image is: an LMS serves it as what its name says."""

STEM_MAX_LENGTH = 80


@dataclass(frozen=True, slots=True)
class ImageFile:
    """An image as a file; ``name`` is of ASCII letters, digits, ``-`` and ``_``, and needs no escaping anywhere."""

    name: str
    data: bytes
    type: str


def image_files(quiz: Quiz) -> dict[str, ImageFile]:
    """Return the file of each image by its name in the texts. Images of the same bytes are one file.

    No two files differ only by case. Same quiz, same names.
    """
    files: dict[bytes, ImageFile] = {}
    taken: set[str] = set()
    for image in quiz.media:
        if image.data not in files:
            name = _new_name(PurePosixPath(image.name).stem, SUFFIXES[image.type], taken)
            files[image.data] = ImageFile(name, image.data, image.type)
    return {image.name: files[image.data] for image in quiz.media}


def _new_name(stem: str, suffix: str, taken: set[str]) -> str:
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    base = re.sub("[^A-Za-z0-9_-]+", "-", plain)[:STEM_MAX_LENGTH].strip("-") or "image"
    name, number = f"{base}{suffix}", 1
    while name.lower() in taken:
        number += 1
        name = f"{base}-{number}{suffix}"
    taken.add(name.lower())
    return name
