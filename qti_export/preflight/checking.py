"""Says what an LMS's importer will make of a file, whoever made it."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeAlias

from content.problem import Problem, Severity, has_errors
from content.readers import read_text
from qti_export import NotExportable, export
from qti_export.preflight.canvas_classic import WAY as CLASSIC_WAY
from qti_export.preflight.canvas_classic import canvas_classic
from qti_export.preflight.canvas_new import WAY as NEW_WAY
from qti_export.preflight.canvas_new import canvas_new
from qti_export.preflight.file_traps import finding, refused
from qti_export.preflight.formats import MAX_BYTES, Format, Opened, open_file
from qti_export.preflight.model import Arrival, Arrivals, Effect, Finding, Place
from qti_export.preflight.moodle_backup import WAY as BACKUP_WAY
from qti_export.preflight.moodle_backup import moodle_backup
from qti_export.preflight.moodle_bank.aiken import moodle_aiken
from qti_export.preflight.moodle_bank.blackboard import moodle_blackboard
from qti_export.preflight.moodle_bank.gift import moodle_gift
from qti_export.preflight.moodle_bank.source import read_text_file
from qti_export.preflight.moodle_bank.xml import moodle_xml
from qti_export.preflight.moodle_cartridge import WAY as CARTRIDGE_WAY
from qti_export.preflight.moodle_cartridge import moodle_cartridge
from qti_export.preflight.refusal import UnreadableError

LMS = {"canvas": "Canvas (Classic Quizzes)", "canvas-new": "Canvas (New Quizzes)", "moodle": "Moodle"}
"""Every LMS by the name that ``--lms`` takes."""

FIRST_CHOICE = {"canvas": "canvas", "canvas-new": "canvas", "moodle": "moodle-backup"}
"""The target that a quiz text is exported to before it is looked at."""

Found: TypeAlias = tuple[list[Finding], list[Arrival]]
Importer: TypeAlias = Callable[[Opened], Found]

BANK_WAY = "Moodle, question bank: Question bank > Import"


def _classic(opened: Opened) -> Found:
    return canvas_classic(opened.package) if opened.package else ([], [])


def _new(opened: Opened) -> Found:
    return canvas_new(opened.package) if opened.package else ([], [])


def _cartridge(opened: Opened) -> Found:
    return moodle_cartridge(opened.package) if opened.package else ([], [])


def _blackboard(opened: Opened) -> Found:
    return moodle_blackboard(opened.package) if opened.package else ([], [])


def _backup(opened: Opened) -> Found:
    return moodle_backup(opened.archive) if opened.archive else ([], [])


def _xml(opened: Opened) -> Found:
    return moodle_xml(opened.document) if opened.document else ([], [])


IMPORTERS: dict[tuple[str, Format], tuple[str, Importer]] = {
    ("canvas", Format.QTI): (CLASSIC_WAY, _classic),
    ("canvas", Format.QTI_FILE): (CLASSIC_WAY, _classic),
    ("canvas", Format.CARTRIDGE): (CLASSIC_WAY, _classic),
    ("canvas", Format.BLACKBOARD): (CLASSIC_WAY, _classic),
    ("canvas-new", Format.QTI): (NEW_WAY, _new),
    ("canvas-new", Format.QTI_FILE): (NEW_WAY, _new),
    ("canvas-new", Format.CARTRIDGE): (NEW_WAY, _new),
    ("moodle", Format.CARTRIDGE): (CARTRIDGE_WAY, _cartridge),
    ("moodle", Format.QTI): (CARTRIDGE_WAY, _cartridge),
    ("moodle", Format.QTI_FILE): (CARTRIDGE_WAY, _cartridge),
    ("moodle", Format.BACKUP): (BACKUP_WAY, _backup),
    ("moodle", Format.MOODLE_XML): (f"{BANK_WAY}, Moodle XML format", _xml),
    ("moodle", Format.GIFT): (f"{BANK_WAY}, GIFT format", lambda one: moodle_gift(read_text_file(one.data))),
    ("moodle", Format.AIKEN): (f"{BANK_WAY}, Aiken format", lambda one: moodle_aiken(read_text_file(one.data))),
    ("moodle", Format.BLACKBOARD): (f"{BANK_WAY}, Blackboard", _blackboard),
}


def check_file(path: Path, lms: str) -> Arrivals:
    """Return what the LMS makes of a file, as `check` does; one that cannot be read is a finding, too."""
    try:
        if path.exists() and not path.is_file():  # a folder; or a pipe, of which a reader could wait for ever
            return unreadable(path, lms, "it is no ordinary file")
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        return unreadable(path, lms, str(error.strerror))
    return check(data, str(path), lms)


def unreadable(path: Path, lms: str, why: str) -> Arrivals:
    """Return that a file cannot be read; ``why`` ends the sentence."""
    said = finding("file-unreadable", f"The file cannot be read: {why}.", "Check its name and permissions.")
    return _arrivals(str(path), lms, "unknown", LMS[lms], [said])


def check(data: bytes, name: str, lms: str) -> Arrivals:
    """Return what the LMS makes of a file with this content and name; never raise for what is in it.

    ``lms`` is a name in `LMS`. Raise ValueError for an unknown one.
    """
    if lms not in LMS:
        raise ValueError(f"There is no LMS {lms!r}; there are {', '.join(LMS)}.")
    try:
        opened = open_file(data, name)
    except UnreadableError as error:
        return _arrivals(name, lms, "unknown", LMS[lms], [refused(error)])
    if opened.format is Format.QUIZ_TEXT:
        return _of_quiz_text(opened.text, name, lms)
    return _imported(opened, name, lms)


def _imported(opened: Opened, name: str, lms: str) -> Arrivals:
    entry = IMPORTERS.get((lms, opened.format))
    if entry is None:
        sentence = f"{LMS[lms]} imports no {opened.format}: nothing arrives."
        remedy = "Use the file in the LMS that it is for, or write the quiz as quiz text and export it."
        return _arrivals(name, lms, opened.format, LMS[lms], [finding("file-wrong-lms", sentence, remedy)])
    way, importer = entry
    findings, questions = importer(opened)
    if not questions and all(one.severity is Effect.NOTES for one in findings):
        findings.append(finding("file-no-questions", "No question is found in it.", "Check that it is the right file."))
    return _arrivals(name, lms, opened.format, way, [*_of_file(opened, lms), *findings], questions)


def _of_file(opened: Opened, lms: str) -> list[Finding]:
    found = []
    archive = opened.package.archive if opened.package else opened.archive
    for path in archive.refused if archive else ():
        sentence = f"'{path}' leads out of the archive: it is left out."
        found.append(finding("file-unsafe-path", sentence, "Do not trust this file.", Place(path)))
    if opened.package and opened.package.bare and lms.startswith("canvas"):
        found.append(finding("file-not-packed", "Canvas takes a zip only.", "Put the file into a zip."))
    return found


def _of_quiz_text(text: str, name: str, lms: str) -> Arrivals:
    """Return what becomes of the package that the exporter makes of the text; its own losses are named first."""
    reading = read_text(text, name, Path(name).parent)
    if reading.quiz is None or has_errors(reading.problems):
        return _arrivals(name, lms, Format.QUIZ_TEXT, LMS[lms], _refusals(reading.problems))
    try:
        exported = export(reading.quiz, FIRST_CHOICE[lms])
    except NotExportable as refusal:
        return _arrivals(name, lms, Format.QUIZ_TEXT, LMS[lms], _refusals(refusal.problems))
    losses = _named("file-export-loss", exported.report.losses)
    imported = _imported(open_file(exported.data, name), name, lms)
    findings = [*losses, *imported.findings]
    return _arrivals(name, lms, Format.QUIZ_TEXT, imported.way, findings, list(imported.questions))


def _refusals(problems: Iterable[Problem]) -> list[Finding]:
    return _named("file-export-refused", (one for one in problems if one.severity is Severity.ERROR))


def _named(code: str, problems: Iterable[Problem]) -> list[Finding]:
    return [finding(code, one.sentence, one.remedy, Place("", one.source.line)) for one in problems]


def _arrivals(
    name: str, lms: str, form: str, way: str, findings: list[Finding], questions: list[Arrival] | None = None
) -> Arrivals:
    return Arrivals(
        file=name, lms=lms, format=form, way=way, findings=tuple(findings), questions=tuple(questions or ())
    )
