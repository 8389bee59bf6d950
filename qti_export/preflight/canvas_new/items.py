"""Traps of one question in New Quizzes.

The importer's own sources: The gem ``qti``: V1::Models::AssessmentItem and its interactions.
"""

import re
from collections.abc import Iterator

from qti_export.preflight.canvas_classic.question import BLANKS, DROPDOWNS, MATCHING, NUMERICAL, TEXT
from qti_export.preflight.canvas_new.question import ITEM, NEW_TYPES, WHOLE_FEEDBACK, Question, tests_of
from qti_export.preflight.markup import shortened
from qti_export.preflight.model import Effect
from qti_export.preflight.numbers import decimal
from qti_export.preflight.rules import Said

BLANK_NAME = re.compile(r"[A-Za-z0-9_.-]+")
SIGNS = re.compile(r"<[A-Za-z/!?]|&#?[A-Za-z0-9]+;")
ESCAPED = re.compile("&(?:lt|gt|amp|#[0-9]+);")


@ITEM.trap("new-no-ident", Effect.VANISHES, "An item without an ident is an error, and is lost.", drops=True)
def _no_ident(question: Question) -> Iterator[Said]:
    if not question.item.ident:
        yield Said("The item has no ident, without which it is not read.", "Give it one.")


@ITEM.trap(
    "new-type-refused",
    Effect.VANISHES,
    "The type 'Multiple Choice', as other tools spell it, is an unsupported schema: the question is lost.",
    drops=True,
)
def _type_refused(question: Question) -> Iterator[Said]:
    if question.said == "Multiple Choice" and question.kind == "multiple_choice_question":
        yield Said("New Quizzes refuse the type 'Multiple Choice'.", "Write multiple_choice_question.")


@ITEM.trap(
    "new-unknown-type", Effect.CHANGES, "A type that is not spelled exactly as Canvas does is guessed by the shape."
)
def _unknown_type(question: Question) -> Iterator[Said]:
    if question.said not in NEW_TYPES and question.said != "Multiple Choice":
        said = f"The type '{question.said}' is not known" if question.said else "No question_type is given"
        yield Said(f"{said}: by its shape it becomes '{question.kind}'.", "Name one of Canvas's own types.")


@ITEM.trap(
    "new-points-label",
    Effect.CHANGES,
    "The label points_possible is known in small letters only, and no other label gives points.",
)
def _points_label(question: Question) -> Iterator[Said]:
    if not question.item.raw_fields.get("points_possible") and question.said != TEXT:
        other = next((name for name in question.item.raw_fields if name.lower() == "points_possible"), "")
        what = f"The label '{other}' is not known" if other else "The file gives no points_possible"
        yield Said(f"{what}: the question's points are not kept.", "Write the label points_possible.")


@ITEM.trap("new-stimulus", Effect.NOTES, "A text that asks nothing becomes a stimulus.")
def _stimulus(question: Question) -> Iterator[Said]:
    if question.said == TEXT:
        yield Said("The text becomes a stimulus, which stands beside questions.", "Look where it stands.")


@ITEM.trap("new-essay-key", Effect.CHANGES, "An essay that scores an answer is read as a blank to fill in.")
def _essay_key(question: Question) -> Iterator[Said]:
    if question.scores_an_essay:
        yield Said("The essay has a key: it becomes a question with an answer to type.", "Take the answer out.")


@ITEM.trap(
    "new-number-shape",
    Effect.VANISHES,
    "A number whose condition has none of three shapes is an 'Unsupported Numeric Type': the question is lost.",
    drops=True,
)
def _number_shape(question: Question) -> Iterator[Said]:
    for test in tests_of(question) if question.kind == NUMERICAL else ():
        exact, low, above, high = (test.findtext(f".//{name}") for name in ("varequal", "vargte", "vargt", "varlte"))
        if not (high and (low or (exact and above))):
            yield Said(
                "New Quizzes know no number of this shape: the whole question is lost.",
                "Write varequal, vargte and varlte, also for an exact number.",
                test,
            )


@ITEM.trap(
    "new-number-spelling",
    Effect.NOTES,
    "A number is exact only where all three values are the same text; else it is a margin of 0.",
)
def _number_spelling(question: Question) -> Iterator[Said]:
    for test in tests_of(question) if question.kind == NUMERICAL else ():
        texts = [test.findtext(f".//{name}") for name in ("varequal", "vargte", "varlte")]
        if len(set(texts)) > 1 and len({decimal(text) for text in texts}) == 1:
            yield Said(f"{', '.join(map(str, texts))} become a margin of 0.", "Spell the number the same.", test)


@ITEM.trap("new-number-feedback", Effect.VANISHES, "The feedback of a numerical answer is lost.")
def _number_feedback(question: Question) -> Iterator[Said]:
    if question.kind == NUMERICAL:
        for ident in question.linked:
            if question.has_feedback(ident):
                sentence = "The feedback of a numerical answer is lost."
                yield Said(sentence, "Put it into the question's feedback.", question.item.feedback[ident])


@ITEM.trap(
    "new-feedback-ident",
    Effect.VANISHES,
    "A question's feedback is known by exactly general_fb, correct_fb, general_incorrect_fb; others are lost.",
)
def _feedback_ident(question: Question) -> Iterator[Said]:
    for ident, node in question.item.feedback.items():
        if ident not in WHOLE_FEEDBACK and ident not in question.linked and "".join(map(str, node.itertext())).strip():
            sentence = f"The feedback '{ident}' belongs to nothing that New Quizzes know: it is lost."
            yield Said(sentence, f"Call it one of {', '.join(WHOLE_FEEDBACK)}, or link it to an answer.", node)


@ITEM.trap(
    "new-feedback-depth", Effect.VANISHES, "Feedback is read at itemfeedback > flow_mat > material > mattext only."
)
def _feedback_depth(question: Question) -> Iterator[Said]:
    for ident, node in question.item.feedback.items():
        if "".join(map(str, node.itertext())).strip() and not question.has_feedback(ident):
            yield Said(f"The feedback '{ident}' is not found.", "Wrap it in flow_mat and material.", node)


@ITEM.trap("new-blank-name", Effect.CHANGES, "A blank's name may have ASCII letters, digits, _, . and - only.")
def _blank_name(question: Question) -> Iterator[Said]:
    for response in question.item.responses if question.kind in (BLANKS, DROPDOWNS) else ():
        name = response.ident.removeprefix("response_")
        if not BLANK_NAME.fullmatch(name):
            yield Said(f"The blank '{name}' is not found.", "Name it in ASCII letters.", response.node)


@ITEM.trap("new-plain-html", Effect.CHANGES, "Plain text is taken for HTML: a tag in it is no longer seen.")
def _plain_html(question: Question) -> Iterator[Said]:
    for text in question.item.all_texts:
        if text.type == "text/plain" and SIGNS.search(text.text):
            sentence = f"'{shortened(text.text)}' is taken for HTML: its tags are not shown."
            yield Said(sentence, "Send choices and stems as text/html, and say it elsewhere in words.", text.node)


@ITEM.trap(
    "new-typed-html",
    Effect.CHANGES,
    "'<' and '&' in the right sides of pairs, dropdowns and blanks are taken for HTML.",
)
def _typed_html(question: Question) -> Iterator[Said]:
    for label in question.item.labels if question.kind in (MATCHING, BLANKS, DROPDOWNS) else ():
        for text in label.texts:
            if text.type == "text/plain" and ("<" in text.text or "&" in text.text) and not SIGNS.search(text.text):
                yield Said(f"'{shortened(text.text)}' is taken for HTML.", "Say it in words.", text.node)


@ITEM.trap(
    "new-cdata", Effect.CHANGES, "HTML in a CDATA section is unescaped twice: code that shows a tag becomes the tag."
)
def _cdata(question: Question) -> Iterator[Said]:
    for text in question.item.all_texts:
        if ESCAPED.search(text.text) and text.is_cdata:
            sentence = f"'{shortened(text.text)}' is unescaped twice: what it shows as code becomes real."
            yield Said(sentence, "Write the HTML escaped instead of in CDATA.", text.node)


@ITEM.trap("new-no-key", Effect.CHANGES, "A question with choices and no right one earns nobody points.")
def _no_key(question: Question) -> Iterator[Said]:
    picked = ("multiple_choice_question", "true_false_question", "multiple_answers_question")
    if question.kind in picked and not question.key:
        yield Said("No choice is right.", "Let a condition with a score name it.")
