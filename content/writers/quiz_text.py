"""A quiz as quiz text, the format that `content.readers.quiz_text` reads (docs/instructor/quiz_text.md)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from content.questions import Choice, ChoiceQuestion, MultipleResponse, PartialCredit, Question
from content.quiz import Quiz

LINE_END = re.compile(r"\r\n?")
LINE_START = re.compile(r"(?<=\n)(?=[^\n])")


def write_quiz_text(quiz: Quiz) -> str:
    """Return the quiz as quiz text; read back, it is the same quiz, but for white space around its texts.

    Raise TypeError for a kind of question that quiz text has no words for.
    """
    paragraphs = ["\n".join(_header(quiz)), *("\n".join(_question(*one)) for one in enumerate(quiz.questions, start=1))]
    return "\n\n".join(paragraphs) + "\n"


def _header(quiz: Quiz) -> Iterator[str]:
    yield _piece("Quiz title:", quiz.title)
    if quiz.id:
        yield f"id: {quiz.id}"
    if quiz.description:
        yield _piece("Quiz description:", quiz.description)
    settings = quiz.settings
    if settings.pass_mark is not None:
        yield f"pass mark: {_number(settings.pass_mark * 100)}%"
    if settings.shuffle_answers:
        yield "Shuffle answers: true"
    if not settings.show_correct_answers:
        yield "Show correct answers: false"
    if settings.one_question_at_a_time:
        yield "One question at a time: true"
    if settings.cant_go_back:
        yield "Can't go back: true"


def _question(number: int, question: Question) -> Iterator[str]:
    if not isinstance(question, ChoiceQuestion):
        raise TypeError(f"Quiz text has no words for questions of the kind {question.kind}.")
    yield from _options(question)
    yield _piece(f"{number}.", question.stem)
    feedback = question.feedback
    for mark, text in (("...", feedback.general), ("+", feedback.correct), ("-", feedback.incorrect)):
        if text:
            yield _piece(mark, text)
    several = isinstance(question, MultipleResponse)
    for place, choice in enumerate(question.choices):
        yield _piece(_box(choice) if several else _letter(place, choice), choice.text)
        if choice.feedback:
            yield _piece("...", choice.feedback)


def _options(question: ChoiceQuestion) -> Iterator[str]:
    if question.title:
        yield _piece("Title:", question.title)
    if question.points != 1:
        yield f"Points: {_number(question.points)}"
    if question.tags:
        yield f"tags: {', '.join(question.tags)}"
    if isinstance(question, MultipleResponse) and question.partial_credit is not PartialCredit.RIGHT_MINUS_WRONG:
        yield f"partial credit: {question.partial_credit}"
    if question.needs_review:
        yield _piece("needs review:", question.needs_review)
    if question.id:
        yield f"id: {question.id}"


def _letter(place: int, choice: Choice) -> str:
    """Letters are free in quiz text: after z comes a again."""
    return f"{'*' if choice.correct else ''}{chr(ord('a') + place % 26)})"


def _box(choice: Choice) -> str:
    return "[*]" if choice.correct else "[ ]"


def _piece(mark: str, text: str) -> str:
    """Return the text behind its mark, its further lines indented to where the first one begins."""
    text = LINE_END.sub("\n", text).strip(" \t\n")
    return f"{mark} {LINE_START.sub(' ' * (len(mark) + 1), text)}" if text else mark


def _number(number: Decimal) -> str:
    return f"{number.normalize():f}"
