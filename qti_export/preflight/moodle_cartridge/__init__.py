"""Moodle's course restore of a Common Cartridge; any other QTI package it does not read."""

from collections.abc import Iterator

from qti_export.preflight.model import Arrival, Finding
from qti_export.preflight.moodle_cartridge.cartridge import files_of
from qti_export.preflight.moodle_cartridge.items import Question, arrival
from qti_export.preflight.moodle_cartridge.packages import PACKAGE
from qti_export.preflight.moodle_cartridge.quizzes import FILE
from qti_export.preflight.package import Package

WAY = "Moodle, course restore of a Common Cartridge: Course reuse > Restore"


def moodle_cartridge(package: Package) -> tuple[list[Finding], list[Arrival]]:
    """Return what Moodle makes of the package, and of each question in it."""
    findings = list(_of_package(package))
    files = files_of(package)
    return findings, [arrival(Question(file, item)) for file in files for item in file.items]


def _of_package(package: Package) -> Iterator[Finding]:
    yield from PACKAGE.findings(package)
    for file in files_of(package):
        yield from FILE.findings(file)
