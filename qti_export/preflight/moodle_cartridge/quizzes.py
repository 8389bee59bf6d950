"""Traps of a quiz or bank of a cartridge in Moodle's restore.

The importer's own sources: backup/cc: entity11.quiz, the 1.9 converter.
"""

from collections.abc import Iterator

from qti_export.preflight.markup import references, shortened
from qti_export.preflight.model import Effect
from qti_export.preflight.moodle_cartridge.cartridge import PROFILES, File
from qti_export.preflight.qti12 import texts_of
from qti_export.preflight.rules import Rules, Said

FILE: Rules[File] = Rules("moodle")

FIXED_TOTAL = 4
SETTINGS = "Set it in the quiz's settings, or use a Moodle backup (target moodle-backup)."


@FILE.trap(
    "cartridge-no-known-item",
    Effect.KILLS,
    "A quiz or bank none of whose items has a known cc_profile ends the whole restore.",
)
def _no_known_item(file: File) -> Iterator[Said]:
    if file.document.fault is None and not any(item.raw_fields.get("cc_profile") in PROFILES for item in file.items):
        yield Said("Moodle knows none of its questions: the restore fails.", "Take it out of the cartridge.")


@FILE.trap("cartridge-nested-section", Effect.VANISHES, "Questions in a section within a section are lost in silence.")
def _nested_section(file: File) -> Iterator[Said]:
    for node in () if file.node is None else file.node.iterfind("section/section"):
        count = len(list(node.iter("item")))
        if count:
            yield Said(f"{count} questions of this inner section are lost.", "Put all into one section.", node)


@FILE.trap("cartridge-section-title", Effect.VANISHES, "Titles of sections are not read.")
def _section_title(file: File) -> Iterator[Said]:
    for node in () if file.node is None else file.node.iterfind("section"):
        if node.get("title"):
            yield Said(f"The title '{shortened(node.get('title') or '')}' is not read.", "Add it in Moodle.", node)


@FILE.trap("cartridge-name", Effect.CHANGES, "The quiz is called as the manifest's item is, not as the assessment.")
def _name(file: File) -> Iterator[Said]:
    title = "" if file.node is None else file.node.get("title") or ""
    if file.is_quiz and title and file.title is not None and file.title != title:
        yield Said(f"The quiz is called '{shortened(file.title)}', not '{shortened(title)}'.", "Use one title.")


@FILE.trap(
    "cartridge-bank-title", Effect.NOTES, "A bank becomes a category called after its number: its own title is lost."
)
def _bank_title(file: File) -> Iterator[Said]:
    if file.node is not None and not file.is_quiz:
        yield Said("The bank's title is lost: its category is called 'Quiz Bank ...'.", "Rename the category.")


@FILE.trap(
    "cartridge-total",
    Effect.CHANGES,
    "A quiz gets a total of 4 marks, whatever it holds: with more or fewer questions its grades come out wrong.",
)
def _total(file: File) -> Iterator[Said]:
    known = [item for item in file.items if item.raw_fields.get("cc_profile") in PROFILES]
    if file.is_quiz and len(known) != FIXED_TOTAL:
        sentence = f"Moodle gives the quiz a total of {FIXED_TOTAL} marks for {len(known)} questions."
        yield Said(sentence, "Change any mark on its Questions page, and change it back.")


@FILE.trap("cartridge-marks", Effect.CHANGES, "Every question counts 1 mark in the quiz, whatever its weight.")
def _marks(file: File) -> Iterator[Said]:
    weights = {item.raw_fields.get("cc_weighting") or "1" for item in file.items}
    if file.is_quiz and weights - {"1"}:
        yield Said("Every question counts 1 mark in the quiz.", "Set the marks on its Questions page.")


@FILE.trap(
    "cartridge-behaviour",
    Effect.CHANGES,
    "Students can try each question again and again, and see only marks after the attempt.",
)
def _behaviour(file: File) -> Iterator[Said]:
    if file.is_quiz:
        yield Said("Students may try each question again and again; afterwards they see only marks.", SETTINGS)


@FILE.trap(
    "cartridge-attempts",
    Effect.KILLS,
    "A number of attempts that is neither a whole number nor exactly 'unlimited' ends the restore.",
)
def _attempts(file: File) -> Iterator[Said]:
    entry = file.fields.get("cc_maxattempts")
    if entry and entry[0] != "unlimited" and not entry[0].isdecimal():
        yield Said(f"'{entry[0]}' attempts are a database error: the restore fails.", "Write unlimited.", entry[1])


@FILE.trap(
    "cartridge-settings", Effect.VANISHES, "Of a quiz's settings only qmd_timelimit and cc_maxattempts are read."
)
def _settings(file: File) -> Iterator[Said]:
    known = {"qmd_timelimit", "cc_maxattempts", "cc_profile", "qmd_assessmenttype", "qmd_scoretype", ""}
    for label, (entry, node) in file.fields.items():
        if label not in known and entry:
            yield Said(f"The setting {label} is not read.", SETTINGS, node)


@FILE.trap("cartridge-description", Effect.VANISHES, "A quiz's rubric and presentation_material are not read.")
def _description(file: File) -> Iterator[Said]:
    for tag in ("rubric", "presentation_material", "objectives"):
        for node in () if file.node is None else file.node.iterfind(tag):
            if any(one.text.strip() for inner in node.iter("material") for one in texts_of(inner)):
                yield Said(f"The {tag} is not read.", "Paste it into the quiz's description.", node)


@FILE.trap("cartridge-same-ident", Effect.CHANGES, "Two questions of one ident become one, with the answers of both.")
def _same_ident(file: File) -> Iterator[Said]:
    seen = set()
    for item in file.items:
        if item.ident in seen:
            yield Said(f"'{item.ident}' stands twice: the two become one question.", "Give each its own.", item.node)
        seen.add(item.ident)


@FILE.trap(
    "cartridge-picture-path", Effect.VANISHES, "A picture of a stem is looked for from the folder of the question file."
)
def _picture_path(file: File) -> Iterator[Said]:
    folder = file.document.member.rpartition("/")[0]
    for item in file.items:
        for path in references("".join(text.text for text in item.stem[:1])):
            found = _resolved(folder, path)
            if found not in file.package.names:
                sentence = f"'{path}' is looked for at '{found}', where nothing is."
                yield Said(sentence, "Put the question file at the root of the package.", item.node)
            elif found not in file.package.listed:
                yield Said(f"'{found}' is not in the manifest.", "List it as webcontent.", item.node)


def _resolved(folder: str, path: str) -> str:
    bare = path.replace("$IMS-CC-FILEBASE$", "").replace("%24IMS-CC-FILEBASE%24", "")
    steps: list[str] = []
    for step in f"{folder}/{bare}".split("/"):
        if step == ".." and steps:
            steps.pop()
        elif step not in {"", "."}:
            steps.append(step)
    return "/".join(steps)
