"""Where a quiz can go."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from content.quiz import Quiz
from qti_export.report import Exported


@dataclass(frozen=True, slots=True)
class Target:
    """A kind of file for an LMS: what people call it, how its file ends, and the module that makes it."""

    label: str
    suffix: str
    module: str

    def exporter(self) -> Callable[[Quiz], Exported]:
        """Return the function that exports a checked quiz with ids. Its module is imported only now."""
        return cast("Callable[[Quiz], Exported]", import_module(self.module).export)


TARGETS = {
    "canvas": Target("Canvas, Classic and New Quizzes (QTI 1.2)", ".zip", "qti_export.canvas"),
    "canvas-bank": Target("Canvas, question bank only (QTI 1.2)", ".zip", "qti_export.canvas.bank"),
    "moodle-xml": Target("Moodle, question bank (Moodle XML)", ".xml", "qti_export.moodle.xml"),
    "moodle-cartridge": Target(
        "Moodle, course restore (Common Cartridge 1.1)", ".imscc", "qti_export.moodle.cartridge"
    ),
    "moodle-backup": Target("Moodle backup (whole quiz)", ".mbz", "qti_export.moodle.backup"),
    "common-cartridge": Target("Common Cartridge 1.3 (for other LMSs)", ".imscc", "qti_export.common_cartridge"),
    "qti21": Target("QTI 2.1 package", ".zip", "qti_export.qti.v21"),
    "qti22": Target("QTI 2.2 package", ".zip", "qti_export.qti.v22"),
    "qti30": Target("QTI 3.0 package", ".zip", "qti_export.qti.v30"),
    "gift": Target("GIFT (text, for question banks)", ".gift.txt", "qti_export.gift"),
    "aiken": Target("Aiken (text, single choices only)", ".aiken.txt", "qti_export.aiken"),
}
"""Every target by the name that ``--to`` takes."""
