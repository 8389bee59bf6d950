"""Traps of blanks, dropdowns and pairs in Classic Quizzes.

The importer's own sources: FillInTheBlank, AssociateInteraction.
"""

import re
from collections.abc import Iterator

from qti_export.preflight.canvas_classic.question import BLANKS, DROPDOWNS, ITEM, MATCHING, NAMED_PLACES, Question
from qti_export.preflight.markup import IMAGE, has_tags, plain, shortened
from qti_export.preflight.model import Effect
from qti_export.preflight.qti12 import Label, Response, to_number
from qti_export.preflight.rules import Said

BLANK_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
DIGITS = re.compile("[0-9]+")


def _blanks(question: Question) -> list[Response]:
    lids = [one for one in question.item.responses if one.node.tag == "response_lid"]
    return lids if question.kind in NAMED_PLACES else []


def _name(response: Response) -> str:
    return response.ident.removeprefix("response_")


@ITEM.trap(
    "classic-blank-name",
    Effect.CHANGES,
    "A blank's name may have letters, digits, _ and -: others are rewritten, and the stem keeps the old name.",
)
def _blank_name(question: Question) -> Iterator[Said]:
    for response in _blanks(question):
        if not BLANK_NAME.fullmatch(_name(response)):
            sentence = (
                f"Canvas rewrites the name '{_name(response)}' but not its place in the text: the blank is broken."
            )
            yield Said(sentence, "Name blanks with letters, digits, - and _, a letter first.", response.node)


@ITEM.trap(
    "classic-blank-place", Effect.CHANGES, "A blank whose [name] is not in the question's text cannot be filled in."
)
def _blank_place(question: Question) -> Iterator[Said]:
    stem = plain(question.item.stem_html)
    for response in _blanks(question):
        if f"[{_name(response)}]" not in stem:
            sentence = f"The text has no place '[{_name(response)}]': nobody can fill it in."
            yield Said(sentence, "Write the response's name in brackets where it belongs.", response.node)


@ITEM.trap(
    "classic-blank-written",
    Effect.CHANGES,
    "Blanks written as response_str are put behind the text, and its markup is lost.",
)
def _blank_written(question: Question) -> Iterator[Said]:
    for response in question.item.responses:
        if question.kind in NAMED_PLACES and response.node.tag == "response_str":
            sentence = "Canvas puts a blank of this form behind the text, and drops the text's markup."
            yield Said(sentence, "Write it as a response_lid called response_NAME.", response.node)
            return


@ITEM.trap(
    "classic-blank-all-right", Effect.CHANGES, "Every text that a blank lists is accepted, whatever the conditions say."
)
def _blank_all_right(question: Question) -> Iterator[Said]:
    if question.kind != BLANKS:
        return
    wrong = {
        (one.text or "").strip()
        for condition in question.item.conditions
        if condition.scores and all(to_number(value) <= 0 for value in condition.scores)
        for one in condition.named
    }
    for label in question.item.labels:
        if label.ident in wrong:
            yield Said(f"'{shortened(label.text)}' counts as right.", "Leave wrong answers out.", label.node)


@ITEM.trap(
    "classic-dropdown-markup",
    Effect.CHANGES,
    "The choices of a dropdown and the texts of a blank are plain text: tags are shown as they are written.",
)
def _dropdown_markup(question: Question) -> Iterator[Said]:
    for label in question.item.labels if question.kind in NAMED_PLACES else ():
        if any(one.type != "text/plain" and has_tags(one.text) for one in label.texts):
            yield Said(f"The tags of '{shortened(label.text)}' show as text.", "Write it as plain text.", label.node)


def _pairs(question: Question) -> list[Response]:
    return question.item.responses if question.kind == MATCHING and not question.is_ordering else []


@ITEM.trap(
    "classic-matching-lists",
    Effect.CHANGES,
    "The right sides are read from the first pair only: what another pair offers besides is gone.",
)
def _matching_lists(question: Question) -> Iterator[Said]:
    pairs = _pairs(question)
    offered = {label.ident for label in pairs[0].labels} if pairs else set()
    for response in pairs[1:]:
        lost = [label for label in response.labels if label.ident not in offered]
        if lost:
            sentence = f"'{shortened(plain(lost[0].html))}' is not offered by the first pair, so nobody can pick it."
            yield Said(sentence, "Let every pair offer the same list.", response.node)


@ITEM.trap(
    "classic-matching-ident",
    Effect.CHANGES,
    "A right side is known by the first digits in its ident: where two share them the key is mixed up.",
)
def _matching_ident(question: Question) -> Iterator[Said]:
    pairs = _pairs(question)
    seen: dict[str, Label] = {}
    for label in pairs[0].labels if pairs else ():
        found = DIGITS.search(label.ident)
        digits = found[0] if found else ""
        if digits in seen:
            sentence = f"Canvas takes the idents '{seen[digits].ident}' and '{label.ident}' for the same."
            yield Said(sentence, "Number the right sides: 1, 2, 3.", label.node)
        seen.setdefault(digits, label)


@ITEM.trap("classic-matching-markup", Effect.CHANGES, "Right sides of pairs are plain text: their markup is lost.")
def _matching_markup(question: Question) -> Iterator[Said]:
    pairs = _pairs(question)
    for label in pairs[0].labels if pairs else ():
        formatted = [one for one in label.texts if one.type != "text/plain" and has_tags(one.text)]
        if formatted and not IMAGE.search(label.html):
            yield Said(f"'{shortened(plain(label.html))}' loses its markup.", "Write it as plain text.", label.node)


@ITEM.trap(
    "classic-matching-pictures",
    Effect.CHANGES,
    "Pictures may be on one side of the pairs only (Canvas swaps the sides), and not where there are distractors.",
)
def _matching_pictures(question: Question) -> Iterator[Said]:
    pairs = _pairs(question)
    rights = [label for label in pairs[0].labels if IMAGE.search(label.html)] if pairs else []
    lefts = [one for one in pairs if any(IMAGE.search(text.html) for text in one.texts)]
    picked = {ident for one in pairs for ident in question.rights_of(one.ident)}
    if rights and (lefts or len(pairs[0].labels) > len(picked)):
        sentence = "Canvas cannot show pictures on both sides, or on the right where there are distractors."
        yield Said(sentence, "Put pictures on the left side only.", rights[0].node)


@ITEM.trap(
    "classic-dropdown-no-key",
    Effect.CHANGES,
    "A dropdown or a pair for which no condition names what is right earns nobody its share.",
)
def _dropdown_no_key(question: Question) -> Iterator[Said]:
    responses = _blanks(question) if question.kind == DROPDOWNS else _pairs(question)
    for response in responses:
        if not question.rights_of(response.ident) & {label.ident for label in response.labels}:
            shown = "".join(plain(one.html) for one in response.texts) or response.ident
            sentence = f"Nothing is right for '{shortened(shown)}'."
            yield Said(sentence, "Add a condition that names what is right.", response.node)
