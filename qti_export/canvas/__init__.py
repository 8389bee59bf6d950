"""Canvas: a QTI 1.2 package for Classic Quizzes ("QTI .zip file") and for New Quizzes."""

from content.quiz import Quiz
from qti_export import qti12
from qti_export.canvas import images, losses, manifest, settings
from qti_export.canvas.contents import Contents
from qti_export.canvas.losses.refusals import refused_quiz
from qti_export.package import Member, pack
from qti_export.report import Exported, NotExportable, report

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

    Raise NotExportable where Canvas would not import the quiz, would put a notice in the place of a question, or could
    not find a blank.
    """
    if refusals := list(refused_quiz(quiz)):
        raise NotExportable(refusals)
    contents = Contents(quiz, quiz.id)
    questions = qti12.assessment(quiz.id, quiz.title, settings.qti_fields(quiz.settings), contents.as_quiz())
    data = pack(
        [
            Member("imsmanifest.xml", manifest.of_quiz(quiz)),
            Member(manifest.meta_path(quiz), settings.document(quiz)),
            Member(manifest.content_path(quiz), questions),
            *images.members(quiz),
        ]
    )
    if contents.refusals:
        raise NotExportable(contents.refusals)
    return Exported(data, report("canvas", quiz, losses.of_quiz(quiz), STEPS, with_images=True))
