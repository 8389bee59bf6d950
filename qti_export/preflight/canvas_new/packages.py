"""Traps of a package in New Quizzes' Import Content.

The importer's own sources: The gem ``qti``: Qti::Importer, Manifest.
"""

from collections.abc import Iterator

from qti_export.preflight.canvas_classic.quiz import CANVAS_RESOURCE, META
from qti_export.preflight.documents import Document
from qti_export.preflight.manifest import NAME, Resource
from qti_export.preflight.model import Effect
from qti_export.preflight.package import Package
from qti_export.preflight.qti12_files import is_qti2, is_qti3, is_qti12
from qti_export.preflight.rules import Rules, Said

PACKAGE: Rules[Package] = Rules("canvas-new")

TESTS = ("imsqti_xmlv1p2", "imsqti_test_xmlv2p1", "imsqti_test_xmlv2p2")
ITEMS = ("imsqti_item_xmlv2p1", "imsqti_item_xmlv2p2")


def is_assessment(resource: Resource) -> bool:
    """Return whether New Quizzes take the resource for a quiz."""
    return resource.type in (*TESTS, *ITEMS) or resource.type.endswith("/assessment")


def is_bank(resource: Resource) -> bool:
    """Return whether New Quizzes look for a question bank in it."""
    return resource.type.endswith(CANVAS_RESOURCE)


def read_documents(package: Package) -> list[Document]:
    """Return the QTI 1.2 files that are listed as quizzes or banks."""
    found: dict[str, Document] = {}
    for resource in package.manifest.resources if package.manifest else ():
        for path in resource.files if is_assessment(resource) or is_bank(resource) else ():
            document = package.documents.get(path)
            if document is not None and is_qti12(document):
                found[path] = document
    if package.bare:
        return [one for one in package.documents.values() if is_qti12(one)]
    return list(found.values())


def _quizzes(package: Package) -> list[Resource]:
    return [one for one in package.manifest.resources if is_assessment(one)] if package.manifest else []


@PACKAGE.trap("new-no-manifest", Effect.KILLS, "Without an imsmanifest.xml nothing is read.")
def _no_manifest(package: Package) -> Iterator[Said]:
    if package.manifest is None and not package.bare:
        yield Said(f"There is no {NAME}, without which New Quizzes read nothing.", "Add one that lists the quiz.")


@PACKAGE.trap(
    "new-nothing", Effect.KILLS, "A manifest that lists no QTI 1.2, 2.1 or 2.2 brings nothing; QTI 3 is not known."
)
def _nothing(package: Package) -> Iterator[Said]:
    documents = [one for one in package.documents.values() if is_qti12(one) or is_qti2(one)]
    if package.bare and documents:
        return
    if package.manifest is not None and not _quizzes(package) and not read_documents(package):
        three = any(is_qti3(one) for one in package.documents.values())
        what = "It holds QTI 3, which New Quizzes do not read." if three else "It lists no quiz that they read."
        yield Said(what, f"Export QTI 1.2, listed as {TESTS[0]}.")
    elif package.bare and not documents:
        yield Said("New Quizzes read no questions from a file of this kind.", "Export QTI 1.2.")


@PACKAGE.trap(
    "new-not-listed",
    Effect.VANISHES,
    "A QTI file that the manifest does not list, or lists under another type, is not read.",
)
def _not_listed(package: Package) -> Iterator[Said]:
    if package.manifest is None or package.bare:
        return
    read = {one.member for one in read_documents(package)}
    for path, document in package.documents.items():
        if is_qti12(document) and path not in read:
            how = "lists it under a type that is not read" if path in package.listed else "does not list it"
            yield Said(f"{path} is not read: the manifest {how}.", f"List it as {TESTS[0]}.")


@PACKAGE.trap("new-one-at-a-time", Effect.VANISHES, "Of several quizzes in a package the first is imported.")
def _one_at_a_time(package: Package) -> Iterator[Said]:
    whole = [one for one in _quizzes(package) if one.type not in ITEMS]
    if len(whole) > 1:
        yield Said(f"Of its {len(whole)} quizzes only the first is imported.", "Make a package of each.", whole[1].node)


@PACKAGE.trap("new-settings-lost", Effect.VANISHES, "The settings are found by a dependency of the quiz only.")
def _settings_lost(package: Package) -> Iterator[Said]:
    by_path = {path: one for one in package.manifest.resources for path in one.files} if package.manifest else {}
    depended = {name for quiz in _quizzes(package) for name in quiz.dependencies}
    for path in package.documents:
        if path.rpartition("/")[2] == META and _quizzes(package):
            resource = by_path.get(path)
            if resource is None or resource.identifier not in depended:
                yield Said(f"The settings in {path} are not found.", "Add a dependency on them to the quiz's resource.")


@PACKAGE.trap("new-broken-xml", Effect.KILLS, "A quiz whose XML is broken is not read.")
def _broken_xml(package: Package) -> Iterator[Said]:
    for document in (package.manifest_document, *package.documents.values()):
        if (
            document is not None
            and document.fault
            and (document.root is None or is_qti12(document) or document.tag == "manifest")
        ):
            where = f"{document.member}:{document.fault.line}"
            yield Said(f"The XML of {where} is broken: {document.fault.sentence}.", "Repair it, or export it again.")
