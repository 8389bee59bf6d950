"""Traps of a package in Classic Quizzes: which files are read, and what ends the import.

The importer's own sources: qti_exporter, Canvas's worker.
"""

from collections.abc import Iterator

from qti_export.preflight.canvas_classic.items import IDENT_MAX_BYTES
from qti_export.preflight.canvas_classic.quiz import (
    META,
    is_canvas_cartridge,
    quizzes_of,
    read_documents,
    repaired,
)
from qti_export.preflight.documents import Document
from qti_export.preflight.model import Effect
from qti_export.preflight.package import Package
from qti_export.preflight.qti12_files import QTI2_TEST, is_qti2, is_qti3, is_qti12, version
from qti_export.preflight.rules import Rules, Said

PACKAGE: Rules[Package] = Rules("canvas")
DOCUMENT: Rules[Document] = Rules("canvas")

MANIFEST_TYPES = (".xml", ".dat", ".qti")
LISTED_SHOWN = 5


@PACKAGE.trap(
    "classic-nothing", Effect.KILLS, "A package without QTI 1.2 or 2.x is imported as a success, with nothing in it."
)
def _nothing(package: Package) -> Iterator[Said]:
    documents = package.documents.values()
    if not any(is_qti12(one) or is_qti2(one) for one in documents):
        if any(is_qti3(one) for one in documents):
            yield Said("Canvas reads no QTI 3: the import reports success and brings nothing.", "Export QTI 1.2.")
        else:
            yield Said("There is no question file that Canvas reads in it.", "Check that it is the right file.")


@PACKAGE.trap("classic-qti3-beside", Effect.VANISHES, "QTI 3 files beside others are passed over in silence.")
def _qti3_beside(package: Package) -> Iterator[Said]:
    documents = package.documents.values()
    if any(is_qti12(one) or is_qti2(one) for one in documents):
        for one in documents:
            if is_qti3(one):
                yield Said(f"{one.member} is QTI 3: it is passed over.", "Export it as QTI 1.2.")


@PACKAGE.trap(
    "classic-qti22-test",
    Effect.VANISHES,
    "A test of QTI 2.2 is not read: its items go into a bank, and no quiz is made.",
)
def _qti22_test(package: Package) -> Iterator[Said]:
    for one in package.documents.values():
        if one.tag == QTI2_TEST and version(one) == "2.2":
            yield Said(f"The test {one.member} is QTI 2.2: its items go into a bank.", "Export QTI 1.2 or 2.1.")


@PACKAGE.trap(
    "classic-stray-qti", Effect.CHANGES, "A QTI file that the manifest does not list is imported all the same."
)
def _stray_qti(package: Package) -> Iterator[Said]:
    if package.manifest is None or package.bare or is_canvas_cartridge(package):
        return
    for document in read_documents(package):
        if document.member not in package.listed:
            yield Said(f"{document.member} is not in the manifest, but is imported.", "Take it out, or list it.")


@PACKAGE.trap(
    "classic-no-manifest",
    Effect.NOTES,
    "A zip without a manifest is read; but no picture and no settings file is, since none is listed.",
)
def _no_manifest(package: Package) -> Iterator[Said]:
    if package.manifest is None and not package.bare:
        yield Said("There is no imsmanifest.xml: questions are read, pictures and settings not.", "Add a manifest.")


@PACKAGE.trap(
    "classic-cartridge-reduced",
    Effect.VANISHES,
    "Of an export of a Canvas course only the files in non_cc_assessments are read.",
)
def _cartridge_reduced(package: Package) -> Iterator[Said]:
    if is_canvas_cartridge(package):
        read = read_documents(package)
        full = {one.member.rpartition("/")[2].partition(".")[0] for one in read}
        for path, document in package.documents.items():
            if is_qti12(document) and document not in read and path.split("/")[0] not in full:
                yield Said(
                    f"{path} is not read: it has no full file in non_cc_assessments.", "Export the course again."
                )


@PACKAGE.trap("classic-same-ident", Effect.VANISHES, "Two questions of one ident in a quiz become one: the last.")
def _same_ident(package: Package) -> Iterator[Said]:
    for quiz in quizzes_of(package):
        seen = set()
        for item in quiz.items:
            if item.ident and repaired(item.ident) in seen:
                sentence = f"'{item.ident}' stands twice in {quiz.document.member}: the questions become one."
                yield Said(sentence, "Give each question an ident of its own.")
            seen.add(repaired(item.ident))


@PACKAGE.trap(
    "classic-ident-in-two",
    Effect.CHANGES,
    "Where two quizzes have a question of one ident both get the last one's content.",
)
def _ident_in_two(package: Package) -> Iterator[Said]:
    owners: dict[str, tuple[str, str]] = {}
    for quiz in quizzes_of(package):
        for item in quiz.items:
            owner = (quiz.document.member, quiz.ident)
            if item.ident and owners.setdefault(item.ident, owner) != owner:
                sentence = f"'{item.ident}' is in {owners[item.ident][0]} and in {owner[0]}: both get the same content."
                yield Said(sentence, "Give each question an ident of its own.")


@PACKAGE.trap(
    "classic-loose-items",
    Effect.CHANGES,
    "Items that are in no assessment and no bank go into an untitled bank, and no quiz is made.",
)
def _loose_items(package: Package) -> Iterator[Said]:
    for document in read_documents(package):
        if document.root is not None and (document.root.find("item") is not None or document.tag == "item"):
            sentence = f"The items of {document.member} go into an untitled bank: there is no quiz."
            yield Said(sentence, "Put them into an assessment with a section.")


@PACKAGE.trap("classic-bank", Effect.NOTES, "A question bank (objectbank) makes a bank, and no quiz.")
def _bank(package: Package) -> Iterator[Said]:
    for document in read_documents(package):
        if document.root is not None and document.root.find("objectbank") is not None:
            yield Said(f"{document.member} makes a question bank, not a quiz.", "Add its questions to a quiz there.")


@PACKAGE.trap(
    "classic-bank-entry", Effect.VANISHES, "An entry that only points to a bank of New Quizzes brings no question."
)
def _bank_entry(package: Package) -> Iterator[Said]:
    for document in read_documents(package):
        for node in () if document.root is None else document.root.iter("bankentry_item"):
            yield Said(f"A question of {document.member} is only a link to a bank.", "Export the bank.", node)


@PACKAGE.trap(
    "classic-file-missing", Effect.NOTES, "A file that the manifest lists and the package lacks gives a warning."
)
def _file_missing(package: Package) -> Iterator[Said]:
    for resource in package.manifest.resources if package.manifest else ():
        for path in resource.files:
            if path not in package.names and "://" not in path:
                yield Said(f"'{path}' is listed but not there.", "Add it, or take it off the list.", resource.node)


@DOCUMENT.trap(
    "classic-undefined-entity",
    Effect.KILLS,
    "An entity that XML does not know, such as &nbsp; written raw, ends the whole import.",
)
def _undefined_entity(document: Document) -> Iterator[Said]:
    if document.fault and "UNDECLARED_ENTITY" in document.fault.name:
        yield Said(f"{document.fault.sentence}: the whole import fails.", "Write &amp;nbsp; or &#160; instead.")


@DOCUMENT.trap(
    "classic-control-character",
    Effect.CHANGES,
    "Behind a control character all &lt; of the file vanish, and its tags show as text.",
)
def _control_character(document: Document) -> Iterator[Said]:
    if document.fault and document.fault.name == "ERR_INVALID_CHAR":
        yield Said("Behind this control character every '&lt;' of the file vanishes.", "Take the character out.")


@DOCUMENT.trap(
    "classic-bare-sign", Effect.CHANGES, "Behind a bare & or < all &lt; of the file vanish, and its tags show as text."
)
def _bare_sign(document: Document) -> Iterator[Said]:
    if document.fault and document.fault.name in {"ERR_NAME_REQUIRED", "ERR_ENTITYREF_SEMICOL_MISSING"}:
        yield Said("Behind this bare sign every '&lt;' of the file vanishes.", "Write &amp; and &lt; instead.")


@DOCUMENT.trap("classic-not-well-formed", Effect.VANISHES, "Where a tag is missing questions are lost.")
def _not_well_formed(document: Document) -> Iterator[Said]:
    known = {"ERR_INVALID_CHAR", "ERR_NAME_REQUIRED", "ERR_ENTITYREF_SEMICOL_MISSING"}
    if document.fault and document.fault.name not in known and "UNDECLARED_ENTITY" not in document.fault.name:
        yield Said(f"The XML is broken ({document.fault.sentence}): questions are lost.", "Repair it at this line.")


@PACKAGE.trap("classic-long-quiz-ident", Effect.KILLS, "A quiz's ident of more than 251 bytes ends the whole import.")
def _long_quiz_ident(package: Package) -> Iterator[Said]:
    for quiz in quizzes_of(package):
        if len(quiz.ident.encode()) > IDENT_MAX_BYTES:
            yield Said("The quiz's ident is longer than a file name may be: the import fails.", "Shorten it.")


@PACKAGE.trap(
    "classic-settings-lost",
    Effect.VANISHES,
    "A settings file in another folder than <ident of the quiz>, or not listed in the manifest, is not read.",
)
def _settings_lost(package: Package) -> Iterator[Said]:
    read = {quiz.meta_path for quiz in quizzes_of(package) if quiz.meta is not None}
    expected = [quiz.meta_path for quiz in quizzes_of(package) if quiz.meta is None]
    for path in package.documents:
        if path.rpartition("/")[2] == META and path not in read and expected:
            yield Said(
                f"Canvas does not find the settings in {path}: it looks for {expected[0]}, listed in the manifest as"
                f" a ...{'/learning-application-resource'}.",
                "Give the folder the ident of the assessment, and list the file.",
            )
