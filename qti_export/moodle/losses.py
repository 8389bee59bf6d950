"""What Moodle's question types keep of no question, whether by a backup or by Moodle XML."""

from collections.abc import Iterator

from content.problem import Problem
from content.questions import (
    Dropdowns,
    Essay,
    FileUpload,
    FillInBlanks,
    Matching,
    MultipleResponse,
    Numerical,
    Ordering,
    PartialCredit,
    Question,
    ShortAnswer,
    TextBlock,
)
from qti_export.moodle.answers import number, tolerated
from qti_export.report import loss


def of_question(question: Question) -> Iterator[Problem]:
    """Yield what becomes of the question that its author should know of, whatever brings it into Moodle."""
    match question:
        case MultipleResponse():
            yield from _of_partial_credit(question)
        case ShortAnswer():
            yield from _of_typed([answer.text for answer in question.answers], question)
        case FillInBlanks():
            yield from _of_typed([text for blank in question.blanks for text in blank.answers], question)
        case Numerical():
            yield from _of_numbers(question)
        case Matching():
            yield from _of_pairs(question)
        case Ordering():
            yield from _of_ordering(question)
    if isinstance(question, FillInBlanks | Dropdowns | Essay | FileUpload):
        yield from _of_combined_feedback(question)
    if question.hints and not isinstance(question, TextBlock):
        yield loss(
            "hints",
            "Moodle shows the hints only where the quiz's 'How questions behave' is 'Interactive with multiple tries'.",
            "Set it there; each further try costs a third of the points then.",
            question,
        )


def _of_partial_credit(question: MultipleResponse) -> Iterator[Problem]:
    if question.partial_credit is PartialCredit.ALL_OR_NOTHING:
        yield loss(
            "partial-credit",
            "Moodle cannot score all or nothing: a wrong pick takes all the points, but missing picks leave a part of"
            " them.",
            "Tell your students, or write it as several true/false questions.",
            question,
        )


def _of_typed(answers: list[str], question: Question) -> Iterator[Problem]:
    if any(" " in " ".join(text.split()) for text in answers):
        yield loss(
            "blanks",
            "An answer of several words is right in Moodle only with exactly one blank between two of them.",
            "Nothing needs doing, or tell your students.",
            question,
        )
    if any(text.casefold() != text.lower() for text in answers):
        yield loss(
            "letters",
            "For Moodle letters such as 'ß' are not the same as 'ss'.",
            "Add the other spelling as an accepted answer.",
            question,
        )


def _of_numbers(question: Numerical) -> Iterator[Problem]:
    for answer in map(tolerated, question.answers):
        if answer.is_blurred:
            yield loss(
                "precision",
                f"Moodle computes with about 14 digits, and to 14 places at most: around {number(answer.value)} it"
                " accepts more numbers than it should.",
                "Ask for the number in a larger unit, or for fewer digits.",
                question,
            )


def _of_pairs(question: Matching) -> Iterator[Problem]:
    if any(pair.feedback for pair in question.pairs):
        yield loss(
            "pair-feedback",
            "Moodle has no feedback for the single pairs of a matching question.",
            "Put it into the general feedback.",
            question,
        )


def _of_ordering(question: Ordering) -> Iterator[Problem]:
    yield loss(
        "ordering",
        "Moodle has ordering questions since version 4.4. On an older one without the plugin 'Ordering' a quiz with one"
        " cannot be attempted.",
        "Ask your admin which version you have; on an older one take the question out.",
        question,
    )
    if len({item.strip() for item in question.items}) < len(question.items):
        yield loss(
            "same-items",
            "Two items have the same text: for Moodle each of them has one right place.",
            "Give them different texts.",
            question,
        )


def _of_combined_feedback(question: Question) -> Iterator[Problem]:
    if question.feedback.correct or question.feedback.incorrect:
        yield loss(
            "combined-feedback",
            "Moodle has no feedback for right and for wrong responses to a question of this kind.",
            "Put it into the general feedback.",
            question,
        )
