"""A Moodle backup with one quiz, as the restore sees it: records with plain values, by file."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from qti_export.preflight.archive import Archive
from qti_export.preflight.documents import Document, line_of, read_document
from qti_export.preflight.model import Place

NULL = "$@NULL@$"
INFORMATION = "moodle_backup.xml"
QUESTIONS, FILES = "questions.xml", "files.xml"
OF_COURSE = (INFORMATION, QUESTIONS, FILES, "groups.xml", "scales.xml", "outcomes.xml", "roles.xml")
OF_ACTIVITY = ("module.xml", "quiz.xml", "grades.xml", "roles.xml", "inforef.xml")


@dataclass(frozen=True)
class Backup:
    """The files of a backup."""

    archive: Archive

    def place(self, node: etree._Element | None) -> Place:
        """Return where an element stands: the member that it is of, its line and its id."""
        if node is None:
            return Place()
        root = node.getroottree().getroot()
        member = next((path for path, one in self.documents.items() if one.root is root), "")
        return Place(member, line_of(node), node.get("id") or "")

    @cached_property
    def documents(self) -> dict[str, Document]:
        """Every XML member."""
        contents = self.archive.contents.items()
        return {path: read_document(path, data) for path, data in contents if path.endswith(".xml")}

    def root(self, path: str) -> etree._Element | None:
        """Return the root of a member; None where it is missing or broken."""
        document = self.documents.get(path)
        return None if document is None else document.root

    @cached_property
    def information(self) -> etree._Element | None:
        """What ``moodle_backup.xml`` says."""
        root = self.root(INFORMATION)
        return None if root is None else root.find("information")

    @cached_property
    def folder(self) -> str:
        """The folder of the quiz."""
        info = self.information
        found = () if info is None else info.iterfind("contents/activities/activity")
        quizzes = [one.findtext("directory") or "" for one in found if one.findtext("modulename") == "quiz"]
        return quizzes[0] if quizzes else ""

    @cached_property
    def quizzes(self) -> int:
        """How many quizzes it holds."""
        info = self.information
        found = () if info is None else info.iterfind("contents/activities/activity")
        return sum(one.findtext("modulename") == "quiz" for one in found)

    def of_activity(self, name: str) -> etree._Element | None:
        """Return the root of a file of the quiz's folder."""
        return self.root(f"{self.folder}/{name}")

    @cached_property
    def activity(self) -> etree._Element | None:
        """``quiz.xml``: the activity."""
        return self.of_activity("quiz.xml")

    @cached_property
    def quiz(self) -> etree._Element | None:
        """``quiz.xml``: the quiz in the activity."""
        return None if self.activity is None else self.activity.find("quiz")

    @cached_property
    def context(self) -> str:
        """The id of the quiz's own context."""
        return "" if self.activity is None else self.activity.get("contextid") or ""

    @cached_property
    def slots(self) -> list[etree._Element]:
        """The slots, by number."""
        quiz = self.quiz
        found = [] if quiz is None else list(quiz.iterfind("question_instances/question_instance"))
        return sorted(found, key=lambda slot: whole(slot.findtext("slot")))

    @cached_property
    def categories(self) -> list[etree._Element]:
        """The categories of the question bank."""
        root = self.root(QUESTIONS)
        return [] if root is None else list(root.iterfind("question_category"))

    @cached_property
    def entries(self) -> dict[str, etree._Element]:
        """The entries of the question bank by id."""
        return {
            one.get("id") or "": one for category in self.categories for one in category.iter("question_bank_entry")
        }

    @cached_property
    def question_ids(self) -> frozenset[str]:
        """The ids of all questions, those within others too."""
        found = (question for category in self.categories for question in category.iter("question"))
        return frozenset(question.get("id") or "" for question in found)

    @cached_property
    def stored(self) -> list[etree._Element]:
        """The files, without the entries of folders."""
        root = self.root(FILES)
        found = () if root is None else root.iterfind("file")
        return [one for one in found if one.findtext("filename") != "."]

    @cached_property
    def stored_names(self) -> frozenset[str]:
        """The names of the files."""
        return frozenset(one.findtext("filename") or "" for one in self.stored)

    def in_inforef(self, kind: str) -> set[str]:
        """Return the ids of this kind that are said to belong to the activity."""
        root = self.of_activity("inforef.xml")
        return set() if root is None else {(one.findtext("id") or "") for one in root.iter(kind)}

    def records(self) -> Iterator[etree._Element]:
        """Yield every element that has an id or others in it, of all files."""
        for document in self.documents.values():
            for node in () if document.root is None else document.root.iter(etree.Element):
                if len(node) or node.attrib:
                    yield node


def whole(text: str | None) -> int:
    """Return a whole number, 0 where the text is none."""
    stripped = (text or "").strip()
    return int(stripped) if stripped.isdecimal() and len(stripped) < 19 else 0


def is_whole_question(question: etree._Element) -> bool:
    """Return whether it is a question by itself, not one within another."""
    return (question.findtext("parent") or "0") == "0"
