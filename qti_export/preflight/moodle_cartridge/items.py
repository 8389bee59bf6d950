"""Traps of a question of a cartridge in Moodle's restore.

The importer's own sources: backup/cc: entity11.quiz.class.php.
"""

import re
from collections.abc import Iterator

from qti_export.preflight.markup import references, shortened
from qti_export.preflight.model import Effect
from qti_export.preflight.moodle_cartridge.cartridge import PROFILES
from qti_export.preflight.moodle_cartridge.question import (
    FIB,
    ITEM,
    PATTERN,
    RESPONSE,
    TRUE_FALSE,
    Question,
    earns_all,
    named_right_away,
)
from qti_export.preflight.qti12 import to_number
from qti_export.preflight.rules import Said

TITLE_MAX_LENGTH = 255
DECODED_AGAIN = re.compile(r"&lt;[A-Za-z/!?]|&amp;(?:[A-Za-z][A-Za-z0-9]*|#[0-9]+|#[xX][0-9A-Fa-f]+);")
UNESCAPED_STAR = re.compile(r"(?<!\\)\*")


@ITEM.trap(
    "cartridge-profile",
    Effect.VANISHES,
    "A question without a cc_profile that Moodle knows is skipped in silence.",
    drops=True,
)
def _profile(question: Question) -> Iterator[Said]:
    if not question.profile:
        said = question.item.raw_fields.get("cc_profile") or "no cc_profile"
        yield Said(f"Moodle skips a question with {said}.", "Use a Moodle backup (target moodle-backup).")


@ITEM.trap(
    "cartridge-long-name", Effect.KILLS, "A title of more than 255 characters is a database error: the restore fails."
)
def _long_name(question: Question) -> Iterator[Said]:
    if question.profile and len(question.item.title) > TITLE_MAX_LENGTH:
        yield Said(f"The title has {len(question.item.title)} characters: the restore fails.", "Shorten it.")


@ITEM.trap(
    "cartridge-no-name",
    Effect.CHANGES,
    "A question without a title is called after the beginning of its text, with ' [...]' behind.",
)
def _no_name(question: Question) -> Iterator[Said]:
    if question.profile and (not question.item.title or question.file.version == "1.0"):
        yield Said("The question's name is made from its text.", "Give the item a title, in a cartridge 1.1.")


@ITEM.trap("cartridge-quote-ident", Effect.KILLS, "A double quote in an ident ends the restore.")
def _quote_ident(question: Question) -> Iterator[Said]:
    if '"' in question.item.ident:
        yield Said("The ident has a double quote in it: the restore fails.", "Use letters, digits and _.")


@ITEM.trap("cartridge-zero-ident", Effect.CHANGES, "The ident '0' counts as none.")
def _zero_ident(question: Question) -> Iterator[Said]:
    for ident in (question.item.ident, *(label.ident for label in question.item.labels)):
        if ident == "0":
            yield Said("The ident '0' counts as none.", "Count from 1.")


@ITEM.trap("cartridge-ident-case", Effect.CHANGES, "Idents of choices are compared without regard to capitals.")
def _ident_case(question: Question) -> Iterator[Said]:
    seen = set()
    for label in question.item.labels:
        if label.ident.lower() in seen:
            yield Said(f"'{label.ident}' is the same as another choice's ident.", "Number them.", label.node)
        seen.add(label.ident.lower())


@ITEM.trap("cartridge-weight", Effect.CHANGES, "A weight is cut to a whole number from 0 to 99.")
def _weight(question: Question) -> Iterator[Said]:
    text = question.item.raw_fields.get("cc_weighting", "")
    if question.profile and text and (not text.isdecimal() or int(text) > 99):
        yield Said(f"The weight {text} becomes {_cut(text)}.", "Use whole numbers up to 99.")


def _cut(text: str) -> int:
    number = int(to_number(text))
    return number if 0 <= number <= 99 else 1


@ITEM.trap(
    "cartridge-nested-key",
    Effect.CHANGES,
    "The key of a single choice is seen right in the conditionvar only, not in an or or an and.",
)
def _nested_key(question: Question) -> Iterator[Said]:
    if question.is_single and not question.right:
        hidden = any(condition.earns and condition.named for condition in question.item.conditions)
        why = "its key stands in an <or> or <and>" if hidden else "no condition names a key"
        yield Said(f"No answer is right: {why}.", "Put the varequal right into the conditionvar.")


@ITEM.trap("cartridge-partial", Effect.CHANGES, "Any score above 0 earns a single choice all of the points.")
def _partial(question: Question) -> Iterator[Said]:
    scores = {to_number(value) for condition in question.item.conditions for value in condition.scores}
    if question.is_single and any(score not in {0.0, 100.0} for score in scores):
        listed = ", ".join(f"{score:g}" for score in sorted(scores - {0.0, 100.0}))
        yield Said(f"A score of {listed} becomes all of the points.", "Use a Moodle backup, or Moodle XML.")


@ITEM.trap(
    "cartridge-old-scores",
    Effect.CHANGES,
    "From a cartridge 1.0 the score itself is the fraction: 100 gives a hundred times the marks.",
)
def _old_scores(question: Question) -> Iterator[Said]:
    if question.file.version == "1.0" and any(condition.earns for condition in question.item.conditions):
        yield Said("A right answer gives 100 marks of 1.", "Make a cartridge 1.1.")


@ITEM.trap(
    "cartridge-response-case",
    Effect.CHANGES,
    'The key of a multiple response is seen only where every varequal says case="Yes", in exactly these letters.',
)
def _response_case(question: Question) -> Iterator[Said]:
    named = [one for condition in question.item.conditions if earns_all(condition) for one in condition.named]
    if question.profile == RESPONSE and any(one.get("case") != "Yes" for one in named):
        yield Said('Without case="Yes" its right answers earn nothing.', 'Write case="Yes" at every varequal.')


@ITEM.trap(
    "cartridge-response-added",
    Effect.CHANGES,
    "A multiple response that adds up scores cannot be read: its key is one condition with a score of 100.",
)
def _response_added(question: Question) -> Iterator[Said]:
    if question.profile == RESPONSE and not any(earns_all(one) for one in question.item.conditions):
        yield Said("Its scores are added up, which Moodle does not read.", "Write one <and> that sets SCORE to 100.")


@ITEM.trap(
    "cartridge-response-free",
    Effect.CHANGES,
    "Wrong picks of a multiple response cost nothing: who ticks everything gets all the points.",
)
def _response_free(question: Question) -> Iterator[Said]:
    if question.profile == RESPONSE:
        yield Said("Who ticks everything gets all the points.", "Give wrong choices negative grades in Moodle.")


@ITEM.trap(
    "cartridge-true-false",
    Effect.KILLS,
    "The idents of true/false must be exactly 'true' and 'false': others end the whole restore.",
)
def _true_false(question: Question) -> Iterator[Said]:
    idents = [label.ident for label in question.item.labels]
    if question.profile == TRUE_FALSE and sorted(idents) != ["false", "true"]:
        yield Said(f"Its idents are {', '.join(idents)}: the restore fails.", "Call them true and false.")


@ITEM.trap(
    "cartridge-typed-score",
    Effect.CHANGES,
    "The accepted answers of a fill-in question are found by a score written exactly '100'.",
)
def _typed_score(question: Question) -> Iterator[Said]:
    scores = [value for condition in question.item.conditions for value in condition.scores if to_number(value) > 0]
    if question.profile == FIB and "100" not in scores:
        yield Said(f"The score is written '{', '.join(scores)}': no answer earns anything.", "Write 100.")


@ITEM.trap(
    "cartridge-typed-several",
    Effect.VANISHES,
    "Of several conditions with a score of 100 the first one's answers are accepted.",
)
def _typed_several(question: Question) -> Iterator[Said]:
    full = [one for one in question.item.conditions if "100" in one.scores]
    if question.profile == FIB and len(full) > 1:
        lost = ", ".join(shortened(one.text or "") for condition in full[1:] for one in condition.named)
        yield Said(f"These answers are not accepted: {lost}.", "Put all into one condition.", full[1].node)


@ITEM.trap("cartridge-typed-zero", Effect.VANISHES, "The accepted answer '0' is dropped.")
def _typed_zero(question: Question) -> Iterator[Said]:
    if question.profile == FIB:
        for condition in question.item.conditions:
            for node in named_right_away(condition):
                if node.text == "0" and condition.earns:
                    yield Said("The answer '0' is dropped.", "Use a Moodle backup (target moodle-backup).", node)


@ITEM.trap("cartridge-typed-star", Effect.CHANGES, "A * in an accepted answer stands for any text.")
def _typed_star(question: Question) -> Iterator[Said]:
    if PROFILES.get(question.profile) == "shortanswer":
        for text in question.right:
            if UNESCAPED_STAR.search(text):
                yield Said(f"In '{shortened(text)}' the * stands for any text.", r"Write \* for the sign.")


@ITEM.trap(
    "cartridge-pattern-match",
    Effect.CHANGES,
    "A pattern match question gives as many marks as its score says: 100 of 1.",
)
def _pattern_match(question: Question) -> Iterator[Said]:
    scores = [to_number(value) for condition in question.item.conditions for value in condition.scores]
    if question.profile == PATTERN and any(score > 1 for score in scores):
        yield Said(f"A right answer gives {max(scores):g} marks of 1.", "Use the profile cc.fib.v0p1.")


@ITEM.trap("cartridge-zero-text", Effect.VANISHES, "A text that is '0' and nothing else becomes empty.")
def _zero_text(question: Question) -> Iterator[Said]:
    for text in question.item.all_texts if question.profile else ():
        if text.text == "0":
            yield Said("The text '0' becomes empty.", "Write <p>0</p>.", text.node)


@ITEM.trap(
    "cartridge-code", Effect.CHANGES, "Entities are decoded once too often: code that shows a tag becomes the tag."
)
def _code(question: Question) -> Iterator[Said]:
    for text in question.item.all_texts if question.profile else ():
        if DECODED_AGAIN.search(text.text):
            yield Said(f"'{shortened(text.text)}': what it shows as code becomes real.", "Use Moodle XML.", text.node)


@ITEM.trap("cartridge-line-break", Effect.CHANGES, "Line breaks in the question text are doubled.")
def _line_break(question: Question) -> Iterator[Said]:
    if question.profile and "<br" in "".join(text.text for text in question.item.stem[:1]).lower():
        yield Said("Line breaks in the question text are doubled.", "Use paragraphs.")


@ITEM.trap("cartridge-second-text", Effect.VANISHES, "Of several texts of a question the first is read.")
def _second_text(question: Question) -> Iterator[Said]:
    if question.profile and len(question.item.stem) > 1:
        yield Said("Only the first of its texts is read.", "Put all into one.", question.item.stem[1].node)


@ITEM.trap("cartridge-answer-picture", Effect.VANISHES, "Pictures of the package in answers and feedback are broken.")
def _answer_picture(question: Question) -> Iterator[Said]:
    for text in question.item.all_texts if question.profile else ():
        if text.node not in [one.node for one in question.item.stem] and references(text.text):
            yield Said(f"'{references(text.text)[0]}' is not shown.", "Put it into the question's text.", text.node)


@ITEM.trap("cartridge-hints", Effect.VANISHES, "Hints, model solutions and rubrics are not read.")
def _hints(question: Question) -> Iterator[Said]:
    for tag in ("hint", "solution", "rubric"):
        node = question.item.node.find(f".//{tag}")
        if question.profile and node is not None and "".join(map(str, node.itertext())).strip():
            yield Said(f"The {tag} is not read.", "Put it into the general feedback.", node)
