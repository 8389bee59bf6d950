"""Traps of the feedback of a question of a cartridge in Moodle's restore.

The importer's own sources: backup/cc: entity11.quiz.class.php.
"""

from collections.abc import Iterator

from qti_export.preflight.model import Effect
from qti_export.preflight.moodle_cartridge.question import FIB, ITEM, Question
from qti_export.preflight.rules import Said


@ITEM.trap("cartridge-typed-feedback", Effect.VANISHES, "The feedback of a right answer to a fill-in question is lost.")
def _typed_feedback(question: Question) -> Iterator[Said]:
    for condition in question.item.conditions if question.profile == FIB else ():
        if condition.earns and condition.shows:
            yield Said("The feedback of the right answer is lost.", "Put it into the general one.", condition.node)


@ITEM.trap("cartridge-feedback-depth", Effect.VANISHES, "Feedback is read in flow_mat only.")
def _feedback_depth(question: Question) -> Iterator[Said]:
    for ident, node in question.item.feedback.items():
        text = "".join(map(str, node.itertext())).strip()
        if question.profile and text and not node.findtext("flow_mat/material/mattext"):
            yield Said(f"The feedback '{ident}' is not found.", "Wrap it in flow_mat and material.", node)


@ITEM.trap("cartridge-feedback-unlinked", Effect.VANISHES, "Feedback that no condition shows is lost.")
def _feedback_unlinked(question: Question) -> Iterator[Said]:
    shown = {ident for condition in question.item.conditions for ident in condition.shows}
    for ident, node in question.item.feedback.items():
        if question.profile and ident not in shown and "".join(map(str, node.itertext())).strip():
            yield Said(f"No condition shows the feedback '{ident}'.", "Add a displayfeedback for it.", node)


@ITEM.trap(
    "cartridge-feedback-general",
    Effect.CHANGES,
    'The feedback of an answer whose condition says continue="Yes" is told to everybody as well.',
)
def _feedback_general(question: Question) -> Iterator[Said]:
    for condition in question.item.conditions if question.profile else ():
        if condition.goes_on and question.shows_for_answers(condition):
            sentence = "The feedback of this answer becomes part of the general feedback."
            yield Said(sentence, 'Take continue="Yes" away from the conditions of answers.', condition.node)
