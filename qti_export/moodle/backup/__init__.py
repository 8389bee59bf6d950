"""A Moodle backup (``.mbz``) of one quiz activity: its settings, its questions and its place in the gradebook.

One layout for Moodle 4.0 to 5.x: an activity backup that says it is Moodle 4.0's, with the question bank in the quiz's
own context. Restoring is no transaction, and half a quiz stays where it dies; so this writes every element that some
version needs, and refuses what Moodle's columns cannot hold.
"""

from collections.abc import Iterable, Iterator

from content.quiz import Quiz
from qti_export.images import image_files
from qti_export.moodle.backup import (
    grades_xml,
    inforef_xml,
    losses,
    module_xml,
    moodle_backup_xml,
    questions_xml,
    quiz_xml,
)
from qti_export.moodle.backup.files_xml import Files
from qti_export.moodle.backup.moodle_backup_xml import FOLDER
from qti_export.moodle.backup.plan import plan
from qti_export.moodle.backup.records import container
from qti_export.package import Member, pack
from qti_export.report import Exported, NotExportable, report
from qti_export.xml_tree import element, whole

STEPS = (
    "In the course (Moodle 4.0 or newer) open More > Course reuse > Restore, drop the file, press Restore, Continue.",
    "Choose your course under 'Restore into an existing course', then press Continue, Next, Next and Perform restore.",
    "If Moodle says it is pending, wait. The quiz is at the top of the course, hidden: look it over, then show it.",
)

EMPTY = {
    "groups.xml": ("groups", "groupings"),
    "outcomes.xml": ("outcomes_definition",),
    "roles.xml": ("roles_definition",),
    "scales.xml": ("scales_definition",),
    f"{FOLDER}/roles.xml": ("roles", "role_overrides", "role_assignments"),
}
"""The members that must be there and say nothing: the root element of each, and what Moodle writes in it."""


def export(quiz: Quiz) -> Exported:
    """Return the backup of a checked quiz that has all its ids.

    Raise NotExportable where it has more than Moodle's columns can hold.
    """
    refusals = tuple(losses.refused(quiz))
    if refusals:
        raise NotExportable(refusals)
    return Exported(pack(_members(quiz)), report("moodle-backup", quiz, losses.of(quiz), STEPS, with_images=True))


def _members(quiz: Quiz) -> Iterator[Member]:
    """Yield the members. Which text shows which image is known only when the texts are written, so files come last."""
    planned = plan(quiz)
    files = Files(image_files(quiz))
    yield Member("moodle_backup.xml", moodle_backup_xml.document(quiz))
    yield Member("questions.xml", questions_xml.document(quiz, planned, files))
    for path, (root, *inside) in EMPTY.items():
        yield Member(path, _empty(root, inside))
    yield Member(f"{FOLDER}/grades.xml", grades_xml.document(quiz))
    yield Member(f"{FOLDER}/module.xml", module_xml.document(quiz))
    yield Member(f"{FOLDER}/quiz.xml", quiz_xml.document(quiz, planned, files))
    yield Member(f"{FOLDER}/inforef.xml", inforef_xml.document(planned, files))
    yield Member("files.xml", files.document())
    yield from files.members()


def _empty(root: str, inside: Iterable[str]) -> Iterator[bytes]:
    made = element(root)
    for tag in inside:
        container(made, tag)
    return whole(made)
