"""What is typed or handed in: short answer, numerical, essay and file upload."""

from decimal import Decimal

from content.numbers import EXACT, Exact, Margin, NumericAnswer, PercentMargin, Range, SignificantDigits, unsigned_zero
from content.prose import to_html
from content.questions import Essay, FileUpload, Numerical, ShortAnswer
from qti_export import qti12
from qti_export.canvas.items.common import feedback, new_item
from qti_export.typed_answers import typed_as
from qti_export.xml_text import Xml, element

LEFT_TO_A_PERSON = qti12.processing(qti12.condition(qti12.always()))


def short_answer(question: ShortAnswer, ident: str, title: str) -> Xml:
    """Return the item: one condition that any of the accepted texts meets."""
    numbered = {f"{number}_fb": answer for number, answer in enumerate(question.answers, start=1)}
    shows = [
        qti12.condition(qti12.picked(typed_as(answer.text)), shows=[shown], goes_on=True)
        for shown, answer in numbered.items()
        if answer.feedback
    ]
    scores = qti12.condition(*[qti12.picked(typed_as(answer.text)) for answer in question.answers], scores=True)
    return new_item(
        question,
        ident,
        title,
        "short_answer_question",
        qti12.presentation(to_html(question.stem), _field()),
        qti12.processing(*shows, scores),
        *feedback(question, {shown: answer.feedback for shown, answer in numbered.items()}),
    )


def numerical(question: Numerical, ident: str, title: str) -> Xml:
    """Return the item: one condition for each answer, which becomes one answer in Canvas."""
    numbered = {f"{number}_fb": answer for number, answer in enumerate(question.answers, start=1)}
    conditions = [
        qti12.condition(*_within(answer), scores=True, shows=[shown] if answer.feedback else [])
        for shown, answer in numbered.items()
    ]
    return new_item(
        question,
        ident,
        title,
        "numerical_question",
        qti12.presentation(to_html(question.stem), _field(fibtype="Decimal")),
        qti12.processing(*conditions),
        *feedback(question, {shown: answer.feedback for shown, answer in numbered.items()}),
    )


def _within(answer: NumericAnswer) -> list[Xml]:
    """Return the test for an answer, in one of the shapes that both importers know; in any other one it is lost.

    A range has two bounds. All else has its number and two bounds, ``vargte`` and never ``vargt``, with which Canvas
    takes some margins for a precision. Of an exact number all three are the same text: so New Quizzes knows it.
    """
    low, high = answer.bounds()
    bounds = [_compared("vargte", low), _compared("varlte", high)]
    if isinstance(answer, Range):
        return bounds
    return [element("or", _compared("varequal", _middle(answer)), element("and", *bounds))]


def _middle(answer: Exact | Margin | PercentMargin | SignificantDigits) -> Decimal:
    """Return the number that Canvas counts a margin from; of significant digits that is the rounded one."""
    if not isinstance(answer, SignificantDigits):
        return answer.value
    return EXACT.multiply(EXACT.add(*answer.bounds()), Decimal("0.5"))


def _compared(how: str, number: Decimal) -> Xml:
    return element(how, f"{unsigned_zero(number):f}", respident=qti12.RESPONSE)


def essay(question: Essay, ident: str, title: str) -> Xml:
    """Return the item. Its condition sets nothing: with a score in it New Quizzes reads a fill-in-the-blank."""
    stem = qti12.presentation(to_html(question.stem), _field())
    return new_item(question, ident, title, "essay_question", stem, LEFT_TO_A_PERSON, *feedback(question))


def file_upload(question: FileUpload, ident: str, title: str) -> Xml:
    """Return the item, which has no response at all."""
    stem = qti12.presentation(to_html(question.stem))
    return new_item(question, ident, title, "file_upload_question", stem, LEFT_TO_A_PERSON, *feedback(question))


def _field(**attributes: str) -> Xml:
    field = element("render_fib", element("response_label", ident="answer1"), **attributes)
    return element("response_str", field, ident=qti12.RESPONSE, rcardinality="Single")
