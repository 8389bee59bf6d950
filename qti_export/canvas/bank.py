"""Canvas: a QTI 1.2 package with a question bank and no quiz."""

from content.quiz import Quiz
from qti_export import qti12
from qti_export.canvas import images, losses, manifest
from qti_export.canvas.contents import Contents
from qti_export.package import Member, pack
from qti_export.report import Exported, NotExportable, report

STEPS = (
    "In the Canvas course open Settings > Import Course Content, choose 'QTI .zip file' and this file.",
    "Tick 'Overwrite assessment content with matching IDs' if you have imported the bank before.",
    "When the import is completed, open Quizzes > Manage Question Banks: the bank has the title of your quiz.",
)


def export(quiz: Quiz) -> Exported:
    """Return the package of a checked quiz that has all its ids.

    Raise NotExportable where Canvas would put a notice in the place of a question, or could not find a blank.
    """
    # Idents of its own keep the bank's questions apart from those of the quiz, should the course have both.
    ident = f"{quiz.id}__bank"
    contents = Contents(quiz, ident)
    questions = qti12.objectbank(ident, {"bank_title": quiz.title}, contents.as_bank())
    data = pack(
        [
            Member("imsmanifest.xml", manifest.of_bank(quiz)),
            Member(manifest.content_path(quiz), questions),
            *images.members(quiz),
        ]
    )
    if contents.refusals:
        raise NotExportable(contents.refusals)
    return Exported(data, report("canvas-bank", quiz, losses.of_bank(quiz), STEPS, with_images=True))
