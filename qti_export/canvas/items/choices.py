"""Multiple choice, true/false and multiple response."""

from collections.abc import Sequence

from lxml import etree

from content.prose import to_html
from content.questions import Choice, ChoiceQuestion, MultipleChoice, MultipleResponse, PartialCredit, TrueFalse
from qti_export import qti12
from qti_export.canvas.items.common import add_feedback, new_item
from qti_export.choices import true_then_false


def multiple_choice(question: MultipleChoice, ident: str, title: str) -> etree._Element:
    """Return the item: pick one."""
    item = new_item(question, ident, title, "multiple_choice_question")
    return _filled(item, question, question.choices, "Single")


def true_false(question: TrueFalse, ident: str, title: str) -> etree._Element:
    """Return the item. Canvas knows the kind by the English words; in other words it becomes multiple choice."""
    true, false = true_then_false(question)
    choices = (
        Choice(text="True", correct=true.correct, feedback=true.feedback),
        Choice(text="False", correct=false.correct, feedback=false.feedback),
    )
    item = new_item(question, ident, title, "true_false_question")
    return _filled(item, question, choices, "Single")


def multiple_response(question: MultipleResponse, ident: str, title: str) -> etree._Element:
    """Return the item. New Quizzes is told of all or nothing; Classic has one rule only."""
    all_or_nothing = question.partial_credit is PartialCredit.ALL_OR_NOTHING
    fields = {"scoring_algorithm": "AllOrNothing"} if all_or_nothing else {}
    item = new_item(question, ident, title, "multiple_answers_question", fields)
    return _filled(item, question, question.choices, "Multiple")


def _filled(
    item: etree._Element, question: ChoiceQuestion, choices: Sequence[Choice], cardinality: str
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
    add_feedback(item, question, {f"{ident}_fb": choice.feedback for ident, choice in numbered.items()})
    return item
