"""The texts of a quiz that are Markdown, part by part."""

from collections.abc import Iterator

from content.questions import ChoiceQuestion, Dropdowns, Matching, Numerical, Ordering, Question, ShortAnswer
from content.quiz import Part, Quiz, Section


def texts_of(part: Quiz | Part) -> Iterator[str]:
    """Yield the part's own Markdown, empty texts too; not that of the parts inside of it."""
    match part:
        case Quiz(description=text) | Section(text=text):
            yield text
        case Question():
            yield from (part.stem, part.feedback.general, part.feedback.correct, part.feedback.incorrect, *part.hints)
            yield from _answers(part)


def _answers(question: Question) -> Iterator[str]:
    match question:
        case ChoiceQuestion(choices=choices):
            yield from (text for choice in choices for text in (choice.text, choice.feedback))
        case ShortAnswer(answers=answers) | Numerical(answers=answers):
            yield from (answer.feedback for answer in answers)
        case Matching(pairs=pairs):
            yield from (text for pair in pairs for text in (pair.left, pair.feedback))
        case Ordering(items=items):
            yield from items
        case Dropdowns(dropdowns=dropdowns):
            yield from (choice.feedback for dropdown in dropdowns for choice in dropdown.choices)
