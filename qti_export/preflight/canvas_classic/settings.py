"""Traps of a quiz and its settings file in Classic Quizzes.

The importer's own sources: Canvas's QuizConverter, Importers::QuizImporter.
"""

from collections.abc import Iterator

from lxml import etree

from qti_export.preflight.canvas_classic.quiz import Quiz
from qti_export.preflight.markup import plain, shortened
from qti_export.preflight.model import Effect
from qti_export.preflight.qti12 import texts_of, to_number
from qti_export.preflight.rules import Rules, Said

QUIZ: Rules[Quiz] = Rules("canvas")

QUIZ_TYPES = {"practice_quiz", "assignment", "graded_survey", "survey"}
POLICIES = {"keep_highest", "keep_latest", "keep_average"}
HIDINGS = {"", "always", "until_after_last_attempt"}
TITLE_MAX_LENGTH, DESCRIPTION_MAX_BYTES = 255, 500 * 1024
FLAGS = [
    "shuffle_answers",
    "one_question_at_a_time",
    "cant_go_back",
    "anonymous_submissions",
    "could_be_locked",
    "one_time_results",
    "show_correct_answers",
    "show_correct_answers_last_attempt",
    "only_visible_to_overrides",
    "disable_timer_autosubmission",
    "available",
]


def _said(quiz: Quiz, name: str) -> tuple[str, etree._Element] | None:
    """Return a setting as Canvas reads it: the first element of that name, wherever it stands."""
    node = None if quiz.settings is None else next(quiz.settings.iter(name), None)
    return None if node is None else ((node.text or "").strip(), node)


@QUIZ.trap("classic-empty-quiz", Effect.VANISHES, "A quiz without questions arrives empty.")
def _empty_quiz(quiz: Quiz) -> Iterator[Said]:
    if not quiz.items and quiz.node.find(".//sourcebank_ref") is None:
        yield Said("The quiz has no questions in the file.", "Check that the export was complete.")


@QUIZ.trap("classic-long-title", Effect.VANISHES, "A quiz whose title has more than 255 characters is not saved.")
def _long_title(quiz: Quiz) -> Iterator[Said]:
    said = _said(quiz, "title")
    title = said[0] if said else quiz.node.get("title") or ""
    if len(title) > TITLE_MAX_LENGTH:
        yield Said(f"The quiz's title has {len(title)} characters; Canvas saves no more than 255.", "Shorten it.")


@QUIZ.trap("classic-long-description", Effect.VANISHES, "A quiz whose description has more than 500 kB is not saved.")
def _long_description(quiz: Quiz) -> Iterator[Said]:
    said = _said(quiz, "description")
    if said and len(said[0].encode()) > DESCRIPTION_MAX_BYTES:
        yield Said("The description has more than 500 kB: the quiz is not saved.", "Move it to a page.", said[1])


@QUIZ.trap(
    "classic-description",
    Effect.VANISHES,
    "A description in QTI itself (rubric, presentation_material) is not read: only the settings file's is.",
)
def _description(quiz: Quiz) -> Iterator[Said]:
    for tag in ("rubric", "presentation_material", "objectives"):
        for node in quiz.node.iterfind(tag):
            if text := plain(
                " ".join(one.html for inner in node.iter("flow_mat", "material") for one in texts_of(inner))
            ):
                yield Said(f"'{shortened(text)}' is not read.", "Write it into assessment_meta.xml.", node)


@QUIZ.trap(
    "classic-settings-nested",
    Effect.CHANGES,
    "Of a setting that stands in the assignment before it stands in the quiz the assignment's is read.",
)
def _settings_nested(quiz: Quiz) -> Iterator[Said]:
    for name in ("title", "due_at", "lock_at", "unlock_at", "points_possible"):
        said = _said(quiz, name)
        own = None if quiz.settings is None else quiz.settings.find(name)
        if said and own is not None and said[1] is not own:
            yield Said(f"The assignment's '{name}' is read for the quiz's.", "Put the quiz's own first.", said[1])


@QUIZ.trap(
    "classic-flag", Effect.CHANGES, "A setting that is yes or no counts as yes for any text with a t, a y or a 1 in it."
)
def _flag(quiz: Quiz) -> Iterator[Said]:
    for name in FLAGS:
        said = _said(quiz, name)
        if said and said[0].lower() not in {"true", "false", ""}:
            means = "yes" if set("ty1") & set(said[0].lower()) else "no"
            yield Said(f"'{said[0]}' for {name} means {means}.", "Write true or false.", said[1])


@QUIZ.trap("classic-quiz-type", Effect.VANISHES, "A quiz of a type that Canvas does not know is not saved.")
def _quiz_type(quiz: Quiz) -> Iterator[Said]:
    said = _said(quiz, "quiz_type")
    if said and said[0] and said[0] not in QUIZ_TYPES:
        yield Said(f"'{said[0]}' is no type of quiz.", f"Write one of {', '.join(sorted(QUIZ_TYPES))}.", said[1])


@QUIZ.trap(
    "classic-policy",
    Effect.CHANGES,
    "Which attempt counts, and what is hidden, are known by few words; others are not kept.",
)
def _policy(quiz: Quiz) -> Iterator[Said]:
    for name, known in (("scoring_policy", POLICIES), ("hide_results", HIDINGS)):
        said = _said(quiz, name)
        if said and said[0] and said[0] not in known:
            yield Said(f"Canvas knows no {name} '{said[0]}'.", f"Write {' or '.join(sorted(known - {''}))}.", said[1])


@QUIZ.trap(
    "classic-limits-overridden",
    Effect.CHANGES,
    "A settings file that leaves the time limit or the attempts out takes those of the QTI file away.",
)
def _limits_overridden(quiz: Quiz) -> Iterator[Said]:
    pairs = (
        ("qmd_timelimit", "time_limit", "time limit"),
        ("cc_maxattempts", "allowed_attempts", "number of attempts"),
    )
    for label, name, words in pairs:
        entry = quiz.fields.get(label)
        if entry and entry[0] and quiz.settings is not None and _said(quiz, name) is None:
            sentence = f"The {words} ({entry[0]}) is taken away by the settings file, which names none."
            yield Said(sentence, f"Write <{name}> into assessment_meta.xml.", entry[1])


@QUIZ.trap("classic-total", Effect.NOTES, "The quiz's points_possible is not read: Canvas adds up the questions.")
def _total(quiz: Quiz) -> Iterator[Said]:
    said = _said(quiz, "points_possible")
    has_groups = quiz.node.find(".//selection_number") is not None
    points = [to_number(item.fields.get("points_possible") or "1") for item in quiz.items]
    if said and not has_groups and abs(to_number(said[0]) - sum(points)) > 1e-6:
        yield Said(
            f"The file says {said[0]} points; its questions add up to {sum(points):g}.", "Trust the sum.", said[1]
        )


@QUIZ.trap("classic-published", Effect.NOTES, "A quiz that is 'available' is published at once.")
def _published(quiz: Quiz) -> Iterator[Said]:
    said = _said(quiz, "available")
    if said and said[0].lower() == "true":
        yield Said("Students see the quiz as soon as it is imported.", "Write false, to look at it first.", said[1])


@QUIZ.trap("classic-module-locked", Effect.VANISHES, "That a module locks the quiz is not imported.")
def _module_locked(quiz: Quiz) -> Iterator[Said]:
    said = _said(quiz, "module_locked")
    if said and said[0].lower() == "true":
        yield Said("That a module locks the quiz is not imported.", "Set it in Canvas.", said[1])


@QUIZ.trap(
    "classic-assignment-group",
    Effect.NOTES,
    "The assignment group is kept only where the course has it from the same source already.",
)
def _assignment_group(quiz: Quiz) -> Iterator[Said]:
    said = _said(quiz, "assignment_group_identifierref")
    if said and said[0]:
        yield Said("In a new course the quiz goes into the first assignment group.", "Move it in Canvas.", said[1])


@QUIZ.trap("classic-section-title", Effect.VANISHES, "A section dissolves into its questions: its title is gone.")
def _section_title(quiz: Quiz) -> Iterator[Said]:
    for node in quiz.node.iter("section"):
        title = node.get("title") or ""
        if title and node.find("selection_ordering//selection_number") is None and not _is_visible(node):
            yield Said(f"The section's title '{shortened(title)}' is gone.", "Put it into a text question.", node)


@QUIZ.trap("classic-section-visible", Effect.CHANGES, 'A section that says visible="true" adds a text with its title.')
def _section_visible(quiz: Quiz) -> Iterator[Said]:
    for node in quiz.node.iter("section"):
        if _is_visible(node) and node.get("title"):
            yield Said(f"'{shortened(node.get('title') or '')}' is added as a text.", "Take visible away.", node)


def _is_visible(node: etree._Element) -> bool:
    return (node.get("visible") or "").lower() == "true"


def _groups(quiz: Quiz) -> Iterator[tuple[etree._Element, int]]:
    for node in quiz.node.iter("section"):
        number = node.findtext("selection_ordering/selection/selection_number")
        if number is not None:
            yield node, int(to_number(number))


@QUIZ.trap("classic-group-none", Effect.CHANGES, "A group that picks 0 questions shows none.")
def _group_none(quiz: Quiz) -> Iterator[Said]:
    for node, number in _groups(quiz):
        if number <= 0:
            yield Said("The group picks no question.", "Set the selection_number.", node)


@QUIZ.trap(
    "classic-group-too-many", Effect.CHANGES, "A group that picks more questions than it has is stored as it is."
)
def _group_too_many(quiz: Quiz) -> Iterator[Said]:
    for node, number in _groups(quiz):
        held = len(list(node.iter("item")))
        if held and number > held:
            yield Said(f"The group picks {number} of {held} questions.", f"Let it pick {held} at most.", node)


@QUIZ.trap(
    "classic-group-points",
    Effect.CHANGES,
    "In a group every question is worth what the group says; without that, what they say alike, else 1.",
)
def _group_points(quiz: Quiz) -> Iterator[Said]:
    for node, _ in _groups(quiz):
        per_item = node.findtext(".//points_per_item")
        own = {to_number(entry) for entry in _points_in(node)}
        worth = to_number(per_item) if per_item is not None else (min(own) if len(own) == 1 else 1.0)
        if own - {worth}:
            listed = ", ".join(f"{points:g}" for points in sorted(own))
            yield Said(f"Its questions are worth {worth:g} each, not {listed}.", "Set points_per_item.", node)


def _points_in(node: etree._Element) -> Iterator[str]:
    for field in node.iter("qtimetadatafield"):
        if (field.findtext("fieldlabel") or "").lower() == "points_possible":
            yield field.findtext("fieldentry") or "1"


@QUIZ.trap(
    "classic-group-bank-missing",
    Effect.VANISHES,
    "A group that draws from a bank which is not in the package is empty, unless the course has the bank already.",
)
def _group_bank_missing(quiz: Quiz) -> Iterator[Said]:
    banks = {
        node.get("ident")
        for document in quiz.package.documents.values()
        if document.root is not None
        for node in document.root.iter("objectbank")
    }
    for node in quiz.node.iter("sourcebank_ref"):
        if (node.text or "").strip() not in banks:
            yield Said(f"The bank '{node.text}' is not in the package: the group is empty.", "Export it, too.", node)


@QUIZ.trap("classic-group-banks", Effect.CHANGES, "A group that draws from several banks becomes one group for each.")
def _group_banks(quiz: Quiz) -> Iterator[Said]:
    for node, _ in _groups(quiz):
        count = len(list(node.iter("sourcebank_ref")))
        if count > 1:
            yield Said(f"It becomes {count} groups, one for each bank.", "Look at how many each picks.", node)
