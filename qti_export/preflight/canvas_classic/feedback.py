"""Traps of feedback in Classic Quizzes.

The importer's own sources: AssessmentItemConverter's get_feedback.
"""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from qti_export.preflight.canvas_classic.question import ESSAY, ITEM, MATCHING, NAMED_PLACES, TEXT, UPLOAD, Question
from qti_export.preflight.markup import shortened
from qti_export.preflight.model import Effect
from qti_export.preflight.qti12 import texts_of
from qti_export.preflight.rules import Said

INCORRECT = re.compile(r"wrong|incorrect|_IC$", re.IGNORECASE)
CORRECT = re.compile(r"correct|_C$", re.IGNORECASE)
GENERAL = re.compile(r"general_|_all", re.IGNORECASE)
WHOLE = {"general_fb": "general", "correct_fb": "correct", "general_incorrect_fb": "incorrect"}
NUMBERED = re.compile(r"[0-9]+_fb")
WRAPPERS = {"p", "div", "span"}


def role(ident: str) -> str:
    """Return what Canvas takes a feedback for by its ident: ``general``, ``correct``, ``incorrect``, or "" for none."""
    for name, pattern in (("incorrect", INCORRECT), ("correct", CORRECT), ("general", GENERAL)):
        if pattern.search(ident):
            return name
    return ""


def kept(question: Question) -> tuple[str, ...]:
    """Return the feedback that arrives, in words."""
    with_text = [ident for ident, node in question.item.feedback.items() if _markup(node)]
    whole = list(dict.fromkeys(filter(None, map(role, with_text))))
    shown = {ident for condition in question.item.conditions if condition.named for ident in condition.shows}
    of_answers = [one for one in with_text if not role(one) and (one in shown or NUMBERED.fullmatch(one))]
    return (*whole, *([f"of {len(of_answers)} answers"] if of_answers else []))


def _markup(node: etree._Element) -> str:
    return "".join(one.html for one in texts_of(node))


def _of_answers(question: Question) -> Iterator[tuple[str, etree._Element]]:
    """Yield the feedback that conditions show for one answer."""
    shown = (ident for condition in question.item.conditions if condition.named for ident in condition.shows)
    for ident in dict.fromkeys(shown):
        if ident in question.item.feedback and ident not in WHOLE:
            yield ident, question.item.feedback[ident]


@ITEM.trap(
    "classic-feedback-ident",
    Effect.CHANGES,
    "A choice's feedback whose ident holds correct, wrong, general_ and the like becomes that of the question.",
)
def _feedback_ident(question: Question) -> Iterator[Said]:
    for ident, node in _of_answers(question):
        if role(ident):
            sentence = f"By its ident Canvas takes '{ident}' for the {role(ident)} feedback of the whole question."
            yield Said(sentence, "Number the answers, and call their feedback 1_fb, 2_fb, ...", node)


@ITEM.trap(
    "classic-feedback-twice", Effect.VANISHES, "Of two feedbacks that Canvas takes for the same one the last stays."
)
def _feedback_twice(question: Question) -> Iterator[Said]:
    seen: dict[str, str] = {}
    for ident, node in question.item.feedback.items():
        name = role(ident)
        if name in seen and _markup(node):
            yield Said(f"'{ident}' takes the place of '{seen[name]}'.", "Keep one of them.", node)
        if name and _markup(node):
            seen[name] = ident


@ITEM.trap(
    "classic-feedback-unlinked",
    Effect.VANISHES,
    "Feedback that no condition shows for an answer, and that is none of the question's, is lost.",
)
def _feedback_unlinked(question: Question) -> Iterator[Said]:
    shown = {ident for condition in question.item.conditions for ident in condition.shows if condition.named}
    for ident, node in question.item.feedback.items():
        if _markup(node) and not role(ident) and ident not in shown and not NUMBERED.fullmatch(ident):
            sentence = f"The feedback '{ident}' belongs to no answer: it is lost."
            yield Said(sentence, "Link it by a displayfeedback, or call it general_fb.", node)


@ITEM.trap(
    "classic-feedback-part",
    Effect.VANISHES,
    "Feedback for the answers of blanks and dropdowns is kept for idents that are numbers only.",
)
def _feedback_part(question: Question) -> Iterator[Said]:
    for ident, node in _of_answers(question) if question.kind in NAMED_PLACES else ():
        if not NUMBERED.fullmatch(ident) and not role(ident):
            yield Said(f"The feedback '{ident}' is lost.", "Number the answers: 1, 2, 3.", node)


@ITEM.trap(
    "classic-feedback-graded",
    Effect.VANISHES,
    "What a person grades has only the three feedbacks of a question; a text has none.",
)
def _feedback_graded(question: Question) -> Iterator[Said]:
    for ident, node in question.item.feedback.items() if question.kind in (ESSAY, UPLOAD) else ():
        if _markup(node) and not role(ident):
            yield Said(f"The feedback '{ident}' is lost.", "Put it into the general feedback.", node)
    if question.kind == TEXT and any(_markup(node) for node in question.item.feedback.values()):
        yield Said("A text shows no feedback.", "Put it into the text.")


@ITEM.trap(
    "classic-escaped",
    Effect.CHANGES,
    "HTML feedback, or a left side, of one text only is stored as plain text: entities in it show as written.",
)
def _escaped(question: Question) -> Iterator[Said]:
    lefts = [text for one in question.item.responses for text in one.texts] if question.kind == MATCHING else []
    for text in [*lefts, *(one for node in question.item.feedback.values() for one in texts_of(node))]:
        if text.type != "text/plain" and _shows_entities(text.text):
            sentence = f"'{shortened(text.text)}' is stored as plain text: &lt; and &amp; show in just these letters."
            yield Said(sentence, "Send it as text/plain, or give its paragraph an attribute.", text.node)


def _shows_entities(markup: str) -> bool:
    """Return whether the HTML is one text, but for wrappers without attributes, and has an entity in it."""
    if "&" not in markup and "\xa0" not in markup:
        return False
    try:
        nodes: list[Any] = list(lxml_html.fragments_fromstring(markup))
    except (etree.LxmlError, ValueError):
        return False
    while len(nodes) == 1 and not isinstance(nodes[0], str) and nodes[0].tag in WRAPPERS and not nodes[0].attrib:
        nodes = [part for part in (nodes[0].text, *nodes[0]) if part is not None and part != ""]
    return len(nodes) == 1 and isinstance(nodes[0], str)
