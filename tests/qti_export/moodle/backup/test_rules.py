"""The rules that hold the exporter: they accept what Moodle itself wrote, and find each thing that kills a restore."""

import re

import pytest

from qti_export import export
from qti_export.package import Member, pack
from tests.qti_export.moodle.backup.records import unpacked
from tests.qti_export.moodle.backup.rules import complaints
from tests.qti_export.quizzes import multiple_choice, multiple_response, quiz, true_false
from tests.shared import shared

SAMPLES = ("real_mc_mr_tf", "real_all_types", "own_basic")
INFORMATION, BANK, ACTIVITY = "moodle_backup.xml", "questions.xml", "activities/quiz_1/"
QUIZ, MODULE, GRADES, INFOREF = (f"{ACTIVITY}{name}.xml" for name in ("quiz", "module", "grades", "inforef"))


@pytest.mark.parametrize("name", SAMPLES)
def test_backups_that_are_known_to_restore_whole_are_accepted(name):
    assert complaints(shared(f"samples/mbz/{name}.mbz").read_bytes()) == []


def spoilt(member: str, pattern: str, replacement: str) -> list[str]:
    """What the rules say of our backup with one thing changed."""
    data = export(quiz(multiple_choice(tags=("t",)), multiple_response(), true_false()), "moodle-backup").data
    assert complaints(data) == []
    files = unpacked(data)
    text = files[member].decode()
    files[member] = re.sub(pattern, replacement, text, count=1, flags=re.DOTALL).encode()
    assert files[member].decode() != text, "nothing was changed"
    return complaints(pack([Member(path, [content]) for path, content in files.items()]))


SPOILT = [
    (INFORMATION, 'version="1.0" encoding="UTF-8"', "version='1.0' encoding='UTF-8'", "not a valid Moodle backup"),
    (INFORMATION, "<information>", f"<!-- {'x' * 200} --><information>", "not a valid Moodle backup file"),
    (INFORMATION, r" \(Build: 20220419\)", "", "read as a backup from before 4.0"),
    (INFORMATION, "<backup_release>4.0", "<backup_release>3.11", "read as a backup from before 4.0"),
    (INFORMATION, "<backup_version>.*?</backup_version>", "", "required: information/backup_version"),
    (INFORMATION, "(hash)>quizferry<", r"\1><", "may be taken for a backup of the same site"),
    (INFORMATION, "(<name>activities</name>\\s*<value>)1", r"\g<1>0", "nothing to restore"),
    (INFORMATION, "(original_course_contextid)>2", r"\1>3", "contexts are the same"),
    (INFORMATION, "directory>activities/quiz_1", "directory>activities/quiz_2", "missing file"),
    (MODULE, 'version="2022041900"', 'version="2021051700"', "slots read as from before 4.0"),
    (MODULE, "<completionexpected>0</completionexpected>", "", "required: module/completionexpected"),
    (QUIZ, "(<sumgrades>.*?</sumgrades>)(.*?</sections>)", r"\2\1", "late: activities/quiz_1/quiz.xml quiz/sumgrades"),
    (QUIZ, "<sumgrades>3", "<sumgrades>4", "sumgrades is 4.00000, and the marks add up to 3"),
    (QUIZ, "<intro/><introformat>1</introformat>", "<intro/>", "required: quiz/introformat"),
    (QUIZ, "<reviewattempt>69904", "<reviewattempt>4368", "the attempt cannot be seen"),
    (QUIZ, "<slot>2", "<slot>4", "slots have gaps"),
    (QUIZ, "<firstslot>1", "<firstslot>2", "no section begins at the first slot"),
    (QUIZ, "<maxgrade>4", "<maxgrade>3", "overall feedback does not cover every grade"),
    (QUIZ, "<questionbankentryid>1000000001", "<questionbankentryid>1", "slot 1 shows a question of the site"),
    (QUIZ, "<question_reference .*?</question_reference>", "", "slot 1 has 0 references"),
    (QUIZ, "<usingcontextid>3", "<usingcontextid>4", "slot 1 is used in another context"),
    (GRADES, "<hidden>0", "<hidden>1", "the column's hidden is 1, by Moodle's rule it is 0"),
    (GRADES, "<grademax>3", "<grademax>10", "the column's grades are not the quiz's"),
    (GRADES, "<idnumber>week-1", "<idnumber>week-2", "the column has another idnumber"),
    (INFOREF, "<question_category>.*?</question_category>", "", "not in inforef: category 1000000001"),
    (BANK, "<name>top", "<name>", "top category 1000000001 is not called top"),
    (BANK, "<parent>1000000001", "<parent>0", "context 3 has 2 top categories"),
    (BANK, "<parent>1000000001", "<parent>7", "category 1000000002 has no parent"),
    (BANK, "<contextid>3", "<contextid>9", "unknown context of category"),
    (BANK, "<name>1 Which.</name>", "<name>$@NULL@$</name>", "null: question/name"),
    (BANK, "<name>1 Which", f"<name>1 {'x' * 260}", "too long: question/name"),
    (
        BANK,
        "(<qtype>.*?</qtype>)(.*?</plugin_qtype_multichoice_question>)",
        r"\2\1",
        "late: questions.xml question/",
    ),
    (BANK, "<generalfeedback/>", "", "required: question/generalfeedback"),
    (BANK, "(<generalfeedback/>)(.*?</plugin_[a-z]*_[a-z]*_question>)", r"\2\1", "required: question/generalfeedback"),
    (BANK, "<questiontextformat>1</questiontextformat>", "", "required: question/questiontextformat"),
    (BANK, "<feedback/>", "", "required: answer/feedback"),
    (BANK, "<correctfeedback/>", "", "required: multichoice/correctfeedback"),
    (BANK, "<version>1</version>", "", "required: question_versions/version"),
    (BANK, '<tag id="1000000001"', "<tag", "required: tag/id"),
    (BANK, "(<questioncategoryid>)1000000002", r"\g<1>1000000001", "entry 1000000001 names another category"),
    (BANK, '<answer id="1000000002"', '<answer id="1000000001"', "same id: answer 1000000001"),
    (BANK, '<question id="1000000002"', '<question id="1000000001"', "same id: question 1000000001"),
    (BANK, "<idnumber>week-1__q2", "<idnumber>week-1__q1", "same idnumber: week-1__q1"),
    (BANK, "(<stamp>quizferry.week-1.)q2", r"\1q1", "same stamp"),
    (BANK, "<fraction>-0.5", "<fraction>-1.5", "has the fraction -1.5"),
    (BANK, "<qtype>truefalse", "<qtype>multichoice", "question 1000000003 has no plugin_qtype_multichoice_question"),
    (BANK, "<trueanswer>1000000008", "<trueanswer>1000000009", "question 1000000003 mixes up true and false"),
    (BANK, "Which[?]&lt;", "see $@QUIZVIEWBYID*1@$&lt;", "becomes a link: question/questiontext"),
    (BANK, "Which", "Whi\x01ch", "no XML"),
]


@pytest.mark.parametrize(("member", "pattern", "replacement", "said"), SPOILT, ids=[case[3] for case in SPOILT])
def test_a_backup_with_one_thing_wrong_is_found_out(member, pattern, replacement, said):
    found = spoilt(member, pattern, replacement)
    assert any(said in complaint for complaint in found), found


@pytest.mark.parametrize("name", ["scales.xml", "groups.xml", "outcomes.xml", "roles.xml", "files.xml", INFOREF])
def test_a_file_that_is_missing_is_found_out(name):
    files = unpacked(export(quiz(), "moodle-backup").data)
    del files[name]
    assert complaints(pack([Member(path, [content]) for path, content in files.items()])) == [f"missing file: {name}"]


def test_a_picture_that_the_activity_does_not_claim_is_found_out():
    files = unpacked(shared("samples/mbz/own_basic.mbz").read_bytes())
    files[INFOREF] = files[INFOREF].replace(b"<id>7</id>", b"<id>9</id>")
    assert complaints(pack([Member(path, [content]) for path, content in files.items()])) == ["not in inforef: file 7"]


def test_a_pool_that_is_too_small_is_found_out():
    files = unpacked(shared("samples/mbz/own_basic.mbz").read_bytes())
    files[QUIZ] = files[QUIZ].replace(b'"1000000003", "including', b'"1000000001", "including')
    found = complaints(pack([Member(path, [content]) for path, content in files.items()]))
    assert found == ["not enough questions to draw from category 1000000001"]
