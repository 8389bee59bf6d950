"""Traps of a cartridge as a whole in Moodle's restore.

The importer's own sources: backup/cc: cc_lib, cc11libxml2validator.
"""

import re
from collections.abc import Iterator

from qti_export.preflight.manifest import NAME
from qti_export.preflight.model import Effect
from qti_export.preflight.moodle_cartridge.cartridge import (
    DETECTED_WITHIN,
    QTI_NAMESPACE,
    cartridge_version,
    is_question_resource,
    titles_of,
)
from qti_export.preflight.package import Package
from qti_export.preflight.rules import Rules, Said

PACKAGE: Rules[Package] = Rules("moodle")

ASSOCIATED = "associatedcontent/imscc_xmlv1p1/learning-application-resource"
TYPES_1_1 = {
    "imsqti_xmlv1p2/imscc_xmlv1p1/assessment",
    "imsqti_xmlv1p2/imscc_xmlv1p1/question-bank",
    "webcontent",
    ASSOCIATED,
    "imsdt_xmlv1p1",
    "imswl_xmlv1p1",
    "imsbasiclti_xmlv1p0",
}
DEFAULT_NAMESPACE = re.compile(rb"""xmlns\s*=\s*["']http://www\.imsglobal\.org/xsd/imscc(?:v1p1)?/imscp_v1p1["']""")
REMEDY = "Use a Moodle backup (target moodle-backup) or Moodle XML."


def _named_version(package: Package) -> str:
    return cartridge_version(package.manifest.document.namespace) if package.manifest else ""


@PACKAGE.trap(
    "moodle-no-qti", Effect.KILLS, "Moodle imports no QTI, of no version, but what is in a Common Cartridge 1.0 or 1.1."
)
def _no_qti(package: Package) -> Iterator[Said]:
    document = package.manifest_document
    if document is None or (document.fault is None and not _named_version(package)):
        yield Said("Moodle imports no QTI package.", REMEDY)


@PACKAGE.trap(
    "cartridge-version", Effect.KILLS, "Common Cartridge 1.2, 1.3 and Thin Common Cartridge are unknown to the restore."
)
def _version(package: Package) -> Iterator[Said]:
    if _named_version(package) in {"1.2", "1.3"}:
        yield Said(f"Moodle cannot restore Common Cartridge {_named_version(package)}.", f"Export it as 1.1. {REMEDY}")


@PACKAGE.trap(
    "cartridge-undetected",
    Effect.KILLS,
    "A cartridge is known by its default namespace within the first 1024 bytes of the manifest.",
)
def _undetected(package: Package) -> Iterator[Said]:
    document = package.manifest_document
    if (
        document
        and _named_version(package) in {"1.0", "1.1"}
        and not DEFAULT_NAMESPACE.search(document.data[:DETECTED_WITHIN])
    ):
        sentence = "The namespace is not the default one, or stands too late: Moodle knows no cartridge in it."
        yield Said(sentence, "Declare it as xmlns= at the manifest, with no long comment before.")


@PACKAGE.trap("cartridge-prefixed", Effect.KILLS, "Elements of the manifest with a prefix end the restore.")
def _prefixed(package: Package) -> Iterator[Said]:
    document = package.manifest_document
    found = re.search(rb"<([A-Za-z]+):(manifest|organization|item|resource)\b", document.data) if document else None
    if found and _named_version(package):
        yield Said(f"<{found[1].decode()}:{found[2].decode()}> has a prefix: the restore fails.", "Take it away.")


@PACKAGE.trap("cartridge-manifest-broken", Effect.KILLS, "A manifest that is not well-formed ends the restore.")
def _manifest_broken(package: Package) -> Iterator[Said]:
    document = package.manifest_document
    if document and document.fault:
        yield Said(f"{NAME}:{document.fault.line} is broken: {document.fault.sentence}.", "Export it again.")


@PACKAGE.trap(
    "cartridge-metadata",
    Effect.KILLS,
    "The manifest must say schema 'IMS Common Cartridge', version 1.1.0, and have a title in its LOM.",
)
def _metadata(package: Package) -> Iterator[Said]:
    if _named_version(package) != "1.1" or package.manifest is None:
        return
    manifest = package.manifest
    if manifest.schema != "IMS Common Cartridge" or manifest.version != "1.1.0":
        sentence = f"The manifest says '{manifest.schema}' {manifest.version}: the restore refuses it."
        yield Said(sentence, "Write 'IMS Common Cartridge' and 1.1.0.")
    elif manifest.root.find("metadata/lom/general/title") is None:
        yield Said("The manifest has no LOM title: it is not valid, and the restore refuses it.", "Add it.")


@PACKAGE.trap(
    "cartridge-organization",
    Effect.KILLS,
    'The manifest must have one organization with structure="rooted-hierarchy" and one item without title in it.',
)
def _organization(package: Package) -> Iterator[Said]:
    if _named_version(package) != "1.1" or package.manifest is None:
        return
    found = package.manifest.root.find("organizations/organization")
    items = [] if found is None else list(found.iterfind("item"))
    if found is None or found.get("structure") != "rooted-hierarchy" or len(items) != 1:
        yield Said("The organization is not as Common Cartridge has it: the restore refuses it.", "Export it again.")
    elif items[0].get("identifierref") or items[0].find("title") is not None:
        yield Said("The outer item has a title or a reference: it is not valid.", "Wrap it in one without.", items[0])


@PACKAGE.trap(
    "cartridge-resource-type",
    Effect.KILLS,
    "A resource of a type that Common Cartridge 1.1 does not list ends the restore.",
)
def _resource_type(package: Package) -> Iterator[Said]:
    for one in package.manifest.resources if package.manifest and _named_version(package) == "1.1" else ():
        if one.type not in TYPES_1_1:
            yield Said(f"'{one.type}' is no type of Common Cartridge 1.1.", "Use those of 1.1 only.", one.node)


@PACKAGE.trap("cartridge-protected", Effect.KILLS, "A protected cartridge is refused.")
def _protected(package: Package) -> Iterator[Said]:
    if package.manifest and _named_version(package) and package.manifest.root.find(".//authorizations") is not None:
        yield Said("The cartridge is protected (authorizations).", "Ask its publisher for an open one.")


@PACKAGE.trap(
    "cartridge-file",
    Effect.KILLS,
    "A question file that is missing, broken, or in another namespace ends the whole restore.",
)
def _file(package: Package) -> Iterator[Said]:
    for one in package.manifest.resources if package.manifest and _named_version(package) in {"1.0", "1.1"} else ():
        if not is_question_resource(one):
            continue
        path = one.files[0] if one.files else ""
        document = package.documents.get(path)
        if document is None:
            yield Said(f"'{path}' is not in the package: the restore fails.", "Add it.", one.node)
        elif document.fault:
            yield Said(f"{path}:{document.fault.line} is broken: {document.fault.sentence}.", "Repair it.", one.node)
        elif document.namespace != QTI_NAMESPACE:
            yield Said(f"{path} is not in the namespace of QTI 1.2.", f"Declare {QTI_NAMESPACE}.", one.node)


@PACKAGE.trap(
    "cartridge-no-item", Effect.VANISHES, "A quiz that no item of the organization refers to is dropped in silence."
)
def _no_item(package: Package) -> Iterator[Said]:
    if package.manifest is None or _named_version(package) not in {"1.0", "1.1"}:
        return
    titles = titles_of(package.manifest)
    for one in package.manifest.resources:
        if one.type.endswith("/assessment") and one.identifier not in titles:
            yield Said(f"No item refers to the quiz '{one.identifier}'.", "Add one to the organization.", one.node)


@PACKAGE.trap("cartridge-hidden", Effect.NOTES, "What is meant for instructors or mentors arrives hidden.")
def _hidden(package: Package) -> Iterator[Said]:
    for one in package.manifest.resources if package.manifest and _named_version(package) else ():
        roles = [(node.text or "").strip() for node in one.node.iterfind("metadata//intendedEndUserRole/value")]
        if {"Instructor", "Mentor"} & set(roles):
            yield Said(f"'{one.identifier}' arrives hidden from students.", "Show it in Moodle.", one.node)
