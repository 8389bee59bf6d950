"""The page's verdicts: "Correct", "Incorrect" and their kin, before or behind a text."""

import re
from enum import Enum
from typing import NamedTuple

from content.readers.graded_page.signs import BOXES_OFF, BOXES_ON, CIRCLES_OFF, CIRCLES_ON, TICKS


class Verdict(Enum):
    """What a label says. The last four are course sites' words for single choices of a multiple response question."""

    RIGHT = "correct"
    WRONG = "incorrect"
    WRONGLY_SELECTED = "this should not be selected"
    WRONGLY_LEFT = "this should be selected"
    RIGHTLY_LEFT = "un-selected is correct"
    INCOMPLETE = "you didn't select all the correct answers"


class Label(NamedTuple):
    """A label at the beginning of a text, and the text behind it.

    ``boxed``: a ticked box stands before the bare word, so it could also be a choice that reads "Correct".
    ``sentence``: the label is the first word of a sentence, as in "Correct! Well done.", which could be feedback too.
    """

    verdict: Verdict
    text: str
    boxed: bool
    sentence: bool


SENTENCES = {
    Verdict.WRONGLY_SELECTED: r"this should not be selected",
    Verdict.WRONGLY_LEFT: r"this should be selected",
    Verdict.RIGHTLY_LEFT: r"un-?selected is correct",
    Verdict.INCOMPLETE: r"you (?:didn['’]t|did not) select all the correct answers",
}
_SENTENCE = "|".join(f"(?P<{verdict.name}>{pattern})" for verdict, pattern in SENTENCES.items())
_OPEN_TAG = r"(?P<tag><(?:b|strong|i|em)>)?"
_CLOSE = r"(?P<close>[*_]{0,3}(?:</(?:b|strong|i|em)>)?)"
LABEL = re.compile(
    rf"(?P<lead>(?:[^\w<]|_){{0,8}}){_OPEN_TAG}"
    rf"(?:(?i:{_SENTENCE})|(?P<RIGHT>Correct|CORRECT)|(?P<WRONG>Incorrect|INCORRECT))(?![A-Za-z0-9]){_CLOSE}"
)
TICKED_LABEL = re.compile(rf"[{TICKS}✗✘✕✖❌]\ufe0f?\s{{0,3}}(?:\*\*|<b>)?(?:Correct|Incorrect)\b")
TRAILING = re.compile(r"(?:\*\*|__|<b>|<strong>)(Correct|Incorrect)(?:\*\*|__|</b>|</strong>)$")
TRAILING_WINDOW = 40
BARE_TRAILING = re.compile(r"\W(?:Correct|Incorrect)$|\s\*\*\w{0,9}\*?$")
"""A label without bold type, or one whose bold type does not end, as the page does."""

PUNCTUATION = ".!:,;"
WORDLESS = " \t-+•·–*_"
"""What may stand before a label without giving it weight: list bullets, and bold type that goes on behind it."""

FIRST = re.compile(r"\W{0,8}(?:Correct|Incorrect)\b")
FIRST_OF_SENTENCE = re.compile(r"(?:Correct|Incorrect)(?:[.!:,;]|\s+[^a-z\s])")


def match_label(text: str) -> Label | None:
    """Return the label that the text begins with, or None.

    "Correct" before a word in small letters is a label only where a tick or bold type says so: "Correct the data" may
    be a choice. Behind an empty box or circle it is one, and behind a ticked one with more words after it.
    """
    found = LABEL.match(text)
    if found is None or any(char in BOXES_OFF + CIRCLES_OFF for char in found["lead"]):
        return None
    verdict = next(verdict for verdict in Verdict if found[verdict.name])
    rest = text[found.end() :]
    words = rest.strip()
    emphasised = bool(found["close"])
    boxed = any(char in BOXES_ON + CIRCLES_ON for char in found["lead"])
    decorated = emphasised or bool(found["lead"].strip(WORDLESS))
    if len(rest) < 4 and not words.strip(PUNCTUATION):
        return Label(verdict, "", boxed and not emphasised, sentence=False)
    if boxed and (not emphasised or words[0].islower()):
        return None
    if emphasised:
        return Label(verdict, words.removeprefix(":").lstrip(), boxed=False, sentence=False)
    if rest[0] in PUNCTUATION:
        return Label(verdict, text[found.start(verdict.name) :], boxed=False, sentence=not decorated)
    if not rest[0].isspace() or (words[0].islower() and not decorated):
        return None
    return Label(verdict, words, boxed=False, sentence=False)


def trailing_label(text: str) -> tuple[str, Verdict | None]:
    """Return the text without the bold label that it ends in, and what the label says."""
    found = TRAILING.search(text, max(0, len(text) - TRAILING_WINDOW))
    if found is None or found.start() == 0:
        return text, None
    return text[: found.start()].rstrip(), Verdict.RIGHT if found[1] == "Correct" else Verdict.WRONG


def may_hold_label(text: str, *, behind_sign: bool) -> bool:
    """Return whether a choice's text may have a label of the page in it, or may be one with its feedback."""
    first = FIRST_OF_SENTENCE if behind_sign else FIRST
    return bool(first.match(text) or BARE_TRAILING.search(text, max(0, len(text) - TRAILING_WINDOW)))
