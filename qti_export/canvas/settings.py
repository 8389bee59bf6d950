"""How the quiz is given: Canvas's ``assessment_meta.xml``, and the little that QTI itself says about it."""

from collections.abc import Iterator
from datetime import UTC, datetime

from content.prose import relink, to_html
from content.quiz import UNLIMITED, Quiz, Settings, Shown, WhichAttempt
from qti_export.canvas import images, showing
from qti_export.xml_text import element, whole

NAMESPACE = "http://canvas.instructure.com/xsd/cccv1p0"

POLICIES = {
    WhichAttempt.HIGHEST: "keep_highest",
    WhichAttempt.LATEST: "keep_latest",
    WhichAttempt.AVERAGE: "keep_average",
    WhichAttempt.FIRST: "keep_highest",  # Canvas has no name for it
}


def document(quiz: Quiz) -> Iterator[bytes]:
    """Yield the settings file.

    Its elements stand at the top, where Classic looks for the first of each name. What is not set is left out.
    """
    fields = {
        "title": quiz.title,
        "description": relink(to_html(quiz.description), images.links(quiz)),
        "quiz_type": "assignment",
        "points_possible": f"{quiz.points:f}",
        **{name: text for name, text in _texts(quiz.settings).items() if text},
        **{name: "true" if is_set else "false" for name, is_set in _flags(quiz.settings).items()},
    }
    elements = [element(name, text) for name, text in fields.items()]
    return whole(element("quiz", *elements, xmlns=NAMESPACE, identifier=quiz.id))


def _texts(settings: Settings) -> dict[str, str]:
    allowed = showing.attempts(settings)
    return {
        "scoring_policy": POLICIES[settings.which_attempt],
        "allowed_attempts": "-1" if allowed == UNLIMITED else str(allowed),
        "time_limit": str(settings.time_limit or ""),
        "access_code": settings.access_code,
        "unlock_at": _moment(settings.opens),
        "due_at": _moment(settings.due),
        "lock_at": _moment(settings.closes),
        "show_correct_answers_at": _moment(showing.answers_shown_from(settings)),
        "hide_results": showing.hide_results(settings),
    }


def _flags(settings: Settings) -> dict[str, bool]:
    """Return what is true or false, and nothing else: Canvas takes any text with a t or a y in it for set."""
    answers = showing.answers_shown(settings)
    return {
        "shuffle_answers": settings.shuffle_answers,
        "one_question_at_a_time": settings.one_question_at_a_time,
        "cant_go_back": settings.cant_go_back,
        "show_correct_answers": answers is not Shown.NEVER,
        "show_correct_answers_last_attempt": answers is Shown.AFTER_LAST_ATTEMPT,
        "available": False,  # arrives unpublished, for the instructor to look at first
    }


def _moment(moment: datetime | None) -> str:
    """Return the moment as Canvas reads it: in UTC, without saying so."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S") if moment else ""


def qti_fields(settings: Settings) -> dict[str, str]:
    """Return the metadata of the QTI assessment, as Canvas writes it."""
    allowed = showing.attempts(settings)
    limit = {"qmd_timelimit": str(settings.time_limit)} if settings.time_limit else {}
    return {**limit, "cc_maxattempts": "unlimited" if allowed == UNLIMITED else str(allowed)}
