"""Multiple choice, true/false and multiple response."""

from collections.abc import Sequence
from functools import lru_cache

from content.prose import to_html
from content.questions import Choice, ChoiceQuestion, MultipleChoice, MultipleResponse, PartialCredit, TrueFalse
from qti_export import qti12
from qti_export.canvas.items.common import feedback, new_item
from qti_export.choices import true_then_false
from qti_export.xml_text import Xml


def multiple_choice(question: MultipleChoice, ident: str, title: str) -> Xml:
    """Return the item: pick one."""
    content = _content(question, question.choices, "Single")
    return new_item(question, ident, title, "multiple_choice_question", *content)


def true_false(question: TrueFalse, ident: str, title: str) -> Xml:
    """Return the item. Canvas knows the kind by the English words; in other words it becomes multiple choice."""
    true, false = true_then_false(question)
    choices = (
        Choice(text="True", correct=true.correct, feedback=true.feedback),
        Choice(text="False", correct=false.correct, feedback=false.feedback),
    )
    return new_item(question, ident, title, "true_false_question", *_content(question, choices, "Single"))


def multiple_response(question: MultipleResponse, ident: str, title: str) -> Xml:
    """Return the item. New Quizzes is told of all or nothing; Classic has one rule only."""
    all_or_nothing = question.partial_credit is PartialCredit.ALL_OR_NOTHING
    more = {"scoring_algorithm": "AllOrNothing"} if all_or_nothing else {}
    content = _content(question, question.choices, "Multiple")
    return new_item(question, ident, title, "multiple_answers_question", *content, more=more)


def _content(question: ChoiceQuestion, choices: Sequence[Choice], cardinality: str) -> list[Xml]:
    """Return what stands in the item.

    Idents of choices are numbers: Canvas mixes up feedback where they hold ``correct`` or ``wrong``.
    """
    numbered = {str(number): choice for number, choice in enumerate(choices, start=1)}
    texts = [(ident, to_html(choice.text, inline=True)) for ident, choice in numbered.items()]
    tell = tuple(ident for ident, choice in numbered.items() if choice.feedback)
    right = tuple(ident for ident, choice in numbered.items() if choice.correct)
    wrong = tuple(ident for ident, choice in numbered.items() if not choice.correct)
    return [
        qti12.presentation(to_html(question.stem), qti12.choices(texts, cardinality)),
        _processing(tell, right, wrong, cardinality),
        *feedback(question, {f"{ident}_fb": choice.feedback for ident, choice in numbered.items()}),
    ]


@lru_cache  # most questions of a quiz are alike in this
def _processing(tell: tuple[str, ...], right: tuple[str, ...], wrong: tuple[str, ...], cardinality: str) -> Xml:
    """Return the response processing of choices that tell something, are right or wrong.

    The conditions that show feedback stand before the one that scores, as Canvas writes them: the last one that names
    a choice says whether it is right.
    """
    shows = [qti12.condition(qti12.picked(ident), shows=[f"{ident}_fb"], goes_on=True) for ident in tell]
    if cardinality == "Multiple":
        test = qti12.exactly(map(qti12.picked, right), map(qti12.picked, wrong))
    else:
        test = qti12.picked(right[0])
    return qti12.processing(*shows, qti12.condition(test, scores=True))
