"""A Common Cartridge 1.1 with one quiz in QTI 1.2, for Moodle's course restore.

Moodle reads no other QTI, and no other version of the cartridge without losing more.
"""

from collections.abc import Iterator

from lxml import etree

from content.problem import Problem
from content.quiz import Quiz
from qti_export import qti12
from qti_export.moodle.cartridge import items, losses, manifest
from qti_export.moodle.wording import question_name
from qti_export.package import Member, pack
from qti_export.report import Exported, report
from qti_export.unwritten import refuse_parts

STEPS = (
    "In the Moodle course open More > Course reuse > Restore, upload this file, and restore it into this course.",
    "Open the quiz's Questions page and set each mark to its points (change one and set it back if all are right).",
    "In the quiz's settings set 'How questions behave' to 'Deferred feedback', and what 'Review options' shall show.",
)


def export(quiz: Quiz) -> Exported:
    """Return the cartridge of a checked quiz that has all its ids."""
    refuse_parts(quiz, "a Moodle cartridge")
    changed: list[Problem] = []

    def written() -> Iterator[etree._Element]:
        for place, question in enumerate(quiz.questions, start=1):
            item = items.new_item(question, question.id, question_name(question, place, len(quiz.questions)))
            changed.extend(losses.of_item(question, item))
            yield item

    data = pack(
        [
            Member("imsmanifest.xml", manifest.document(quiz)),
            Member(
                manifest.QUIZ_PATH, qti12.assessment(quiz.id, quiz.title, {"cc_profile": "cc.exam.v0p1"}, written())
            ),
        ]
    )
    return Exported(data, report("moodle-cartridge", quiz, [*losses.of(quiz), *changed], STEPS))
