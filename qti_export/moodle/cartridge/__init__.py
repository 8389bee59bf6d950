"""A Common Cartridge 1.1 with one quiz in QTI 1.2, for Moodle's course restore.

Moodle reads no other QTI, and no other version of the cartridge without losing more.
"""

from collections.abc import Iterator
from dataclasses import replace

from content.problem import Problem
from content.quiz import Quiz
from qti_export import qti12
from qti_export.cartridge import manifest
from qti_export.moodle.cartridge import items, losses
from qti_export.moodle.cartridge.images import Images
from qti_export.moodle.wording import question_name
from qti_export.package import Member, pack
from qti_export.report import Exported, NotExportable, report
from qti_export.xml_text import Xml

STEPS = (
    "In the Moodle course open More > Course reuse > Restore, upload this file, and restore it into this course.",
    "Open the quiz's Questions page and set each mark to its points (change one and set it back if all are right).",
    "In the quiz's settings set 'How questions behave' to 'Deferred feedback', and what 'Review options' shall show.",
)


def export(quiz: Quiz) -> Exported:
    """Return the cartridge of a checked quiz that has all its ids.

    Raise NotExportable where no question of it can go: Moodle gives up the whole restore at an empty quiz.
    """
    flat = replace(quiz, parts=tuple(question for question in quiz.questions if not losses.is_left_out(question)))
    if not flat.questions:
        raise NotExportable([losses.nothing_goes(quiz)])
    changed: list[Problem] = []
    images = Images(flat)

    def written() -> Iterator[Xml]:
        for place, question in enumerate(flat.questions, start=1):
            item = items.new_item(question, question.id, question_name(question, place, len(flat.questions)))
            item = images.relinked(item)
            changed.extend(losses.of_item(question, item))
            yield item

    fields = {"cc_profile": "cc.exam.v0p1"}
    data = pack(
        [
            Member("imsmanifest.xml", manifest.document(flat, images.members, manifest.V1P1)),
            Member(manifest.QUIZ_PATH, qti12.assessment(flat.id, flat.title, fields, written())),
            *(Member(path, [data]) for path, data in images.members.items()),
        ]
    )
    lost = [*losses.of_parts(quiz), *losses.of(flat), *changed]
    return Exported(data, report("moodle-cartridge", flat, lost, STEPS, with_images=True))
