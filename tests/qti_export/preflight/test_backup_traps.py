"""Every trap of Moodle's restore of a backup, by its code: a backup of our own with one thing changed."""

import pytest

from tests.qti_export import kinds
from tests.qti_export.packages import members
from tests.qti_export.preflight.packages import LONG, backup, draw_of, tarred, zipped
from tests.qti_export.preflight.trap_cases import Case, holds
from tests.qti_export.quizzes import true_false

GOOD = backup()
CATEGORY = "1000000002"
FIRST_SLOT = "<questionbankentryid>1000000001</questionbankentryid>"
REFERENCE = (
    '<question_reference id="1"><usingcontextid>3</usingcontextid><component>mod_quiz</component>'
    f"<questionarea>slot</questionarea>{FIRST_SLOT}<version>$@NULL@$</version></question_reference>"
)
STORED = (
    '<files><file id="1"><contenthash>%s</contenthash><contextid>%s</contextid><component>%s</component>'
    "<filename>x.png</filename></file></files>"
)
SHA = "a" * 40
CONTENT = f"files/aa/{SHA}"


def changed(member: str, old: str, new: str, *given: object) -> Case:
    return Case(backup({member: (old, new)}, kinds=given), GOOD)


def drawing(filter_: str, mended: str = CATEGORY) -> Case:
    def slot(text: str) -> str:
        return f'<question_set_reference id="1"><filtercondition>{text}</filtercondition></question_set_reference>'

    return Case(
        backup({"quiz.xml": (REFERENCE, slot(filter_))}), backup({"quiz.xml": (REFERENCE, slot(draw_of(mended)))})
    )


def stored(digest: str = SHA, context: str = "3", component: str = "question") -> bytes:
    files = members(GOOD)
    files["files.xml"] = f'<?xml version="1.0" encoding="UTF-8"?>{STORED % (digest, context, component)}'.encode()
    return zipped({**files, CONTENT: b"png"})


def inside(folder: str) -> bytes:
    return zipped({f"{folder}/{path}": content for path, content in members(GOOD).items()})


def too_many_draws() -> Case:
    drawn = f"<filtercondition>{draw_of(CATEGORY)}</filtercondition>"
    slot = f'<question_set_reference id="1">{drawn}</question_set_reference>'
    one = "<sections>"
    more = "".join(
        f'<question_instance id="{n}"><slot>{n}</slot><page>1</page><maxmark>0</maxmark>{slot}</question_instance>'
        for n in (3, 4, 5)
    )
    return Case(backup({"quiz.xml": (f"</question_instances>{one}", f"{more}</question_instances>{one}")}), GOOD)


INFO, BANK = "moodle_backup.xml", "questions.xml"

CASES = {
    "backup-unknown": changed(INFO, "<moodle_backup>", f"<!-- {'x' * 250} --><moodle_backup>"),
    "backup-in-folder": Case(inside("quiz"), tarred({f"./{path}": data for path, data in members(GOOD).items()})),
    "backup-file-missing": Case(backup(without="scales.xml"), GOOD),
    "backup-no-inforef": Case(backup(without="inforef.xml"), GOOD),
    "backup-broken-xml": changed("grades.xml", "</grade_items>", ""),
    "backup-order": changed("quiz.xml", "</attempts></quiz>", "</attempts><sumgrades>2</sumgrades></quiz>"),
    "backup-no-quiz": changed(INFO, "<modulename>quiz<", "<modulename>page<"),
    "backup-several": changed(
        INFO,
        "</activities>",
        "<activity><modulename>quiz</modulename><directory>activities/quiz_2</directory></activity></activities>",
    ),
    "backup-old": changed(INFO, "4.0 (Build: 20220419)", "4.0"),
    "backup-no-version": changed(INFO, "<backup_version>2022041900</backup_version>", ""),
    "backup-origin": changed(INFO, "<original_course_id>1</original_course_id>", ""),
    "backup-same-site": changed(INFO, "<original_site_identifier_hash>quizferry<", "<original_site_identifier_hash><"),
    "backup-nothing-chosen": changed(INFO, "<name>activities</name>", "<name>others</name>"),
    "backup-whole-course": changed(INFO, "<type>activity</type>", "<type>course</type>"),
    "backup-module-version": changed("module.xml", 'version="2022041900"', 'version="2021051700"'),
    "backup-too-long": changed(BANK, "<name>1 Which?</name>", f"<name>{LONG}</name>"),
    "backup-link-text": changed(BANK, "&lt;p&gt;Which?", "$@QUIZVIEWBYID*1@$"),
    "backup-newer-layout": changed(INFO, "<backup_release>4.0<", "<backup_release>4.5<"),
    "backup-quiz-value": changed("quiz.xml", "<timeopen>0</timeopen>", ""),
    "backup-null": changed(BANK, "<answertext>yes<", "<answertext>$@NULL@$<"),
    "backup-sumgrades": changed("quiz.xml", "<sumgrades>2.00000<", "<sumgrades>4<"),
    "backup-no-grade": changed("quiz.xml", "<grade>2.00000</grade>", ""),
    "backup-attempts": changed("quiz.xml", "<attempts_number>1</attempts_number>", ""),
    "backup-review": changed("quiz.xml", "<reviewmarks>4368</reviewmarks>", ""),
    "backup-review-attempt": changed("quiz.xml", "<reviewattempt>69904<", "<reviewattempt>4368<"),
    "backup-slots": changed("quiz.xml", "<slot>2</slot>", "<slot>3</slot>"),
    "backup-foreign-question": changed("quiz.xml", FIRST_SLOT, FIRST_SLOT.replace("1000000001", "17")),
    "backup-draw": drawing(draw_of("17")),
    "backup-draw-form": drawing(draw_of(CATEGORY, new=True)),
    "backup-draw-too-many": too_many_draws(),
    "backup-no-section": changed("quiz.xml", "<firstslot>1<", "<firstslot>2<"),
    "backup-overall-feedback": changed("quiz.xml", "<maxgrade>3.00000<", "<maxgrade>100<"),
    "backup-grade-item": changed("grades.xml", "<grademax>2.00000<", "<grademax>10<"),
    "backup-tops": changed(BANK, "<parent>1000000001</parent>", "<parent>0</parent>"),
    "backup-no-top": changed(BANK, "<parent>0</parent><sortorder>", "<parent>5</parent><sortorder>"),
    "backup-category-place": changed(
        BANK,
        "<name>Week 1</name><contextid>3</contextid><contextlevel>70<",
        "<name>Week 1</name><contextid>3</contextid><contextlevel>50<",
    ),
    "backup-category-lost": changed("inforef.xml", "<id>1000000002</id>", "<id>5</id>"),
    "backup-same-id": changed(BANK, '<answer id="1000000002">', '<answer id="1000000001">'),
    "backup-same-idnumber": changed(BANK, "week-1__z", "week-1__q1"),
    "backup-small-ids": Case(
        backup({BANK: ('<question_bank_entry id="1000000001">', '<question_bank_entry id="17">')}), GOOD
    ),
    "backup-picture-missing": Case(stored("b" * 40), stored()),
    "backup-picture-unlisted": Case(stored(component="mod_quiz"), stored()),
    "backup-picture-context": Case(stored(context="99"), stored()),
    "backup-question-type": changed(BANK, "<qtype>multichoice<", "<qtype>crossword<"),
    "backup-random": changed(BANK, "<qtype>multichoice<", "<qtype>random<"),
    "backup-ordering": Case(backup(kinds=(kinds.ordering(),)), GOOD),
    "backup-plugin": changed(BANK, "<qtype>multichoice<", "<qtype>essay<"),
    "backup-format": changed(BANK, "<questiontextformat>1</questiontextformat>", ""),
    "backup-grade": changed(BANK, "<fraction>0.0000000<", "<fraction>0.3700000<"),
    "backup-number": changed(BANK, "<answertext>1.5", "<answertext>1,5", kinds.numerical()),
    "backup-true-false": changed(BANK, "<trueanswer>", "<trueanswer>5", true_false()),
    "backup-pick-too-long": changed(BANK, "<answertext>Paris<", f"<answertext>{LONG}<", kinds.matching()),
    "backup-parts": changed(BANK, "<sequence>", "<sequence>5,", kinds.dropdowns()),
    "backup-picture-absent": changed(BANK, "&lt;p&gt;Which?", "&lt;img src=&quot;@@PLUGINFILE@@/x.png&quot;&gt;"),
}


@pytest.mark.parametrize("code", CASES)
def test_trap(code):
    holds(code, "moodle", CASES[code])
