"""The archive: same members in, same bytes out, on any day, under any locale and hash seed."""

import io
import zipfile
from collections.abc import Iterable
from typing import NamedTuple

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can hold; every member carries it, so that no clock gets into the bytes."""

REGULAR_FILE = 0o100644
UNIX = 3


class Member(NamedTuple):
    """A file of the archive: its path, with ``/`` between folders, and its bytes, made while they are written."""

    path: str
    chunks: Iterable[bytes]


def pack(members: Iterable[Member]) -> bytes:
    """Return the zip that holds the members, in their order.

    Only the compressed bytes are held in memory: each member's chunks are deflated as they come.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for member in members:
            with archive.open(_header(member.path), "w") as file:
                for chunk in member.chunks:
                    file.write(chunk)
    return buffer.getvalue()


def _header(path: str) -> zipfile.ZipInfo:
    """Return a header without anything of this machine or moment; deflate's default level (6) needs no field."""
    header = zipfile.ZipInfo(path, EPOCH)
    header.create_system = UNIX
    header.external_attr = REGULAR_FILE << 16
    header.compress_type = zipfile.ZIP_DEFLATED
    return header
