"""Traps of the quiz in a Moodle backup: settings, slots, feedback, grades.

The importer's own sources: restore_quiz_stepslib.
"""

import json
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from lxml import etree

from qti_export.preflight.model import Effect
from qti_export.preflight.moodle_backup.backup import NULL, Backup, is_whole_question, whole
from qti_export.preflight.moodle_backup.packages import AGAIN, BACKUP
from qti_export.preflight.numbers import decimal
from qti_export.preflight.rules import Said

REQUIRED = ("intro", "timeopen", "timeclose")
REVIEWS = ("attempt", "correctness", "marks", "specificfeedback", "generalfeedback", "rightanswer", "overallfeedback")
DURING = 0x10000


def _value(node: etree._Element | None, name: str) -> str:
    text = "" if node is None else (node.findtext(name) or "").strip()
    return "" if text == NULL else text


def _number(node: etree._Element | None, name: str) -> Decimal:
    return decimal(_value(node, name)) or Decimal(0)


@BACKUP.trap("backup-quiz-value", Effect.KILLS, "A quiz without intro, timeopen or timeclose is a database error.")
def _quiz_value(backup: Backup) -> Iterator[Said]:
    for name in REQUIRED if backup.quiz is not None else ():
        if backup.quiz is not None and backup.quiz.find(name) is None:
            yield Said(f"quiz/{name} is missing: the restore dies.", AGAIN, backup.quiz)


@BACKUP.trap(
    "backup-null",
    Effect.KILLS,
    "A value that is exactly $@NULL@$ counts as none: where one is needed the restore dies.",
)
def _null(backup: Backup) -> Iterator[Said]:
    for node in backup.records():
        for name in ("name", "questiontext", "generalfeedback", "answertext", "feedback", "fraction", "intro"):
            child = node.find(name)
            if child is not None and child.text == NULL and not len(child):
                yield Said(f"{node.tag}/{name} is null: the restore dies.", "Write a text, or an empty element.", child)


@BACKUP.trap(
    "backup-sumgrades",
    Effect.CHANGES,
    "The sum of marks is taken from the file: where it is not that of the slots every grade is wrong.",
)
def _sumgrades(backup: Backup) -> Iterator[Said]:
    marks = sum((_number(slot, "maxmark") for slot in backup.slots), Decimal(0))
    if backup.quiz is not None and _number(backup.quiz, "sumgrades") != marks:
        said = _value(backup.quiz, "sumgrades") or "nothing"
        yield Said(f"sumgrades is {said}, but the marks add up to {marks:f}.", "Change a mark and back.", backup.quiz)


@BACKUP.trap("backup-no-grade", Effect.CHANGES, "A quiz without a grade is worth 0.")
def _no_grade(backup: Backup) -> Iterator[Said]:
    if backup.quiz is not None and backup.slots and not _number(backup.quiz, "grade"):
        yield Said("The quiz's grade is 0.", "Set 'Maximum grade' on its Questions page.", backup.quiz)


@BACKUP.trap(
    "backup-attempts", Effect.CHANGES, "The number of attempts is called attempts_number; without it there is no limit."
)
def _attempts(backup: Backup) -> Iterator[Said]:
    if backup.quiz is not None and backup.quiz.find("attempts_number") is None:
        yield Said("attempts_number is missing: attempts are unlimited.", "Set it in Moodle.", backup.quiz)


@BACKUP.trap(
    "backup-review", Effect.CHANGES, "What students may see afterwards is nothing where the file does not say it."
)
def _review(backup: Backup) -> Iterator[Said]:
    missing = [name for name in REVIEWS if backup.quiz is not None and backup.quiz.find(f"review{name}") is None]
    if missing:
        yield Said(f"Students never see: {', '.join(missing)}.", "Set the 'Review options' in Moodle.", backup.quiz)


@BACKUP.trap(
    "backup-review-attempt",
    Effect.CHANGES,
    "An attempt must be visible during the attempt (reviewattempt with 0x10000).",
)
def _review_attempt(backup: Backup) -> Iterator[Said]:
    value = _value(backup.quiz, "reviewattempt")
    if value and not whole(value) & DURING:
        yield Said("The attempt cannot be seen during the attempt.", "Save the quiz's settings once.", backup.quiz)


@BACKUP.trap("backup-slots", Effect.KILLS, "Slots count from 1 without gaps, and each has one question or one draw.")
def _slots(backup: Backup) -> Iterator[Said]:
    if [whole(slot.findtext("slot")) for slot in backup.slots] != list(range(1, len(backup.slots) + 1)):
        yield Said("The slots have gaps.", AGAIN, backup.slots[0])
    for slot in backup.slots:
        references = [*slot.iter("question_reference"), *slot.iter("question_set_reference")]
        if len(references) != 1 or slot.find("page") is None:
            yield Said("The slot has no page, or not exactly one question.", AGAIN, slot)


@BACKUP.trap(
    "backup-foreign-question",
    Effect.VANISHES,
    "A slot whose question is not in the file shows nothing, or some other question of the site.",
)
def _foreign_question(backup: Backup) -> Iterator[Said]:
    for slot in backup.slots:
        number = slot.findtext(".//questionbankentryid")
        if number is not None and number not in backup.entries:
            yield Said(f"Question {number} is not in the file: the slot shows another one, or none.", AGAIN, slot)


def _drawn(slot: etree._Element) -> tuple[str, bool] | None:
    """Return the category that a slot draws from, and whether that is written as 4.3 and later do."""
    text = slot.findtext(".//filtercondition")
    if text is None:
        return None
    try:
        condition = json.loads(text)
        if "filter" in condition:
            return str(condition["filter"]["category"]["values"][0]), True
        return str(condition["questioncategoryid"]), False
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        return "", False


@BACKUP.trap(
    "backup-draw",
    Effect.VANISHES,
    "A slot that draws from a category which is not in the file draws from another one, or none.",
)
def _draw(backup: Backup) -> Iterator[Said]:
    known = {one.get("id") for one in backup.categories}
    for slot in backup.slots:
        drawn = _drawn(slot)
        if drawn and drawn[0] not in known:
            yield Said(f"The category '{drawn[0]}' is not in the file.", AGAIN, slot)


@BACKUP.trap("backup-draw-form", Effect.CHANGES, "A draw as Moodle 4.3 and later write it breaks on 4.0 to 4.2.")
def _draw_form(backup: Backup) -> Iterator[Said]:
    for slot in backup.slots:
        drawn = _drawn(slot)
        if drawn and drawn[1]:
            yield Said("On Moodle 4.0 to 4.2 this draw breaks.", "Restore it on 4.3 or later.", slot)


@BACKUP.trap(
    "backup-draw-too-many",
    Effect.CHANGES,
    "More draws from a category than it has questions make the quiz fail when an attempt begins.",
)
def _draw_too_many(backup: Backup) -> Iterator[Said]:
    pools = {one.get("id"): sum(map(is_whole_question, one.iter("question"))) for one in backup.categories}
    drawn = Counter(found[0] for slot in backup.slots if (found := _drawn(slot)))
    for number, count in drawn.items():
        if number in pools and pools[number] < count:
            yield Said(f"{count} are drawn of {pools[number]}: no attempt can begin.", "Draw fewer.")


@BACKUP.trap("backup-no-section", Effect.CHANGES, "Without a section at the first slot Moodle makes one, unshuffled.")
def _no_section(backup: Backup) -> Iterator[Said]:
    quiz = backup.quiz
    firsts = [] if quiz is None else [one.findtext("firstslot") for one in quiz.iterfind("sections/section")]
    if quiz is not None and backup.slots and "1" not in firsts:
        yield Said("No section begins at slot 1: Moodle makes one.", "Set the headings in Moodle.", quiz)


@BACKUP.trap(
    "backup-overall-feedback",
    Effect.CHANGES,
    "Overall feedback is bounded in grade points, from grade + 1 down to 0, without gaps.",
)
def _overall_feedback(backup: Backup) -> Iterator[Said]:
    quiz = backup.quiz
    found = [] if quiz is None else list(quiz.iterfind("feedbacks/feedback"))
    bounds = [(_number(one, "mingrade"), _number(one, "maxgrade")) for one in found]
    lows = [low for low, _ in bounds]
    if bounds and ([high for _, high in bounds] != [_number(quiz, "grade") + 1, *lows[:-1]] or lows[-1]):
        yield Said("Its bounds leave gaps.", "Set the grade boundaries in Moodle.", found[0])


@BACKUP.trap(
    "backup-grade-item",
    Effect.CHANGES,
    "Without a grade item there is no column in the gradebook until the quiz is saved, and no grade to pass.",
)
def _grade_item(backup: Backup) -> Iterator[Said]:
    grades = backup.of_activity("grades.xml")
    item = None if grades is None else grades.find(".//grade_item")
    if backup.quiz is None or grades is None:
        return
    if item is None:
        yield Said("There is no column in the gradebook.", "Save the quiz's settings once.", grades)
    elif _number(item, "grademax") != _number(backup.quiz, "grade"):
        yield Said("The column's highest grade is not the quiz's.", "Save the quiz's settings once.", item)
