"""What is typed or handed in: short answer, numerical, essay and file upload."""

from decimal import Decimal

from lxml import etree

from content.numbers import EXACT, Exact, Margin, NumericAnswer, PercentMargin, Range, SignificantDigits, unsigned_zero
from content.prose import to_html
from content.questions import Essay, FileUpload, Numerical, ShortAnswer
from qti_export import qti12
from qti_export.canvas.items.common import add_feedback, add_stem, new_item
from qti_export.typed_answers import typed_as
from qti_export.xml_tree import add, element


def short_answer(question: ShortAnswer, ident: str, title: str) -> etree._Element:
    """Return the item: one condition that any of the accepted texts meets."""
    item = new_item(question, ident, title, "short_answer_question")
    _add_field(add_stem(item, to_html(question.stem)))
    processing = qti12.add_processing(item)
    told = {str(number): answer for number, answer in enumerate(question.answers, start=1) if answer.feedback}
    for number, answer in told.items():
        test = [qti12.picked(typed_as(answer.text))]
        qti12.add_condition(processing, test, shows=[f"{number}_fb"], goes_on=True)
    tests = [qti12.picked(typed_as(answer.text)) for answer in question.answers]
    qti12.add_condition(processing, tests, scores=True)
    add_feedback(item, question, {f"{number}_fb": answer.feedback for number, answer in told.items()})
    return item


def numerical(question: Numerical, ident: str, title: str) -> etree._Element:
    """Return the item: one condition for each answer, which becomes one answer in Canvas."""
    item = new_item(question, ident, title, "numerical_question")
    _add_field(add_stem(item, to_html(question.stem)), fibtype="Decimal")
    processing = qti12.add_processing(item)
    for number, answer in enumerate(question.answers, start=1):
        shows = [f"{number}_fb"] if answer.feedback else []
        qti12.add_condition(processing, _within(answer), scores=True, shows=shows)
    feedback = {f"{number}_fb": answer.feedback for number, answer in enumerate(question.answers, start=1)}
    add_feedback(item, question, feedback)
    return item


def _within(answer: NumericAnswer) -> list[etree._Element]:
    """Return the test for an answer, in one of the shapes that both importers know; in any other one it is lost.

    A range has two bounds. All else has its number and two bounds, ``vargte`` and never ``vargt``, with which Canvas
    takes some margins for a precision. Of an exact number all three are the same text: so New Quizzes knows it.
    """
    low, high = answer.bounds()
    bounds = [_compared("vargte", low), _compared("varlte", high)]
    if isinstance(answer, Range):
        return bounds
    either, both = element("or"), element("and")
    both.extend(bounds)
    either.extend([_compared("varequal", _middle(answer)), both])
    return [either]


def _middle(answer: Exact | Margin | PercentMargin | SignificantDigits) -> Decimal:
    """Return the number that Canvas counts a margin from; of significant digits that is the rounded one."""
    if not isinstance(answer, SignificantDigits):
        return answer.value
    return EXACT.multiply(EXACT.add(*answer.bounds()), Decimal("0.5"))


def _compared(how: str, number: Decimal) -> etree._Element:
    return element(how, f"{unsigned_zero(number):f}", respident=qti12.RESPONSE)


def essay(question: Essay, ident: str, title: str) -> etree._Element:
    """Return the item. Its condition sets nothing: with a score in it New Quizzes reads a fill-in-the-blank."""
    item = new_item(question, ident, title, "essay_question")
    _add_field(add_stem(item, to_html(question.stem)))
    _leave_to_a_person(item)
    add_feedback(item, question, {})
    return item


def file_upload(question: FileUpload, ident: str, title: str) -> etree._Element:
    """Return the item, which has no response at all."""
    item = new_item(question, ident, title, "file_upload_question")
    add_stem(item, to_html(question.stem))
    _leave_to_a_person(item)
    add_feedback(item, question, {})
    return item


def _leave_to_a_person(item: etree._Element) -> None:
    qti12.add_condition(qti12.add_processing(item), [qti12.always()])


def _add_field(presentation: etree._Element, **attributes: str) -> None:
    response = add(presentation, "response_str", ident=qti12.RESPONSE, rcardinality="Single")
    add(add(response, "render_fib", **attributes), "response_label", ident="answer1")
