"""A backup as Moodle's restore reads it: archive, stream of records, null.

Rewritten from its sources (backup/util/xml/parser: ``progressive_parser``, ``simplified_parser_processor``),
independent of the exporter.
"""

import io
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

NULL = "$@NULL@$"


@dataclass
class Record:
    """An element with an id or with others in it: what Moodle's reader hands on of it, and what it drops.

    ``values`` are its attributes and the plain values before the first nested record; ``late`` names the values that
    come after one.
    """

    tag: str
    values: dict[str, str | None]
    late: list[str] = field(default_factory=list)
    children: list["Record"] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        """The value, which is there and not null."""
        value = self.values[name]
        assert value is not None, f"{self.tag}/{name} is null"
        return value

    def all(self, tag: str) -> list["Record"]:
        """The records of this name, at any depth, this one included."""
        return [record for record in self.walk() if record.tag == tag]

    def one(self, tag: str) -> "Record":
        [record] = self.all(tag)
        return record

    def walk(self) -> Iterator["Record"]:
        yield self
        for child in self.children:
            yield from child.walk()


def unpacked(data: bytes) -> dict[str, bytes]:
    """The members by path. Moodle looks at the first bytes, not at the name: gzip, else zip."""
    if data.startswith(b"\x1f\x8b"):
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:gz") as archive:
            files = {member.name: archive.extractfile(member) for member in archive.getmembers()}
            return {name.removeprefix("./"): file.read() for name, file in files.items() if file}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


def document(data: bytes) -> Record:
    return _record(etree.fromstring(data))


def _record(element: etree._Element) -> Record:
    record = Record(str(element.tag), {str(name): str(value) for name, value in element.attrib.items()})
    for child in element:
        text = child.text or ""
        if len(child) or child.attrib:
            record.children.append(_record(child))
        elif not record.children:
            record.values[str(child.tag)] = None if text == NULL else text
        elif text.strip():
            record.late.append(str(child.tag))
    return record
