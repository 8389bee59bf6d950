"""A target with a fault: it fails at quizzes that are called Broken."""

from content.quiz import Quiz
from qti_export.canvas import export as export_for_canvas
from qti_export.report import Exported


def export(quiz: Quiz) -> Exported:
    if quiz.title == "Broken":
        raise KeyError("no such thing")
    return export_for_canvas(quiz)
