"""``moodle_backup.xml``: what the file is, and what to restore from it."""

from collections.abc import Iterator

from content.quiz import Quiz
from qti_export.moodle.backup.ids import COURSE_CONTEXT, MODULE, SYSTEM_CONTEXT
from qti_export.moodle.backup.names import quiz_name
from qti_export.moodle.backup.records import Value, add_values
from qti_export.xml_tree import add, element, whole

VERSION = 2022041900
RELEASE = "4.0"
BUILD = "4.0 (Build: 20220419)"
"""Moodle 4.0, the oldest with this layout: a site warns of a file from a newer Moodle than itself. 4.0 and 4.1 take
the date from the release by its eight digits; without them they would look for no questions."""

FOLDER = f"activities/quiz_{MODULE}"

NOT_THIS_SITE: dict[str, Value] = {
    "original_wwwroot": "https://quizferry.invalid",
    "original_site_identifier_hash": "quizferry",
}
"""Neither may be the site's own, which would take the ids of this file for its own; nor may the hash be empty."""

DETAIL: dict[str, Value] = {
    "type": "activity",
    "format": "moodle2",
    "interactive": 0,
    "mode": 10,
    "execution": 1,
    "executiontime": 0,
}

SETTINGS: dict[str, Value] = {
    "users": False,
    "anonymize": False,
    "role_assignments": False,
    "activities": True,
    "blocks": False,
    "files": True,
    "filters": False,
    "comments": False,
    "badges": False,
    "calendarevents": False,
    "userscompletion": False,
    "logs": False,
    "grade_histories": False,
    "questionbank": True,
    "groups": False,
    "competencies": False,
    "customfield": False,
    "contentbankcontent": False,
    "xapistate": False,
    "legacyfiles": False,
    "permissions": False,
}
"""What is in the file. Without ``activities`` nothing at all is restored."""


def document(quiz: Quiz) -> Iterator[bytes]:
    """Yield the file.

    Moodle knows a backup by the declaration and the first two elements, within its first 200 bytes.
    """
    root = element("moodle_backup")
    information = add(root, "information")
    add_values(information, _origin(quiz))
    add_values(add(add(information, "details"), "detail", backup_id=quiz.id), DETAIL)
    add_values(add(add(add(information, "contents"), "activities"), "activity"), _activity(quiz))
    settings = add(information, "settings")
    for name, value in {"filename": f"{quiz.id}.mbz", **SETTINGS}.items():
        add_values(add(settings, "setting"), {"level": "root", "name": name, "value": value})
    for name, value in {"included": True, "userinfo": False}.items():
        named: dict[str, Value] = {"activity": f"quiz_{MODULE}", "name": f"quiz_{MODULE}_{name}", "value": value}
        add_values(add(settings, "setting"), {"level": "activity", **named})
    return whole(root)


def _activity(quiz: Quiz) -> dict[str, Value]:
    return {
        "moduleid": MODULE,
        "sectionid": 1,
        "modulename": "quiz",
        "title": quiz_name(quiz),
        "directory": FOLDER,
        "insubsection": "",
    }


def _origin(quiz: Quiz) -> dict[str, Value]:
    """Return where the file comes from: no site, and a course made up for it. Its start at 0 leaves dates alone."""
    return {
        "name": f"{quiz.id}.mbz",
        "moodle_version": VERSION,
        "moodle_release": BUILD,
        "backup_version": VERSION,
        "backup_release": RELEASE,
        "backup_date": 0,
        "mnet_remoteusers": False,
        "include_files": True,
        "include_file_references_to_external_content": False,
        **NOT_THIS_SITE,
        "original_course_id": 1,
        "original_course_format": "topics",
        "original_course_fullname": quiz_name(quiz),
        "original_course_shortname": quiz.id,
        "original_course_startdate": 0,
        "original_course_enddate": 0,
        "original_course_contextid": COURSE_CONTEXT,
        "original_system_contextid": SYSTEM_CONTEXT,
    }
