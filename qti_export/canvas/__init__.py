"""Canvas: a QTI 1.2 package for Classic Quizzes ("QTI .zip file") and for New Quizzes."""

from collections.abc import Iterator

from lxml import etree

from content.problem import Problem
from content.quiz import Quiz
from qti_export import qti12
from qti_export.canvas import items, losses, manifest, settings
from qti_export.package import Member, pack
from qti_export.report import Exported, NotExportable, report
from qti_export.unwritten import refuse_parts

STEPS = (
    "In the Canvas course open Settings > Import Course Content, choose 'QTI .zip file' and this file.",
    (
        "Tick 'Import existing quizzes as New Quizzes' if you want those; tick 'Overwrite assessment content with"
        " matching IDs' if you have imported the quiz before."
    ),
    "When the import is completed, open Quizzes, look through the quiz, and publish it.",
)


def export(quiz: Quiz) -> Exported:
    """Return the package of a checked quiz that has all its ids.

    Raise NotExportable where Canvas would put a notice in the place of a question.
    """
    refuse_parts(quiz, "Canvas")
    refusals: list[Problem] = []

    def written() -> Iterator[etree._Element]:
        for place, question in enumerate(quiz.questions, start=1):
            item = items.new_item(question, items.item_ident(quiz, question), question.title or f"Question {place}")
            refusals.extend(losses.refused_stem(question, item))
            yield item

    if quiz.id == manifest.RESERVED_ID:
        raise NotExportable([losses.reserved_id(quiz)])
    members = [
        Member("imsmanifest.xml", manifest.document(quiz)),
        Member(manifest.meta_path(quiz), settings.document(quiz)),
        Member(manifest.quiz_path(quiz), qti12.assessment(quiz.id, quiz.title, settings.qti_fields(), written())),
    ]
    data = pack(members)
    if refusals:
        raise NotExportable(refusals)
    return Exported(data, report("canvas", quiz, losses.of(quiz), STEPS))
