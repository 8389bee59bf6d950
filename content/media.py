"""The images that a quiz shows: their bytes, and the names by which its texts call them."""

import posixpath
import re
from dataclasses import dataclass, field
from urllib.parse import unquote

ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
"""What an address begins with that leads to another place than the quiz's own folder."""

BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)

SVG_WITHIN = 4096
"""Bytes in which the ``<svg`` of an SVG begins; comments and a document type may come before it."""


@dataclass(frozen=True, slots=True)
class Media:
    """An image. ``type`` is its MIME type, by its content.

    ``name`` is its path from the quiz's folder, as `local_name` makes it of what the texts say: ``images/cat.png``.
    """

    name: str
    data: bytes = field(repr=False)
    type: str


def local_name(address: str) -> str | None:
    """Return the path of the file that an address in a text (as in ``src``) means, from the quiz's folder.

    It is plain (``my cat.png`` for ``./my%20cat.png``), with ``/`` between folders, and may still lead out of the
    folder (``../cat.png``, ``/cat.png``). Return None for what is on the web or means no file.
    """
    if ELSEWHERE.match(address):
        return None
    path = unquote(re.split("[?#]", address, maxsplit=1)[0]).replace("\\", "/")
    return posixpath.normpath(path) if path else None


def image_type(data: bytes) -> str | None:
    """Return the MIME type of an image by its content, or None for what is no image that browsers show everywhere."""
    for beginning, type_ in BEGINNINGS:
        if data.startswith(beginning):
            return type_
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "image/webp"
    start = data[:SVG_WITHIN].removeprefix(b"\xef\xbb\xbf").lstrip()
    return "image/svg+xml" if start.startswith(b"<") and b"<svg" in start else None
