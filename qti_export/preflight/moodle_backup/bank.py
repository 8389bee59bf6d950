"""Traps of the question bank and the files in a Moodle backup.

The importer's own sources: restore_stepslib: create_categories_and_questions.
"""

from collections import Counter
from collections.abc import Iterator

from qti_export.preflight.model import Effect
from qti_export.preflight.moodle_backup.backup import FILES, QUESTIONS, Backup, whole
from qti_export.preflight.moodle_backup.packages import AGAIN, BACKUP, ids_of
from qti_export.preflight.rules import Said

MODULE_LEVEL = "70"
SMALL_IDS = 1_000_000
HASH_LENGTH = 40


@BACKUP.trap("backup-tops", Effect.KILLS, "Two top categories in one context are refused before the restore.")
def _tops(backup: Backup) -> Iterator[Said]:
    counts = Counter(one.findtext("contextid") for one in backup.categories if one.findtext("parent") == "0")
    for context, count in counts.items():
        if count > 1:
            yield Said(f"Context {context} has {count} top categories: the restore is refused.", AGAIN)


@BACKUP.trap("backup-no-top", Effect.CHANGES, "Without a category called top the others hang in the air.")
def _no_top(backup: Backup) -> Iterator[Said]:
    contexts = {one.findtext("contextid") for one in backup.categories}
    with_top = {one.findtext("contextid") for one in backup.categories if one.findtext("parent") == "0"}
    for context in contexts - with_top:
        yield Said(f"Context {context} has no top category: its categories have no parent.", AGAIN)


@BACKUP.trap(
    "backup-category-place",
    Effect.CHANGES,
    "Questions in the course's bank are doubled at a second restore, and moved about on Moodle 5.",
)
def _category_place(backup: Backup) -> Iterator[Said]:
    for one in backup.categories:
        if one.findtext("contextlevel") not in {MODULE_LEVEL, None} and one.find(".//question") is not None:
            sentence = "These questions go into the course's bank: a second restore doubles them there."
            yield Said(sentence, "Export the target moodle-backup, which gives the quiz a bank of its own.", one)


@BACKUP.trap(
    "backup-category-lost", Effect.VANISHES, "A category that inforef.xml does not name is skipped with its questions."
)
def _category_lost(backup: Backup) -> Iterator[Said]:
    named = backup.in_inforef("question_category")
    for one in backup.categories if backup.of_activity("inforef.xml") is not None else ():
        if one.get("id") not in named:
            yield Said(f"inforef.xml does not name the category '{one.findtext('name')}'.", AGAIN, one)


@BACKUP.trap(
    "backup-same-id",
    Effect.CHANGES,
    "Ids are unique in the whole file: equal ones mix up answers, tolerances and pictures.",
)
def _same_id(backup: Backup) -> Iterator[Said]:
    bank = backup.root(QUESTIONS)
    for tag in ("question_category", "question_bank_entry", "question_versions", "question", "answer", "match"):
        for number, count in Counter(ids_of(bank, tag)).items():
            if count > 1:
                yield Said(f"{count} records are {tag} {number}.", AGAIN)
    for number, count in Counter(ids_of(backup.root(FILES), "file")).items():
        if count > 1:
            yield Said(f"{count} records are file {number}.", AGAIN)


@BACKUP.trap(
    "backup-same-idnumber", Effect.VANISHES, "Of two questions of a category with one ID number the second loses it."
)
def _same_idnumber(backup: Backup) -> Iterator[Said]:
    for category in backup.categories:
        seen = set()
        for entry in category.iter("question_bank_entry"):
            number = entry.findtext("idnumber") or ""
            if number in seen and number not in {"", "$@NULL@$"}:
                yield Said(f"The ID number '{number}' is there twice.", "Change one.", entry)
            seen.add(number)


@BACKUP.trap(
    "backup-small-ids",
    Effect.NOTES,
    "An id that is not found in the file is taken for one of the site: small ones may hit somebody's question.",
)
def _small_ids(backup: Backup) -> Iterator[Said]:
    numbers = [whole(number) for number in backup.entries]
    broken = [slot for slot in backup.slots if slot.findtext(".//questionbankentryid") not in {*backup.entries, None}]
    if numbers and min(numbers) < SMALL_IDS and broken:
        yield Said("A slot whose question is missing can show a question of somebody else.", AGAIN, broken[0])


@BACKUP.trap(
    "backup-picture-missing", Effect.VANISHES, "A file whose content is not in the archive is absent in silence."
)
def _picture_missing(backup: Backup) -> Iterator[Said]:
    for one in backup.stored:
        digest = one.findtext("contenthash") or ""
        if len(digest) != HASH_LENGTH or f"files/{digest[:2]}/{digest}" not in backup.archive.sizes:
            yield Said(f"'{one.findtext('filename')}' has no content in the archive.", AGAIN, one)


@BACKUP.trap(
    "backup-picture-unlisted",
    Effect.VANISHES,
    "A picture of the quiz's description or feedback that inforef.xml does not name is not found.",
)
def _picture_unlisted(backup: Backup) -> Iterator[Said]:
    named = backup.in_inforef("file")
    for one in backup.stored:
        if one.findtext("component") == "mod_quiz" and one.get("id") not in named:
            yield Said(f"inforef.xml does not name '{one.findtext('filename')}'.", AGAIN, one)


@BACKUP.trap("backup-picture-context", Effect.VANISHES, "A question's picture must be in the context of its category.")
def _picture_context(backup: Backup) -> Iterator[Said]:
    contexts = {one.findtext("contextid") for one in backup.categories}
    for one in backup.stored:
        component = one.findtext("component") or ""
        if component.startswith(("question", "qtype")) and one.findtext("contextid") not in contexts:
            yield Said(f"'{one.findtext('filename')}' is in the context of no category.", AGAIN, one)
