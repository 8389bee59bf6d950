"""Questions as QTI 1.2 items in the shape of Canvas's own export, which Classic and New Quizzes both read whole."""

from collections.abc import Sequence
from functools import singledispatch

from lxml import etree

from content.prose import to_html
from content.questions import (
    Choice,
    ChoiceQuestion,
    MultipleChoice,
    MultipleResponse,
    PartialCredit,
    Question,
    TrueFalse,
)
from content.quiz import Quiz
from qti_export import qti12
from qti_export.choices import true_then_false
from qti_export.unwritten import unwritten_kind


def item_ident(quiz: Quiz, question: Question) -> str:
    """Return an ident that no other quiz's question has: Canvas makes one question of two items that share an ident.

    No id holds ``__``, so no two pairs of ids join to the same ident; and two ids stay far below 252 characters, where
    Canvas, which names files after idents, gives up the whole import.
    """
    return f"{quiz.id}__{question.id}"


@singledispatch
def new_item(question: Question, ident: str, title: str) -> etree._Element:  # noqa: ARG001 - the signature of all kinds
    """Return the question's item; each kind has its own function."""
    raise unwritten_kind(question, "Canvas")


@new_item.register
def _multiple_choice(question: MultipleChoice, ident: str, title: str) -> etree._Element:
    fields = _fields("multiple_choice_question", question)
    return _choice_item(question, qti12.new_item(ident, title, fields), question.choices, "Single")


@new_item.register
def _true_false(question: TrueFalse, ident: str, title: str) -> etree._Element:
    """Canvas knows the kind by the English words in the two choices; in other words it becomes multiple choice."""
    true, false = true_then_false(question)
    choices = (
        Choice(text="True", correct=true.correct, feedback=true.feedback),
        Choice(text="False", correct=false.correct, feedback=false.feedback),
    )
    fields = _fields("true_false_question", question)
    return _choice_item(question, qti12.new_item(ident, title, fields), choices, "Single")


@new_item.register
def _multiple_response(question: MultipleResponse, ident: str, title: str) -> etree._Element:
    fields = _fields("multiple_answers_question", question)
    if question.partial_credit is PartialCredit.ALL_OR_NOTHING:
        fields["scoring_algorithm"] = "AllOrNothing"  # read by New Quizzes; Classic has one rule only
    return _choice_item(question, qti12.new_item(ident, title, fields), question.choices, "Multiple")


def _fields(question_type: str, question: Question) -> dict[str, str]:
    """Return the metadata that both importers read; New Quizzes wants ``points_possible`` in lower case."""
    return {"question_type": question_type, "points_possible": f"{question.points:f}"}


def _choice_item(
    question: ChoiceQuestion, item: etree._Element, choices: Sequence[Choice], cardinality: str
) -> etree._Element:
    """Fill the item. Idents of choices are numbers: Canvas mixes up feedback where they hold ``correct`` or ``wrong``.

    The conditions that show feedback stand before the one that scores, as Canvas writes them: the last one that names
    a choice says whether it is right.
    """
    numbered = {str(number): choice for number, choice in enumerate(choices, start=1)}
    texts = [(ident, to_html(choice.text, inline=True)) for ident, choice in numbered.items()]
    qti12.add_presentation(item, to_html(question.stem), texts, cardinality)
    processing = qti12.add_processing(item)
    for ident, choice in numbered.items():
        if choice.feedback:
            qti12.add_condition(processing, [qti12.picked(ident)], shows=[f"{ident}_fb"], goes_on=True)
    right = [ident for ident, choice in numbered.items() if choice.correct]
    wrong = [ident for ident, choice in numbered.items() if not choice.correct]
    test = qti12.picked_exactly(right, wrong) if cardinality == "Multiple" else qti12.picked(right[0])
    qti12.add_condition(processing, [test], scores=True)
    feedbacks = {"general_fb": question.feedback.general, "correct_fb": question.feedback.correct}
    feedbacks["general_incorrect_fb"] = question.feedback.incorrect
    feedbacks |= {f"{ident}_fb": choice.feedback for ident, choice in numbered.items()}
    for ident, markdown in feedbacks.items():
        if markdown:
            qti12.add_feedback(item, ident, feedback_html(markdown))
    return item


def feedback_html(markdown: str) -> str:
    """Return a feedback's HTML such that Classic keeps it as HTML.

    Classic unwraps a lone ``<p>`` without attributes and stores its HTML as plain text, so that ``a &lt; b`` (and
    ``&nbsp;``, as it writes that) shows in just these letters. A paragraph with an attribute is not unwrapped.
    """
    html = to_html(markdown)
    return html.replace("<p>", '<p dir="auto">', 1) if "&" in html or "\xa0" in html else html
