"""Questions that are answered by arranging: ``match`` and ``ordering``. Each part earns an equal share."""

from decimal import Decimal

from content.prose import to_html
from content.questions import Matching, Ordering
from qti_export.moodle.answers import picked
from qti_export.moodle.backup.question_types.base import (
    Placed,
    QuestionType,
    add_answer,
    combined_feedback,
    marked_up,
    plugin_of,
    told,
)
from qti_export.moodle.backup.records import Value, add_record, container, html
from qti_export.moodle.wording import NOTHING_SHOWN

BY_PLACE = 0
"""``qtype_ordering``'s ABSOLUTE_POSITION: a share for each item in its place."""

ALL_ITEMS: dict[str, Value] = {
    "layouttype": 0,
    "selecttype": 0,
    "selectcount": 2,
    "gradingtype": BY_PLACE,
    "showgrading": True,
    "numberingstyle": "none",
}
"""One below the other, all of them. The count is not looked at then; Moodle writes 2."""


def matching(question: Matching, placed: Placed) -> QuestionType:
    """Return a matching question. What has no left side is a distractor; right sides that are equal are one."""
    plugin = plugin_of("match")
    options: dict[str, Value] = {
        "shuffleanswers": placed.shuffle,
        **combined_feedback(question),
        "shownumcorrect": False,
    }
    add_record(plugin, "matchoptions", placed.number, options)
    matches = container(plugin, "matches")
    sides = [(to_html(pair.left) or NOTHING_SHOWN, pair.right) for pair in question.pairs]
    for left, right in [*sides, *(("", text) for text in question.distractors)]:
        values: dict[str, Value] = {**html("questiontext", left), "answertext": picked(right)}
        add_record(matches, "match", placed.numbers.new_match(), values)
    return QuestionType("match", to_html(question.stem), plugin)


def ordering(question: Ordering, placed: Placed) -> QuestionType:
    """Return an ordering question. The fraction of an item is its place."""
    plugin = plugin_of("ordering")
    answers = container(plugin, "answers")
    for place, item in enumerate(question.items, start=1):
        add_answer(answers, marked_up(to_html(item, inline=True)), Decimal(place), told(""), placed.numbers)
    values: dict[str, Value] = {**ALL_ITEMS, **combined_feedback(question), "shownumcorrect": False}
    add_record(plugin, "ordering", placed.number, values)
    return QuestionType("ordering", to_html(question.stem), plugin)
