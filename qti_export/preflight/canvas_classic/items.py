"""Traps of any item in Classic Quizzes: its ident, its type, its points.

The importer's own sources: Canvas's qti_exporter, AssessmentItemConverter.
"""

from collections.abc import Iterator

from qti_export.preflight.canvas_classic.question import (
    CHOICE,
    FORMULA,
    ITEM,
    POINT_FIELDS,
    TEXT,
    TRUE_FALSE,
    TYPES,
    Question,
)
from qti_export.preflight.markup import plain
from qti_export.preflight.model import Effect
from qti_export.preflight.qti12 import NUMBER, to_number
from qti_export.preflight.rules import Said

IDENT_MAX_BYTES = 251
"""Canvas names a file after the ident; at 252 bytes and more the file system refuses it."""

TITLE_MAX_LENGTH = 255


@ITEM.trap("classic-long-ident", Effect.KILLS, "An ident of more than 251 bytes ends the whole import.")
def _long_ident(question: Question) -> Iterator[Said]:
    size = len(question.item.ident.encode())
    if size > IDENT_MAX_BYTES:
        yield Said(f"The ident has {size} bytes: Canvas makes a file name of it, and the import fails.", "Shorten it.")


@ITEM.trap(
    "classic-no-ident", Effect.NOTES, "A question without an ident gets a made-up one, and may come twice into a bank."
)
def _no_ident(question: Question) -> Iterator[Said]:
    if not question.item.ident:
        yield Said("The item has no ident: another import makes a second copy.", "Give it an ident that stays.")


@ITEM.trap(
    "classic-long-name",
    Effect.VANISHES,
    "A question whose title has more than 255 characters is not saved.",
    drops=True,
)
def _long_name(question: Question) -> Iterator[Said]:
    if len(question.item.title) > TITLE_MAX_LENGTH:
        yield Said(
            f"The title has {len(question.item.title)} characters; Canvas saves no more than 255.", "Shorten it."
        )


@ITEM.trap(
    "classic-unknown-type",
    Effect.CHANGES,
    "A question of a type that Canvas does not know becomes what its shape looks like, mostly multiple choice.",
)
def _unknown_type(question: Question) -> Iterator[Said]:
    said = question.item.fields.get("question_type", "")
    if said and said not in TYPES:
        yield Said(
            f"Canvas knows no type '{said}': by its shape the question becomes '{question.kind}'.",
            "Use one of Canvas's own types, or make the question anew in Canvas.",
        )


@ITEM.trap("classic-no-type", Effect.NOTES, "A question without a type gets one by its shape.")
def _no_type(question: Question) -> Iterator[Said]:
    if not question.said:
        yield Said(
            f"No question_type is given: by its shape the question becomes '{question.kind}'.",
            "Look at its type after the import, or name it in the metadata.",
        )


@ITEM.trap("classic-true-false-untyped", Effect.CHANGES, "True/false without a type becomes multiple choice.")
def _true_false_untyped(question: Question) -> Iterator[Said]:
    if not question.said and question.says_true_and_false and question.kind == CHOICE:
        yield Said("Without a question_type true/false becomes multiple choice.", f"Set the type to {TRUE_FALSE}.")


@ITEM.trap(
    "classic-true-false-words",
    Effect.CHANGES,
    "True/false whose two choices do not hold the English words 'true' and 'false' becomes multiple choice.",
)
def _true_false_words(question: Question) -> Iterator[Said]:
    if question.said == TRUE_FALSE and not question.says_true_and_false:
        texts = " and ".join(f"'{plain(label.html)}'" for label in question.item.labels[:3])
        yield Said(
            f"Its choices are {texts}, not the English words true and false: it becomes multiple choice.",
            "Write True and False, or take it as the multiple choice that it becomes.",
        )


@ITEM.trap("classic-bad-points", Effect.CHANGES, "Points that are negative or no number become 0.")
def _bad_points(question: Question) -> Iterator[Said]:
    text = question.points_text
    if text and (not NUMBER.fullmatch(text) or to_number(text) < 0):
        yield Said(f"'{text}' points become {max(0.0, to_number(text)):g}.", "Write a number such as 2.5.")


@ITEM.trap("classic-no-points", Effect.NOTES, "A question without points is worth 1.")
def _no_points(question: Question) -> Iterator[Said]:
    if not question.points_text and question.kind != TEXT and question.item.group is None:
        fields = " or ".join(POINT_FIELDS[:2])
        yield Said("The file gives no points: the question is worth 1.", f"Name them in the field {fields}.")


@ITEM.trap("classic-text-points", Effect.CHANGES, "A text that asks nothing is worth 0, whatever the file says.")
def _text_points(question: Question) -> Iterator[Said]:
    if question.kind == TEXT and to_number(question.points_text) > 0:
        yield Said(f"The text's {question.points_text} points become 0.", "Give the points to a question.")


@ITEM.trap("classic-ordering", Effect.CHANGES, "Ordering becomes matching with the places 1 to n.")
def _ordering(question: Question) -> Iterator[Said]:
    if question.is_ordering:
        yield Said("Canvas has no ordering: it becomes matching with the places 1, 2, ...", "Look at it in Canvas.")


@ITEM.trap(
    "classic-no-variables",
    Effect.VANISHES,
    "A formula question has the answers that are listed in its var_sets; without them it has none.",
)
def _no_variables(question: Question) -> Iterator[Said]:
    if question.kind == FORMULA and question.item.node.find(".//var_set") is None:
        yield Said("No var_sets are listed, so the formula question has no answer.", "Let Canvas generate them.")


@ITEM.trap("classic-hints", Effect.VANISHES, "Hints, model solutions and an item's rubric are not imported.")
def _hints(question: Question) -> Iterator[Said]:
    for tag, name in (("hint", "hint"), ("solution", "model solution"), ("rubric", "rubric")):
        node = question.item.node.find(f".//{tag}")
        if node is not None and plain("".join(map(str, node.itertext()))):
            yield Said(f"The {name} is not imported.", "Put it into the general feedback.", node)


@ITEM.trap(
    "classic-shuffle",
    Effect.VANISHES,
    "A question's own setting to shuffle its choices is not imported: the quiz has one for all.",
)
def _shuffle(question: Question) -> Iterator[Said]:
    for node in question.item.node.iter("render_choice", "render_hotspot"):
        if (node.get("shuffle") or "").lower() == "yes":
            yield Said("That its choices are shuffled is not imported.", "Set 'Shuffle answers' for the quiz.", node)
            return
