"""Canvas's import of a "QTI .zip file" into Classic Quizzes."""

from collections.abc import Iterator
from decimal import Decimal

from qti_export.preflight.canvas_classic import (  # noqa: F401 - each registers its rules
    choices,
    feedback,
    items,
    parts,
    texts,
    typed,
)
from qti_export.preflight.canvas_classic.packages import DOCUMENT, PACKAGE
from qti_export.preflight.canvas_classic.pictures import PICTURE, pictures_of
from qti_export.preflight.canvas_classic.question import ITEM, Question
from qti_export.preflight.canvas_classic.quiz import all_items, quizzes_of
from qti_export.preflight.canvas_classic.settings import QUIZ
from qti_export.preflight.model import Arrival, Finding
from qti_export.preflight.package import Package
from qti_export.preflight.qti2 import arrivals_of
from qti_export.preflight.qti12_files import is_qti12

WAY = "Canvas, Classic Quizzes: Settings > Import Course Content > QTI .zip file"


def canvas_classic(package: Package) -> tuple[list[Finding], list[Arrival]]:
    """Return what Canvas makes of the package, and of each question in it."""
    return list(_of_package(package)), [*map(_arrival, map(Question, all_items(package))), *arrivals_of(package)]


def _of_package(package: Package) -> Iterator[Finding]:
    yield from PACKAGE.findings(package)
    for picture in pictures_of(package):
        yield from PICTURE.findings(picture)
    for document in package.documents.values():
        if document.fault and (is_qti12(document) or document.root is None):
            yield from DOCUMENT.findings(document)
    for quiz in quizzes_of(package):
        yield from QUIZ.findings(quiz)


def _arrival(question: Question) -> Arrival:
    points: Decimal | None = question.points
    return Arrival(
        where=question.place(None),
        title=question.item.title or "Question",
        kind=question.kind,
        points=points,
        key=question.key,
        feedback=feedback.kept(question),
        findings=tuple(ITEM.findings(question)),
    )
