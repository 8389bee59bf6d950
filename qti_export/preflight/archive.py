"""Opens archives of any origin: in memory, within limits, and nothing is ever written to disk."""

import gzip
import io
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from qti_export.preflight.refusal import UnreadableError

MAX_MEMBERS = 20_000
MAX_MEMBER_BYTES = 50_000_000
MAX_TOTAL_BYTES = 200_000_000
"""Of what is read, unpacked. A quiz of 10,000 questions has 30 MB."""

MAX_STREAM_BYTES = 1_000_000_000
"""Of a whole tar, pictures and all: its members stand one behind the other, so those that are skipped count, too."""

READ_SUFFIXES = (".xml", ".dat", ".qti")
"""The members that hold questions: the ones that Canvas's importer walks through, and all that Moodle's need."""

GZIP, ZIP = b"\x1f\x8b", (b"PK\x03\x04", b"PK\x05\x06")


@dataclass(frozen=True, slots=True)
class Archive:
    """The members of an archive: the size of each by its path, and the content of those that may hold questions.

    ``refused`` are the paths that lead out of the archive, which no importer unpacks.
    """

    sizes: dict[str, int]
    contents: dict[str, bytes]
    refused: tuple[str, ...] = ()
    is_zip: bool = True
    folder: str = field(default="")


def is_archive(data: bytes) -> bool:
    """Return whether the file is a zip or gzipped, by its first bytes."""
    return data.startswith((GZIP, *ZIP))


def open_archive(data: bytes) -> Archive:
    """Return what is in a zip or a ``tar.gz``; raise UnreadableError where it is damaged, encrypted or a bomb."""
    try:
        if data.startswith(GZIP):
            return _collected(_tar_members(data), is_zip=False)
        return _collected(_zip_members(data), is_zip=True)
    except UnreadableError:
        raise
    except (OSError, ValueError, EOFError, RuntimeError, zipfile.BadZipFile, tarfile.TarError, zlib.error) as error:
        sentence = f"The archive is damaged: {str(error).rstrip('.') or type(error).__name__}."
        raise UnreadableError("file-damaged", sentence, "Export or download it again.") from error


@dataclass(frozen=True, slots=True)
class _Member:
    path: str
    size: int
    content: bytes | None


def _collected(members: Iterator[_Member], *, is_zip: bool) -> Archive:
    archive = Archive({}, {}, is_zip=is_zip)
    refused: list[str] = []
    total = 0
    for member in members:
        if len(archive.sizes) >= MAX_MEMBERS:
            raise _bomb(f"it has more than {MAX_MEMBERS:,} members")
        path = str(PurePosixPath(member.path.replace("\\", "/")))
        if path.startswith("/") or ".." in PurePosixPath(path).parts:
            refused.append(path)
            continue
        archive.sizes[path] = member.size
        if member.content is not None:
            total += len(member.content)
            if total > MAX_TOTAL_BYTES:
                raise _bomb(f"it unpacks to more than {MAX_TOTAL_BYTES // 1_000_000} MB")
            archive.contents[path] = member.content
    return Archive(archive.sizes, archive.contents, tuple(refused), is_zip)


def _zip_members(data: bytes) -> Iterator[_Member]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if len(archive.filelist) > MAX_MEMBERS:
            raise _bomb(f"it has more than {MAX_MEMBERS:,} members")
        for info in archive.filelist:
            if info.is_dir():
                continue
            if info.flag_bits & 1:
                sentence = f"The archive is encrypted ({info.filename}): no importer can open it."
                raise UnreadableError("file-encrypted", sentence, "Make it again without a password.")
            wanted = info.filename.lower().endswith(READ_SUFFIXES)
            yield _Member(info.filename, info.file_size, _unzipped(archive, info) if wanted else None)


def _unzipped(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Return a member; what its header says of the size is not believed."""
    with archive.open(info) as stream:
        content = stream.read(MAX_MEMBER_BYTES + 1)
    return _of_size(content, info.filename)


def _tar_members(data: bytes) -> Iterator[_Member]:
    with gzip.open(io.BytesIO(data)) as unpacked, tarfile.open(fileobj=_Limited(unpacked), mode="r|") as archive:
        for info in archive:
            if not info.isfile():
                continue
            wanted = info.name.lower().endswith(READ_SUFFIXES)
            stream = archive.extractfile(info) if wanted else None
            content = _of_size(stream.read(MAX_MEMBER_BYTES + 1), info.name) if stream else None
            yield _Member(info.name, info.size, content)


def _of_size(content: bytes, path: str) -> bytes:
    if len(content) > MAX_MEMBER_BYTES:
        raise _bomb(f"{path} has more than {MAX_MEMBER_BYTES // 1_000_000} MB")
    return content


class _Limited(io.RawIOBase):
    """A stream that gives up where a tar unpacks without end."""

    def __init__(self, stream: gzip.GzipFile) -> None:
        self._stream = stream
        self._left = MAX_STREAM_BYTES

    def read(self, size: int = -1) -> bytes:
        chunk = self._stream.read(min(size, 1 << 20) if size >= 0 else 1 << 20)
        self._left -= len(chunk)
        if self._left < 0:
            raise _bomb(f"it unpacks to more than {MAX_STREAM_BYTES // 1_000_000} MB")
        return chunk


def _bomb(what: str) -> UnreadableError:
    return UnreadableError("file-bomb", f"The archive was not opened: {what}.", "Check that it is the right file.")
