"""Traps of choices in Classic Quizzes.

The importer's own sources: Canvas's qti_exporter, ChoiceInteraction.
"""

from collections.abc import Iterator

from qti_export.preflight.canvas_classic.question import ANSWERS, BLANKS, CHOICE, DROPDOWNS, ITEM, PICKED, Question
from qti_export.preflight.markup import IMAGE, plain
from qti_export.preflight.model import Effect
from qti_export.preflight.qti12 import to_number
from qti_export.preflight.rules import Said


@ITEM.trap(
    "classic-no-key",
    Effect.CHANGES,
    "A question with one choice to pick and none that is right arrives with a warning, and earns nobody points.",
)
def _no_key(question: Question) -> Iterator[Said]:
    if question.kind == CHOICE and not question.key:
        yield Said(
            "No choice is right: Canvas 'couldn't determine the correct answers', and nobody earns its points.",
            "Let a condition with a score above 0 name the right choice.",
        )


@ITEM.trap(
    "classic-answers-no-key", Effect.CHANGES, "Of multiple answers of which none is right the first becomes right."
)
def _answers_no_key(question: Question) -> Iterator[Said]:
    if question.kind == ANSWERS and not question.key:
        yield Said("No choice is right: Canvas marks the first one as right.", "Name what is right in the file.")


@ITEM.trap(
    "classic-partial-weights",
    Effect.CHANGES,
    "A choice earns all or nothing: any score above 0 becomes 100 %, any below becomes 0.",
)
def _partial_weights(question: Question) -> Iterator[Said]:
    if question.kind not in PICKED:
        return
    scores = {to_number(value) for condition in question.item.conditions for value in condition.scores}
    positive = {score for score in scores if score > 0}
    if question.kind == CHOICE and (len(positive) > 1 or _below_the_highest(question, positive)):
        weights = ", ".join(f"{score:g}" for score in sorted(positive))
        yield Said(f"Its choices earn {weights}: in Canvas each of them earns all points.", "Keep one right choice.")
    if any(score < 0 for score in scores):
        yield Said("A wrong choice costs points in the file; in Canvas it does not.", "Do without, or tell students.")


def _below_the_highest(question: Question, scores: set[float]) -> bool:
    declared = question.item.node.find("resprocessing/outcomes/decvar")
    highest = to_number(None if declared is None else declared.get("maxvalue"))
    return bool(scores) and 0 < max(scores) < highest


@ITEM.trap(
    "classic-special-response",
    Effect.CHANGES,
    "Responses called RESP_MC, response or TF... are read in another way, and may end as a question of type Error.",
)
def _special_response(question: Question) -> Iterator[Said]:
    for response in question.item.responses:
        if response.ident in {"RESP_MC", "response"} or response.ident.startswith("TF"):
            yield Said(
                f"Canvas reads a response called '{response.ident}' as another tool's: it may become an 'Error'.",
                "Call it response1.",
                response.node,
            )


@ITEM.trap("classic-empty-choice", Effect.CHANGES, "A choice without text shows 'No answer text provided.'")
def _empty_choice(question: Question) -> Iterator[Said]:
    for label in question.item.labels if question.kind in PICKED else ():
        if not plain(label.html) and not IMAGE.search(label.html) and "<math" not in label.html:
            yield Said("A choice is empty: it shows 'No answer text provided.'", "Write a text for it.", label.node)


@ITEM.trap(
    "classic-picture-choice",
    Effect.NOTES,
    "A choice that is only a picture or a formula is shown, but its text field says 'No answer text provided.'",
)
def _picture_choice(question: Question) -> Iterator[Said]:
    for label in question.item.labels if question.kind in PICKED else ():
        if not plain(label.html) and (IMAGE.search(label.html) or "<math" in label.html):
            sentence = "A choice is only a picture: it is shown, but called 'No answer text provided.' in statistics."
            yield Said(sentence, "Add a word to it.", label.node)


@ITEM.trap(
    "classic-same-choice-ident",
    Effect.CHANGES,
    "Two choices of one ident get one key, also where they stand in two dropdowns of a question.",
)
def _same_choice_ident(question: Question) -> Iterator[Said]:
    seen = set()
    for label in question.item.labels if question.kind in (*PICKED, DROPDOWNS, BLANKS) else ():
        if label.ident in seen:
            yield Said(
                f"The ident '{label.ident}' stands at two choices: both get the key of one of them.",
                "Give every choice of the question an ident of its own.",
                label.node,
            )
        seen.add(label.ident)
