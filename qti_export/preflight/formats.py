"""Finds out what a file is, by what is in it and never by its name alone."""

import re
from dataclasses import dataclass
from enum import StrEnum

from content.readers import read_text
from qti_export.preflight.archive import Archive, is_archive, open_archive
from qti_export.preflight.documents import Document, read_document
from qti_export.preflight.moodle_backup.backup import INFORMATION
from qti_export.preflight.package import Package
from qti_export.preflight.qti12_files import is_qti2, is_qti3, is_qti12
from qti_export.preflight.refusal import UnreadableError

MAX_BYTES = 500_000_000
MAX_XML_BYTES = 50_000_000
MAX_TEXT_BYTES = 10_000_000
"""Of GIFT, Aiken and quiz text: some 100,000 questions."""

CARTRIDGE = "Common Cartridge"
"""What the ``schema`` of its manifest says; Canvas writes the namespace of a cartridge into its QTI exports, too."""

ANSWER_LINE = re.compile(r"^[ \t]*ANSWER:", re.MULTILINE)
GIFT_SIGNS = re.compile(r"^[ \t]*(?:::|\$CATEGORY:|//)|(?<!\\)\{[^{}]*(?<!\\)\}", re.MULTILINE)
QUIZ_TEXT = re.compile(r"^(?:Quiz title:|\*?[A-Za-z][.)] |\[[ *]?\] |GROUP$)", re.MULTILINE)
OTHER_TEXTS = (
    (re.compile(r"^:TYPE:", re.MULTILINE), "a WebCT file"),
    (re.compile(r"\{[0-9]*:[A-Z_]{2,20}:"), "a text with embedded answers (Cloze)"),
)
UNKNOWN = "This is no package of questions that is known here (QTI, Common Cartridge, Moodle, GIFT, Aiken, Blackboard)."


class Format(StrEnum):
    """What a file is, as people call it."""

    QTI = "QTI package"
    QTI_FILE = "QTI file"
    CARTRIDGE = "Common Cartridge"
    BLACKBOARD = "Blackboard pool or test"
    BACKUP = "Moodle backup"
    MOODLE_XML = "Moodle XML"
    GIFT = "GIFT"
    AIKEN = "Aiken"
    QUIZ_TEXT = "quiz text"


@dataclass(frozen=True)
class Opened:
    """A file, opened: its format, and what that is read from."""

    format: Format
    data: bytes
    package: Package | None = None
    archive: Archive | None = None
    document: Document | None = None
    text: str = ""


def open_file(data: bytes, name: str) -> Opened:
    """Return what the file is; raise UnreadableError where that cannot be told."""
    if not data.strip(b"\xef\xbb\xbf \t\r\n\0"):
        raise UnreadableError("file-empty", "The file is empty.", "Check that it was saved or downloaded whole.")
    if len(data) > MAX_BYTES:
        raise UnreadableError("file-too-large", "The file has more than 500 MB.", "Check that it is the right file.")
    if is_archive(data):
        return _of_archive(data, name)
    if len(data) > MAX_XML_BYTES:
        raise UnreadableError("file-too-large", "The file has more than 50 MB of text.", "Split it into several.")
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") or data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _of_xml(data, name)
    return _of_text(data, name)


def _of_archive(data: bytes, name: str) -> Opened:
    archive = open_archive(data)
    if any(path.rpartition("/")[2] == INFORMATION for path in archive.sizes):
        return Opened(Format.BACKUP, data, archive=archive)
    package = Package(name, archive)
    if _is_blackboard(package):
        return Opened(Format.BLACKBOARD, data, package)
    if package.manifest and CARTRIDGE in package.manifest.schema:
        return Opened(Format.CARTRIDGE, data, package)
    documents = package.documents.values()
    if package.manifest_document is not None or any(is_qti12(one) or is_qti2(one) or is_qti3(one) for one in documents):
        return Opened(Format.QTI, data, package)
    raise UnreadableError("file-unknown", UNKNOWN, "Check that it is the right file.")


def _is_blackboard(package: Package) -> bool:
    resources = package.manifest.resources if package.manifest else ()
    return any(one.type.startswith("assessment/x-bb-") for one in resources)


def _of_xml(data: bytes, name: str) -> Opened:
    document = read_document("", data)
    if document.tag == "quiz" and not document.namespace:
        return Opened(Format.MOODLE_XML, data, document=document)
    if document.tag == "manifest":
        sentence = "This is only the manifest of a package, without its questions."
        raise UnreadableError("file-unknown", sentence, "Check the package that it is from.")
    package = Package(name, Archive({name: len(data)}, {name: data}), bare=True)
    if document.tag == "POOL" or (document.root is not None and document.root.find(".//bbmd_questiontype") is not None):
        return Opened(Format.BLACKBOARD, data, package)
    if is_qti12(document) or is_qti2(document) or is_qti3(document):
        return Opened(Format.QTI_FILE, data, package)
    if document.fault:
        return _of_text(data, name)  # what only begins like XML, such as a question about a tag
    what = f"an XML file with the root <{document.tag}>"
    raise UnreadableError("file-unknown", f"This is {what}: it holds no questions known here.", "Check the file.")


def _of_text(data: bytes, name: str) -> Opened:
    if len(data) > MAX_TEXT_BYTES:
        raise UnreadableError("file-too-large", "The file has more than 10 MB of text.", "Split it into several.")
    if b"\0" in data:
        raise UnreadableError("file-unknown", UNKNOWN, "Check that it is the right file.")
    text = data.decode("utf-8-sig", "replace")
    if ANSWER_LINE.search(text):
        return Opened(Format.AIKEN, data)
    for sign, what in OTHER_TEXTS:
        if sign.search(text):
            raise UnreadableError("file-unknown", f"This is {what}, which is not looked at here.", "Use Moodle XML.")
    lower = name.lower()
    if ".gift" in lower or (GIFT_SIGNS.search(text) and not QUIZ_TEXT.search(text)):
        return Opened(Format.GIFT, data)
    reading = read_text(text, name)
    if reading.quiz is not None and reading.quiz.questions:
        return Opened(Format.QUIZ_TEXT, data, text=text)
    raise UnreadableError("file-unknown", UNKNOWN, "Check that it is the right file.")
