r"""Questions as GIFT, Moodle's text format for its question bank (docs.moodle.org, "GIFT format").

The rules are those of Moodle's reader (``question/format/gift/format.php``): ``\`` before ``~ = # { } :`` or an ``n``
means something, so it is doubled; a question ends at a blank line and a line that begins with ``//`` is a comment, so
line ends within texts are written ``\n``.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from content.characters import drop_forbidden
from content.numbers import EXACT, NumericAnswer
from content.prose import to_html
from content.questions import (
    Choice,
    Essay,
    Feedback,
    Matching,
    MultipleChoice,
    MultipleResponse,
    Numerical,
    Question,
    ShortAnswer,
    TextBlock,
    TrueFalse,
)

SPECIAL = re.compile(r"[\\~=#{}:]")
FORMAT_NAME = re.compile(r"\[(?:html|plain|moodle|markdown)\]")

WRITTEN = (MultipleChoice, MultipleResponse, TrueFalse, ShortAnswer, Numerical, Matching, Essay, TextBlock)
"""The kinds that GIFT has."""


def can_write(question: Question) -> bool:
    """Return whether GIFT has words for the question. An answer with ``->`` would make it a matching question."""
    if isinstance(question, ShortAnswer):
        return not any("->" in answer.text for answer in question.answers)
    return isinstance(question, WRITTEN)


def write_category(path: str) -> str:
    """Return the line that puts the questions after it into a category. Nothing in it can be escaped."""
    return f"$CATEGORY: {path.replace(chr(92), ' ')}\n"


def write_gift(question: Question, name: str, shares: tuple[Decimal, Decimal] = (Decimal(100), Decimal(0))) -> str:
    """Return the question. ``shares`` are the percent of a right and of a wrong pick of a multiple response.

    Raise TypeError for a kind that GIFT has no words for.
    """
    if not can_write(question):
        raise TypeError(f"GIFT has no words for questions of the kind {question.kind}.")
    head = f"::{_escaped(name)}::[html]{_escaped(to_html(question.stem))}"
    if isinstance(question, TextBlock):
        return f"{_comment(question)}{head}\n"
    general = f"####{_escaped(to_html(question.feedback.general))}" if question.feedback.general else ""
    return f"{_comment(question)}{head}{{{''.join(_answers(question, shares))}{general}}}\n"


def _comment(question: Question) -> str:
    tags = [re.sub(r"[\[\]<>`]", "", drop_forbidden(tag)) for tag in (*question.tags, *question.outcomes)]
    return "".join(("// ", *(f"[tag:{tag}] " for tag in tags), "\n")) if tags else ""


def _answers(question: Question, shares: tuple[Decimal, Decimal]) -> Iterator[str]:
    match question:
        case TrueFalse(choices=choices):
            yield _true_false(choices, question.feedback)
        case MultipleChoice(choices=choices):
            for choice in choices:
                yield f"\n\t{'=' if choice.correct else '~'}{_html(choice.text)}{_chosen(choice, question.feedback)}"
        case MultipleResponse(choices=choices):
            for choice in choices:
                share = shares[0] if choice.correct else shares[1]
                yield f"\n\t~%{share:f}%{_html(choice.text)}{_told(choice.feedback)}"
        case ShortAnswer():
            yield from _short_answers(question)
        case Numerical():
            yield from _numbers(question)
        case Matching():
            yield from _pairs(question)


def _short_answers(question: ShortAnswer) -> Iterator[str]:
    """Yield the answers, which are patterns: a bare ``*`` matches anything."""
    for answer in question.answers:
        text = " ".join(answer.text.split()).replace("*", r"\*")
        yield f"\n\t=%100%{_as(text, 'plain')}{_told(answer.feedback, question.feedback.correct)}"
    if question.feedback.incorrect:
        yield f"\n\t=%0%*{_told(question.feedback.incorrect)}"


def _numbers(question: Numerical) -> Iterator[str]:
    yield "#"
    for answer in question.answers:
        yield f"\n\t={_number(answer)}{_told(answer.feedback, question.feedback.correct)}"
    if question.feedback.incorrect:
        yield f"\n\t~{_told(question.feedback.incorrect)}"


def _pairs(question: Matching) -> Iterator[str]:
    pairs = [(to_html(pair.left), pair.right) for pair in question.pairs]
    for left, right in [*pairs, *(("", text) for text in question.distractors)]:
        yield f"\n\t={_escaped(left)} -> {_escaped(right)}"


def _true_false(choices: tuple[Choice, ...], feedback: Feedback) -> str:
    """Return the key. The first feedback is told to those who are wrong."""
    [right] = [choice for choice in choices if choice.correct]
    [wrong] = [choice for choice in choices if not choice.correct]
    told = _told(wrong.feedback, feedback.incorrect), _told(right.feedback, feedback.correct)
    return f"{right.text.strip().upper()}{told[0] or '#'}{told[1] or '#'}" if any(told) else right.text.strip().upper()


def _chosen(choice: Choice, feedback: Feedback) -> str:
    return _told(choice.feedback, feedback.correct if choice.correct else feedback.incorrect)


def _number(answer: NumericAnswer) -> str:
    low, high = answer.bounds()
    middle, margin = (EXACT.divide(sum_, Decimal(2)) for sum_ in (EXACT.add(low, high), EXACT.subtract(high, low)))
    return f"{middle:f}:{margin:f}"


def _told(*markdown: str) -> str:
    html = "".join(map(to_html, markdown))
    return f"#{_escaped(html)}" if html else ""


def _html(markdown: str) -> str:
    return _as(to_html(markdown, inline=True), "html")


def _as(text: str, format_: str) -> str:
    """Return a text; one that begins like the name of a format gets one, so that its own beginning stays."""
    return f"[{format_}]{_escaped(text)}" if FORMAT_NAME.match(text) else _escaped(text)


def _escaped(text: str) -> str:
    escaped = SPECIAL.sub(r"\\\g<0>", drop_forbidden(text))
    return re.sub(r"\r\n?|\n", r"\\n", escaped)
