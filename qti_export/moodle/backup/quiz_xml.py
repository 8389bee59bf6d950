"""``quiz.xml``: how the quiz is given, and which question stands in which slot."""

from collections.abc import Iterator

from lxml import etree

from content.prose import to_html
from content.questions import Question
from content.quiz import Quiz, Settings
from qti_export.moodle.backup.ids import MODULE, QUIZ, QUIZ_CONTEXT, entry_id
from qti_export.moodle.backup.marks import mark, total
from qti_export.moodle.backup.names import quiz_name
from qti_export.moodle.backup.records import Value, add_record, add_values, container, html
from qti_export.xml_tree import SLOT, add, element, stream

DURING = 0x10000
AFTERWARDS = 0x1000 | 0x100 | 0x10
"""Right after the attempt, later while the quiz is open, and after it has closed."""

ATTEMPTS = 1
"""As many as the same quiz allows in Canvas. 0 would be without limit."""

HIGHEST_GRADE = 1

ALL_ON_ONE_PAGE = 0


def document(quiz: Quiz) -> Iterator[bytes]:
    """Yield the file."""
    ids = {"id": str(QUIZ), "moduleid": str(MODULE), "contextid": str(QUIZ_CONTEXT)}
    root = element("activity", **ids, modulename="quiz")
    values = {"name": quiz_name(quiz), **html("intro", to_html(quiz.description))}
    made = add_record(root, "quiz", QUIZ, {**values, **_attempts(), **_review(quiz.settings), **_layout(quiz)})
    container(made, "quiz_grade_items")
    add(container(made, "question_instances"), SLOT)
    add_record(container(made, "sections"), "section", 1, {"firstslot": 1, "heading": "", "shufflequestions": False})
    _add_overall_feedback(made, quiz)
    for nobody_yet in ("overrides", "grades", "attempts"):
        container(made, nobody_yet)
    slots = (_slot(place, question, quiz.settings) for place, question in enumerate(quiz.questions, start=1))
    return stream(root, slots)


def _attempts() -> dict[str, Value]:
    return {
        "timeopen": 0,
        "timeclose": 0,
        "timelimit": 0,
        "overduehandling": "autosubmit",
        "graceperiod": 0,
        "preferredbehaviour": "deferredfeedback",
        "canredoquestions": False,
        "attempts_number": ATTEMPTS,
        "attemptonlast": False,
        "grademethod": HIGHEST_GRADE,
        "decimalpoints": 2,
        "questiondecimalpoints": -1,
    }


def _review(settings: Settings) -> dict[str, Value]:
    """Return what students may see and when. A column that is left out means never."""
    return {
        "reviewattempt": DURING | AFTERWARDS,
        "reviewcorrectness": AFTERWARDS,
        "reviewmaxmarks": DURING | AFTERWARDS,
        "reviewmarks": AFTERWARDS,
        "reviewspecificfeedback": AFTERWARDS,
        "reviewgeneralfeedback": AFTERWARDS,
        "reviewrightanswer": AFTERWARDS if settings.show_correct_answers else 0,
        "reviewoverallfeedback": AFTERWARDS,
    }


def _layout(quiz: Quiz) -> dict[str, Value]:
    settings = quiz.settings
    return {
        "questionsperpage": 1 if settings.one_question_at_a_time else ALL_ON_ONE_PAGE,
        "navmethod": "sequential" if settings.cant_go_back else "free",
        "shuffleanswers": settings.shuffle_answers,
        "sumgrades": f"{total(quiz):.5f}",
        "grade": f"{total(quiz):.5f}",
        "timecreated": 0,
        "timemodified": 0,
        "password": "",
        "subnet": "",
        "browsersecurity": "-",
        "delay1": 0,
        "delay2": 0,
        "showuserpicture": 0,
        "showblocks": False,
        "completionattemptsexhausted": False,
        "completionminattempts": 0,
        "allowofflineattempts": False,
    }


def _slot(place: int, question: Question, settings: Settings) -> etree._Element:
    """Return the slot at this place, which shows the latest version of the question of the same place."""
    slot = element("question_instance", id=str(place))
    values: dict[str, Value] = {
        "quizid": QUIZ,
        "slot": place,
        "page": place if settings.one_question_at_a_time else 1,
        "displaynumber": None,
        "requireprevious": False,
        "maxmark": f"{mark(question):.7f}",
        "quizgradeitemid": None,
    }
    add_values(slot, values)
    reference: dict[str, Value] = {
        "usingcontextid": QUIZ_CONTEXT,
        "component": "mod_quiz",
        "questionarea": "slot",
        "questionbankentryid": entry_id(place),
        "version": None,
    }
    add_record(slot, "question_reference", place, reference)
    return slot


def _add_overall_feedback(parent: etree._Element, quiz: Quiz) -> None:
    """Append the one entry that Moodle itself writes where there is none: empty, for every grade."""
    grades: dict[str, Value] = {"mingrade": "0.00000", "maxgrade": f"{total(quiz) + 1:.5f}"}
    add_record(container(parent, "feedbacks"), "feedback", 1, {**html("feedbacktext", ""), **grades})
