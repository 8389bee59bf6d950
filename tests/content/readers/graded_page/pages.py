"""Writes graded pages, for tests: any quiz, as course sites and the ways of saving their pages would show it.

It knows nothing of the reader. What a learner selected on a page with full marks is the key.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from content.questions import Choice, ChoiceQuestion, MultipleResponse
from content.quiz import Quiz


@dataclass(frozen=True)
class Style:
    """How a page looks. ``layout`` names one of `LAYOUTS`; ``selected`` and ``empty`` are the signs of choices."""

    layout: str = "paragraphs"
    selected: str = "☒"
    empty: str = "☐"
    number: str = "{}. "
    points: str = "{0} / {0} point"
    mark: str = "✔ **Correct**"
    heading: str = "## {}"
    newline: str = "\n"
    space: str = " "
    blank_lines: int = 1


def render(quiz: Quiz, style: Style) -> str:
    """Return the page."""
    lines = [*_header(quiz, style)]
    for number, question in enumerate(quiz.questions, start=1):
        assert isinstance(question, ChoiceQuestion)
        lines += LAYOUTS[style.layout](number, question, style)
    return style.newline.join(lines) + style.newline


def _header(quiz: Quiz, style: Style) -> Iterator[str]:
    yield "✔ **Congratulations! You passed!**"
    yield ""
    mark = quiz.settings.pass_mark
    yield "Grade received **100%**" + ("" if mark is None else f" To pass {mark * 100:f}% or higher")
    yield ""
    yield "[Go to next item](#)"
    yield ""
    yield style.heading.format(quiz.title)
    yield ""
    yield f"Total points {quiz.points}"
    yield ""


def _points(question: ChoiceQuestion, style: Style) -> str:
    return style.points.format(question.points).replace(" ", style.space)


def _stem(number: int, question: ChoiceQuestion, style: Style) -> str:
    return style.number.format(number) + question.stem


def _choice(choice: Choice, style: Style) -> str:
    return (style.selected if choice.correct else style.empty) + style.space + choice.text


def _gap(style: Style) -> list[str]:
    return [""] * style.blank_lines


def _verdicts(question: ChoiceQuestion) -> list[bool]:
    """Return for each choice whether a verdict stands below it: radio buttons have one, below the last choice."""
    if isinstance(question, MultipleResponse):
        return [choice.correct for choice in question.choices]
    return [False] * (len(question.choices) - 1) + [True]


def _told(question: ChoiceQuestion, place: int) -> str:
    if isinstance(question, MultipleResponse):
        return question.choices[place].feedback
    return next(choice.feedback for choice in question.choices if choice.correct)


def _paragraphs(number: int, question: ChoiceQuestion, style: Style) -> Iterator[str]:
    """Everything in a paragraph of its own."""
    yield from (_stem(number, question, style), *_gap(style), _points(question, style), *_gap(style))
    for place, (choice, marked) in enumerate(zip(question.choices, _verdicts(question), strict=True)):
        yield from (_choice(choice, style), *_gap(style))
        if marked:
            yield from (style.mark, *_gap(style))
            if told := _told(question, place):
                yield from (*told.split("\n"), *_gap(style))


def _lists(number: int, question: ChoiceQuestion, style: Style) -> Iterator[str]:
    """The choices in bulleted lists, feedback on the line below the verdict."""
    yield from (_stem(number, question, style), *_gap(style), _points(question, style), *_gap(style))
    for place, (choice, marked) in enumerate(zip(question.choices, _verdicts(question), strict=True)):
        yield "- " + _choice(choice, style)
        if marked:
            yield from (*_gap(style), style.mark + "  ")
            if told := _told(question, place):
                yield from told.split("\n")
            yield from _gap(style)


def _dense(number: int, question: ChoiceQuestion, style: Style) -> Iterator[str]:
    """No empty lines at all within a question; the verdict and its feedback on one line."""
    yield from (_stem(number, question, style), _points(question, style))
    for place, (choice, marked) in enumerate(zip(question.choices, _verdicts(question), strict=True)):
        yield _choice(choice, style)
        if marked:
            yield from f"{style.mark} {_told(question, place)}".strip().split("\n")


def _run_together(number: int, question: ChoiceQuestion, style: Style) -> Iterator[str]:
    """Points and choices in one line until a verdict ends it."""
    yield from (_stem(number, question, style), *_gap(style))
    line = _points(question, style)
    for place, (choice, marked) in enumerate(zip(question.choices, _verdicts(question), strict=True)):
        line += _choice(choice, style)
        if marked:
            yield from (f"{line} **Correct**", *_gap(style))
            if told := _told(question, place):
                yield from (*told.split("\n"), *_gap(style))
            line = ""
    if line:
        yield from (line, *_gap(style))


def _table(number: int, question: ChoiceQuestion, style: Style) -> Iterator[str]:
    """The rows of a table, tabs between its cells."""
    yield f"{number}.\t{question.stem}\t{_points(question, style)}"
    for place, (choice, marked) in enumerate(zip(question.choices, _verdicts(question), strict=True)):
        yield f"\t{_choice(choice, style)}\t"
        if marked:
            yield f"\t{style.mark} {_told(question, place)}".rstrip() + "\t"


def _headed(number: int, question: ChoiceQuestion, style: Style) -> Iterator[str]:
    """A heading for each question, its points below it, then its stem."""
    yield from (f"### Question {number}", *_gap(style), _points(question, style), *_gap(style), question.stem)
    yield from _gap(style)
    for place, (choice, marked) in enumerate(zip(question.choices, _verdicts(question), strict=True)):
        yield from (_choice(choice, style), *_gap(style))
        if marked:
            yield from (style.mark, *_gap(style))
            if told := _told(question, place):
                yield from (*told.split("\n"), *_gap(style))


LAYOUTS = {
    "paragraphs": _paragraphs,
    "lists": _lists,
    "dense": _dense,
    "run together": _run_together,
    "table": _table,
    "headed": _headed,
}
