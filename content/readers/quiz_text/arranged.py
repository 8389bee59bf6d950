"""Questions that are answered by arranging: ``> left -> right`` for pairs, ``~ item`` for an order."""

import re
from collections.abc import Sequence

from content.questions import Matching, Ordering, Pair
from content.readers.quiz_text.answers import Answer, Built
from content.readers.quiz_text.report import Report
from content.readers.quiz_text.values import one_line

ARROW = re.compile(r"(?:^|(?<=[ \t\n]))->(?=[ \t\n]|$)")
"""What parts the two sides of a pair: the last one counts, so that the left side may hold others."""

ESCAPED_ARROW = re.compile(r"\\(\\*->)")
"""An arrow of the right side has a backslash before it (and each backslash before an arrow one more)."""


def pairs(answers: Sequence[Answer], report: Report) -> Built:
    """Return a matching question."""
    found: list[tuple[Pair, Answer]] = []
    distractors: list[tuple[str, Answer]] = []
    for answer in answers:
        sides = _sides(answer.block.text)
        if sides is None:
            sentence = "This pair has no '->' between its two sides."
            report.error("bad-pair", answer.block.line, sentence, "Write it as in '> left -> right'.")
        elif sides[0]:
            found.append((Pair(left=sides[0], right=sides[1], feedback=answer.told), answer))
        else:
            distractors.append((sides[1], answer))
            _refuse_feedback(answer, report)
    fields = {"pairs": tuple(pair for pair, _ in found), "distractors": tuple(text for text, _ in distractors)}
    blocks = [answer.block for _, answer in [*found, *distractors]]
    return Built(Matching, fields, blocks, broken=len(blocks) < len(answers))


def _sides(text: str) -> tuple[str, str] | None:
    arrows = list(ARROW.finditer(text))
    if not arrows:
        return None
    left, right = text[: arrows[-1].start()], text[arrows[-1].end() :]
    return left.strip(" \t\n"), ESCAPED_ARROW.sub(r"\1", one_line(right.strip(" \t\n")))


def _refuse_feedback(distractor: Answer, report: Report) -> None:
    if distractor.feedback:
        sentence = "A right side that belongs to no pair cannot have a feedback."
        report.error("misplaced-feedback", distractor.feedback.line, sentence, "Remove it.")


def items(answers: Sequence[Answer], _report: Report) -> Built:
    """Return an ordering question."""
    blocks = [answer.block for answer in answers]
    return Built(Ordering, {"items": tuple(block.text for block in blocks)}, blocks)
