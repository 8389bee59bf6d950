"""Questions as Moodle XML. Moodle's importer looks elements up by name, so their order is free."""

from functools import singledispatch

from lxml import etree

from content.prose import to_html
from content.questions import (
    ChoiceQuestion,
    Dropdowns,
    Essay,
    FileUpload,
    FillInBlanks,
    Matching,
    MultipleChoice,
    MultipleResponse,
    Numerical,
    Ordering,
    Question,
    ShortAnswer,
    TextBlock,
    TrueFalse,
)
from qti_export.choices import told_for, true_then_false
from qti_export.moodle import cloze
from qti_export.moodle.answers import ANYTHING, literally, number, picked, tolerated
from qti_export.moodle.fractions import listed_percents
from qti_export.moodle.pluginfile import defused
from qti_export.moodle.wording import NOTHING_SHOWN
from qti_export.unwritten import unwritten_kind
from qti_export.xml_tree import add, element

NO_UNITS = "3"

ORDERING = {
    "layouttype": "VERTICAL",
    "selecttype": "ALL",
    "selectcount": "0",
    "gradingtype": "ABSOLUTE_POSITION",
    "showgrading": "SHOW",
    "numberingstyle": "none",
}

ESSAY = {
    "responseformat": "editor",
    "responserequired": "1",
    "responsefieldlines": "15",
    "attachments": "0",
    "attachmentsrequired": "0",
}

UPLOAD = {
    **ESSAY,
    "responseformat": "noinline",
    "responserequired": "0",
    "attachments": "1",
    "attachmentsrequired": "1",
}
"""No text, and one file."""


@singledispatch
def new_question(question: Question, shuffle: bool) -> etree._Element:  # noqa: ARG001 - the signature of all kinds
    """Return the question, but for its name and idnumber. Each kind has its function."""
    raise unwritten_kind(question, "Moodle XML")


@new_question.register
def _multiple_choice(question: MultipleChoice, shuffle: bool) -> etree._Element:
    made = _multichoice(question, shuffle, single=True)
    for choice in question.choices:
        fraction = "100" if choice.correct else "0"
        _add_answer(made, _picked_html(choice.text), fraction, to_html(choice.feedback))
    return made


@new_question.register
def _multiple_response(question: MultipleResponse, shuffle: bool) -> etree._Element:
    made = _multichoice(question, shuffle, single=False)
    right, wrong = listed_percents(question)
    for choice in question.choices:
        fraction = f"{right if choice.correct else wrong:f}"
        _add_answer(made, _picked_html(choice.text), fraction, to_html(choice.feedback))
    return made


@new_question.register
def _true_false(question: TrueFalse, shuffle: bool) -> etree._Element:  # noqa: ARG001 - the signature of all kinds
    """Moodle wants exactly the words ``true`` and ``false``, and has no combined feedback for this type."""
    made = _question("truefalse", question)
    add(made, "penalty", "1")
    for word, choice in zip(("true", "false"), true_then_false(question), strict=True):
        _add_answer(made, word, "100" if choice.correct else "0", told_for(choice, question.feedback))
    return made


@new_question.register
def _short_answer(question: ShortAnswer, shuffle: bool) -> etree._Element:  # noqa: ARG001 - the signature of all kinds
    """Moodle has no combined feedback for this type: it is told with the answers, the last of which is anything."""
    made = _question("shortanswer", question)
    add(made, "usecase", "1" if question.case_sensitive else "0")
    correct, incorrect = to_html(question.feedback.correct), to_html(question.feedback.incorrect)
    for answer in question.answers:
        _add_answer(made, literally(answer.text), "100", to_html(answer.feedback) + correct)
    if incorrect:
        _add_answer(made, ANYTHING, "0", incorrect)
    return made


@new_question.register
def _numerical(question: Numerical, shuffle: bool) -> etree._Element:  # noqa: ARG001 - the signature of all kinds
    """Numbers have a decimal point whatever the language: Moodle's import reads ``3,14`` as 314."""
    made = _question("numerical", question)
    add(made, "showunits", NO_UNITS)
    correct, incorrect = to_html(question.feedback.correct), to_html(question.feedback.incorrect)
    for answer in question.answers:
        value, tolerance = tolerated(answer)
        element_ = _add_answer(made, number(value), "100", to_html(answer.feedback) + correct)
        add(element_, "tolerance", number(tolerance))
    if incorrect:
        add(_add_answer(made, ANYTHING, "0", incorrect), "tolerance", "0")
    return made


@new_question.register
def _matching(question: Matching, shuffle: bool) -> etree._Element:
    """Write a distractor as a pair without a left side."""
    made = _question("matching", question)
    _add_shuffling(made, shuffle)
    _add_combined_feedback(made, question)
    sides = [(to_html(pair.left) or NOTHING_SHOWN, pair.right) for pair in question.pairs]
    for left, right in [*sides, *(("", text) for text in question.distractors)]:
        pair = add_text(made, "subquestion", defused(left))
        pair.set("format", "html")
        add_text(pair, "answer", picked(right))
    return made


@new_question.register
def _ordering(question: Ordering, shuffle: bool) -> etree._Element:  # noqa: ARG001 - the signature of all kinds
    """Keep the items in their order. Each in its place earns a share."""
    made = _question("ordering", question)
    for tag, text in ORDERING.items():
        add(made, tag, text)
    _add_combined_feedback(made, question)
    for place, item in enumerate(question.items, start=1):
        _add_answer(made, _picked_html(item), str(place), "")
    return made


@new_question.register(FillInBlanks)
@new_question.register(Dropdowns)
def _embedded(question: FillInBlanks | Dropdowns, shuffle: bool) -> etree._Element:
    """Write the places as code in the text. What the question counts is the sum of their weights."""
    (texts, _), parts = cloze.embedded(question, shuffle=shuffle)
    codes = [part.code(weight_of_part(question)) for part in parts]
    text = "".join(piece for pair in zip(texts, [*codes, ""], strict=True) for piece in pair)
    return _question("cloze", question, text)


def weight_of_part(question: FillInBlanks | Dropdowns) -> int:
    """Return the weight of each place, which must be whole; 1 where the points do not part into whole ones."""
    count = len(question.blanks if isinstance(question, FillInBlanks) else question.dropdowns)
    whole, rest = divmod(question.points, count)
    return int(whole) if whole and not rest else 1


@new_question.register(Essay)
@new_question.register(FileUpload)
def _essay(question: Essay | FileUpload, shuffle: bool) -> etree._Element:  # noqa: ARG001 - the signature of all kinds
    made = _question("essay", question)
    for tag, text in (UPLOAD if isinstance(question, FileUpload) else ESSAY).items():
        add(made, tag, text)
    return made


@new_question.register
def _description(question: TextBlock, shuffle: bool) -> etree._Element:  # noqa: ARG001 - the signature of all kinds
    return _question("description", question)


def add_text(parent: etree._Element, tag: str, text: str) -> etree._Element:
    """Append an element that holds a ``text`` and return it."""
    child = add(parent, tag)
    add(child, "text", text)
    return child


def add_html(parent: etree._Element, tag: str, html: str) -> None:
    """Append an element that holds HTML, with its tags escaped."""
    add_text(parent, tag, defused(html)).set("format", "html")


def _multichoice(question: ChoiceQuestion, shuffle: bool, *, single: bool) -> etree._Element:
    made = _question("multichoice", question)
    add(made, "single", "true" if single else "false")
    add(made, "answernumbering", "abc")
    _add_shuffling(made, shuffle)
    _add_combined_feedback(made, question)
    return made


def _add_shuffling(made: etree._Element, shuffle: bool) -> None:
    add(made, "shuffleanswers", "true" if shuffle else "false")


def _add_combined_feedback(made: etree._Element, question: Question) -> None:
    add_html(made, "correctfeedback", to_html(question.feedback.correct))
    for tag in ("partiallycorrectfeedback", "incorrectfeedback"):  # as elsewhere, what is not all right is incorrect
        add_html(made, tag, to_html(question.feedback.incorrect))


def _question(moodle_type: str, question: Question, text: str | None = None) -> etree._Element:
    made = element("question", type=moodle_type)
    add_html(made, "questiontext", to_html(question.stem) if text is None else text)
    add_html(made, "generalfeedback", to_html(question.feedback.general))
    add(made, "defaultgrade", f"{question.points:f}")
    for hint in question.hints:
        add_html(made, "hint", to_html(hint))
    if question.tags or question.outcomes:
        tags = add(made, "tags")
        for tag in (*question.tags, *question.outcomes):
            add_text(tags, "tag", tag)
    return made


def _picked_html(markdown: str) -> str:
    return defused(to_html(markdown, inline=True))


def _add_answer(parent: etree._Element, text: str, fraction: str, feedback: str) -> etree._Element:
    answer = add(parent, "answer", fraction=fraction, format="html")
    add(answer, "text", text)
    add_html(answer, "feedback", feedback)
    return answer
