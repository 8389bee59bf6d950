"""Traps of a backup as a file in Moodle's restore.

The importer's own sources: backup_general_helper, restore_plan_builder, progressive_parser.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from lxml import etree

from qti_export.preflight.model import Effect
from qti_export.preflight.moodle_backup.backup import INFORMATION, NULL, OF_ACTIVITY, OF_COURSE, Backup, whole
from qti_export.preflight.numbers import decimal
from qti_export.preflight.rules import Rules, Said

BACKUP: Rules[Backup] = Rules("moodle")

SIGNS = ('<?xml version="1.0" encoding="utf-8"?>', "<moodle_backup>", "<information>")
KNOWN_WITHIN = 200
OLDEST, OLDEST_BUILD, OLDEST_MODULE = Decimal(4), "20220202", 2022020300
AGAIN = "Make the backup again in Moodle, or export the target moodle-backup."
LINK = re.compile(r"\$@[A-Z0-9]+(?:\*\d+)*@\$")
MAX_LENGTH = {"name": 255, "itemname": 255, "stamp": 255, "rawname": 255, "password": 255}


@BACKUP.trap(
    "backup-unknown",
    Effect.KILLS,
    "A backup is known by its XML declaration and first two elements within the first 200 bytes of moodle_backup.xml.",
)
def _unknown(backup: Backup) -> Iterator[Said]:
    data = backup.archive.contents.get(INFORMATION)
    beginning = "" if data is None else data[:KNOWN_WITHIN].decode("utf-8", "replace").lower()
    if data is not None and not all(sign in beginning for sign in SIGNS):
        yield Said(f"{INFORMATION} does not begin as Moodle wants it: 'not a valid Moodle backup file'.", AGAIN)


@BACKUP.trap("backup-in-folder", Effect.KILLS, "A backup whose files are in a folder is not known as one.")
def _in_folder(backup: Backup) -> Iterator[Said]:
    if INFORMATION not in backup.archive.sizes:
        yield Said(f"{INFORMATION} is not at the root of the archive.", "Pack the files without their folder.")


@BACKUP.trap("backup-file-missing", Effect.KILLS, "Without one of some twelve files the restore dies.")
def _file_missing(backup: Backup) -> Iterator[Said]:
    expected = [
        *OF_COURSE,
        *(f"{backup.folder}/{name}" for name in OF_ACTIVITY if backup.folder and name != "inforef.xml"),
    ]
    for path in expected:
        if path not in backup.archive.sizes and INFORMATION in backup.archive.sizes:
            yield Said(f"{path} is missing: the restore dies.", AGAIN)


@BACKUP.trap("backup-no-inforef", Effect.VANISHES, "Without inforef.xml no question is restored.")
def _no_inforef(backup: Backup) -> Iterator[Said]:
    if backup.folder and f"{backup.folder}/inforef.xml" not in backup.archive.sizes:
        yield Said("inforef.xml is missing: the quiz arrives without its questions.", AGAIN)


@BACKUP.trap(
    "backup-broken-xml", Effect.KILLS, "A file that is not well-formed kills the restore, control characters included."
)
def _broken_xml(backup: Backup) -> Iterator[Said]:
    for document in backup.documents.values():
        if document.fault:
            where = f"{document.member}:{document.fault.line}"
            yield Said(f"The XML of {where} is broken: {document.fault.sentence}.", AGAIN)


@BACKUP.trap("backup-order", Effect.KILLS, "In every element the plain values must stand before the nested elements.")
def _order(backup: Backup) -> Iterator[Said]:
    for node in backup.records():
        nested = False
        for child in node:
            nested = nested or bool(len(child) or child.attrib)
            if nested and not len(child) and not child.attrib and (child.text or "").strip():
                yield Said(f"<{child.tag}> stands behind a nested element: the restore dies.", AGAIN, child)


@BACKUP.trap("backup-no-quiz", Effect.KILLS, "A backup without a quiz brings none.")
def _no_quiz(backup: Backup) -> Iterator[Said]:
    if backup.information is not None and not backup.folder:
        yield Said("There is no quiz in the backup.", "Make a backup of the quiz, or of the course.")


@BACKUP.trap("backup-several", Effect.NOTES, "Of a backup with several quizzes the first is looked at here.")
def _several(backup: Backup) -> Iterator[Said]:
    if backup.quizzes > 1:
        yield Said(f"It holds {backup.quizzes} quizzes, of which the first is looked at.", "Make a backup of each.")


def _said(backup: Backup, name: str) -> str:
    return "" if backup.information is None else (backup.information.findtext(name) or "").strip()


@BACKUP.trap(
    "backup-old",
    Effect.VANISHES,
    "A backup of a release before 4.0, or one that names no build, is read in the old layout: no questions.",
)
def _old(backup: Backup) -> Iterator[Said]:
    if backup.information is None:
        return
    release = decimal(".".join(_said(backup, "backup_release").split(".")[:2])) or Decimal(0)
    build = re.search(r"[0-9]{8}", _said(backup, "moodle_release"))
    if release < OLDEST or build is None or build[0] < OLDEST_BUILD:
        yield Said("It counts as older than Moodle 4.0: its questions are not found.", AGAIN)


@BACKUP.trap("backup-no-version", Effect.KILLS, "A backup without a backup_version is refused.")
def _no_version(backup: Backup) -> Iterator[Said]:
    if backup.information is not None and not _said(backup, "backup_version"):
        yield Said("It names no backup_version: it is refused.", AGAIN)


@BACKUP.trap(
    "backup-origin", Effect.KILLS, "The ids of the course and of its contexts that it comes from must be numbers."
)
def _origin(backup: Backup) -> Iterator[Said]:
    for name in ("original_course_id", "original_course_contextid", "original_system_contextid"):
        if backup.information is not None and not whole(_said(backup, name)):
            yield Said(f"{name} is missing: the restore dies.", AGAIN)


@BACKUP.trap(
    "backup-same-site",
    Effect.CHANGES,
    "A backup without original_site_identifier_hash can pass for one of the same site, whose ids it then takes.",
)
def _same_site(backup: Backup) -> Iterator[Said]:
    if backup.information is not None and not _said(backup, "original_site_identifier_hash"):
        yield Said("It does not say of which site it is, and may take over the site's own ids.", AGAIN)


@BACKUP.trap("backup-nothing-chosen", Effect.KILLS, "Without the setting activities=1 nothing is restored.")
def _nothing_chosen(backup: Backup) -> Iterator[Said]:
    info = backup.information
    settings = () if info is None else info.iterfind("settings/setting")
    chosen = {one.findtext("name"): one.findtext("value") for one in settings}
    included = chosen.get(f"{backup.folder.rpartition('/')[2]}_included", "1")
    if info is not None and (chosen.get("activities") != "1" or included == "0"):
        yield Said("Its settings say that no activity is in it: nothing is restored.", AGAIN)


@BACKUP.trap("backup-whole-course", Effect.NOTES, "A backup of a course asks where to go, and brings all the course.")
def _whole_course(backup: Backup) -> Iterator[Said]:
    kind = "" if backup.information is None else backup.information.findtext("details/detail/type")
    if kind and kind != "activity":
        yield Said(f"It is a backup of a {kind}.", "Choose only the quiz when you restore it.")


@BACKUP.trap(
    "backup-module-version",
    Effect.KILLS,
    "A module version from before 4.0 makes the restore look for slots in the old layout: it dies.",
)
def _module_version(backup: Backup) -> Iterator[Said]:
    module = backup.of_activity("module.xml")
    if module is not None and whole(module.get("version")) < OLDEST_MODULE:
        yield Said("The module's version is from before 4.0: the restore dies.", AGAIN, module)


@BACKUP.trap(
    "backup-too-long",
    Effect.KILLS,
    "A name of more than 255 characters is a database error: the restore dies half done.",
)
def _too_long(backup: Backup) -> Iterator[Said]:
    for node in backup.records():
        for child in node:
            if len(child.text or "") > MAX_LENGTH.get(str(child.tag), 1_000_000_000) and not len(child):
                yield Said(f"The {child.tag} has {len(child.text or '')} characters.", "Shorten it.", child)


@BACKUP.trap("backup-link-text", Effect.CHANGES, "A text such as $@QUIZVIEWBYID*1@$ is turned into a link.")
def _link_text(backup: Backup) -> Iterator[Said]:
    for node in backup.records():
        for child in node:
            found = LINK.search(child.text or "")
            if found and found[0] != NULL and not len(child):
                yield Said(f"'{found[0]}' becomes a link.", "Write it in another way.", child)


@BACKUP.trap("backup-newer-layout", Effect.NOTES, "A site that is older than the backup warns of it before it goes on.")
def _newer_layout(backup: Backup) -> Iterator[Said]:
    release = decimal(".".join(_said(backup, "backup_release").split(".")[:2])) or Decimal(0)
    if release > OLDEST:
        yield Said(f"It says that it is from Moodle {release}: older sites warn of it.", "Continue there.")


def ids_of(root: etree._Element | None, tag: str) -> list[str]:
    """Return the ids of all records of a name."""
    return [] if root is None else [one.get("id") or "" for one in root.iter(tag) if one.get("id")]
