"""Multiple choice, true/false and multiple response."""

from content.questions import ChoiceQuestion, MultipleResponse, PartialCredit, TrueFalse
from qti_export.qti.items.item import Item
from qti_export.qti.items.processing import RESPONSE, Told


def single_choice(item: Item, question: ChoiceQuestion) -> None:
    """Pick one. True and False keep their order, also where the quiz shuffles."""
    shuffles = "false" if isinstance(question, TrueFalse) else item.shuffles
    item.declare("identifier", correct=_right(question))
    item.add_stem()
    _add_choices(item, question, shuffles, most=1)
    told = [item.make.is_choice(name) for name in _names(question)]
    item.processing.show_each(map(Told, _names(question), told, (choice.feedback for choice in question.choices)))
    item.processing.settle(item.make.is_correct())


def multiple_response(item: Item, question: MultipleResponse) -> None:
    """Pick any number. The mapping counts right picks, less wrong ones where those cost something, but not below 0."""
    wrong = -1 if question.partial_credit is PartialCredit.RIGHT_MINUS_WRONG else 0
    counted = zip(_names(question), question.choices, strict=True)
    mapped = {name: 1 if choice.correct else wrong for name, choice in counted}
    item.declare("identifier", "multiple", correct=_right(question), mapped=mapped)
    item.add_stem()
    _add_choices(item, question, item.shuffles, most=0)
    told = [
        item.make.of("member", item.make.value("identifier", name), item.make.variable(RESPONSE))
        for name in _names(question)
    ]
    item.processing.show_each(map(Told, _names(question), told, (choice.feedback for choice in question.choices)))
    if question.partial_credit is PartialCredit.ALL_OR_NOTHING:
        item.processing.settle(item.make.is_correct())
    else:
        item.processing.settle_mapped(len(question.key))


def _add_choices(item: Item, question: ChoiceQuestion, shuffles: str, *, most: int) -> None:
    """Append the choices; ``most`` may be picked, and 0 means any number."""
    interaction = item.interaction("choiceInteraction", shuffle=shuffles, maxChoices=str(most))
    for name, choice in zip(_names(question), question.choices, strict=True):
        item.add_inline(item.dialect.add(interaction, "simpleChoice", identifier=name), choice.text)


def _names(question: ChoiceQuestion) -> list[str]:
    return [f"choice_{number}" for number in range(1, len(question.choices) + 1)]


def _right(question: ChoiceQuestion) -> list[str]:
    return [name for name, choice in zip(_names(question), question.choices, strict=True) if choice.correct]
