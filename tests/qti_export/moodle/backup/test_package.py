"""The backup as a whole: what Moodle knows it by, ids, contexts, and that no element is missing."""

from collections import defaultdict

import pytest
from hypothesis import given, reject
from hypothesis import settings as hypothesis_settings

from qti_export import NotExportable, export
from tests.content.strategies import quizzes
from tests.qti_export.moodle.backup.exported import backup
from tests.qti_export.moodle.backup.package import Package
from tests.qti_export.moodle.backup.rules import complaints
from tests.qti_export.quizzes import multiple_choice, multiple_response, quiz, true_false
from tests.shared import shared

ASKED = (multiple_choice(tags=("cats",)), multiple_response(), true_false())


@hypothesis_settings(max_examples=40)
@given(quizzes())
def test_any_quiz_restores_by_every_rule(any_quiz):
    try:
        package = export(any_quiz, "moodle-backup")
    except NotExportable:  # what Moodle's columns cannot hold is refused, which has tests of its own
        reject()
    assert complaints(package.data) == []


def test_members_lie_at_the_root_in_the_layout_of_an_activity_backup():
    assert list(backup().files) == [
        "moodle_backup.xml",
        "questions.xml",
        "groups.xml",
        "outcomes.xml",
        "roles.xml",
        "scales.xml",
        "activities/quiz_1/roles.xml",
        "activities/quiz_1/grades.xml",
        "activities/quiz_1/module.xml",
        "activities/quiz_1/quiz.xml",
        "activities/quiz_1/inforef.xml",
        "files.xml",
    ]


def test_what_moodle_knows_a_backup_by_stands_in_the_first_200_bytes_in_double_quotes():
    beginning = backup().files["moodle_backup.xml"][:200]
    assert beginning.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<moodle_backup>\n  <information>')


def test_it_says_it_is_moodle_4_0_s_with_the_build_date_that_4_0_and_4_1_look_for():
    information = backup().information
    assert information["moodle_release"] == "4.0 (Build: 20220419)"
    assert (information["moodle_version"], information["backup_version"]) == ("2022041900", "2022041900")
    assert information["backup_release"] == "4.0"
    assert backup().module["version"] == "2022041900"


def test_no_site_can_take_it_for_its_own():
    information = backup().information
    assert information["original_wwwroot"].endswith(".invalid")
    assert len(information["original_site_identifier_hash"]) not in {0, 32}  # a site's own is an MD5


def test_dates_are_not_shifted():
    assert backup().information["original_course_startdate"] == "0"


def test_bank_lies_in_the_quiz_s_own_context_which_is_neither_the_course_s_nor_the_site_s():
    package = backup(*ASKED)
    context = package.activity["contextid"]
    assert context not in {package.information[f"original_{name}_contextid"] for name in ("course", "system")}
    for category in package.bank.all("question_category"):
        assert (category["contextid"], category["contextlevel"]) == (context, "70")


@pytest.mark.parametrize("tag", ["question_category", "question_bank_entry", "question", "answer", "tag"])
def test_ids_of_the_bank_are_so_high_that_no_question_of_the_site_has_them(tag):
    assert all(int(record["id"]) > 1_000_000_000 for record in backup(*ASKED).bank.all(tag))


def test_every_category_is_named_in_inforef_the_top_one_too():
    package = backup()
    categories = {category["id"]: category["name"] for category in package.bank.all("question_category")}
    assert list(categories.values()) == ["top", "Week 1"]
    assert package.in_inforef("question_category") == set(categories)


def test_every_record_has_every_value_that_a_backup_which_restores_on_4_1_to_5_0_has():
    known = Package.of(shared("samples/mbz/own_basic.mbz").read_bytes())
    wanted = defaultdict(list)
    for root in known.documents.values():
        for record in root.walk():
            wanted[record.tag].append(set(record.values))
    ours = [record for root in backup(*ASKED).documents.values() for record in root.walk()]
    assert {"quiz", "question", "multichoice", "truefalse", "answer", "tag", "grade_item"} <= {one.tag for one in ours}
    for record in ours:
        always = set.intersection(*wanted[record.tag])
        assert not always - set(record.values), record.tag


@pytest.mark.parametrize(("title", "name"), [("A  quiz\nof two lines", "A quiz of two lines"), ("\x01", "week-1")])
def test_the_quiz_has_a_name_of_one_line_everywhere(title, name):
    package = backup(title=title)
    assert package.quiz["name"] == name
    assert package.grades.one("grade_item")["itemname"] == name
    assert package.information.one("activity")["title"] == name


def test_the_quiz_arrives_hidden_at_the_top_of_the_course():
    module = backup().module
    assert (module["sectionnumber"], module["visible"], module["visibleold"]) == ("0", "0", "0")


def test_the_quiz_s_id_is_the_idnumber_of_the_module_and_its_column():
    package = backup(id="biology-2")
    assert package.module["idnumber"] == package.grades.one("grade_item")["idnumber"] == "biology-2"


def test_longest_names_and_ids_fit():
    asked = multiple_choice(id="q" * 64, title="<" * 255)
    assert complaints(export(quiz(asked, id="z" * 64, title="<" * 255), "moodle-backup").data) == []
