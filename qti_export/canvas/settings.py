"""How the quiz is given: Canvas's ``assessment_meta.xml``, and the little that QTI itself says about it."""

from collections.abc import Iterator

from content.prose import to_html
from content.quiz import Quiz
from qti_export.xml_tree import add, element, whole

NAMESPACE = "http://canvas.instructure.com/xsd/cccv1p0"

ATTEMPTS = 1
"""What a quiz allows that is made in Canvas itself. Left out, it would become null."""


def document(quiz: Quiz) -> Iterator[bytes]:
    """Yield the settings file. A flag is ``true`` or ``false``: Canvas takes any text with a t or a y in it for set.

    Its elements stand at the top, where Classic looks for the first of each name. Dates are left out: none is known.
    """
    settings = quiz.settings
    root = element("quiz", xmlns=NAMESPACE, identifier=quiz.id)
    for name, value in {
        "title": quiz.title,
        "description": to_html(quiz.description),
        "shuffle_answers": _flag(settings.shuffle_answers),
        "scoring_policy": "keep_highest",
        "quiz_type": "assignment",
        "points_possible": f"{quiz.points:f}",
        "show_correct_answers": _flag(settings.show_correct_answers),
        "allowed_attempts": str(ATTEMPTS),
        "one_question_at_a_time": _flag(settings.one_question_at_a_time),
        "cant_go_back": _flag(settings.cant_go_back),
        "available": _flag(False),  # arrives unpublished, for the instructor to look at first
    }.items():
        add(root, name, value)
    return whole(root)


def qti_fields() -> dict[str, str]:
    """Return the metadata of the QTI assessment, as Canvas writes it."""
    return {"cc_maxattempts": str(ATTEMPTS)}


def _flag(value: bool) -> str:
    return "true" if value else "false"
