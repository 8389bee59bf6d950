"""Moodle's course restore of a Common Cartridge; any other QTI package it does not read."""

from collections.abc import Iterator
from decimal import Decimal

from qti_export.preflight.markup import plain, shortened
from qti_export.preflight.model import Arrival, Finding
from qti_export.preflight.moodle_cartridge import feedback, items  # noqa: F401 - each registers its rules
from qti_export.preflight.moodle_cartridge.cartridge import PROFILES, files_of
from qti_export.preflight.moodle_cartridge.packages import PACKAGE
from qti_export.preflight.moodle_cartridge.question import ITEM, Question
from qti_export.preflight.moodle_cartridge.quizzes import FILE
from qti_export.preflight.package import Package

WAY = "Moodle, course restore of a Common Cartridge: Course reuse > Restore"


def moodle_cartridge(package: Package) -> tuple[list[Finding], list[Arrival]]:
    """Return what Moodle makes of the package, and of each question in it."""
    findings = list(_of_package(package))
    files = files_of(package)
    return findings, [_arrival(Question(file, item)) for file in files for item in file.items]


def _of_package(package: Package) -> Iterator[Finding]:
    yield from PACKAGE.findings(package)
    for file in files_of(package):
        yield from FILE.findings(file)


def _arrival(question: Question) -> Arrival:
    kind = PROFILES.get(question.profile) or question.item.raw_fields.get("cc_profile") or "unknown"
    general = any(condition.goes_on and condition.shows for condition in question.item.conditions)
    told = [one for one in question.item.conditions if question.shows_for_answers(one)]
    return Arrival(
        where=question.place(None),
        title=question.item.title or shortened(plain(question.item.stem_html)),
        kind=kind,
        points=Decimal(1) if question.profile else None,
        key=question.key if question.profile else (),
        feedback=(*(["general"] if general else []), *([f"of {len(told)} answers"] if told else [])),
        findings=tuple(ITEM.findings(question)),
    )
