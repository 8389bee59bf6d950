"""``module.xml``: the quiz as a module of its course."""

from collections.abc import Iterator

from content.quiz import Quiz
from qti_export.moodle.backup.ids import MODULE
from qti_export.moodle.backup.moodle_backup_xml import VERSION
from qti_export.moodle.backup.records import Value, add_values, container
from qti_export.xml_tree import element, whole

FIRST_SECTION = 0

PLACE: dict[str, Value] = {
    "modulename": "quiz",
    "sectionid": 1,
    "sectionnumber": FIRST_SECTION,
}

HIDDEN: dict[str, Value] = {
    "added": 0,
    "score": 0,
    "indent": 0,
    "visible": False,
    "visibleoncoursepage": True,
    "visibleold": False,
}
"""The quiz arrives hidden from students, for the instructor to look at first, as it does in Canvas."""

NO_CONDITIONS: dict[str, Value] = {
    "groupmode": 0,
    "groupingid": 0,
    "completion": 0,
    "completiongradeitemnumber": None,
    "completionpassgrade": False,
    "completionview": False,
    "completionexpected": 0,
    "availability": None,
    "showdescription": False,
    "downloadcontent": True,
    "lang": None,
}


def document(quiz: Quiz) -> Iterator[bytes]:
    """Yield the file. By a version of before 4.0 the slots would be looked for in the layout of that time."""
    root = element("module", id=str(MODULE), version=str(VERSION))
    add_values(root, {**PLACE, "idnumber": quiz.id, **HIDDEN, **NO_CONDITIONS})
    container(root, "tags")
    return whole(root)
