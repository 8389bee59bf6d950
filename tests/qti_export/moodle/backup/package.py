"""A whole backup, read, with what the rules look for in it."""

import re
from dataclasses import dataclass
from functools import cached_property

from tests.qti_export.moodle.backup.records import Record, document, unpacked

REQUIRED_FILES = ("moodle_backup.xml", "questions.xml", "files.xml", "groups.xml", "scales.xml", "outcomes.xml")
REQUIRED_OF_ACTIVITY = ("module.xml", "quiz.xml", "grades.xml", "roles.xml", "inforef.xml")


@dataclass(frozen=True)
class Package:
    files: dict[str, bytes]

    @classmethod
    def of(cls, data: bytes) -> "Package":
        return cls(unpacked(data))

    @cached_property
    def missing(self) -> list[str]:
        """The files without which the restore dies or brings no questions."""
        expected = [*REQUIRED_FILES, "roles.xml"]
        folder = re.search(rb"<directory>(.*?)</directory>", self.files.get("moodle_backup.xml", b""))
        if folder:
            expected += [f"{folder.group(1).decode()}/{name}" for name in REQUIRED_OF_ACTIVITY]
        return [path for path in expected if path not in self.files]

    @cached_property
    def information(self) -> Record:
        return document(self.files["moodle_backup.xml"]).one("information")

    @cached_property
    def bank(self) -> Record:
        return document(self.files["questions.xml"])

    @cached_property
    def module(self) -> Record:
        return self._of_activity("module.xml")

    @cached_property
    def activity(self) -> Record:
        return self._of_activity("quiz.xml")

    @cached_property
    def quiz(self) -> Record:
        return self.activity.one("quiz")

    @cached_property
    def slots(self) -> list[Record]:
        """The slots in their order."""
        return sorted(self.activity.all("question_instance"), key=lambda slot: int(slot["slot"]))

    @cached_property
    def grades(self) -> Record:
        return self._of_activity("grades.xml")

    @cached_property
    def inforef(self) -> Record:
        return self._of_activity("inforef.xml")

    @cached_property
    def stored(self) -> list[Record]:
        """The files, without the entries of folders."""
        return [file for file in document(self.files["files.xml"]).all("file") if file["filename"] != "."]

    @cached_property
    def documents(self) -> dict[str, Record]:
        """Every XML member, read."""
        return {path: document(data) for path, data in self.files.items() if path.endswith(".xml")}

    def in_inforef(self, kind: str) -> set[str]:
        """The ids of this kind that belong to the activity."""
        return {record["id"] for record in self.inforef.all(kind)}

    def _of_activity(self, name: str) -> Record:
        folder = self.information.one("activity")["directory"]
        return document(self.files[f"{folder}/{name}"])
