"""New Quizzes' own import of a QTI package."""

from qti_export.preflight.canvas_new import items  # noqa: F401 - registers its rules
from qti_export.preflight.canvas_new.packages import PACKAGE, read_documents
from qti_export.preflight.canvas_new.question import ITEM, Question
from qti_export.preflight.model import Arrival, Finding
from qti_export.preflight.package import Package
from qti_export.preflight.qti2 import items_of as items2_of
from qti_export.preflight.qti12 import items_of

WAY = (
    "Canvas, New Quizzes: Build > Import Content. By Settings > Import Course Content the file goes through Classic"
    " Quizzes first: check it with --lms canvas, too."
)


def canvas_new(package: Package) -> tuple[list[Finding], list[Arrival]]:
    """Return what New Quizzes make of the package, and of each question in it."""
    questions = (Question(item) for document in read_documents(package) for item in items_of(document))
    later = [
        Arrival(
            where=item.place(None),
            title=item.node.get("title") or "Question",
            kind=item.kind,
            points=item.points if item.fields else None,
            key=item.key,
        )
        for item in items2_of(package)
    ]
    return list(PACKAGE.findings(package)), [*map(_arrival, questions), *later]


def _arrival(question: Question) -> Arrival:
    return Arrival(
        where=question.place(None),
        title=question.item.title or "Question",
        kind=question.kind,
        points=question.points,
        key=question.key,
        feedback=question.feedback,
        findings=tuple(ITEM.findings(question)),
    )
