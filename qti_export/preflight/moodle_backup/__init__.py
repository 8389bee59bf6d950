"""Moodle's restore of a backup with a quiz (.mbz)."""

from decimal import Decimal

from qti_export.preflight.archive import Archive
from qti_export.preflight.model import Arrival, Finding
from qti_export.preflight.moodle_backup import bank, quiz  # noqa: F401 - each registers its rules
from qti_export.preflight.moodle_backup.backup import Backup, is_whole_question
from qti_export.preflight.moodle_backup.packages import BACKUP
from qti_export.preflight.moodle_backup.questions import Question, arrival
from qti_export.preflight.numbers import decimal

WAY = "Moodle, restore of a backup: Course reuse > Restore"


def moodle_backup(archive: Archive) -> tuple[list[Finding], list[Arrival]]:
    """Return what Moodle makes of the backup, and of each question in its bank, in the order of the file."""
    backup = Backup(archive)
    marks = _marks(backup)
    questions = [
        arrival(Question(backup, node), marks.get(number))
        for number, entry in backup.entries.items()
        for node in entry.iter("question")
        if node.get("id") and is_whole_question(node)
    ]
    return list(BACKUP.findings(backup)), questions


def _marks(backup: Backup) -> dict[str, Decimal]:
    """Return what each entry counts in its slot."""
    found = {}
    for slot in backup.slots:
        number, mark = slot.findtext(".//questionbankentryid"), decimal(slot.findtext("maxmark"))
        if number is not None and mark is not None:
            found[number] = mark
    return found
