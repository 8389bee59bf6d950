"""Which choices a page shows to be right, and what it does not show.

A choice is right where the page marks it so, or where it was selected and the whole answer earned full marks; on the
same ground the other choices are wrong. What neither a verdict nor full marks decide is not known.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from content.readers.graded_page import stems
from content.readers.graded_page.doubt import Doubt
from content.readers.graded_page.draft import Draft, DraftMark
from content.readers.graded_page.labels import Verdict
from content.readers.graded_page.signs import State

LOST_MARKS_REMEDY = "Mark the right choices by hand, or use a page on which the answer has full marks."
CUT_OFF_REMEDY = "Add what is missing, or save the whole page anew."

SAYS_RIGHT = {
    Verdict.RIGHT: True,
    Verdict.WRONGLY_LEFT: True,
    Verdict.WRONG: False,
    Verdict.WRONGLY_SELECTED: False,
    Verdict.RIGHTLY_LEFT: False,
}
AGAINST = {Verdict.WRONG, Verdict.WRONGLY_SELECTED, Verdict.WRONGLY_LEFT, Verdict.INCOMPLETE}
"""Verdicts that an answer with full marks does not get."""


WORDLESS = re.compile(r"(?:</?[a-z]{0,6}>?|[*_\s])*")
"""Nothing but emphasis: what is left of a choice whose line is cut off behind its sign."""


class Marks(Enum):
    """Whether an answer earned all its points."""

    FULL = "full"
    LOST = "lost"
    UNKNOWN = "unknown"


@dataclass(slots=True)
class Evidence:
    """What a page shows about one question.

    ``right`` says for each choice whether it is right, None where that is not known. ``own`` holds each choice's own
    verdict by its position, ``whole`` those on the question as a whole.
    """

    draft: Draft
    marks: Marks
    several: bool
    own: dict[int, DraftMark] = field(default_factory=dict)
    whole: list[DraftMark] = field(default_factory=list)
    right: list[bool | None] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    @property
    def key(self) -> list[int]:
        """The positions of the choices that are known to be right."""
        return [place for place, right in enumerate(self.right) if right]

    @property
    def true_false(self) -> bool:
        """Whether the two choices are the words true and false."""
        return sorted(choice.words.text.lower() for choice in self.draft.choices) == ["false", "true"]

    @property
    def single(self) -> bool:
        """Whether the page shows that only one choice can be right: by circles, or by the words true and false."""
        return self.true_false or (not self.several and any(choice.circle for choice in self.draft.choices))

    def places(self, *states: State) -> list[int]:
        """Return the positions of the choices whose sign says one of these."""
        return [place for place, choice in enumerate(self.draft.choices) if choice.state in states]


class PageShows(NamedTuple):
    """What a page shows at all, so that its absence from a question tells something.

    ``full_grade``: the page as a whole earned 100 %, which counts where a question shows no points of its own.
    """

    full_grade: bool
    verdicts: bool
    points: bool


def weigh(draft: Draft, page: PageShows) -> Evidence:
    """Return what the page shows about the question."""
    incomplete = any(mark.verdict is Verdict.INCOMPLETE for mark in draft.marks)
    several = incomplete or stems.asks_for_several(draft.stem)
    evidence = Evidence(draft, _marks(draft, page.full_grade), several)
    _attribute(evidence)
    _decide(evidence)
    for doubt in [*draft.doubts, *_doubts(evidence, page)]:
        if all(doubt.code != other.code for other in evidence.doubts):
            evidence.doubts.append(doubt)
    return evidence


def _marks(draft: Draft, grade_is_full: bool) -> Marks:
    points = draft.points
    if points and points.earned is not None and points.possible:
        return Marks.FULL if points.earned == points.possible else Marks.LOST
    return Marks.FULL if grade_is_full else Marks.UNKNOWN


def _attribute(evidence: Evidence) -> None:
    """Find out which choice each verdict speaks of: the one above it, or the whole question.

    A single verdict below the last choice speaks of the question, as course sites put it there for radio buttons.
    """
    choices = evidence.draft.choices
    marks = [mark for mark in evidence.draft.marks if mark.verdict is not Verdict.INCOMPLETE and mark.below >= 0]
    evidence.whole = [mark for mark in evidence.draft.marks if mark.verdict is Verdict.INCOMPLETE or mark.below < 0]
    plain = (Verdict.RIGHT, Verdict.WRONG)
    if len(marks) == 1 and marks[0].verdict in plain and marks[0].below == len(choices) - 1:
        _attribute_to_answer(evidence, marks[0])
        return
    for mark in marks:
        unselected = choices[mark.below].state is State.UNSELECTED
        left = unselected and mark.verdict in plain and evidence.marks is not Marks.LOST
        if left or mark.below in evidence.own:
            sentence = "The page marks an answer here that cannot be the choice above it."
            evidence.draft.doubts.append(Doubt("contradictory-marks", sentence, mark.line))
            evidence.whole.append(mark)
        else:
            evidence.own[mark.below] = mark


def _attribute_to_answer(evidence: Evidence, mark: DraftMark) -> None:
    """Give the one verdict of a question to the choice that was the answer, if it can only be one."""
    selected = evidence.places(State.SELECTED)
    possible = selected or evidence.places(State.UNCLEAR, State.ABSENT)
    if len(possible) == 1:
        evidence.own[possible[0]] = mark
    else:
        evidence.whole.append(mark)


def _decide(evidence: Evidence) -> None:
    full = evidence.marks is Marks.FULL or (evidence.marks is Marks.UNKNOWN and _praises_answer(evidence))
    by_sign = {State.SELECTED: True, State.UNSELECTED: False} if full else {}
    evidence.right = [
        SAYS_RIGHT[evidence.own[place].verdict] if place in evidence.own else by_sign.get(choice.state)
        for place, choice in enumerate(evidence.draft.choices)
    ]
    open_places = [place for place, right in enumerate(evidence.right) if right is None]
    praised = any(mark.verdict is Verdict.RIGHT for mark in evidence.draft.marks)
    if full and praised and not evidence.key and len(open_places) == 1 and len(evidence.right) > 1:
        evidence.right[open_places[0]] = True
    elif len(evidence.key) == 1 and evidence.single:
        evidence.right = [bool(right) for right in evidence.right]
    elif full and _verdict_for_each(evidence):
        for place in open_places:
            if evidence.draft.choices[place].state is State.ABSENT:
                evidence.right[place] = False


def _praises_answer(evidence: Evidence) -> bool:
    """Return whether "Correct" stands below a choice that was not selected: then it speaks of the whole answer."""
    choices = evidence.draft.choices
    return any(
        mark.verdict is Verdict.RIGHT and mark.below >= 0 and choices[mark.below].state is State.UNSELECTED
        for mark in evidence.draft.marks
    )


def _verdict_for_each(evidence: Evidence) -> bool:
    """Return whether the page marks each selected choice: then one without a sign and a verdict was not selected.

    Where the page draws the empty boxes of other choices, one without a sign may be a ticked one that lost its verdict.
    """
    if evidence.places(State.UNSELECTED):
        return False
    last = len(evidence.draft.choices) - 1
    return any(place != last for place in evidence.own)


def _doubts(evidence: Evidence, page: PageShows) -> Iterator[Doubt]:
    draft = evidence.draft
    if not draft.stem:
        yield Doubt("no-stem", "The page does not show the text of this question.", draft.line, CUT_OFF_REMEDY)
    yield from _doubt_choices(draft)
    doubt = _doubt_marks(evidence) or _doubt_key(evidence)
    if doubt is None and not draft.doubts and len(draft.choices) > 1:
        doubt = _doubt_whole(evidence, page)
    if doubt:
        yield doubt


def _doubt_choices(draft: Draft) -> Iterator[Doubt]:
    count = len(draft.choices)
    if count < 2:
        sentence = (
            f"The page shows {'only one choice' if count else 'no choices'} for this question; it may be cut off."
        )
        yield Doubt("too-few-choices", sentence, draft.line, CUT_OFF_REMEDY)
    texts = [choice.words.text for choice in draft.choices]
    if any(WORDLESS.fullmatch(text) for text in texts):
        yield Doubt("empty-choice", "The page does not show the text of a choice.", draft.line, CUT_OFF_REMEDY)
    elif len(set(texts)) < count:
        yield Doubt("same-choice-twice", "Two choices are the same; they may be from two questions.", draft.line)


def _doubt_marks(evidence: Evidence) -> Doubt | None:
    line = evidence.draft.line
    against = any(mark.verdict in AGAINST for mark in evidence.draft.marks)
    praise = any(mark.verdict is Verdict.RIGHT for mark in evidence.draft.marks)
    too_many = evidence.single and len(evidence.key) > 1
    if (
        too_many
        or (evidence.marks is Marks.FULL and against)
        or (evidence.marks is Marks.LOST and praise and not against)
    ):
        return Doubt("contradictory-marks", "The page's marks for this question contradict each other.", line)
    unknown = None in evidence.right or not evidence.key
    if unknown and (evidence.marks is Marks.LOST or against):
        sentence = "The answer was not fully right, so the page does not show which choices are."
        return Doubt("lost-marks", sentence, line, LOST_MARKS_REMEDY)
    return None


def _doubt_key(evidence: Evidence) -> Doubt | None:
    line = evidence.draft.line
    known = None not in evidence.right and evidence.key
    if len(evidence.right) < 2 or known:
        return None
    if evidence.marks is Marks.UNKNOWN:
        sentence = "The page does not show whether the answer to this question was right."
        return Doubt("no-marks", sentence, line, LOST_MARKS_REMEDY)
    return Doubt("no-selection", "The page does not show which choices were selected.", line)


def _doubt_whole(evidence: Evidence, page: PageShows) -> Doubt | None:
    """Doubt a question without what the page shows for others: a part of it may be lost."""
    draft = evidence.draft
    selected = set(evidence.places(State.SELECTED))
    some_unmarked = bool(evidence.own) and not selected.issubset(evidence.own)
    if page.points and draft.points is None:
        sentence = "The page shows the points of other questions, but not of this one; a part may be missing."
        return Doubt("no-points", sentence, draft.line, CUT_OFF_REMEDY)
    if page.verdicts and (not draft.marks or some_unmarked):
        sentence = "The page marks its answers, but not this one in full; it may be cut off."
        return Doubt("cut-off", sentence, draft.line, CUT_OFF_REMEDY)
    return _doubt_last_choice(evidence)


def _doubt_last_choice(evidence: Evidence) -> Doubt | None:
    """Doubt a last choice that is only wrong for want of a verdict below it."""
    last = evidence.draft.choices[-1]
    if last.state is not State.ABSENT or evidence.right[-1] is not False:
        return None
    if stems.is_question(last.words.text):
        sentence = "The last choice may be the beginning of the next question."
        return Doubt("unclear-start", sentence, last.line)
    own = len(evidence.draft.choices) - 1 in evidence.own
    if evidence.draft.ends_page and not own and not evidence.single:
        sentence = "The page ends right below this choice, so a mark that it is right may be cut off."
        return Doubt("cut-off", sentence, last.line, CUT_OFF_REMEDY)
    return None
