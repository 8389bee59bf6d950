"""What Canvas does not keep of a question."""

from collections.abc import Iterator
from functools import singledispatch
from html import escape

from content.problem import Problem
from content.prose import to_html
from content.questions import (
    Dropdowns,
    FillInBlanks,
    Matching,
    MultipleResponse,
    Numerical,
    Ordering,
    PartialCredit,
    Question,
    ShortAnswer,
)
from qti_export.canvas.items.parts import as_right_side
from qti_export.floats import has_rounded
from qti_export.report import loss


@singledispatch
def of_question(question: Question) -> Iterator[Problem]:  # noqa: ARG001 - the signature of all kinds
    """Yield what is lost; a kind without a function of its own loses nothing."""
    yield from ()


@of_question.register
def _multiple_response(question: MultipleResponse) -> Iterator[Problem]:
    rule = question.partial_credit
    if rule is PartialCredit.RIGHT_MINUS_WRONG:
        return
    kept = " (New Quizzes keep it)" if rule is PartialCredit.ALL_OR_NOTHING else ""
    yield loss(
        "partial-credit",
        f"Classic Quizzes score this question right minus wrong; '{rule}' is not kept{kept}.",
        "Tell your students, or write it as several true/false questions.",
        question,
    )


@of_question.register
def _short_answer(question: ShortAnswer) -> Iterator[Problem]:
    yield from _of_case(question)


@of_question.register
def _fill_in_blanks(question: FillInBlanks) -> Iterator[Problem]:
    yield from _of_case(question)
    yield from _of_signs(question, [text for blank in question.blanks for text in blank.answers])


def _of_case(question: ShortAnswer | FillInBlanks) -> Iterator[Problem]:
    if question.case_sensitive:
        sentence = "Canvas does not tell capital from small letters: it accepts the answers in either."
        yield loss("case", sentence, "Ask so that the case does not matter, or let students pick.", question)


@of_question.register
def _numerical(question: Numerical) -> Iterator[Problem]:
    if any(map(has_rounded, question.answers)):
        sentence = "Canvas keeps about 15 digits of a number; this answer has more, so its bounds are rounded."
        yield loss("digits", sentence, "Write fewer digits.", question)
    if any(answer.feedback for answer in question.answers):
        sentence = "New Quizzes do not keep the feedback of a numerical answer (Classic Quizzes do)."
        yield loss("answer-feedback", sentence, "For New Quizzes put it into the feedback of the question.", question)


@of_question.register
def _matching(question: Matching) -> Iterator[Problem]:
    yield from _of_signs(question, question.rights)
    if any(pair.feedback for pair in question.pairs):
        sentence = "Canvas tells the feedback of a pair to those who miss it, so it is left out."
        yield loss("answer-feedback", sentence, "Put it into the feedback of the question.", question)


@of_question.register
def _ordering(question: Ordering) -> Iterator[Problem]:
    sentence = "Canvas has no ordering questions: it arrives as matching places with items, and scores the same."
    yield loss("ordering", sentence, "Nothing needs doing.", question)
    items = dict.fromkeys(question.items)
    shown = [as_right_side(item) for item in items]
    if any(_is_formatted(item, text) for item, text in zip(items, shown, strict=True)):
        sentence = "Canvas can pick only plain text: the items arrive without their formatting and images."
        yield loss("formatting", sentence, "Write them without bold type, formulas or code.", question)
    if len(set(shown)) < len(items):
        sentence = "Two items look the same without their formatting, so students cannot tell them apart."
        yield loss("same-text", sentence, "Change one of them.", question)
    yield from _of_signs(question, shown)


def _is_formatted(markdown: str, shown: str) -> bool:
    """Return whether the HTML has more in it than what is shown, but for white space."""
    return " ".join(to_html(markdown, inline=True).split()) != escape(shown, quote=False)


@of_question.register
def _dropdowns(question: Dropdowns) -> Iterator[Problem]:
    yield from _of_signs(question, [choice.text for dropdown in question.dropdowns for choice in dropdown.choices])


def _of_signs(question: Question, texts: list[str] | tuple[str, ...]) -> Iterator[Problem]:
    if any("<" in text or "&" in text for text in texts):
        sentence = "New Quizzes take '<' and '&' in what is picked or typed here for HTML (Classic Quizzes do not)."
        yield loss("signs", sentence, "For New Quizzes write them in words.", question)
