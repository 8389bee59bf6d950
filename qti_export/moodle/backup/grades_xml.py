"""``grades.xml``: the quiz's column in the gradebook. Without it there is none until somebody saves the quiz."""

from collections.abc import Iterator

from content.quiz import Quiz
from qti_export.moodle.backup.ids import GRADE_ITEM, QUIZ
from qti_export.moodle.backup.marks import grade_to_pass, total
from qti_export.moodle.backup.names import quiz_name
from qti_export.moodle.backup.records import Value, add_record, container
from qti_export.moodle.backup.settings import hidden
from qti_export.xml_tree import element, whole

BY_POINTS = 1


def document(quiz: Quiz) -> Iterator[bytes]:
    """Yield the file."""
    root = element("activity_gradebook")
    item = add_record(
        container(root, "grade_items"), "grade_item", GRADE_ITEM, {**_what(quiz), **_points(quiz), **_shown(quiz)}
    )
    container(item, "grade_grades")
    container(root, "grade_letters")
    return whole(root)


def _what(quiz: Quiz) -> dict[str, Value]:
    return {
        "categoryid": None,
        "itemname": quiz_name(quiz),
        "itemtype": "mod",
        "itemmodule": "quiz",
        "iteminstance": QUIZ,
        "itemnumber": 0,
        "iteminfo": None,
        "idnumber": quiz.id,
    }


def _points(quiz: Quiz) -> dict[str, Value]:
    return {
        "calculation": None,
        "gradetype": BY_POINTS,
        "grademax": f"{total(quiz):.5f}",
        "grademin": "0.00000",
        "scaleid": None,
        "outcomeid": None,
        "gradepass": f"{grade_to_pass(quiz):.5f}",
        "multfactor": "1.00000",
        "plusfactor": "0.00000",
        "aggregationcoef": "0.00000",
        "aggregationcoef2": "0.00000",
        "weightoverride": False,
    }


def _shown(quiz: Quiz) -> dict[str, Value]:
    return {
        "sortorder": 1,
        "display": 0,
        "decimals": None,
        "hidden": hidden(quiz.settings),
        "locked": 0,
        "locktime": 0,
        "needsupdate": 0,
        "timecreated": 0,
        "timemodified": 0,
    }
