"""The settings of a quiz as Moodle's columns."""

from datetime import datetime

from content.quiz import Seen, Settings, Shown, WhichAttempt
from qti_export.moodle.backup.records import Value

DURING = 0x10000
AFTER_CLOSE = 0x10
WHILE_OPEN = 0x100
AFTERWARDS = 0x1000 | WHILE_OPEN | AFTER_CLOSE
"""Right after the attempt, later while the quiz is open, and after it has closed."""

ATTEMPTS = 1
"""Where the author says nothing: as many as the same quiz allows in Canvas. 0 is without limit, as in the model."""

GRADE_METHODS = {
    WhichAttempt.HIGHEST: 1,
    WhichAttempt.AVERAGE: 2,
    WhichAttempt.FIRST: 3,
    WhichAttempt.LATEST: 4,
}

ALL_ON_ONE_PAGE = 0


def attempts(settings: Settings) -> dict[str, Value]:
    """Return when and how often the quiz may be taken. Times count seconds."""
    return {
        "timeopen": _seconds(settings.opens),
        "timeclose": closes(settings),
        "timelimit": (settings.time_limit or 0) * 60,
        "overduehandling": "autosubmit",
        "graceperiod": 0,
        "preferredbehaviour": "immediatefeedback" if settings.checks_answers else "deferredfeedback",
        "canredoquestions": False,
        "attempts_number": allowed_attempts(settings),
        "attemptonlast": False,
        "grademethod": GRADE_METHODS[settings.which_attempt],
        "decimalpoints": 2,
        "questiondecimalpoints": -1,
    }


def review(settings: Settings) -> dict[str, Value]:
    """Return what students may see and when. A column that is left out means never."""
    seen = settings.students_see
    marked = shown(settings.show_feedback, settings) if seen.holds(Seen.RIGHT_OR_WRONG) else 0
    told = shown(settings.show_feedback, settings) if seen is Seen.EVERYTHING else 0
    return {
        "reviewattempt": DURING | (AFTERWARDS if seen.holds(Seen.OWN_ANSWERS) else 0),
        "reviewcorrectness": marked,
        "reviewmaxmarks": DURING | AFTERWARDS,
        "reviewmarks": marks_shown(settings),
        "reviewspecificfeedback": told,
        "reviewgeneralfeedback": told,
        "reviewrightanswer": shown(settings.key_shown, settings),
        "reviewoverallfeedback": told & ~DURING,  # of the whole attempt: none before its end
    }


def marks_shown(settings: Settings) -> int:
    """Return when the score is seen. Beside answers Moodle shows the mark of each, which says whether it is right."""
    return 0 if settings.students_see is Seen.OWN_ANSWERS else shown(settings.show_feedback, settings)


def layout(settings: Settings) -> dict[str, Value]:
    """Return how the quiz looks, its password, and the seconds between the first two attempts and any later ones."""
    wait = (settings.wait_between_attempts or 0) * 60
    return {
        "questionsperpage": 1 if settings.one_question_at_a_time else ALL_ON_ONE_PAGE,
        "navmethod": "sequential" if settings.cant_go_back else "free",
        "shuffleanswers": settings.shuffle_answers,
        "timecreated": 0,
        "timemodified": 0,
        "password": settings.access_code,
        "subnet": "",
        "browsersecurity": "-",
        "delay1": wait,
        "delay2": wait,
        "showuserpicture": 0,
        "showblocks": False,
        "completionattemptsexhausted": False,
        "completionminattempts": 0,
        "allowofflineattempts": False,
    }


def hidden(settings: Settings) -> int:
    """Return how the column in the gradebook is hidden: by Moodle's rule (``quiz_grade_item_update``).

    Not where marks are shown while the quiz is open; else until it closes, or for good.
    """
    marks = marks_shown(settings)
    if marks & WHILE_OPEN:
        return 0
    return closes(settings) or 1 if marks & AFTER_CLOSE else 1


def shown(when: Shown, settings: Settings) -> int:
    """Return the bits for a time. Moodle knows no last attempt: unless there is but one, it becomes after closing.

    What is shown during the attempt is so of the questions that were checked ("Immediate feedback").
    """
    match when:
        case Shown.NEVER:
            return 0
        case Shown.AT_ONCE:
            return AFTERWARDS | (DURING if settings.checks_answers else 0)
        case Shown.AFTER_SUBMISSION:
            return AFTERWARDS
        case Shown.AFTER_LAST_ATTEMPT:
            return AFTERWARDS if allowed_attempts(settings) == 1 else AFTER_CLOSE
        case Shown.AFTER_CLOSE:
            return AFTER_CLOSE


def allowed_attempts(settings: Settings) -> int:
    """Return how many attempts there are; 0 is without limit."""
    return ATTEMPTS if settings.attempts is None else settings.attempts


def closes(settings: Settings) -> int:
    """Return when the quiz closes, in seconds since 1970; 0 where it does not."""
    return _seconds(settings.closes)


def _seconds(moment: datetime | None) -> int:
    return int(moment.timestamp()) if moment else 0
